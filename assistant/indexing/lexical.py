"""Lexical search: BM25 over an inverted index of stems, kept as flat arrays that are mapped, not read.

SQLite's FTS5 cannot weigh terms, has fixed k1 and b, and applies a filter after the match; this index takes the
filter inside and is as crash-safe, since it is derived from the passages. A term is kept as a hash, so that the words
of a document that left are in no file, and opening needs no table of words.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy

from assistant.figures import figure_words
from assistant.lexicon import WORD, asked_terms, terms_of_word
from assistant.words import RAISED

K1, B = 0.9, 0.6
CHUNK = 20_000
Array = numpy.ndarray[Any, Any]
Terms = tuple[str, ...]
"""The terms one word may be kept under: any of them counts, and only once."""


def terms_of(text: str, language: str = "en") -> list[str]:
    """Return the index terms of a text in a language, those of its numbers and dates with them."""
    return [term for word in words_of(text) for term in terms_of_word(word, language)]


def words_of(text: str) -> list[str]:
    """Return the words of a text as written, then those of its numbers and dates in another form."""
    plain = text if text.isascii() else text.translate(RAISED)
    return [*WORD.findall(plain), *figure_words(plain)]


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

    def held(self, terms: Sequence[str]) -> tuple[Array, Array]:
        """Return the rows that hold any of the terms, ascending, and how often: the most frequent term counts."""
        spans = [span for span in map(self.span, terms) if span[0] < span[1]]
        if not spans:
            return self.rows[:0], self.counts[:0]
        if len(spans) == 1:
            low, high = spans[0]
            return self.rows[low:high], self.counts[low:high]
        rows = numpy.concatenate([self.rows[low:high] for low, high in spans])
        counts = numpy.concatenate([self.counts[low:high] for low, high in spans])
        unique, place = numpy.unique(rows, return_inverse=True)
        most = numpy.zeros(len(unique), dtype=counts.dtype)
        numpy.maximum.at(most, place, counts)
        return unique, most

    def frequency(self, terms: Sequence[str], dead: Array | None = None) -> int:
        """Return in how many rows any of the terms occurs, those in `dead` (ascending row numbers) left out."""
        rows, _ = self.held(terms)
        if dead is None or not len(rows):
            return len(rows)
        return len(rows) - int(numpy.isin(dead, rows, assume_unique=True).sum())

    def scores(self, weights: Mapping[Terms, float], idf: Mapping[Terms, float], mean: float) -> Array:
        """Return the BM25 score of every row, shape (rows,), float32.

        Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, with k1 0.9, b 0.6.
        `weights` and `idf` are by word, each as the terms it may be kept under, which count as one; `mean` is the mean
        length in the whole library.
        """
        out = numpy.zeros(len(self.lengths), dtype=numpy.float32)
        for terms, weight in weights.items():
            rows, often = self.held(terms)
            if not len(rows):
                continue
            counts = often.astype(numpy.float32)
            norm = (K1 * (1 - B + B * self.lengths[rows] / max(mean, 1.0))).astype(numpy.float32)
            out[rows] += numpy.float32(weight * idf[terms]) * (counts * numpy.float32(K1 + 1) / (counts + norm))
        return out


def idf(total: int, count: int) -> float:
    """Return ln(1 + (N - n + 0.5) / (n + 0.5))."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5))


def weights_of(words: Mapping[str, float], languages: tuple[str, ...]) -> dict[Terms, float]:
    """Return weighted words as the terms that each may be kept under in these languages, with its highest weight."""
    weights: dict[Terms, float] = {}
    for text, weight in words.items():
        for word in words_of(text):
            terms = asked_terms(word, languages)
            weights[terms] = max(weight, weights.get(terms, 0.0))
    return weights


class _Vocabulary:
    """Words as written, by language, as the numbers of their terms in order of first appearance."""

    def __init__(self) -> None:
        self.hashes: list[int] = []
        self._numbers: dict[int, int] = {}
        self._known: dict[str, dict[str, tuple[int, ...]]] = {}

    def numbers(self, words: Sequence[str], language: str) -> list[int]:
        """Return the numbers of the terms of a text's words."""
        known = self._known.setdefault(language, {})
        for word in set(words) - known.keys():
            known[word] = tuple(self._number(term) for term in terms_of_word(word, language))
        return [number for word in words for number in known[word]]

    def _number(self, term: str) -> int:
        found = number_of(term)
        number = self._numbers.setdefault(found, len(self.hashes))
        if number == len(self.hashes):
            self.hashes.append(found)
        return number


def build(texts: Iterable[tuple[str, str]]) -> Postings:
    """Return the postings of the (language, text) pairs, one row each.

    Memory: nine bytes for each (term, row) pair, twice.
    """
    vocabulary, parts, lengths, start = _Vocabulary(), [], [], 0
    rest = iter(texts)
    while chunk := list(islice(rest, CHUNK)):
        numbers: list[int] = []
        counts, sizes = numpy.zeros(len(chunk), dtype=numpy.int64), numpy.zeros(len(chunk), dtype=numpy.int64)
        for place, (language, text) in enumerate(chunk):
            words = words_of(text)
            found = vocabulary.numbers(words, language)
            counts[place], sizes[place] = len(words), len(found)
            numbers += found
        keys = numpy.asarray(numbers, dtype=numpy.int64) * len(chunk) + numpy.repeat(numpy.arange(len(chunk)), sizes)
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
