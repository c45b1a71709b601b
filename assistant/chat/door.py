"""The door of the web application: what may pass at all, how much, from where, and the headers of every answer.

Gradio brings many routes the screen never uses (files, uploads, proxies, recordings, history, monitoring). Only the
few it needs are let through; everything else does not exist. Plain ASGI, so that streamed answers stay streamed.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

LARGEST_BODY = 256 * 1024
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
HEADERS = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; font-src 'self' data:; connect-src 'self'; form-action 'none'; "
        "frame-ancestors 'none'; base-uri 'self'; object-src 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
READABLE = re.compile(
    r"/|/healthz|/(page|files|p|view|export|api/v1)/.*|/config|/theme\.css|/favicon\.ico|/robots\.txt"
    r"|/(assets|static|svelte)/.*|/gradio_api/(theme\.css|startup-events|heartbeat/\w+|queue/data)"
)
WRITABLE = re.compile(r"/api/v1/(ask|search)|/gradio_api/(queue/join|reset|cancel)/?")

_log = logging.getLogger(__name__)


class TooLarge(Exception):
    """A request body goes over the limit."""


class Door:
    """Wraps the application. `hosts` are the names it answers to (guards against rebinding); None means any."""

    def __init__(self, app: Application, hosts: frozenset[str] | None = LOOPBACK) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let the request through, or answer it here."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal:
            await _plain(send, *refusal)
            return
        # What Gradio cannot parse was never sent by the screen; anything else is a fault of ours.
        failure = (400, "wrong request") if "/gradio_api/" in scope["path"] else (500, "this could not be done")
        reply = _Reply(send)
        try:
            await self._app(scope, limited(receive), reply)
            if reply.dropped:
                await reply.instead(*failure)
        except TooLarge:
            await reply.instead(413, "too large")
        except Exception as problem:
            _log.warning("a request failed: %s", type(problem).__name__)  # no text: it may hold a question or a path
            await reply.instead(*failure)

    def _refusal(self, scope: Message) -> tuple[int, str] | None:
        heads = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = heads.get("host", "")
        if self._hosts is not None and re.sub(r":\d+$", "", host).lower() not in self._hosts:
            return 421, "this address is not served here"
        path, method = scope["path"], scope["method"]
        allowed = WRITABLE if method == "POST" else READABLE if method in ("GET", "HEAD") else None
        if allowed is None:
            return 405, "method not allowed"
        if not allowed.fullmatch(path):
            return 404, "not found"
        origin = heads.get("origin")
        if method == "POST" and origin and re.sub(r"^https?://", "", origin) != host:
            return 403, "requests from other sites are not answered"
        length = heads.get("content-length", "0")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            return 413, "too large"
        return None


class _Reply:
    """Sends an answer on with the security headers; a failure inside is replaced by one plain line."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._started = self.dropped = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if message["status"] >= 500 and message["status"] != 503:
                self.dropped = True  # the inner server page; the error itself follows as an exception
                return
            self._started = True
            message = {**message, "headers": with_headers(message.get("headers", []))}
        if not self.dropped:
            await self._send(message)

    async def instead(self, status: int, text: str) -> None:
        """Answer with a plain line, unless the answer is already on its way."""
        if not self._started:
            await _plain(self._send, status, text)


def limited(receive: Receive) -> Receive:
    """Return a `receive` that raises TooLarge when the body grows beyond the limit, whatever its header said."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > LARGEST_BODY:
            raise TooLarge
        return message

    return counted


def with_headers(given: Any) -> list[tuple[bytes, bytes]]:
    """Return response headers with the security headers that are not already set."""
    headers = [(bytes(name), bytes(value)) for name, value in given if name.lower() != b"server"]
    present = {name.lower() for name, _ in headers}
    return headers + [(n.encode(), v.encode()) for n, v in HEADERS.items() if n.encode() not in present]


async def _plain(send: Send, status: int, text: str) -> None:
    headers = with_headers([(b"content-type", b"text/plain; charset=utf-8")])
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
