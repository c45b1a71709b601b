"""The connections: how many, and how long one may take to say what it wants, to send it, and to read the answer.

Without this a client that sends a letter a minute, or never reads, holds a connection for ever. Imported only by who
serves, since it imports uvicorn.
"""

from __future__ import annotations

from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from assistant.chat.door import with_headers

MOST_CONNECTIONS = 512
HEAD_SECONDS = 10.0
REQUEST_SECONDS = 25.0
WRITE_SECONDS = 20.0
LOOK_SECONDS = 1.0
STOP_SECONDS = 5


class Connection(H11Protocol):  # type: ignore[misc]
    """uvicorn's connection, watched. One that waits for its request gives way when there are too many."""

    def connection_made(self, transport: Any) -> None:
        """Begin to watch; the oldest connection that has asked for nothing yet makes room."""
        super().connection_made(transport)
        self._since = self._paused = 0.0
        self._since = self.loop.time()
        if len(self.connections) > MOST_CONNECTIONS:
            idle = [c for c in self.connections if isinstance(c, Connection) and c.is_idle and c is not self]
            oldest = min(idle, key=lambda c: c.since, default=self)
            oldest.transport.abort()
        self._watch = self.loop.call_later(LOOK_SECONDS, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop watching."""
        self._watch.cancel()
        super().connection_lost(exc)

    @property
    def since(self) -> float:
        """When it last began to wait for a request, in seconds of the loop's clock."""
        return self._since

    @property
    def is_idle(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def _look(self) -> None:
        now = self.loop.time()
        waits = now - self._since
        late = waits > HEAD_SECONDS if self.is_idle else (self.cycle.more_body and waits > REQUEST_SECONDS)
        stuck = self._paused and now - self._paused > WRITE_SECONDS
        if stuck or late or (self.transport.is_closing() and waits > WRITE_SECONDS):
            self.transport.abort()
            return
        self._watch = self.loop.call_later(LOOK_SECONDS, self._look)

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        self._since = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Note since when the client does not read."""
        self._paused = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        """The client reads again."""
        self._paused = 0.0
        super().resume_writing()

    def handle_websocket_upgrade(self, event: Any) -> None:
        """Never called: no WebSocket is spoken here."""
        self.transport.abort()

    def _should_upgrade(self) -> bool:
        return False

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP with the headers of every answer, or end the connection in the middle of one."""
        heads = with_headers([(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")])
        try:
            parts = (h11.Response(status_code=400, headers=heads, reason=b"Bad Request"), h11.Data(data=msg.encode()),
                     h11.EndOfMessage())  # fmt: skip
            for part in parts:
                self.transport.write(self.conn.send(part) or b"")
        except h11.LocalProtocolError:
            pass
        self.transport.close()


def server_of(app: Any, host: str, port: int) -> uvicorn.Server:
    """Return a server that is ready to run; it says nothing about single requests."""
    return uvicorn.Server(
        uvicorn.Config(
            app, host=host, port=port, http=Connection, ws="none", log_config=None, log_level="error",
            access_log=False, server_header=False, proxy_headers=False, timeout_keep_alive=5,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
    )  # fmt: skip
