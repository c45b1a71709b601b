"""The chat under load: a real server process, asked over HTTP by 32 users at once."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import AssistantError

USERS, EACH = 32, 3


@dataclass(frozen=True, slots=True)
class Served:
    """What a server did: seconds to its first answer, each wait under the crowd, failures, most memory in MB."""

    first: float
    waited: tuple[float, ...]
    errors: int
    memory: float


def serve_and_ask(index: Path, corpus: Path, questions: Sequence[str]) -> Served:
    """Start the chat, time its first answer, let 32 users ask at once, and read the server's memory."""
    port = _free_port()
    command = [sys.executable, "-m", "assistant", "chat", "--port", str(port)]
    command += ["--index", str(index), "--corpus", str(corpus)]
    started = time.perf_counter()
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(server, port)
        _ask(port, questions[0])
        first = time.perf_counter() - started
        errors, waited = _crowd(port, questions)
        memory = _memory(server.pid)
    finally:
        server.terminate()
        server.wait(timeout=30)
    return Served(first, tuple(waited), errors, memory)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _await(server: subprocess.Popen[bytes], port: int, seconds: float = 120.0) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if server.poll() is not None:
            raise AssistantError(f"the chat stopped with code {server.returncode} before it answered")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise AssistantError(f"the chat did not answer on port {port} within {seconds:.0f} s")


def _ask(port: int, question: str) -> None:
    body = json.dumps({"question": question}).encode()
    address = f"http://127.0.0.1:{port}/api/v1/ask"
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        json.load(answer)["verdict"]


def _crowd(port: int, questions: Sequence[str]) -> tuple[int, list[float]]:
    """Return how many questions failed and how many seconds each waited."""
    waited: list[float] = []
    failed: list[str] = []
    gate = threading.Barrier(USERS)

    def user(number: int) -> None:
        gate.wait()
        for turn in range(EACH):
            started = time.perf_counter()
            try:
                _ask(port, questions[(number * EACH + turn) % len(questions)])
            except Exception as problem:
                failed.append(repr(problem))
            waited.append(time.perf_counter() - started)

    threads = [threading.Thread(target=user, args=(number,)) for number in range(USERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(failed), waited


def _memory(process: int) -> float:
    """Return the most memory a process held, in MB; 0 where the system does not say."""
    try:
        text = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", text)
    return int(found.group(1)) * 1.024 / 1000 if found else 0.0
