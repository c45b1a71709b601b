"""Every write of the library passes here, so that tests can stop the process, or fail the disk, at each one in turn.

The hook is a function that is called with a short name before a write statement, a commit, a checkpoint, a file write
or a rename; it may raise, or end the process. In use it does nothing.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from assistant.errors import DamagedLibrary, LibraryError, UnwritableLibrary

Fault = Callable[[str], None]
TEMPORARY = ".unfinished-"
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "COMMIT", "VACUUM", "PRAGMA WAL_CHECKPOINT")


def no_fault(name: str) -> None:
    """Do nothing."""


class WatchedConnection(sqlite3.Connection):
    """A connection whose write statements are announced to a hook."""

    fault: Fault = staticmethod(no_fault)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run one statement; see `sqlite3.Connection.execute`."""
        if sql.lstrip()[:24].upper().startswith(_WRITES):
            self.fault(sql.lstrip()[:24])
        return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        """Run one statement for many rows, each row a write of its own."""
        cursor = self.cursor()
        for row in parameters:
            cursor = self.execute(sql, row)
        return cursor


def write_whole(file: Path, data: bytes, fault: Fault = no_fault) -> None:
    """Write a file so that it is there whole or not at all; raises OSError and then leaves nothing."""
    unfinished = file.with_name(f"{TEMPORARY}{file.name}")
    try:
        fault(f"write {file.name}")
        with unfinished.open("wb") as handle:
            handle.write(data)
            handle.flush()
            fault(f"sync {file.name}")
            os.fsync(handle.fileno())
        fault(f"rename {file.name}")
        os.replace(unfinished, file)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> None:
    """Take away what a killed writer left unfinished; only the holder of the write lock may call it."""
    if not folder.is_dir():
        return
    for pattern in (f"{TEMPORARY}*", "segment-*.tmp"):
        for file in folder.glob(pattern):
            with suppress(OSError):
                file.unlink(missing_ok=True)


@contextmanager
def whole(index: Path, what: str) -> Iterator[None]:
    """Turn what a damaged page or row makes of a read into DamagedLibrary, naming what was read and what mends it."""
    try:
        yield
    except sqlite3.OperationalError as problem:
        raise LibraryError(f"the library in {index} cannot be read ({problem}); is its disk well?") from problem
    except (sqlite3.DatabaseError, zlib.error, ValueError, TypeError, LookupError) as problem:
        kind = str(problem) if isinstance(problem, sqlite3.DatabaseError) else type(problem).__name__
        raise DamagedLibrary(
            f"the library in {index} is damaged ({what}: {kind}); run: assistant repair --index {index}"
        ) from problem


@contextmanager
def in_words(index: Path, *, files: bool = True) -> Iterator[None]:
    """Turn what SQLite and (with `files`) the disk say into an error a person can act on."""
    rest = "the library is as the last finished document left it; then run: assistant index"
    try:
        yield
    except sqlite3.DatabaseError as problem:
        text = str(problem)
        if "full" in text:
            raise UnwritableLibrary(f"the disk of {index} is full: free some space; {rest}") from problem
        damaged = any(word in text for word in ("malformed", "decode", "no such", "not a database"))
        if isinstance(problem, sqlite3.OperationalError) and not damaged:
            raise UnwritableLibrary(f"the library in {index} cannot be written ({text}); {rest}") from problem
        raise DamagedLibrary(f"the library in {index} is damaged ({text}); run: assistant repair") from problem
    except OSError as problem:
        if not files:
            raise
        if problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise UnwritableLibrary(f"the disk of {index} is full: free some space; {rest}") from problem
        raise UnwritableLibrary(f"{index} cannot be written ({problem.strerror or problem}); {rest}") from problem
