"""Lexical search: BM25 over an inverted index of stems, kept as flat arrays that are mapped, not read.

SQLite's FTS5 cannot weigh terms, has fixed k1 and b, and applies a filter after the match; this index takes the
filter inside and is as crash-safe, since it is derived from the passages. A term is kept as a hash, so that the words
of a document that left are in no file, and opening needs no table of words.
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy

from assistant.words import RAISED, stem

K1, B = 0.9, 0.6
CHUNK = 20_000
Array = numpy.ndarray[Any, Any]
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*", re.UNICODE)


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Return the stem of a word without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return stem(plain)


def terms_of(text: str) -> list[str]:
    """Return the index terms of a text; hyphenated words count in their parts."""
    return [fold_word(match.group()) for match in _WORD.finditer(text.translate(RAISED))]


@lru_cache(maxsize=65536)
def number_of(term: str) -> int:
    """Return the 64-bit hash a term is kept under (two of a million terms meet once in forty million libraries)."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """For each term (hash, ascending) the rows that hold it (ascending) and how often (at most 255).

    `starts` has one entry more than `terms`; `lengths` counts the terms of each row.
    """

    terms: Array
    starts: Array
    rows: Array
    counts: Array
    lengths: Array

    def span(self, term: str) -> tuple[int, int]:
        """Return where the postings of a term stand; (0, 0) when no row holds it."""
        number = numpy.uint64(number_of(term))
        place = int(numpy.searchsorted(self.terms, number))
        if place == len(self.terms) or self.terms[place] != number:
            return 0, 0
        return int(self.starts[place]), int(self.starts[place + 1])

    def frequency(self, term: str, dead: Array | None = None) -> int:
        """Return in how many rows the term occurs, those in `dead` (ascending row numbers) left out."""
        low, high = self.span(term)
        if dead is None or low == high:
            return high - low
        return high - low - int(numpy.isin(dead, self.rows[low:high], assume_unique=True).sum())

    def scores(self, weights: Mapping[str, float], idf: Mapping[str, float], mean: float) -> Array:
        """Return the BM25 score of every row, shape (rows,), float32.

        Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, with k1 0.9, b 0.6.
        `weights` and `idf` are by term, `mean` is the mean length in the whole library.
        """
        out = numpy.zeros(len(self.lengths), dtype=numpy.float32)
        for term, weight in weights.items():
            low, high = self.span(term)
            if low == high:
                continue
            rows, counts = self.rows[low:high], self.counts[low:high].astype(numpy.float32)
            norm = (K1 * (1 - B + B * self.lengths[rows] / max(mean, 1.0))).astype(numpy.float32)
            out[rows] += numpy.float32(weight * idf[term]) * (counts * numpy.float32(K1 + 1) / (counts + norm))
        return out


def idf(total: int, count: int) -> float:
    """Return ln(1 + (N - n + 0.5) / (n + 0.5))."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5))


def weights_of(words: Mapping[str, float]) -> dict[str, float]:
    """Return the index terms of weighted words, each with its highest weight."""
    weights: dict[str, float] = {}
    for word, weight in words.items():
        for term in terms_of(word):
            weights[term] = max(weight, weights.get(term, 0.0))
    return weights


class _Vocabulary(dict[str, int]):
    """Word as written → number of its term, in order of first appearance."""

    def __init__(self) -> None:
        super().__init__()
        self.hashes: list[int] = []
        self._numbers: dict[int, int] = {}

    def __missing__(self, word: str) -> int:
        found = number_of(fold_word(word))
        number = self._numbers.setdefault(found, len(self.hashes))
        if number == len(self.hashes):
            self.hashes.append(found)
        self[word] = number
        return number


def build(texts: Iterable[str]) -> Postings:
    """Return the postings of the texts, one row each. Memory: nine bytes for each (term, row) pair, twice."""
    vocabulary, parts, lengths, start = _Vocabulary(), [], [], 0
    rest = iter(texts)
    while chunk := list(islice(rest, CHUNK)):
        numbers: list[int] = []
        counts = numpy.zeros(len(chunk), dtype=numpy.int64)
        for place, text in enumerate(chunk):
            words = _WORD.findall(text if text.isascii() else text.translate(RAISED))
            counts[place] = len(words)
            numbers.extend([vocabulary[word] for word in words])
        keys = numpy.asarray(numbers, dtype=numpy.int64) * len(chunk) + numpy.repeat(numpy.arange(len(chunk)), counts)
        unique, often = numpy.unique(keys, return_counts=True)
        term, row = numpy.divmod(unique, len(chunk))
        parts.append((term.astype(numpy.int32), (row + start).astype(numpy.int32), often.clip(max=255).astype("u1")))
        lengths.append(counts.clip(max=65535).astype(numpy.uint16))
        start += len(chunk)
    return _joined(numpy.asarray(vocabulary.hashes, dtype=numpy.uint64), parts, lengths)


def _joined(hashes: Array, parts: list[tuple[Array, Array, Array]], lengths: list[Array]) -> Postings:
    """Return the parts, each in order of (term, row), as one: every term's postings in order of row."""
    order = numpy.argsort(hashes)
    place = numpy.empty(len(hashes), dtype=numpy.int64)
    place[order] = numpy.arange(len(hashes))
    sizes = numpy.zeros(len(hashes) + 1, dtype=numpy.int64)
    for term, _, _ in parts:
        sizes[1:] += numpy.bincount(place[term], minlength=len(hashes))
    starts = numpy.cumsum(sizes)
    cursor = starts[:-1].copy()
    rows, counts = numpy.empty(starts[-1], dtype=numpy.int32), numpy.empty(starts[-1], dtype=numpy.uint8)
    for term, row, often in parts:
        first = numpy.flatnonzero(numpy.diff(term, prepend=-1))
        runs = numpy.diff(first, append=len(term))
        target = numpy.repeat(cursor[place[term[first]]] - first, runs) + numpy.arange(len(term))
        rows[target], counts[target] = row, often
        cursor[place[term[first]]] += runs
    joined = numpy.concatenate(lengths) if lengths else numpy.zeros(0, dtype=numpy.uint16)
    return Postings(hashes[order], starts, rows, counts, joined)
