"""The door of the web application: what may pass at all, how much, from where, and the headers of every answer.

Gradio brings many routes the screen never uses (files, uploads, proxies, recordings, history, monitoring). Only the
few it needs are let through; everything else does not exist. Plain ASGI, so that streamed answers stay streamed.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from assistant.bounds import Refused
from assistant.chat.events import Events
from assistant.chat.visitors import LOOPBACK as LOOPBACK
from assistant.chat.visitors import STREAM, heads_of, passed_on, refusal

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

LARGEST_BODY = 256 * 1024
BODY_SECONDS = 20.0
MOST_STREAMS = 256
"""Of each kind: signs of life, and answers on their way."""
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

_log = logging.getLogger(__name__)


class Wrong(Exception):
    """A request is not let in: its status and one sentence."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


class Door:
    """Wraps the application. `hosts` are the names it answers to (guards against rebinding); None means any.

    `events` holds what is sent to Gradio to what the screen can send.
    """

    def __init__(self, app: Application, events: Events, hosts: frozenset[str] | None = LOOPBACK) -> None:
        self._app, self._events, self._hosts = app, events, hosts
        self._streams: dict[str, int] = {}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let the request through, or answer it here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            reply = _Reply(send, gradios=scope["path"].startswith("/gradio_api/"))
            try:
                await self._answer(scope, receive, reply)
            except Wrong as problem:
                await reply.instead(problem.status, problem.text)

    async def _answer(self, scope: Message, receive: Receive, reply: _Reply) -> None:
        heads = heads_of(scope["headers"])
        refused = refusal(scope, heads, self._hosts)
        if refused:
            raise Wrong(*refused)
        body = await _body(heads, receive) if scope["method"] == "POST" else b""
        if scope["path"].startswith("/gradio_api/") and scope["method"] == "POST":
            try:
                body = self._events.checked(scope["path"], body)
            except Refused as problem:
                raise Wrong(422, str(problem)) from problem
        inner = {**scope, "headers": passed_on(heads, len(body) if scope["method"] == "POST" else None)}
        stream = STREAM.match(scope["path"])
        if stream is None:
            await self._pass(inner, _again(body, receive), reply)
            return
        kind = stream.group(1)
        if self._streams.get(kind, 0) >= MOST_STREAMS:
            raise Wrong(429, "too many visitors at once: try again in a moment")
        self._streams[kind] = self._streams.get(kind, 0) + 1
        try:
            await self._pass(inner, _again(body, receive), reply)
        finally:
            self._streams[kind] -= 1

    async def _pass(self, scope: Message, receive: Receive, reply: _Reply) -> None:
        # What Gradio cannot take was never sent by the screen; anything else is a fault of ours.
        failure = (400, "wrong request") if "/gradio_api/" in scope["path"] else (500, "this could not be done")
        try:
            await self._app(scope, receive, reply)
            if reply.full:
                await reply.instead(429, "too many questions at once: try again in a moment")
            elif reply.dropped:
                await reply.instead(*failure)
        except asyncio.CancelledError:
            await reply.end()  # the server stops: a stream that was cut is no fault
        except Exception as problem:
            _log.warning("a request failed: %s", type(problem).__name__)  # no text: it may hold a question or a path
            await reply.instead(*failure)


class _Reply:
    """Sends an answer on with the security headers; a failure inside is replaced by one plain line."""

    def __init__(self, send: Send, *, gradios: bool) -> None:
        self._send, self._gradios = send, gradios
        self._started = self._ended = self._measured = self.dropped = self.full = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.full = message["status"] == 503 and self._gradios  # its queue; the library's own 503 stays
            if self.full or (message["status"] >= 500 and message["status"] != 503):
                self.dropped = True  # the inner server page; the error itself follows as an exception
                return
            self._started = True
            self._measured = any(name.lower() == b"content-length" for name, _ in message.get("headers", ()))
            message = {**message, "headers": with_headers(message.get("headers", []))}
        if not self.dropped:
            self._ended = message["type"] == "http.response.body" and not message.get("more_body", False)
            await self._send(message)

    async def instead(self, status: int, text: str) -> None:
        """Answer with a plain line; an answer that is already on its way ends where it is."""
        if self._started:
            await self.end()
            return
        self._started = self._ended = True
        await answer(self._send, status, text)

    async def end(self) -> None:
        """End an answer that was begun and not ended; one that said how long it is can only be cut off."""
        if self._started and not self._ended and not self._measured:
            self._ended = True
            await self._send({"type": "http.response.body", "body": b""})


async def _body(heads: dict[str, str], receive: Receive) -> bytes:
    """Return a request's body; raises Wrong where it is too large, too slow, or breaks off."""
    length = heads.get("content-length", "0")
    if not (length.isascii() and length.isdigit()) or len(length) > 9 or int(length) > LARGEST_BODY:
        raise Wrong(413, "too large")
    parts: list[bytes] = []
    try:
        async with asyncio.timeout(BODY_SECONDS):
            more = True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Wrong(400, "the request broke off")
                parts.append(message.get("body", b""))
                if sum(map(len, parts)) > LARGEST_BODY:
                    raise Wrong(413, "too large")
                more = message.get("more_body", False)
    except TimeoutError as problem:
        raise Wrong(408, "too slow") from problem
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body once, and then what comes after it: that the client has left."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def with_headers(given: Any) -> list[tuple[bytes, bytes]]:
    """Return response headers with the security headers that are not already set."""
    headers = [(bytes(name), bytes(value)) for name, value in given if name.lower() != b"server"]
    present = {name.lower() for name, _ in headers}
    return headers + [(n.encode(), v.encode()) for n, v in HEADERS.items() if n.encode() not in present]


async def answer(send: Send, status: int, text: str) -> None:
    """Answer with one sentence: as JSON where a body was wrong or too much was asked, else as plain text."""
    is_json = status in (422, 429)
    data = json.dumps({"error": text, "detail": text}).encode() if is_json else text.encode()
    kind = b"application/json" if is_json else b"text/plain; charset=utf-8"
    headers = [(b"content-type", kind), (b"content-length", str(len(data)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": with_headers(headers)})
    await send({"type": "http.response.body", "body": data})
