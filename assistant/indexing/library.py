"""The write side of the library: a document enters, changes or leaves in one transaction, or not at all."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.errors import DamagedLibrary, StaleLibrary
from assistant.indexing import compact, derive, digests, purge, schema, seal, segments
from assistant.indexing.faults import Fault, in_words, no_fault, sweep, write_whole
from assistant.indexing.lock import WriteLock
from assistant.model import Document, Page, Passage
from assistant.ports import Encoded

PATIENCE = 1.5
"""Seconds that a writer waits at its end for readers to move to the newest revision."""


PURGE = "purge"


class LibraryWriter:
    """One process writes at a time; readers are never blocked. Use as a context manager.

    Raises LibraryBusy, DamagedLibrary or UnwritableLibrary. `fault` hears of every write, see `faults`.
    """

    def __init__(self, index: Path, fault: Fault = no_fault, *, patience: float = PATIENCE) -> None:
        self.index, self.fault, self._patience = index, fault, patience
        with in_words(index):
            index.mkdir(parents=True, exist_ok=True)
            self._lock = WriteLock(index)
        try:
            with in_words(index):
                sweep(index)
                sweep(index / seal.CHANGES)
                self.connection = schema.connect(index, write=True)
                self.connection.fault = fault
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                with in_words(self.index):
                    self.settle()
            else:
                with suppress(sqlite3.Error, OSError, ValueError):
                    sweep(self.index)
                    self.settle()
        finally:
            with suppress(sqlite3.Error):
                self.connection.close()
            self._lock.release()

    def settle(self) -> bool:
        """Move what was written into the main file and seal it; False while a reader still holds an old revision."""
        sequence = self._sequence()
        log = self.index / f"{schema.FILE}-wal"
        if sequence == 0 or (seal.is_sealed(self.index, sequence) and not (log.exists() and log.stat().st_size)):
            return sequence > 0
        self.connection.execute(f"PRAGMA busy_timeout={int(1000 * self._patience)}")
        busy = self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            return False
        seal.write_seal(self.index, sequence, self.fault)
        return True

    def require_whole(self) -> None:
        """Raise DamagedLibrary where the file at rest is not what was sealed: nothing is written over damage.

        A library of another format is no damage: it raises StaleLibrary.
        """
        if self.has_tables():
            schema.require_format(schema.meta_of(self.connection), self.index)
        sequence = self._sequence()
        log = self.index / f"{schema.FILE}-wal"
        with in_words(self.index):
            if sequence and not (log.exists() and log.stat().st_size) and not seal.is_kept(self.index, sequence):
                raise DamagedLibrary(
                    f"{self.index / schema.FILE} is damaged (it is not as it was written); "
                    f"run: assistant repair --index {self.index}"
                )

    def _sequence(self) -> int:
        try:
            return int(self.get("sequence") or 0)
        except sqlite3.OperationalError:  # no tables yet
            return 0

    @contextmanager
    def transaction(self, name: str = "", *, change: str = "") -> Iterator[None]:
        """All or nothing; a change raises the revision and leaves a line in the log. `name` is for the reader."""
        with in_words(self.index):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                if change:
                    self._note(change)
                self.set("sequence", str(int(self.get("sequence") or 0) + 1))
                self.set("digest", digests.meta_digest(self.connection))
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def _note(self, change: str) -> None:
        revision = self.revision + 1
        now = datetime.now(UTC).isoformat(timespec="seconds")
        chain = digests.link(self.get("log") or "", revision, now, change)
        self.connection.execute("INSERT INTO log VALUES (?, ?, ?, ?)", (revision, now, change, chain))
        self.set("revision", str(revision))
        self.set("log", chain)

    @property
    def revision(self) -> int:
        """The number of changes so far."""
        return int(self.get("revision") or 0)

    def get(self, name: str) -> str | None:
        """Return a named value."""
        found = self.connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if found is None else str(found[0])

    def set(self, name: str, value: str) -> None:
        """Store a named value, inside a transaction."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def prepare(self, encoder: str, dimension: int, chunking: str) -> None:
        """Write the fingerprints into a new library, or hold an old one to them; raises StaleLibrary."""
        wanted = {"encoder": encoder, "dimension": str(dimension), "chunking": chunking}
        if not self.has_tables():
            with self.transaction():
                schema.create_tables(self.connection)
                for name, value in {"format": schema.FORMAT, **wanted, "revision": "0"}.items():
                    self.set(name, value)
            return
        schema.require_format(schema.meta_of(self.connection), self.index)
        for name, value in wanted.items():
            seen = self.get(name)
            if seen != value:
                raise StaleLibrary(
                    f"the library in {self.index} was made with {name} {seen}, now {value} is set; "
                    f"run: assistant index --rebuild --index {self.index}"
                )
        if self.get("format") != schema.FORMAT:
            with self.transaction():
                schema.create_tables(self.connection)
                derive.add_checksums(self.connection)
                self.set("format", schema.FORMAT)

    def has_tables(self) -> bool:
        """Return whether anything was ever committed."""
        return bool(self.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone())

    def vectors_of(self, contents: Sequence[str]) -> dict[str, tuple[bytes, bytes]]:
        """Return the stored (vector, sentence vectors) of passages whose embedded text is already known."""
        found: dict[str, tuple[bytes, bytes]] = {}
        for low in range(0, len(contents), 500):
            part = list(contents[low : low + 500])
            query = f"SELECT content, vector, sentences FROM passages WHERE content IN ({','.join('?' * len(part))})"
            found.update({c: (v, s) for c, v, s in self.connection.execute(query, part)})
        return found

    def remove(self, identifier: str, *, replaced: bool = False) -> None:
        """Take a document out, inside a transaction; unless it is `replaced`, `derive` purges what was made of it."""
        if not replaced:
            self.set(PURGE, "1")
        for table, column in (("passages", "document"), ("pages", "document"), ("documents", "id")):
            self.connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (identifier,))

    def put_document(self, document: Document, size: int, stamp: str, body: str | None = None) -> None:
        """Write a document's row after its pages and passages, inside a transaction; `body` None keeps the old one."""
        if body is None:
            row = self.connection.execute("SELECT body FROM documents WHERE id = ?", (document.id,)).fetchone()
            body = str(row[0])
        values = (document.id, document.file, document.sha256, size, stamp, schema.document_to_text(document), body)
        self.connection.execute(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, digests.document_digest(values)),
        )

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
            (*values, digests.passage_checksum(*values)),
        )

    def put_unread(self, file: str, sha256: str, size: int, stamp: str, reason: str) -> None:
        """Note a file that could not be read, inside a transaction."""
        self.connection.execute(
            "INSERT OR REPLACE INTO unread VALUES (?, ?, ?, ?, ?)", (file, sha256, size, stamp, reason)
        )

    def derive(self) -> None:
        """Bring what is derived from the passages (the segments that search maps) up to the present revision.

        After a document was removed, nothing derived from it stays: neither in the segments nor in kept matrices.
        """
        with in_words(self.index):
            if self.get(PURGE):
                shutil.rmtree(self.index / "matrix", ignore_errors=True)
                purge.purge(self.connection, self.index, self.transaction)
            segments.catch_up(self.connection, self.index, int(self.get("dimension") or 0), self.transaction)
            if self.get(PURGE):
                with self.transaction():
                    self.connection.execute("DELETE FROM meta WHERE name = ?", (PURGE,))

    def write_report(self, name: str, text: str) -> None:
        """Write a change report beside the library; raises UnwritableLibrary."""
        folder = self.index / seal.CHANGES
        with in_words(self.index):
            folder.mkdir(exist_ok=True)
            write_whole(folder / name, text.encode(), self.fault)


def vector_bytes(encoded: Encoded) -> tuple[bytes, bytes]:
    """Return a passage vector and its sentence vectors as the library stores them."""
    return compact.passage_bytes(encoded.vector), compact.sentence_bytes(encoded.sentences)
