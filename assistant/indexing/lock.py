"""One process writes at a time: a lock that the system takes back when its holder dies, and a note of who holds it."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from assistant.errors import LibraryBusy

FILE = "write.lock"
_FAR = 1 << 20  # Windows locks bytes against reading too, so the locked byte lies behind the note


class WriteLock:
    """Held from the moment it is made until `release`; raises LibraryBusy naming the holder."""

    def __init__(self, index: Path) -> None:
        self._file: IO[bytes] = (index / FILE).open("a+b")
        try:
            _lock(self._file.fileno())
        except OSError as problem:
            self._file.close()
            raise LibraryBusy(
                f"another process is writing to the library in {index}{holder(index)}; wait until it is done"
            ) from problem
        note = {"process": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
        with suppress(OSError):  # the note is a courtesy: a full disk must not keep anyone from removing documents
            self._file.truncate(0)
            self._file.write(json.dumps(note).encode())
            self._file.flush()

    def release(self) -> None:
        """Let the next writer in; the note goes with the lock."""
        with suppress(OSError):
            self._file.truncate(0)
        self._file.close()


def holder(index: Path) -> str:
    """Return " (process 17, since 2026-11-25T10:00:00+00:00)" from the lock's note, or ""."""
    try:
        with (index / FILE).open("rb") as file:
            note = json.loads(file.read(1000))
        return f" (process {int(note['process'])}, since {str(note['since'])[:25]})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _lock(descriptor: int) -> None:
    if os.name == "nt":
        import msvcrt

        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
