"""What a refresh has to do, decided before anything is done. Pure: file states in, plan out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SKIPPED_FOLDERS = frozenset({"digests"})
SKIPPED_NAMES = frozenset({"catalogue.toml", "indicators.toml", "readme.md", "template.typ"})


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as found: path below the corpus folder, content hash, bytes, modification time in nanoseconds."""

    file: str
    sha256: str
    size: int
    stamp: int


@dataclass(frozen=True, slots=True)
class Known:
    """A file as the library knows it; `id` is empty for one that could not be read."""

    id: str
    file: str
    sha256: str
    size: int
    stamp: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, by file path (or document id for what leaves)."""

    new: tuple[FileState, ...] = ()
    changed: tuple[tuple[FileState, str], ...] = ()
    """(file, id of the document it replaces)."""
    renamed: tuple[tuple[FileState, str], ...] = ()
    retry: tuple[FileState, ...] = ()
    removed: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()
    """Unread files that are gone."""
    unchanged: tuple[tuple[FileState, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing has to be read, moved or removed (metadata may still have changed)."""
        return not (self.new or self.changed or self.renamed or self.retry or self.removed or self.forgotten)


def plan(present: Sequence[FileState], known: Sequence[Known], *, retry_unread: bool = True) -> Plan:
    """Return what turns the known into the present. Identity is content: same bytes elsewhere is a rename."""
    by_file = {k.file: k for k in known}
    here = {p.file for p in present}
    gone = {k.sha256: k for k in known if k.id and k.file not in here}
    new: list[FileState] = []
    retry: list[FileState] = []
    changed: list[tuple[FileState, str]] = []
    renamed: list[tuple[FileState, str]] = []
    unchanged: list[tuple[FileState, str]] = []
    for state in sorted(present, key=lambda s: s.file):
        old = by_file.get(state.file)
        moved = gone.get(state.sha256)
        if old is not None and old.id:
            (unchanged if old.sha256 == state.sha256 else changed).append((state, old.id))
        elif moved is not None:
            renamed.append((state, moved.id))
            del gone[state.sha256]
        elif old is not None and old.sha256 == state.sha256:
            if retry_unread:
                retry.append(state)
        else:
            new.append(state)
    kept = {identifier for _, identifier in renamed}
    removed = tuple(k.id for k in known if k.id and k.file not in here and k.id not in kept)
    forgotten = tuple(k.file for k in known if not k.id and k.file not in here)
    return Plan(
        tuple(new), tuple(changed), tuple(renamed), tuple(retry), removed, forgotten, tuple(unchanged)
    )  # fmt: skip


def files_below(corpus: Path, suffixes: Iterable[str]) -> list[Path]:
    """Return the files to read, sorted by path; links are not followed out of the folder, hidden files are skipped."""
    wanted = {suffix.lower() for suffix in suffixes}
    root = corpus.resolve()
    found: list[Path] = []
    for folder, folders, names in os.walk(root, followlinks=False):
        top = Path(folder) == root
        folders[:] = sorted(n for n in folders if not n.startswith(".") and not (top and n in SKIPPED_FOLDERS))
        for name in sorted(names):
            path = Path(folder) / name
            if name.startswith((".", "~$")) or name.lower() in SKIPPED_NAMES or path.suffix.lower() not in wanted:
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                continue
            found.append(path)
        for name in list(folders):
            # A folder that is named like a document is listed as unreadable rather than walked into silently.
            if Path(name).suffix.lower() in wanted:
                found.append(Path(folder) / name)
                folders.remove(name)
    return found


def state_of(path: Path, root: Path, known: Mapping[str, Known]) -> FileState:
    """Return a file's state; the hash is taken from the library when size and time are those it knows."""
    file = path.relative_to(root).as_posix()
    info = path.stat()
    old = known.get(file)
    if old is not None and (old.size, old.stamp) == (info.st_size, info.st_mtime_ns):
        return FileState(file, old.sha256, info.st_size, info.st_mtime_ns)
    if path.is_dir():
        return FileState(file, "directory", info.st_size, info.st_mtime_ns)
    try:
        with path.open("rb") as handle:
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        digest = "unreadable"
    return FileState(file, digest, info.st_size, info.st_mtime_ns)
