"""What the server writes down: where something failed and what kind of failure it was, never a word of what was asked.

Questions are held in memory only. Libraries print tracebacks with the values they failed on; in the process that
serves, each of their ways to do so is replaced by one line with the name of the exception and the place.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType
from typing import Any

OURS = ("assistant", "uvicorn")
"""Loggers whose own lines hold no text from outside; of every other logger only the name is written."""

_log = logging.getLogger(__name__)


class Terse(logging.Formatter):
    """One line for each record: no traceback, no text of an exception, no message of a stranger."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        known = record.name.split(".")[0] in OURS
        words = record.getMessage().splitlines()[0] if known else "(message left out)"
        failed = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        return f"{record.levelname.lower()}: {record.name}: {words}" + (f": {named(failed)}" if failed else "")


def named(problem: BaseException) -> str:
    """Return the kind of an exception and the line it came from, without its text."""
    frames = traceback.extract_tb(problem.__traceback__)
    where = f" at {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(problem).__name__}{where}"


def write_names_only() -> None:
    """From now on this process writes no text from outside to its error output."""
    handler = logging.StreamHandler()
    handler.setFormatter(Terse())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(True)

    def print_exc(*given: Any, **named_: Any) -> None:
        problem = sys.exc_info()[1]
        if problem is not None:
            _log.warning("a part failed: %s", named(problem))

    def excepthook(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        _log.error("stopped: %s", named(problem))

    traceback.print_exc = print_exc
    sys.excepthook = excepthook
    sys.unraisablehook = lambda given: _log.warning("a part failed: %s", given.exc_type.__name__)
    threading.excepthook = lambda given: _log.warning("a part failed: %s", given.exc_type.__name__)
