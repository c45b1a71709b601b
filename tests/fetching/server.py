"""A small web server on this machine that misbehaves as it is told, and remembers what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PDF = b"%PDF-1.7\n" + b"x" * 9000 + b"\n%%EOF\n"
PAGE = b"<!doctype html><html><head><title>Plan</title></head><body><p>The plan of 2021.</p></body></html>"

Act = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Plays the next act of its path; the last act is played for ever."""

    protocol_version = "HTTP/1.1"
    acts: dict[str, list[Act]]
    seen: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        self.close_connection = True
        acts = self.acts.get(self.path, [status(404)])
        act = acts.pop(0) if len(acts) > 1 else acts[0]
        act(self)

    def head(self, code: int, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in {**headers, "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def status(code: int, **headers: str) -> Act:
    """Answer with a status and no body."""
    return lambda h: h.head(code, {"Content-Length": "0", **{k.replace("_", "-"): v for k, v in headers.items()}})


def redirect(target: str) -> Act:
    """Send the client elsewhere."""
    return status(302, Location=target)


def body(data: bytes, etag: str = "", **headers: str) -> Act:
    """Serve a file as a good server does: Range with If-Range, 304 for the same ETag."""

    def act(h: Handler) -> None:
        tag = {"ETag": etag} if etag else {}
        if etag and h.headers.get("If-None-Match") == etag:
            h.head(304, tag)
            return
        asked = h.headers.get("Range", "")
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        if start and (h.headers.get("If-Range") == etag or not h.headers.get("If-Range")):
            more = {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"}
            h.head(206, {**tag, **more, **headers, "Content-Length": str(len(data) - start)})
            h.wfile.write(data[start:])
            return
        h.head(200, {**tag, **headers, "Content-Length": str(len(data))})
        h.wfile.write(data)

    return act


def cut(data: bytes, after: int, etag: str = "") -> Act:
    """Promise the whole file, send its beginning, and hang up."""

    def act(h: Handler) -> None:
        h.head(200, {"Content-Length": str(len(data)), **({"ETag": etag} if etag else {})})
        h.wfile.write(data[:after])

    return act


def endless(data: bytes) -> Act:
    """Send a file without saying how long it is; the end of the connection is its end."""

    def act(h: Handler) -> None:
        h.head(200, {})
        h.wfile.write(data)

    return act


def slow(data: bytes, seconds: float) -> Act:
    """Answer at once, then keep the client waiting."""

    def act(h: Handler) -> None:
        h.head(200, {"Content-Length": str(len(data))})
        h.wfile.write(data[:100])
        h.wfile.flush()
        time.sleep(seconds)

    return act


@contextmanager
def serving(acts: dict[str, list[Act]]) -> Iterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """Yield (address without a path, what was asked: (path, headers) in order)."""
    seen: list[tuple[str, dict[str, str]]] = []
    handler = type("Told", (Handler,), {"acts": acts, "seen": seen})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()
