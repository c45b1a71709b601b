"""Work that costs is bounded: so many at once, so many waiting, and nobody works for a client that has left."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import HTTPException
from starlette.requests import Request

from assistant.asker import Gone, asked_by

T = TypeVar("T")

AT_ONCE = 4
WAITING = 64
LOOK_SECONDS = 0.25
BUSY = "too much is asked at once: try again in a moment"


@dataclass(frozen=True)
class Benches:
    """One place for each kind of work, so that none keeps another waiting."""

    questions: Bench
    drawing: Bench
    reading: Bench


def benches() -> Benches:
    """Return the places of one server."""
    return Benches(Bench(AT_ONCE), Bench(2), Bench(8, 4 * WAITING))


class Bench:
    """Places to work at. Whoever finds them taken queues; whoever finds the queue full is told to come again."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._places = CapacityLimiter(at_once)
        self._most, self._asked = at_once + waiting, 0

    async def run(self, request: Request, work: Callable[[], T]) -> T:
        """Do the work in a thread and return its result; raises HTTPException 429 where too many wait.

        A client that leaves takes its work along: before it begins, or at its next step (`asker.go_on`).
        """
        if self._asked >= self._most:
            raise HTTPException(429, BUSY)
        self._asked += 1
        left = threading.Event()
        watch = asyncio.create_task(_watch(request, left))
        try:
            return await to_thread.run_sync(lambda: _for_somebody(left, work), limiter=self._places)
        except Gone as problem:
            raise HTTPException(400, "nobody waits for this any more") from problem
        finally:
            self._asked -= 1
            watch.cancel()


async def _watch(request: Request, left: threading.Event) -> None:
    while not await request.is_disconnected():
        await asyncio.sleep(LOOK_SECONDS)
    left.set()


def _for_somebody(left: threading.Event, work: Callable[[], T]) -> T:
    with asked_by(lambda: not left.is_set()):
        return work()
