"""The library narrowed to one scope, with statistics of that scope alone.

A cell of the evidence matrix depends on the passages about one country and on nothing else: word frequencies, lengths
and ranks are counted among those passages. So a cell made before a refresh is exactly what it would be after it, as
long as none of its passages changed. Rows are numbered by place (document, page, start), never by time of arrival.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy

from assistant.geometry import Box
from assistant.indexing import lexical as words
from assistant.indexing.segments import lexical_text
from assistant.lexicon import asked_terms
from assistant.model import Document, Page, Passage, Scope, Unread, content_key
from assistant.ports import Snapshot

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]


class ScopedSnapshot:
    """A `Snapshot` of the passages that one scope allows; asked for another scope it still answers within its own."""

    def __init__(self, snapshot: Snapshot, scope: Scope, vector: Vectors) -> None:
        """`vector` is any vector of the encoder's dimension: it serves to list the rows of the scope."""
        self._whole, self._scope = snapshot, scope
        total = snapshot.count(scope)[1]
        rows = [row for row, _ in snapshot.dense(vector, total, scope)] if total else []
        pairs = zip(rows, snapshot.passages(rows), strict=True)
        ordered = sorted(pairs, key=lambda pair: (pair[1].document, pair[1].page, pair[1].start, pair[1].key))
        self._rows = [row for row, _ in ordered]
        self._place = {row: place for place, row in enumerate(self._rows)}
        self._passages = [passage for _, passage in ordered]
        self._sentences = snapshot.sentence_vectors(self._rows) if self._rows else []
        names = dict.fromkeys(passage.document for passage in self._passages)
        self._documents = {name: snapshot.document(name) for name in names}
        self._languages = tuple(sorted({document.language for document in self._documents.values()}))

    @property
    def revision(self) -> int:
        """The revision of the whole library."""
        return self._whole.revision

    @property
    def encoder_fingerprint(self) -> str:
        """The encoder of the whole library."""
        return self._whole.encoder_fingerprint

    def dependency(self) -> str:
        """Return 16 hexadecimal digits over all that stands here: documents as catalogued, files, passages."""
        parts: list[str] = []
        for d in self._documents.values():
            parts += [d.id, d.file, d.sha256, d.title, d.author, d.kind, str(d.year), d.language, str(d.official)]
            parts += [",".join(d.countries), ",".join(d.digest_of), str(d.digest), repr(d.originals)]
        parts += [f"{p.document} {p.page} {p.start} {p.key} {' '.join(p.countries)}" for p in self._passages]
        return content_key(*parts)

    def documents(self) -> tuple[Document, ...]:
        """Return the documents of the scope."""
        return tuple(self._documents.values())

    def document(self, identifier: str) -> Document:
        """Return one document of the scope; raises KeyError."""
        return self._documents[identifier]

    def unread(self) -> tuple[Unread, ...]:
        """Return the files that could not be read, of the whole library."""
        return self._whole.unread()

    def count(self, scope: Scope) -> tuple[int, int]:
        """Return (documents, passages) of this scope."""
        return len(self._documents), len(self._passages)

    def dense(self, vector: Vectors, limit: int, scope: Scope) -> list[tuple[int, float]]:
        """Return up to `limit` (row, cosine) pairs, best first; cosines to five digits, so that no batch shows."""
        found = self._whole.dense(vector, len(self._rows), self._scope) if self._rows else []
        pairs = [(self._place[row], round(score, 5)) for row, score in found if row in self._place]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:limit]

    @cached_property
    def _postings(self) -> words.Postings:
        pairs = ((self._documents[passage.document], passage) for passage in self._passages)
        return words.build((document.language, lexical_text(document.title, passage)) for document, passage in pairs)

    def lexical(self, terms: Mapping[str, float], limit: int, scope: Scope) -> list[tuple[int, float]]:
        """Return up to `limit` (row, BM25) pairs, best first."""
        if not self._passages:
            return []
        weights = words.weights_of(terms, self._languages)
        total = len(self._passages)
        idf = {word: words.idf(total, self._postings.frequency(word)) for word in weights}
        scores = self._postings.scores(weights, idf, float(self._postings.lengths.mean()))
        pairs = [(int(row), float(scores[row])) for row in numpy.flatnonzero(scores > 0)]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def frequency(self, word: str) -> int:
        """Return in how many passages of the scope the word occurs."""
        found = words.words_of(word)
        return self._frequency(asked_terms(found[0], self._languages)) if found else 0

    def term_frequency(self, term: str) -> int:
        """Return in how many passages of the scope an index term occurs."""
        return self._frequency((term,))

    def _frequency(self, terms: tuple[str, ...]) -> int:
        return self._postings.frequency(terms) if self._passages else 0

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """Return the passages of these rows."""
        return [self._passages[row] for row in rows]

    def sentence_vectors(self, rows: Sequence[int]) -> list[Vectors]:
        """Return the sentence vectors of these rows, each of shape (sentences, dimension)."""
        return [self._sentences[row] for row in rows]

    def page(self, document: str, number: int) -> Page:
        """Return one page; raises KeyError."""
        return self._whole.page(document, number)

    def boxes(self, document: str, number: int, start: int, end: int) -> tuple[Box, ...]:
        """Return the boxes of a slice of a page's text."""
        return self._whole.boxes(document, number, start, end)
