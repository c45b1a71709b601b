"""The library at one revision, for questions: what search needs stands in memory, text comes from SQLite on demand.

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

from assistant.errors import DamagedLibrary, NoLibrary
from assistant.geometry import Box, boxes_of, unpack
from assistant.indexing import lexical as words
from assistant.indexing import schema
from assistant.model import Document, Page, Passage, Scope, Unread

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]
Mask = numpy.ndarray[Any, numpy.dtype[numpy.bool_]]
CACHE = 4096


class LibrarySnapshot:
    """See `ports.Snapshot`. Row numbers are positions in the order of the passages' rows in the file."""

    def __init__(self, index: Path) -> None:
        self._connection = schema.connect(index, write=False)
        self._lock = threading.Lock()
        self._connection.execute("BEGIN")
        meta = schema.meta_of(self._connection)
        schema.require_format(meta, index)
        self._meta = meta
        self.revision = int(meta.get("revision", "0"))
        self.encoder_fingerprint = meta.get("encoder", "")
        self.dimension = int(meta.get("dimension", "0"))
        self._index = index
        found = self._connection.execute("SELECT data FROM documents ORDER BY id").fetchall()
        self._documents = {d.id: d for d in (schema.document_from_text(text) for (text,) in found)}
        rows = self._connection.execute("SELECT row, document, countries FROM passages ORDER BY row").fetchall()
        self._rows = [row for row, _, _ in rows]
        places = {identifier: place for place, identifier in enumerate(self._documents)}
        self._owner = numpy.asarray([places[name] for _, name, _ in rows], dtype=numpy.int32)
        self._about = _flags([text for _, _, text in rows])
        self._passages: dict[int, Passage] = {}
        self._pages: dict[tuple[str, int], Page] = {}
        self._masks: dict[Scope, tuple[Mask | None, tuple[int, int]]] = {}

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def documents(self) -> tuple[Document, ...]:
        """Return the documents, by id."""
        return tuple(self._documents.values())

    def document(self, identifier: str) -> Document:
        """Return one document; raises KeyError."""
        return self._documents[identifier]

    def unread(self) -> tuple[Unread, ...]:
        """Return the files that could not be read."""
        return tuple(Unread(*row) for row in self._all("SELECT file, reason FROM unread ORDER BY file"))

    def setting(self, name: str) -> str | None:
        """Return a value stored with the library."""
        return self._meta.get(name)

    def _all(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    @cached_property
    def _vectors(self) -> Any:
        from assistant.indexing.vectors import VectorIndex

        blobs = self._all("SELECT vector FROM passages ORDER BY row")
        joined = numpy.frombuffer(b"".join(blob for (blob,) in blobs), dtype=numpy.float32)
        if self.dimension and len(joined) != len(self._rows) * self.dimension:
            raise DamagedLibrary(f"the vectors in {self._index} have the wrong size; run: assistant check")
        return VectorIndex(joined.reshape(len(self._rows), self.dimension or 1))

    @cached_property
    def _lexical(self) -> words.LexicalIndex:
        found = self._all("SELECT revision, data FROM derived WHERE name = 'lexical'")
        if found and found[0][0] == self.revision:
            return words.from_bytes(found[0][1])
        return words.build(lexical_texts(self._documents, self.passages(range(len(self._rows)))))

    def count(self, scope: Scope) -> tuple[int, int]:
        """Return (documents, passages) that the scope allows."""
        return self._mask(scope)[1]

    def dense(self, vector: Vectors, limit: int, scope: Scope) -> list[tuple[int, float]]:
        """Return up to `limit` (row, cosine) pairs, best first."""
        found: list[tuple[int, float]] = self._vectors.search(vector, limit, self._mask(scope)[0])
        return found

    def lexical(self, terms: Mapping[str, float], limit: int, scope: Scope) -> list[tuple[int, float]]:
        """Return up to `limit` (row, BM25) pairs, best first."""
        return self._lexical.search(terms, limit, self._mask(scope)[0])

    def frequency(self, word: str) -> int:
        """Return in how many passages the word occurs."""
        return self._lexical.frequency(word)

    def _mask(self, scope: Scope) -> tuple[Mask | None, tuple[int, int]]:
        found = self._masks.get(scope)
        if found is None:
            mask = self._allowed(scope)
            owners = self._owner if mask is None else self._owner[mask]
            found = (mask, (len(numpy.unique(owners)), len(owners)))
            if len(self._masks) > CACHE:
                self._masks.clear()
            self._masks[scope] = found
        return found

    def _allowed(self, scope: Scope) -> Mask | None:
        if scope == Scope():
            return None
        fits = numpy.asarray([_fits(document, scope) for document in self._documents.values()], dtype=bool)
        mask: Mask = fits[self._owner] if len(self._owner) else numpy.zeros(0, dtype=bool)
        if scope.countries is not None:
            about = numpy.zeros(len(self._owner), dtype=bool)
            for code in scope.countries:
                if code in self._about:
                    about |= self._about[code]
            mask = mask & about
        return mask

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """Return the passages of these rows, in the same order."""
        missing = [row for row in rows if row not in self._passages]
        for low in range(0, len(missing), 500):
            part = missing[low : low + 500]
            marks = ",".join("?" * len(part))
            place = {self._rows[row]: row for row in part}
            query = f"SELECT row, data FROM passages WHERE row IN ({marks})"
            for key, data in self._all(query, list(place)):
                self._passages[place[key]] = schema.passage_from_bytes(data)
        found = [self._passages[row] for row in rows]
        if len(self._passages) > CACHE:
            self._passages.clear()
        return found

    def sentence_vectors(self, rows: Sequence[int]) -> list[Vectors]:
        """Return the sentence vectors of these rows, each of shape (sentences, dimension)."""
        place = {self._rows[row]: row for row in rows}
        found: dict[int, Vectors] = {}
        keys = list(place)
        for low in range(0, len(keys), 500):
            part = keys[low : low + 500]
            query = f"SELECT row, sentences FROM passages WHERE row IN ({','.join('?' * len(part))})"
            for key, blob in self._all(query, part):
                halves = numpy.frombuffer(blob, dtype=numpy.float16).astype(numpy.float32)
                found[place[key]] = halves.reshape(-1, self.dimension or 1)
        return [found[row] for row in rows]

    def page(self, document: str, number: int) -> Page:
        """Return one page; raises KeyError."""
        key = (document, number)
        if key not in self._pages:
            found = self._all("SELECT data, geometry FROM pages WHERE document = ? AND number = ?", key)
            if not found:
                raise KeyError(f"{document} has no page {number}")
            if len(self._pages) > 512:
                self._pages.clear()
            self._pages[key] = schema.page_from_bytes(*found[0])
        return self._pages[key]

    def boxes(self, document: str, number: int, start: int, end: int) -> tuple[Box, ...]:
        """Return the boxes of a slice of a page's text; empty where the format has no page image."""
        page = self.page(document, number)
        return boxes_of(unpack(page.geometry), start, end) if page.geometry else ()


def _flags(texts: Sequence[str]) -> dict[str, Mask]:
    """Return for each country code which rows are about it."""
    places: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        for code in text.split():
            places.setdefault(code, []).append(row)
    flags: dict[str, Mask] = {}
    for code, rows in places.items():
        flags[code] = numpy.zeros(len(texts), dtype=bool)
        flags[code][rows] = True
    return flags


def _fits(document: Document, scope: Scope) -> bool:
    year = document.year
    names = {document.id, document.file, document.file.rsplit("/", 1)[-1]}
    return (
        (scope.kinds is None or document.kind in scope.kinds)
        and (scope.documents is None or not names.isdisjoint(scope.documents))
        and (scope.years is None or (year is not None and scope.years[0] <= year <= scope.years[1]))
        and (scope.languages is None or document.language in scope.languages)
        and (scope.own is None or document.author in scope.own)
    )


def lexical_texts(documents: Mapping[str, Document], passages: Sequence[Passage]) -> list[str]:
    """Return what the lexical index reads of each passage: title and headings count like its text."""
    return [" ".join((documents[p.document].title, *p.headings, p.text)) for p in passages]


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
        with self._lock:
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
