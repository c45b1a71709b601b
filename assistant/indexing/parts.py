"""All segments of a library together, as one index: what left is masked, what is new is indexed in memory.

Results equal those of an index made anew: document frequencies and lengths are counted over living passages.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy

from assistant.indexing import lexical, segment, segments
from assistant.indexing.segment import Segment
from assistant.indexing.vectors import VectorIndex, best
from assistant.lexicon import asked_terms

Array = numpy.ndarray[Any, Any]
Mask = numpy.ndarray[Any, numpy.dtype[numpy.bool_]]
KEPT_SCORES = 4


def open_parts(connection: sqlite3.Connection, index: Path, dimension: int, languages: Sequence[str]) -> Parts:
    """Return the library's index within the read transaction of `connection`; its documents are in `languages`."""
    known = segments.listed(connection)
    mapped: list[Segment] = []
    for item in known:
        found = segments.opened(index, item)
        if found is None:  # this one and all behind it are indexed in memory; the next refresh writes them again
            break
        mapped.append(found)
    after = known[len(mapped) - 1].last if mapped else 0
    touched = [row for (row,) in connection.execute("SELECT row FROM touched WHERE row <= ? ORDER BY row", (after,))]
    fresh = segment.build(segments.living(connection, after), dimension)
    return Parts(mapped, fresh, numpy.asarray(touched, dtype=numpy.int64), languages)


