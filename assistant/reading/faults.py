"""A fault of our own costs a page, never the document: what was raised is kept, and something simpler stands in."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import PurePath
from typing import TypeVar

from assistant.report import Fault

Made = TypeVar("Made")
MOST_FRAMES = 8


def fault_of(problem: BaseException, page: int = 0) -> Fault:
    """Return what can be said of an exception without its message, which may hold text of the document."""
    frames = traceback.extract_tb(problem.__traceback__)[-MOST_FRAMES:]
    places = (f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)
    return Fault(page, type(problem).__name__, tuple(places) or ("unknown place",))


def _short(file: str) -> str:
    return "/".join(PurePath(file).parts[-2:])


class Attempts:
    """Steps that may fail, each with what stands in for its result; `faults` has the first failure of each page."""

    def __init__(self) -> None:
        self._faults: dict[int, Fault] = {}

    def __contains__(self, page: int) -> bool:
        """Return whether a step failed on this page (0: on the whole document)."""
        return page in self._faults

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults, by page."""
        return tuple(self._faults[page] for page in sorted(self._faults))

    def at(self, page: int, step: Callable[[], Made], otherwise: Made) -> Made:
        """Return the result of a step on a page, or `otherwise` where it raises anything but a lack of memory."""
        try:
            return step()
        except MemoryError:
            raise
        except Exception as problem:
            self._faults.setdefault(page, fault_of(problem, page))
            return otherwise
