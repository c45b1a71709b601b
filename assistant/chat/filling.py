"""The evidence matrix behind the screen: filled in the background, once a library state and filter, with its progress.

The first filling takes seconds to a minute; no reader's request waits for it.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass

from assistant.errors import AssistantError
from assistant.evidence import Matrix
from assistant.model import Scope
from assistant.ports import ScreenDesk

KEPT = 8
_log = logging.getLogger(__name__)


@dataclass
class Filling:
    """One matrix being made: cells done and in all, then the matrix or the words of what went wrong."""

    done: int = 0
    total: int = 0
    matrix: Matrix | None = None
    problem: str = ""


class Fillings:
    """The newest matrices by library revision and scope."""

    def __init__(self, desk: ScreenDesk) -> None:
        self._desk = desk
        self._kept: OrderedDict[tuple[int, Scope], Filling] = OrderedDict()
        self._lock = threading.Lock()
        self._one_at_a_time = threading.Lock()

    def get(self, scope: Scope, wait_seconds: float = 0.4) -> Filling:
        """Return the filling for a scope, begun when it is asked for first; waits a moment in case it is quick."""
        key = (self._desk.snapshot().revision, scope)
        with self._lock:
            filling = self._kept.get(key)
            thread = None
            if filling is None or filling.problem:
                filling = self._kept[key] = Filling()
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
                thread = threading.Thread(target=self._fill, args=(filling, scope), daemon=True)
            self._kept.move_to_end(key)
        if thread is not None:
            thread.start()
            thread.join(wait_seconds)
        return filling

    def _fill(self, filling: Filling, scope: Scope) -> None:
        def progress(done: int, total: int) -> None:
            filling.done, filling.total = done, total

        try:
            with self._one_at_a_time:
                filling.matrix = self._desk.matrix(scope, progress)
        except AssistantError as problem:
            _log.warning("the matrix could not be filled: %s", type(problem).__name__)
            filling.problem = "The matrix cannot be filled at the moment."
