"""The one file that imports watchfiles: tells when files of a folder have changed and are whole."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from assistant.errors import SettingsError

QUIET_SECONDS = 1.0
"""A file is whole when nobody wrote to it for so long."""
LONGEST_SECONDS = 600.0
PARTIAL = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".swp", "~")


def is_wanted(name: str, suffixes: Collection[str]) -> bool:
    """Return whether a file of this name is a document, not something half downloaded, hidden or temporary."""
    lower = name.lower()
    if lower.startswith((".", "~$")) or lower.endswith(PARTIAL):
        return False
    return Path(lower).suffix in suffixes or lower == "pinned.txt"


def settled(
    folder: Path, suffixes: Collection[str], stop: threading.Event, quiet: float = QUIET_SECONDS
) -> Iterator[None]:
    """Yield once at the start and after each burst of changes, when every file has stood still for `quiet` seconds.

    Ends when `stop` is set; raises SettingsError where watchfiles is not installed.
    """
    try:
        from watchfiles import watch
    except ImportError as problem:
        raise SettingsError("watching needs the package watchfiles; run: pip install watchfiles") from problem
    changes = watch(
        folder, watch_filter=lambda change, path: is_wanted(Path(path).name, suffixes), stop_event=stop,
        debounce=400, step=50, rust_timeout=500, yield_on_timeout=True, raise_interrupt=False,
    )  # fmt: skip
    first = True
    for found in changes:
        # The first round, even an empty one, says that the watch stands: what comes from now on is not missed.
        if not (found or first) or stop.is_set():
            continue
        if found or _is_fresh(folder, suffixes, quiet):
            wait_until_whole(folder, suffixes, stop, quiet)
        first = False
        if not stop.is_set():
            yield


def wait_until_whole(folder: Path, suffixes: Collection[str], stop: threading.Event, quiet: float) -> None:
    """Return when no wanted file changed for `quiet` seconds, after ten minutes at the latest, or when stopped."""
    last, since, started = _sizes(folder, suffixes), time.monotonic(), time.monotonic()
    while not stop.wait(min(0.1, quiet / 4)):
        now = time.monotonic()
        seen = _sizes(folder, suffixes)
        if seen != last:
            last, since = seen, now
        if now - since >= quiet or now - started >= LONGEST_SECONDS:
            return


def _is_fresh(folder: Path, suffixes: Collection[str], quiet: float) -> bool:
    newest = max((stamp for _, stamp in _sizes(folder, suffixes).values()), default=0.0)
    return time.time() - newest < quiet


def _sizes(folder: Path, suffixes: Collection[str]) -> dict[str, tuple[int, float]]:
    found: dict[str, tuple[int, float]] = {}
    for top, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if is_wanted(name, suffixes):
                try:
                    info = os.stat(os.path.join(top, name))
                except OSError:
                    continue
                found[os.path.join(top, name)] = (info.st_size, max(info.st_mtime, info.st_ctime))
    return found
