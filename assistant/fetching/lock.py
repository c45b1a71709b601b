"""What was fetched, from where and when: `lock.json` beside the files; and a hold, so that one fetch runs at a time."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import IO

from assistant.errors import FetchError

FILE = "lock.json"
PARTS = ".parts"
"""Folder of unfinished files; its name is hidden, so that no refresh takes them up."""


@dataclass(frozen=True, slots=True)
class Locked:
    """One fetched publication. Dates are ISO days; `replaced` is the SHA-256 of the version before, '' for none.

    `address` is the catalogue's, `location` the one asked for the file (another where a landing page names its PDF),
    `final` where the redirects ended. `words` is a checksum of a web page's visible text.
    """

    file: str
    address: str
    location: str
    final: str
    sha256: str
    size: int
    fetched: str
    checked: str
    etag: str = ""
    last_modified: str = ""
    replaced: str = ""
    words: str = ""


def read_lock(folder: Path) -> dict[str, Locked]:
    """Return the entries by id, none where there is no lock file yet; raises FetchError naming a damaged one."""
    path = folder / FILE
    if not path.is_file():
        return {}
    names = {item.name for item in fields(Locked)}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))["documents"]
        return {
            str(name): Locked(**{key: value for key, value in entry.items() if key in names})
            for name, entry in data.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        advice = "move it away and the files it names, then fetch again"
        raise FetchError(f"{path} cannot be read ({problem}); {advice}") from problem


def write_lock(folder: Path, entries: Mapping[str, Locked]) -> None:
    """Write the lock file whole or not at all."""
    data = {
        "about": "Written by assistant fetch: what was fetched, from where, when, and with which checksum.",
        "documents": {name: asdict(entries[name]) for name in sorted(entries)},
    }
    write_whole(folder / FILE, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file's content in one step; a kill leaves the old or the new."""
    part = path.with_name(f".{path.name}.new")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder against a second fetch; raises FetchError when one runs. The system frees it at any death."""
    (folder / PARTS).mkdir(parents=True, exist_ok=True)
    with (folder / PARTS / "busy").open("a+b") as file:
        try:
            _hold(file)
        except OSError as problem:
            raise FetchError(f"another fetch into {folder} is running; wait until it is done") from problem
        yield


def _hold(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
