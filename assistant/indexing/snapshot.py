"""The library at one revision, for questions: what search needs is mapped, text comes from SQLite on demand.

A snapshot holds one read transaction, so that questions in flight finish on the revision they began with, whatever a
refresh does meanwhile. `SnapshotHolder` gives the newest one.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy

from assistant.asker import go_on
from assistant.errors import NoLibrary
from assistant.geometry import Box, boxes_of, unpack
from assistant.indexing import compact, schema
from assistant.indexing.faults import whole
from assistant.indexing.parts import Parts, open_parts
from assistant.indexing.scopes import Scopes
from assistant.model import Document, Page, Passage, Scope, Unread

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]
CACHE = 4096
SPARE = 32
"""How many more than twice the wanted rows the 8-bit scan proposes for exact scoring."""


class LibrarySnapshot:
    """See `ports.Snapshot`. Row numbers are positions among the living passages, in the order of the file."""

    def __init__(self, index: Path) -> None:
        self._connection = schema.connect(index, write=False)
        self._lock = threading.Lock()
        self._index = index
        with whole(index, "what stands at its beginning"):
            self._connection.execute("BEGIN")
            meta = schema.meta_of(self._connection)
            schema.require_format(meta, index)
            self._meta = meta
            self.revision = int(meta.get("revision", "0"))
            self.encoder_fingerprint = meta.get("encoder", "")
            self.dimension = int(meta.get("dimension", "0"))
        with whole(index, "the documents"):
            found = self._connection.execute("SELECT data FROM documents ORDER BY id").fetchall()
            self._documents = {d.id: d for d in (schema.document_from_text(text) for (text,) in found)}
        with whole(index, "the passages"):
            languages = [document.language for document in self._documents.values()]
            self._parts: Parts = open_parts(self._connection, index, self.dimension, languages)
            self._scopes = Scopes(tuple(self._documents.values()), self._parts)
        self._passages: dict[int, Passage] = {}
        self._pages: dict[tuple[str, int], Page] = {}

    def renew(self) -> None:
        """Read from the main file instead of the write-ahead log where possible, so that the log can be emptied.

        Nothing changes for those who ask; where the library has a newer revision, nothing is done.
        """
        fresh = schema.connect(self._index, write=False)
        fresh.execute("BEGIN")
        if int(schema.meta_of(fresh).get("revision", "0")) != self.revision:
            fresh.close()
            return
        with self._lock:
            fresh, self._connection = self._connection, fresh
        fresh.close()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def __del__(self) -> None:
        # A connection is part of a reference cycle: left to the collector it would hold the old revision for long.
        connection = getattr(self, "_connection", None)
        if connection is not None:
            connection.close()

    @cached_property
    def _all_documents(self) -> tuple[Document, ...]:
        return tuple(self._documents.values())

    def documents(self) -> tuple[Document, ...]:
        """Return the documents, by id."""
        return self._all_documents

    def document(self, identifier: str) -> Document:
        """Return one document; raises KeyError."""
        return self._documents[identifier]

    def unread(self) -> tuple[Unread, ...]:
        """Return the files that could not be read."""
        return tuple(Unread(*row) for row in self._all("SELECT file, reason FROM unread ORDER BY file"))

    def _all(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._lock, whole(self._index, "a page of the file"):
            return self._connection.execute(query, values).fetchall()

    def _columns(self, column: str, rows: Sequence[int]) -> dict[int, bytes]:
        """Return one column of the passages by row number."""
        found: dict[int, bytes] = {}
        for low in range(0, len(rows), 500):
            place = dict(zip(self._parts.ids(rows[low : low + 500]), rows[low : low + 500], strict=True))
            query = f"SELECT row, {column} FROM passages WHERE row IN ({','.join('?' * len(place))})"
            found.update({place[key]: blob for key, blob in self._all(query, list(place))})
        return found

    def count(self, scope: Scope) -> tuple[int, int]:
        """Return (documents, passages) that the scope allows."""
        return self._scopes.count(scope)

    def dense(self, vector: Vectors, limit: int, scope: Scope) -> list[tuple[int, float]]:
        """Return up to `limit` (row, cosine) pairs, best first, ties by row: proposed by a scan, scored exactly."""
        go_on()
        if limit < 1:
            return []
        proposed = self._parts.nearest(vector, 2 * limit + SPARE, self._scopes.mask(scope))
        blobs = self._columns("vector", proposed)
        with whole(self._index, "vectors"):
            vectors = compact.passage_vectors(b"".join(blobs.values()), self.dimension)
            scores = numpy.vecdot(vectors, vector).tolist()
            return sorted(zip(blobs, scores, strict=True), key=lambda pair: (-pair[1], pair[0]))[:limit]

    def lexical(self, terms: Mapping[str, float], limit: int, scope: Scope) -> list[tuple[int, float]]:
        """Return up to `limit` (row, BM25) pairs, best first."""
        go_on()
        return self._parts.lexical(terms, limit, self._scopes.mask(scope))

    def frequency(self, word: str) -> int:
        """Return in how many passages the word occurs."""
        return self._parts.frequency(word)

    def stored_vector(self, row: int) -> Vectors:
        """Return the vector of a row as the library holds it, shape (dimension,)."""
        with whole(self._index, "a vector"):
            found: Vectors = compact.passage_vectors(self._columns("vector", [row])[row], self.dimension)[0]
            return found

    def term_frequency(self, term: str) -> int:
        """Return in how many passages an index term (a stem, see `lexical.terms_of`) occurs."""
        return self._parts.term_frequency(term)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """Return the passages of these rows, in the same order; raises KeyError."""
        go_on()
        known = self._passages
        missing = [row for row in dict.fromkeys(rows) if row not in known]
        with whole(self._index, "a passage"):
            fresh = {row: schema.passage_from_bytes(blob) for row, blob in self._columns("data", missing).items()}
        if len(known) + len(fresh) > CACHE:
            self._passages = dict(fresh)  # a new table: other threads may still read the old one
        else:
            known.update(fresh)
        with whole(self._index, "a passage is missing"):
            return [fresh[row] if row in fresh else known[row] for row in rows]

    def sentence_vectors(self, rows: Sequence[int]) -> list[Vectors]:
        """Return the sentence vectors of these rows, each of shape (sentences, dimension)."""
        with whole(self._index, "vectors of sentences"):
            blobs = self._columns("sentences", rows)
            return [compact.sentence_vectors(blobs[row], self.dimension) for row in rows]

    def page(self, document: str, number: int) -> Page:
        """Return one page; raises KeyError."""
        key, known = (document, number), self._pages
        page = known.get(key)
        if page is None:
            found = self._all("SELECT data, geometry FROM pages WHERE document = ? AND number = ?", key)
            if not found:
                raise KeyError(f"{document} has no page {number}")
            with whole(self._index, f"page {number} of {document}"):
                page = schema.page_from_bytes(*found[0])
            if len(known) > 512:
                known = self._pages = {}
            known[key] = page
        return page

    def boxes(self, document: str, number: int, start: int, end: int) -> tuple[Box, ...]:
        """Return the boxes of a slice of a page's text; empty where the format has no page image."""
        page = self.page(document, number)
        with whole(self._index, f"the lines of page {number} of {document}"):
            return boxes_of(unpack(page.geometry, start, end), start, end) if page.geometry else ()


class SnapshotHolder:
    """Gives the newest snapshot; asking costs one small query when nothing changed."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._watch: Any = None
        self._seen: int | None = None
        self._snapshot: LibrarySnapshot | None = None

    def current(self) -> LibrarySnapshot:
        """Return the newest revision; raises NoLibrary, StaleLibrary or DamagedLibrary."""
        with self._lock, whole(self._index, "what stands at its beginning"):
            if self._watch is None:
                self._watch = schema.connect(self._index, write=False)
            if self._snapshot is not None and not (self._index / schema.FILE).exists():
                raise NoLibrary(f"the library in {self._index} is gone; run: assistant index")
            version = int(self._watch.execute("PRAGMA data_version").fetchone()[0])
            if self._snapshot is None or version != self._seen:
                revision = int(schema.meta_of(self._watch).get("revision", "0"))
                if self._snapshot is None or revision != self._snapshot.revision:
                    self._snapshot = LibrarySnapshot(self._index)
                self._seen = version
            return self._snapshot
