"""A running program follows the library: it moves to a new revision although nobody asks.

Without that, an idle chat would hold the revision of its last question, and with it the write-ahead log, in which the
text of a document that was removed since still stands.
"""

from __future__ import annotations

import sqlite3
import threading
import time
import weakref
from pathlib import Path

from assistant.errors import AssistantError
from assistant.indexing import schema
from assistant.indexing.snapshot import SnapshotHolder

SECONDS = 0.25


def follow(holder: SnapshotHolder, index: Path, seconds: float = SECONDS) -> threading.Thread:
    """Start a daemon thread that looks for a new revision every `seconds`; it ends when the holder is gone."""
    known = weakref.ref(holder)
    ended = threading.Event()
    weakref.finalize(holder, ended.set)

    def look() -> None:
        pause = seconds
        while not ended.wait(pause):
            current = known()
            if current is None:
                return
            started = time.monotonic()
            step(current, index)
            # While a large library grows, opening each revision takes time that belongs to those who ask.
            pause = max(seconds, 5 * (time.monotonic() - started))
            del current

    thread = threading.Thread(target=look, name="library-follower", daemon=True)
    thread.start()
    return thread


def step(holder: SnapshotHolder, index: Path) -> None:
    """Move to the newest revision, and out of the write-ahead log when there is something in it."""
    try:
        snapshot = holder.current()
        log = index / f"{schema.FILE}-wal"
        if log.exists() and log.stat().st_size:
            snapshot.renew()
    except (AssistantError, OSError, sqlite3.Error):
        return  # the next question says what is wrong
