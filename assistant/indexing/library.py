"""The write side of the library: a document enters, changes or leaves in one transaction, or not at all."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from assistant.errors import LibraryBusy, StaleLibrary
from assistant.indexing import compact, schema, segments
from assistant.model import Document, Page, Passage
from assistant.ports import Encoded


class LibraryWriter:
    """One process writes at a time; readers are never blocked. Use as a context manager; raises LibraryBusy.

    `before_commit` is called with a name before each transaction ends: tests stop the process there.
    """

    def __init__(self, index: Path, before_commit: Callable[[str], None] = lambda name: None) -> None:
        self.index = index
        self._before_commit = before_commit
        index.mkdir(parents=True, exist_ok=True)
        self._lock_file = (index / "write.lock").open("a+b")
        try:
            _lock(self._lock_file.fileno())
        except OSError as problem:
            self._lock_file.close()
            raise LibraryBusy(
                f"another process is writing to the library in {index}; wait until it is done"
            ) from problem
        self.connection = schema.connect(index, write=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.close()
        self._lock_file.close()

    @contextmanager
    def transaction(self, name: str, *, change: str = "") -> Any:
        """All or nothing; a change raises the revision and leaves a line in the log."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            if change:
                revision = self.revision + 1
                self.set("revision", str(revision))
                now = datetime.now(UTC).isoformat(timespec="seconds")
                self.connection.execute("INSERT INTO log VALUES (?, ?, ?)", (revision, now, change))
            self._before_commit(name)
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    @property
    def revision(self) -> int:
        """The number of changes so far."""
        return int(self.get("revision") or 0)

    def get(self, name: str) -> str | None:
        """Return a named value."""
        found = self.connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if found is None else str(found[0])

    def set(self, name: str, value: str) -> None:
        """Store a named value."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def prepare(self, encoder: str, dimension: int, chunking: str) -> None:
        """Write the fingerprints into a new library, or hold an old one to them; raises StaleLibrary."""
        wanted = {"format": schema.FORMAT, "encoder": encoder, "dimension": str(dimension), "chunking": chunking}
        if self.get("format") is None:
            with self.transaction("prepare"):
                for name, value in {**wanted, "revision": "0"}.items():
                    self.set(name, value)
            return
        for name, value in wanted.items():
            seen = self.get(name)
            if seen != value:
                raise StaleLibrary(
                    f"the library in {self.index} was made with {name} {seen}, now {value} is set; "
                    f"run: assistant index --rebuild --index {self.index}"
                )

    def vectors_of(self, contents: Sequence[str]) -> dict[str, tuple[bytes, bytes]]:
        """Return the stored (vector, sentence vectors) of passages whose embedded text is already known."""
        found: dict[str, tuple[bytes, bytes]] = {}
        for low in range(0, len(contents), 500):
            part = list(contents[low : low + 500])
            query = f"SELECT content, vector, sentences FROM passages WHERE content IN ({','.join('?' * len(part))})"
            found.update({c: (v, s) for c, v, s in self.connection.execute(query, part)})
        return found

    def remove(self, identifier: str) -> None:
        """Take a document out, inside a transaction."""
        for table, column in (("passages", "document"), ("pages", "document"), ("documents", "id")):
            self.connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (identifier,))

    def put_document(self, document: Document, size: int, stamp: int) -> None:
        """Write a document's row, inside a transaction."""
        values = (document.id, document.file, document.sha256, size, stamp, schema.document_to_text(document))
        self.connection.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?)", values)

    def put_pages(self, identifier: str, pages: Sequence[Page]) -> None:
        """Write a document's pages, inside a transaction."""
        rows = [(identifier, page.number, schema.page_to_bytes(page), page.geometry) for page in pages]
        self.connection.executemany("INSERT INTO pages VALUES (?, ?, ?, ?)", rows)

    def put_passage(self, passage: Passage, content: str, vector: bytes, sentences: bytes) -> None:
        """Write one passage with its vectors, inside a transaction."""
        data = schema.passage_to_bytes(passage)
        values = (passage.document, " ".join(passage.countries), data, content, vector, sentences)
        self.connection.execute(
            "INSERT INTO passages (document, countries, data, content, vector, sentences, checksum)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*values, checksum(data, vector, sentences)),
        )

    def put_unread(self, file: str, sha256: str, size: int, stamp: int, reason: str) -> None:
        """Note a file that could not be read, inside a transaction."""
        self.connection.execute(
            "INSERT OR REPLACE INTO unread VALUES (?, ?, ?, ?, ?)", (file, sha256, size, stamp, reason)
        )

    def derive(self) -> None:
        """Bring what is derived from the passages (the segments that search maps) up to the present revision."""
        segments.catch_up(self.connection, self.index, int(self.get("dimension") or 0), self.transaction)


def checksum(data: bytes, vector: bytes, sentences: bytes) -> str:
    """Return 16 hexadecimal digits over a passage's row."""
    return hashlib.sha256(b"\x1f".join((data, vector, sentences))).hexdigest()[:16]


def vector_bytes(encoded: Encoded) -> tuple[bytes, bytes]:
    """Return a passage vector and its sentence vectors as the library stores them."""
    return compact.passage_bytes(encoded.vector), compact.sentence_bytes(encoded.sentences)


def _lock(descriptor: int) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def wipe(index: Path) -> None:
    """Take the whole library away (`--rebuild`); the encoder stays."""
    with LibraryWriter(index):
        pass
    for file in (schema.FILE, f"{schema.FILE}-wal", f"{schema.FILE}-shm"):
        (index / file).unlink(missing_ok=True)


def is_integral(connection: sqlite3.Connection) -> bool:
    """Return what SQLite says of its own file."""
    return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
