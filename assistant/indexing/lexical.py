"""Lexical search: BM25 over an inverted index of stems, kept as flat arrays that open in a moment.

SQLite's FTS5 cannot weigh terms, has fixed k1 and b, and applies a filter after the match; this index takes the
filter inside and is as crash-safe, since it is derived from the passages and carries their revision.
"""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy

from assistant.words import stem

K1, B = 0.9, 0.6
Mask = numpy.ndarray[Any, numpy.dtype[numpy.bool_]]
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*", re.UNICODE)


# Raised reference numbers stand glued to the word before them.
_RAISED = str.maketrans(dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " "))


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Return the stem of a word without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return stem(plain)


def terms_of(text: str) -> list[str]:
    """Return the index terms of a text; hyphenated words count in their parts."""
    return [fold_word(match.group()) for match in _WORD.finditer(text.translate(_RAISED))]


class LexicalIndex:
    """Postings by term: for each term the rows (ascending) and how often they hold it.

    Score: Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, with k1 0.9, b 0.6.
    """

    def __init__(self, terms: Sequence[str], starts: Any, rows: Any, counts: Any, lengths: Any) -> None:
        self._place = {term: place for place, term in enumerate(terms)}
        self._starts, self._rows, self._counts = starts, rows, counts
        self._total = len(lengths)
        mean = float(lengths.mean()) if len(lengths) else 1.0
        self._norm = (K1 * (1 - B + B * lengths / max(mean, 1.0))).astype(numpy.float32)
        self._lengths = lengths

    def frequency(self, word: str) -> int:
        """Return in how many rows the word occurs."""
        place = self._place.get(fold_word(word))
        return 0 if place is None else int(self._starts[place + 1] - self._starts[place])

    def idf(self, count: int) -> float:
        """Return ln(1 + (N - n + 0.5) / (n + 0.5))."""
        return math.log(1 + (self._total - count + 0.5) / (count + 0.5))

    def search(self, words: Mapping[str, float], limit: int, allowed: Mask | None) -> list[tuple[int, float]]:
        """Return up to `limit` (row, score) pairs, best first, ties by row; rows outside `allowed` do not exist."""
        scores = numpy.zeros(self._total, dtype=numpy.float32)
        weights: dict[str, float] = {}
        for word, weight in words.items():
            for term in terms_of(word):
                weights[term] = max(weight, weights.get(term, 0.0))
        for term, weight in weights.items():
            place = self._place.get(term)
            if place is None:
                continue
            low, high = int(self._starts[place]), int(self._starts[place + 1])
            rows, counts = self._rows[low:high], self._counts[low:high].astype(numpy.float32)
            gain = counts * (K1 + 1) / (counts + self._norm[rows])
            scores[rows] += weight * self.idf(high - low) * gain
        if allowed is not None:
            scores = numpy.where(allowed, scores, 0.0)
        found = numpy.flatnonzero(scores > 0)
        if len(found) > limit:
            found = found[numpy.argpartition(-scores[found], limit)[: limit + 8]]
        ranked = sorted(((int(row), float(scores[row])) for row in found), key=lambda pair: (-pair[1], pair[0]))
        return ranked[:limit]

    def to_bytes(self) -> bytes:
        """Return the index as bytes (numpy arrays, no pickle)."""
        out = io.BytesIO()
        terms = numpy.frombuffer("\n".join(self._place).encode(), dtype=numpy.uint8)
        arrays = {"starts": self._starts, "rows": self._rows, "counts": self._counts, "lengths": self._lengths}
        numpy.savez(out, terms=terms, **arrays)
        return out.getvalue()


def build(texts: Sequence[str]) -> LexicalIndex:
    """Return the index of the texts, one row each."""
    postings: dict[str, list[tuple[int, int]]] = {}
    lengths = numpy.zeros(len(texts), dtype=numpy.float32)
    for row, text in enumerate(texts):
        terms = terms_of(text)
        lengths[row] = len(terms)
        for term, count in Counter(terms).items():
            postings.setdefault(term, []).append((row, min(count, 65535)))
    names = sorted(postings)
    starts = numpy.zeros(len(names) + 1, dtype=numpy.int64)
    numpy.cumsum([len(postings[name]) for name in names], out=starts[1:])
    rows = numpy.fromiter((row for name in names for row, _ in postings[name]), dtype=numpy.int32)
    counts = numpy.fromiter((count for name in names for _, count in postings[name]), dtype=numpy.uint16)
    return LexicalIndex(names, starts, rows, counts, lengths)


def from_bytes(data: bytes) -> LexicalIndex:
    """Return the index that `to_bytes` wrote."""
    with numpy.load(io.BytesIO(data), allow_pickle=False) as found:
        terms = found["terms"].tobytes().decode()
        return LexicalIndex(
            terms.split("\n") if terms else [], found["starts"], found["rows"], found["counts"], found["lengths"]
        )
