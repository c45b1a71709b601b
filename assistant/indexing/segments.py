"""Which segments a library has, and how they catch up with it: by difference, in proportion to the change.

A refresh adds passages at the end and takes some out. New ones become a segment of their own, merged with smaller
ones before it, so that there are few and each passage is merged a logarithmic number of times; a handful is left to
the reader, who indexes them in memory. What left is masked, until it is a third of a segment.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy

from assistant.errors import DamagedLibrary
from assistant.indexing import schema, segment
from assistant.indexing.segment import Row, Segment
from assistant.model import Passage

FEW = 200
"""So many new passages a reader indexes by itself when it opens (some 20 ms)."""
SMALL = 2_000
"""A segment of so many passages is made anew at every change (some 300 ms)."""
Begin = Callable[[str], contextlib.AbstractContextManager[object]]
"""Opens a transaction under a name."""
DEAD_SHARE = 0.3
CHECKED = 32 << 20
"""Files up to so many bytes are held to their SHA-256 whenever they are opened; `assistant check` holds all."""
COLUMNS = "SELECT p.row, p.document, p.countries, p.vector, p.data, d.data FROM"
LIVING = (
    f"{COLUMNS} passages p JOIN documents d ON d.id = p.document WHERE p.row > ?"
    f" UNION ALL {COLUMNS} touched t CROSS JOIN passages p ON p.row = t.row JOIN documents d ON d.id = p.document"
    " WHERE t.row <= ? ORDER BY 1"
)
"""Two searches by row, not one condition with OR, for which SQLite would read the whole table."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A segment as the library lists it: its rows in the library, passages, file name, bytes, SHA-256."""

    first: int
    last: int
    passages: int
    file: str
    size: int
    sha256: str


def listed(connection: sqlite3.Connection) -> list[Listed]:
    """Return the segments in order of their rows."""
    query = "SELECT first, last, passages, file, size, sha256 FROM segments ORDER BY first"
    return [Listed(*row) for row in connection.execute(query)]


def lexical_text(title: str, passage: Passage) -> str:
    """Return what the lexical index reads of a passage: title and headings count like its text."""
    return " ".join((title, *passage.headings, passage.text))


def living(connection: sqlite3.Connection, after: int) -> Iterator[Row]:
    """Yield the passages beyond row `after`, and those up to it that were written again, in order of row."""
    known: dict[str, tuple[str, str]] = {}
    for row, document, countries, vector, data, described in connection.execute(LIVING, (after, after)):
        if document not in known:
            found = schema.document_from_text(described)
            known[document] = (found.title, found.language)
        title, language = known[document]
        yield row, document, countries, vector, language, lexical_text(title, schema.passage_from_bytes(data))


def is_there(index: Path, item: Listed) -> bool:
    """Return whether a listed file is there, whole by its size, and by its SHA-256 too when it is small.

    One of an older version counts as missing.
    """
    file = index / item.file
    if not item.file.startswith(segment.PREFIX):
        return False
    try:
        if file.stat().st_size != item.size:
            return False
        return item.size > CHECKED or sha256_of(file) == item.sha256
    except OSError:
        return False


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def opened(index: Path, item: Listed) -> Segment | None:
    """Return a listed segment, mapped; None when it must be made again."""
    if not is_there(index, item):
        return None
    try:
        found = segment.open_mapped(index / item.file)
    except DamagedLibrary:
        return None
    return found if len(found) == item.passages else None


def kept_of(known: list[Listed], gone: Mapping[int, int], new: int, whole: Callable[[Listed], bool]) -> int:
    """Return how many of the first segments stay as they are. Pure but for `whole`.

    `gone` counts the passages that left, by a segment's first row; `new` the passages beyond the last segment.
    """
    keep = len(known)
    for place, item in enumerate(known):
        left = gone.get(item.first, 0)
        if not whole(item) or left > DEAD_SHARE * item.passages or (left and item.passages <= SMALL):
            keep = place
            break
    moving = new + sum(item.passages - gone.get(item.first, 0) for item in known[keep:])
    if keep == len(known) and new <= FEW and (not known or known[-1].passages > SMALL or not new):
        return keep
    while keep and known[keep - 1].passages <= max(SMALL, 2 * moving):
        keep -= 1
        moving += known[keep].passages
    return keep


def catch_up(
    connection: sqlite3.Connection,
    index: Path,
    dimension: int,
    transaction: Begin,
) -> None:
    """Bring the segments up to the library's present revision, and clear away files that none lists."""
    known = listed(connection)
    last = known[-1].last if known else 0
    new = int(connection.execute("SELECT count(*) FROM passages WHERE row > ?", (last,)).fetchone()[0])
    query = "SELECT count(*) FROM touched WHERE row BETWEEN ? AND ?"
    gone = {item.first: int(connection.execute(query, (item.first, item.last)).fetchone()[0]) for item in known}
    keep = kept_of(known, gone, new, lambda item: is_there(index, item))
    if keep < len(known) or (new > FEW or (new and not known)):
        _renew(connection, index, dimension, known[:keep], transaction)
    names = {item.file for item in listed(connection)}
    for file in index.glob("segment-*"):
        if file.name not in names:
            _forget(file)


def _renew(connection: sqlite3.Connection, index: Path, dimension: int, kept: list[Listed], transaction: Begin) -> None:
    """Make one segment of everything behind the kept ones; the file is complete before the library lists it."""
    after = kept[-1].last if kept else 0
    made = segment.build((row for row in living(connection, after) if row[0] > after), dimension)
    item = None
    if len(made):
        file, sha256 = segment.write(made, index)
        first, last = int(made.rows[0]), int(made.rows[-1])
        item = Listed(first, last, len(made), file.name, file.stat().st_size, sha256)
    with transaction("derive"):
        connection.execute("DELETE FROM segments WHERE first > ?", (after,))
        connection.execute("DELETE FROM touched WHERE row > ?", (after,))
        if item:
            values = (item.first, item.last, item.passages, item.file, item.size, item.sha256)
            connection.execute("INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?)", values)


def _forget(file: Path) -> None:
    with contextlib.suppress(OSError):  # a reader on Windows still maps it; the next refresh tries again
        file.unlink()


def all_vectors(index: Path) -> Any:
    """Return every stored passage vector, shape (passages, dimension), float32, in order of row; for measuring."""
    connection = schema.connect(index, write=False)
    dimension = int(schema.meta_of(connection)["dimension"])
    (count,) = connection.execute("SELECT count(*) FROM passages").fetchone()
    found = numpy.empty((count, dimension), dtype=numpy.float32)
    for place, (blob,) in enumerate(connection.execute("SELECT vector FROM passages ORDER BY row")):
        found[place] = numpy.frombuffer(blob, dtype="<f2")
    connection.close()
    return found
