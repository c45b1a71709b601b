"""The evidence matrix behind the screen: filled in the background, once a library state and filter, with its progress.

The first filling takes seconds to a minute; no thread waits for it. One is filled at a time, a few may wait their turn,
and only a finished one is pushed out by others.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import OrderedDict, deque
from dataclasses import dataclass

from assistant.evidence import Matrix
from assistant.model import Scope
from assistant.ports import ScreenDesk

KEPT = 8
MOST_WAITING = 4
BUSY = "Other matrices are being filled: choose again in a moment."
_STEP_SECONDS = 0.05
_log = logging.getLogger(__name__)


@dataclass
class Filling:
    """One matrix being made: cells done and in all, then the matrix or the words of what went wrong."""

    done: int = 0
    total: int = 0
    matrix: Matrix | None = None
    problem: str = ""

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.matrix is not None or bool(self.problem)


class Fillings:
    """The newest matrices by library revision and scope."""

    def __init__(self, desk: ScreenDesk) -> None:
        self._desk = desk
        self._kept: OrderedDict[tuple[int, Scope], Filling] = OrderedDict()
        self._waiting: deque[tuple[Scope, Filling]] = deque()
        self._working = False
        self._lock = threading.Lock()

    def get(self, scope: Scope) -> Filling:
        """Return the filling for a scope, begun when it is asked for first; one with a problem where too many wait."""
        key = (self._desk.snapshot().revision, scope)
        with self._lock:
            filling = self._kept.get(key)
            if filling is None or filling.problem:
                if len(self._waiting) >= MOST_WAITING:
                    return Filling(problem=BUSY)
                filling = self._kept[key] = Filling()
                self._begin(scope, filling)
            self._kept.move_to_end(key)
            return filling

    async def wait(self, scope: Scope, seconds: float) -> Filling:
        """Return the filling for a scope when it has ended or the time is up."""
        filling = await asyncio.to_thread(self.get, scope)
        until = time.monotonic() + seconds
        while not filling.ended and time.monotonic() < until:
            await asyncio.sleep(_STEP_SECONDS)
        return filling

    def _begin(self, scope: Scope, filling: Filling) -> None:
        self._waiting.append((scope, filling))
        if not self._working:
            self._working = True
            threading.Thread(target=self._work, name="matrix", daemon=True).start()
        over = len(self._kept) - KEPT
        for key in [key for key, one in self._kept.items() if one.ended][: max(0, over)]:
            del self._kept[key]

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._working = False
                    return
                scope, filling = self._waiting.popleft()
            self._fill(filling, scope)

    def _fill(self, filling: Filling, scope: Scope) -> None:
        def progress(done: int, total: int) -> None:
            filling.done, filling.total = done, total

        try:
            filling.matrix = self._desk.matrix(scope, progress)
        except Exception as problem:  # whatever it was: the thread goes on with those that wait
            _log.warning("the matrix could not be filled: %s", type(problem).__name__)
            filling.problem = "The matrix cannot be filled at the moment."
