"""Whether anybody still waits for what is being worked out: long work asks between its steps, and ends for nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Waits = Callable[[], bool]

_waits: ContextVar[Waits | None] = ContextVar("waits", default=None)


class Gone(Exception):
    """Nobody waits any more. No fault, so it stands outside the tree of errors that become words for people."""


@contextmanager
def asked_by(waits: Waits) -> Iterator[None]:
    """Within this context, in this thread, `go_on` asks `waits`."""
    before = _waits.set(waits)
    try:
        yield
    finally:
        _waits.reset(before)


def go_on() -> None:
    """Raise Gone when somebody asked for this and has left; costs well under a microsecond."""
    waits = _waits.get()
    if waits is not None and not waits():
        raise Gone
