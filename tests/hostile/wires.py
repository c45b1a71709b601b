"""Requests as bytes, a running chat to send them to, and somebody who asks all the while whether it is still there."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT_SECONDS = 1.0
CROWDED_SECONDS = 4.0
"""Where others keep the processors of this machine busy, what is measured is their work too."""


@dataclass
class Chat:
    """A running chat: where it is, what it wrote to its error output, what its witness noted."""

    port: int
    log: Path
    notes: Path
    process: subprocess.Popen[bytes]
    slowest: float = 0.0
    unanswered: list[str] = field(default_factory=list)


@contextmanager
def running(folder: Path) -> Iterator[Chat]:
    """Run the chat in a process of its own; at the end it stops when it is told to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log, notes = folder / "log", folder / "notes"
    command = [sys.executable, "-m", "tests.hostile.process", str(port), str(notes)]
    environment = {**os.environ, "TMPDIR": str(folder), "HF_HUB_OFFLINE": "1"}
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, stderr=out, stdout=out, env=environment)
    chat = Chat(port, log, notes, process)
    try:
        for _ in range(2400):  # many libraries are loaded first; on a busy machine that takes minutes
            if process.poll() is not None or answered(port, 1.0) is not None:
                break
            time.sleep(0.1)
        assert process.poll() is None, log.read_text()
        yield chat
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    finally:
        process.kill()
        process.wait()


def limit() -> float:
    """Return the seconds within which `/healthz` must answer on this machine, now."""
    crowded = hasattr(os, "getloadavg") and os.getloadavg()[0] > 1.5 * (os.cpu_count() or 1)
    return CROWDED_SECONDS if crowded else LIMIT_SECONDS


def answered(port: int, seconds: float) -> float | None:
    """Return how long `/healthz` took in seconds, None where it did not answer in time."""
    started = time.monotonic()
    reply = send(port, request("GET", "/healthz"), seconds)
    return time.monotonic() - started if reply.startswith(b"HTTP/1.1 200") else None


@contextmanager
def asked_throughout(chat: Chat) -> Iterator[None]:
    """Ask `/healthz` five times a second meanwhile; `slowest` and `unanswered` say how it went."""
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.2):
            took = answered(chat.port, 5.0)
            if took is None:
                chat.unanswered.append(f"{time.monotonic():.1f}")
            chat.slowest = max(chat.slowest, took or 5.0)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def request(method: str, target: str, body: bytes | None = None, headers: tuple[tuple[str, str], ...] = ()) -> bytes:
    """Return a request as bytes; what the headers name is not added."""
    named = {name.lower() for name, _ in headers}
    lines = [f"{method} {target} HTTP/1.1"]
    if "host" not in named:
        lines.append("Host: 127.0.0.1")
    lines += [f"{name}: {value}" for name, value in headers]
    if body is not None and "content-length" not in named:
        lines.append(f"Content-Length: {len(body)}")
    lines.append("Connection: close")
    return "\r\n".join(lines).encode("utf-8", "surrogatepass") + b"\r\n\r\n" + (body or b"")


def send(port: int, data: bytes, seconds: float = 10.0, most: int = 1 << 20) -> bytes:
    """Return what comes back: to the end, to `most` bytes, or, of a stream, its beginning."""
    reply = b""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=seconds) as wire:
            wire.sendall(data)
            while len(reply) < most:
                part = wire.recv(65536)
                if not part or b"text/event-stream" in reply:
                    break
                reply += part
    except OSError:
        pass
    return reply
