"""What a refresh has to do, decided before anything is done. Pure: file states in, plan out."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.archives import archive_of, unpack
from assistant.errors import UnreadableDocument

NO_CONTENT = frozenset({"directory", "unreadable"})
RACY_NANOSECONDS = 2_000_000_000
"""A file that was written this shortly before it was looked at may be written again within the clock's own step."""


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as found: path below the corpus folder, content hash, bytes, and a stamp that changes with the content.

    The stamp is "modified-inode-changed" (times in nanoseconds), or empty where the file is too fresh to be trusted.
    """

    file: str
    sha256: str
    size: int
    stamp: str


@dataclass(frozen=True, slots=True)
class Known:
    """A file as the library knows it; `id` is empty for one that could not be read."""

    id: str
    file: str
    sha256: str
    size: int
    stamp: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, by file path (or document id for what leaves)."""

    new: tuple[FileState, ...] = ()
    changed: tuple[tuple[FileState, str], ...] = ()
    """(file, id of the document it replaces)."""
    renamed: tuple[tuple[FileState, str], ...] = ()
    """(file as it is called now, id of the document): the same bytes elsewhere."""
    metadata: tuple[tuple[FileState, str], ...] = ()
    """Unchanged files of which the catalogue now says something else."""
    retry: tuple[FileState, ...] = ()
    removed: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()
    """Unread files that are gone."""
    due: tuple[str, ...] = ()
    """Files among the changed that only the reading code is newer than."""
    unchanged: tuple[tuple[FileState, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing has to be done."""
        read = self.new or self.changed or self.retry
        return not (read or self.renamed or self.metadata or self.removed or self.forgotten)


def plan(present: Sequence[FileState], known: Sequence[Known], *, retry_unread: bool = True) -> Plan:
    """Return what turns the known into the present. Identity is content: same bytes elsewhere is a rename.

    That holds too where another file took the old name, and where two files changed places.
    """
    by_file = {k.file: k for k in known}
    now = {p.file: p.sha256 for p in present}
    left = {k.sha256: k for k in known if k.id and now.get(k.file) != k.sha256 and k.sha256 not in NO_CONTENT}
    new: list[FileState] = []
    retry: list[FileState] = []
    waiting: list[FileState] = []
    renamed: list[tuple[FileState, str]] = []
    unchanged: list[tuple[FileState, str]] = []
    for state in sorted(present, key=lambda s: s.file):
        old = by_file.get(state.file)
        if old is not None and old.sha256 == state.sha256:
            if old.id:
                unchanged.append((state, old.id))
            elif retry_unread:
                retry.append(state)
        elif state.sha256 in left:
            renamed.append((state, left.pop(state.sha256).id))
        else:
            waiting.append(state)
    kept = {identifier for _, identifier in (*renamed, *unchanged)}
    changed: list[tuple[FileState, str]] = []
    for state in waiting:
        old = by_file.get(state.file)
        if old is not None and old.id and old.id not in kept:
            changed.append((state, old.id))
        else:
            new.append(state)
    kept |= {identifier for _, identifier in changed}
    return Plan(
        new=tuple(new),
        changed=tuple(changed),
        renamed=tuple(renamed),
        retry=tuple(retry),
        removed=tuple(k.id for k in known if k.id and k.id not in kept),
        forgotten=tuple(k.file for k in known if not k.id and k.file not in now),
        unchanged=tuple(unchanged),
    )


def name_of(path: Path, root: Path) -> str:
    """Return the path below the root with "/"; bytes of a name that are no text are written out (backslash, code).

    Such a file cannot be opened by the name that is kept, so it ends in the list of what was not read.
    """
    return path.relative_to(root).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def state_of(path: Path, root: Path, known: Mapping[str, Known]) -> FileState | None:
    """Return a file's state, None when it is gone; the hash is the library's when size and stamp are those it knows."""
    file = name_of(path, root)
    place = archive_of(path)
    try:
        info = (place[0] if place else path).stat()
    except OSError:
        return None
    stamp = stamp_of(info, time.time_ns())
    old = known.get(file)
    if old is not None and stamp and (old.size, str(old.stamp)) == (info.st_size, stamp):
        return FileState(file, old.sha256, info.st_size, stamp)
    if not stat.S_ISREG(info.st_mode):  # a folder, or a pipe that would never end
        return FileState(file, "directory", info.st_size, stamp)
    try:
        if place:
            digest = hashlib.sha256(unpack(path)).hexdigest()
        else:
            with path.open("rb") as handle:
                digest = hashlib.file_digest(handle, "sha256").hexdigest()
    except (OSError, UnreadableDocument):
        digest = "unreadable"
    return FileState(file, digest, info.st_size, stamp)


def stamp_of(info: os.stat_result, now: int) -> str:
    """Return the stamp of a file at the time `now` in nanoseconds; see `FileState`."""
    changed = info.st_ctime_ns if os.name == "posix" else 0  # elsewhere it is the time of creation
    if now - max(info.st_mtime_ns, changed) < RACY_NANOSECONDS:
        return ""
    return f"{info.st_mtime_ns}-{info.st_ino}-{changed}"
