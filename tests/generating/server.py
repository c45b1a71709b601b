"""A small server on loopback that speaks the OpenAI chat protocol, streaming included, and plays what it is told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Script:
    """What to do with one request: a status, headers, pieces of text with a pause before each, how to end."""

    pieces: tuple[str, ...] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait_first: float = 0.0
    wait_each: float = 0.0
    finish: str | None = "stop"
    usage: dict[str, Any] | None = None
    drop: bool = False
    raw: bytes | None = None


@dataclass
class Played:
    """The server as a test sees it: its address, the requests it got, and how many clients left before the end."""

    address: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)


Choose = Callable[[dict[str, Any]], Script]
"""From the body of a request to what is played."""


@contextmanager
def openai_server(choose: Choose) -> Iterator[Played]:
    """Serve on a free port of loopback until the block ends."""
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            played.requests.append(body)
            try:
                _play(self, body, choose(body), stop)
            except (BrokenPipeError, ConnectionResetError):
                played.left.set()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    played = Played(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield played
    finally:
        stop.set()
        server.shutdown()
        server.server_close()


def _play(handler: BaseHTTPRequestHandler, body: dict[str, Any], script: Script, stop: threading.Event) -> None:
    stop.wait(script.wait_first)
    handler.send_response(script.status)
    for name, value in script.headers.items():
        handler.send_header(name, value)
    handler.send_header("content-type", "text/event-stream" if script.status == 200 else "application/json")
    handler.send_header("connection", "close")
    handler.end_headers()
    if script.status != 200:
        handler.wfile.write(json.dumps({"error": {"message": "<b>no</b>", "type": "test"}}).encode())
        return
    if script.raw is not None:
        handler.wfile.write(script.raw)
        return
    for piece in script.pieces:
        _send(handler, body, {"choices": [_choice({"role": "assistant", "content": piece}, None)]})
        if script.wait_each:
            stop.wait(script.wait_each)
    if script.drop:
        with suppress(OSError):
            handler.connection.close()
        return
    _send(handler, body, {"choices": [_choice({}, script.finish)]})
    if script.usage:
        _send(handler, body, {"choices": [], "usage": script.usage})
    handler.wfile.write(b"data: [DONE]\n\n")
    handler.wfile.flush()


def _choice(delta: dict[str, Any], finish: str | None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": finish}


def _send(handler: BaseHTTPRequestHandler, body: dict[str, Any], data: dict[str, Any]) -> None:
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": int(time.time()), "model": body["model"], **data}
    handler.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
    handler.wfile.flush()