class Parts:
    """Places are counted over all segments; rows (what others see) over living passages only. Safe in threads."""

    def __init__(
        self, mapped: Sequence[Segment], fresh: Segment, touched: Array, languages: Sequence[str] = ("en",)
    ) -> None:
        self._languages = tuple(sorted(set(languages)))
        self.parts = parts = (*mapped, fresh)
        self._starts = numpy.cumsum([0, *(len(part) for part in parts)])
        self._indexes = [VectorIndex(part.codes) for part in parts]
        # A touched row is dead where it was mapped; written again, it stands in the last, fresh part.
        self._dead = [*(_dead_of(part, touched) for part in mapped), touched[:0]]
        self._scores: dict[tuple[tuple[str, float], ...], list[Array]] = {}
        self._frequencies: dict[tuple[str, ...], int] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return int(self._starts[-1]) - sum(len(dead) for dead in self._dead)

    @cached_property
    def alive(self) -> Mask | None:
        """One flag per place; None when all are alive."""
        if not any(len(dead) for dead in self._dead):
            return None
        flags = numpy.ones(int(self._starts[-1]), dtype=bool)
        for start, dead in zip(self._starts, self._dead, strict=False):
            flags[start + dead] = False
        return flags

    @cached_property
    def _living(self) -> Array | None:
        return None if self.alive is None else numpy.flatnonzero(self.alive)

    def _places(self, rows: Sequence[int]) -> Array:
        asked = numpy.asarray(rows, dtype=numpy.int64)
        if len(asked) and (asked.min() < 0 or asked.max() >= len(self)):
            raise KeyError(f"there are rows 0 to {len(self) - 1}, wanted {asked.min()} to {asked.max()}")
        return asked if self._living is None else self._living[asked]

    def _rows(self, places: Array) -> list[int]:
        found = places if self._living is None else numpy.searchsorted(self._living, places)
        return [int(row) for row in found]

    def ids(self, rows: Sequence[int]) -> list[int]:
        """Return the rows' numbers in the library's file; raises KeyError."""
        places = self._places(rows)
        part_of = numpy.searchsorted(self._starts, places, side="right") - 1
        return [int(self.parts[p].rows[place - self._starts[p]]) for p, place in zip(part_of, places, strict=True)]

    def owners(self, documents: Mapping[str, int]) -> Array:
        """Return for each place the number of its document, int32 (-1: none)."""
        tables = [numpy.asarray([documents.get(d, -1) for d in p.documents], dtype=numpy.int32) for p in self.parts]
        found = [table[part.owner] for table, part in zip(tables, self.parts, strict=True)]
        return numpy.concatenate(found) if found else numpy.zeros(0, dtype=numpy.int32)

    def about(self, countries: Sequence[str]) -> Mask:
        """Return one flag per place: whether the passage is about any of the countries."""
        flags = numpy.zeros(int(self._starts[-1]), dtype=bool)
        for start, part in zip(self._starts, self.parts, strict=False):
            for code in countries:
                flags[start + part.about_country(code)] = True
        return flags

    def nearest(self, vector: Array, limit: int, mask: Mask | None) -> list[int]:
        """Return about `limit` rows per segment that may be nearest, ascending; `mask` has one flag per place."""
        found: list[int] = []
        for number, (start, index) in enumerate(zip(self._starts, self._indexes, strict=False)):
            allowed = None if mask is None else mask[start : start + len(index)]
            if allowed is None and len(self._dead[number]):
                assert self.alive is not None
                allowed = self.alive[start : start + len(index)]
            found += self._rows(numpy.sort(start + index.nearest(vector, limit, allowed)))
        return found

    def frequency(self, word: str) -> int:
        """Return in how many living passages the first word of a text occurs, in any language of the library."""
        words = lexical.words_of(word)
        return self._frequency(asked_terms(words[0], self._languages)) if words else 0

    def term_frequency(self, term: str) -> int:
        """Return in how many living passages an index term occurs."""
        return self._frequency((term,))

    def _frequency(self, terms: tuple[str, ...]) -> int:
        known = self._frequencies.get(terms)
        if known is None:
            pairs = zip(self.parts, self._dead, strict=True)
            known = sum(part.postings.frequency(terms, dead if len(dead) else None) for part, dead in pairs)
            if len(self._frequencies) > 65536:
                self._frequencies = {}
            self._frequencies[terms] = known
        return known

    @cached_property
    def _mean_length(self) -> float:
        total = sum(int(part.lengths.sum(dtype=numpy.int64)) for part in self.parts)
        total -= sum(int(p.lengths[d].sum(dtype=numpy.int64)) for p, d in zip(self.parts, self._dead, strict=True))
        return total / len(self) if len(self) else 1.0

    def lexical(self, words: Mapping[str, float], limit: int, mask: Mask | None) -> list[tuple[int, float]]:
        """Return up to `limit` (row, BM25) pairs, best first, ties by row; `mask` has one flag per place."""
        places, scores = self._scored(words)
        if mask is not None:
            kept = mask[places]
            places, scores = places[kept], scores[kept]
        chosen = best(numpy.arange(len(places)), scores, limit)
        return list(zip(self._rows(places[chosen]), (float(scores[i]) for i in chosen), strict=True))

    def _scored(self, words: Mapping[str, float]) -> tuple[Array, Array]:
        """Return the living places with a score above 0 and their scores; the last few questions are kept."""
        key = tuple(sorted(words.items()))
        known = self._scores.get(key)
        if known is None:
            weights = lexical.weights_of(words, self._languages)
            idf = {terms: lexical.idf(len(self), self._frequency(terms)) for terms in weights}
            found = [part.postings.scores(weights, idf, self._mean_length) for part in self.parts]
            scores = numpy.concatenate(found) if found else numpy.zeros(0, dtype=numpy.float32)
            places = numpy.flatnonzero(scores > 0 if self.alive is None else (scores > 0) & self.alive)
            known = [places, scores[places]]
            with self._lock:
                if len(self._scores) >= KEPT_SCORES:
                    self._scores.pop(next(iter(self._scores)))
                self._scores[key] = known
        return known[0], known[1]


def _dead_of(part: Segment, touched: Array) -> Array:
    """Return the places of a part whose passage left or was written again, ascending."""
    places = numpy.searchsorted(part.rows, touched)
    inside = places < len(part)
    places = places[inside]
    found: Array = places[part.rows[places] == touched[inside]]
    return found
