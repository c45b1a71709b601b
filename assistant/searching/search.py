"""From an understood question to ranked passages: dense and lexical, filters inside, fused, best sentence counted."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy

from assistant.countries import fold
from assistant.figures import figure_words
from assistant.model import Hit, Scope, Understood
from assistant.ports import Encoder, Snapshot
from assistant.searching.fusion import convex_sum
from assistant.words import content_stems, content_words

Vector = numpy.ndarray[Any, numpy.dtype[numpy.float32]]


@dataclass(frozen=True, slots=True)
class Weights:
    """How search weighs its parts: shares from 0 to 1, `candidates` passages from each list."""

    candidates: int = 50
    dense: float = 0.7
    abroad: float = 0.95
    """The share of meaning where question and passage are in different languages: few words are the same there."""
    sentence: float = 0.5
    digest_step: float = 0.15
    """How far a digest steps back when the official document it summarises is in the library (in z-scores)."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for search: its vector, its weighted words, and its language."""

    text: str
    vector: Vector
    words: Mapping[str, float]
    language: str = "en"


def prepare(understood: Understood, encoder: Encoder) -> Query:
    """Encode the question once and take its words."""
    text = understood.search_text
    words = dict.fromkeys((*content_words(text), *figure_words(text)), 1.0)
    return Query(text, encoder.encode_query(text), words, understood.language)


def idf(snapshot: Snapshot, word: str) -> float:
    """Return the idf of a word in the library, ln(1 + (N - n + 0.5) / (n + 0.5)) as in BM25.

    Robertson & Zaragoza, "The Probabilistic Relevance Framework", 2009.
    """
    return _rarity(snapshot, snapshot.frequency(word))


def weight_of_stem(snapshot: Snapshot, stem: str) -> float:
    """Return the idf of a word already stemmed: "diseas" stemmed again is "disea", which occurs nowhere."""
    return _rarity(snapshot, snapshot.term_frequency(fold(stem)))


def _rarity(snapshot: Snapshot, count: int) -> float:
    total = snapshot.count(Scope())[1]
    return math.log(1 + (total - count + 0.5) / (count + 0.5)) if total else 0.0


def scope_of(understood: Understood, given: Scope | None) -> Scope:
    """Join what the question says with what the reader set; where both speak, only what both allow remains."""
    given = given or Scope()
    return replace(
        given,
        countries=_both(understood.countries, given.countries),
        kinds=_both(understood.kinds, given.kinds),
        documents=_both(understood.documents, given.documents),
        years=understood.years or given.years,
        own=understood.countries if understood.own else given.own,
        unplaced=bool(understood.countries) and given.countries is None,
    )


def _both(first: tuple[str, ...] | None, second: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if first is None or second is None:
        return second if first is None else first
    return tuple(item for item in first if item in second)


def find(query: Query, snapshot: Snapshot, scope: Scope, limit: int, weights: Weights) -> list[Hit]:
    """Return up to `limit` passages the scope allows, best first, near-duplicates folded. Pure for one snapshot."""
    dense = dict(snapshot.dense(query.vector, weights.candidates, scope))
    lexical = dict(snapshot.lexical(query.words, weights.candidates, scope))
    rows = sorted({*dense, *lexical})
    if not rows:
        return []
    sentences = {
        row: vectors @ query.vector for row, vectors in zip(rows, snapshot.sentence_vectors(rows), strict=True)
    }
    floor = min(dense.values(), default=0.0)
    blended = {
        row: (1 - weights.sentence) * dense.get(row, floor)
        + weights.sentence * (float(sentences[row].max()) if len(sentences[row]) else dense.get(row, floor))
        for row in rows
    }
    passages = dict(zip(rows, snapshot.passages(rows), strict=True))

    def share(row: int) -> float:
        same = snapshot.document(passages[row].document).language == query.language
        return weights.dense if same else weights.abroad

    fused = convex_sum(blended, lexical, {row: share(row) for row in rows})[: 3 * limit + 10]
    hits = []
    for row, score in fused:
        passage = passages[row]
        document = snapshot.document(passage.document)
        stepped_back = any(_is_official(snapshot, original) for original in document.digest_of)
        hits.append(
            Hit(
                passage,
                document,
                round(score - (weights.digest_step if stepped_back else 0.0), 6),
                round(dense.get(row, 0.0), 6),
                round(lexical.get(row, 0.0), 6),
                tuple(round(float(value), 6) for value in sentences[row]),
            )
        )
    hits.sort(key=lambda hit: (-hit.score, hit.passage.key))
    return _folded(hits, limit)


def _is_official(snapshot: Snapshot, identifier: str) -> bool:
    try:
        return snapshot.document(identifier).official
    except KeyError:
        return False


def _folded(hits: Sequence[Hit], limit: int) -> list[Hit]:
    """Return the first `limit` passages; one with nearly the words of a better one is folded into it and named there.

    Passages that give different numbers are never folded: which of them holds is for the reader.
    """
    kept: list[Hit] = []
    for hit in hits:
        text = hit.passage.text
        twin = next((n for n, first in enumerate(kept) if _twins(first.passage.text, text)), None)
        if twin is not None:
            first = kept[twin]
            place = (hit.passage.document, hit.passage.page)
            if place not in ((first.passage.document, first.passage.page), *first.also):
                kept[twin] = replace(first, also=(*first.also, place))
        elif len(kept) < limit:
            kept.append(hit)
    return kept


_NUMBER = re.compile(r"\d+")


def _twins(first: str, second: str) -> bool:
    """Whether two texts give the same numbers in nearly the same words; few pairs get as far as their words."""
    return _numbers(first) == _numbers(second) and _alike(_stems(first), _stems(second))


@lru_cache(maxsize=4096)
def _numbers(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(text))


@lru_cache(maxsize=1024)
def _stems(text: str) -> frozenset[str]:
    return frozenset(content_stems(text))


def _alike(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether the Jaccard index of two sets of stems is at least 0.8; sizes alone rule out most pairs."""
    small, large = sorted((len(first), len(second)))
    return small >= 0.8 * large and len(first & second) >= 0.8 * max(1, len(first | second))


def find_fairly(
    query: Query, snapshot: Snapshot, scope: Scope, countries: Sequence[str], limit: int, weights: Weights
) -> list[Hit]:
    """Search each country apart and merge by turns, so that no long strategy drowns a short report."""
    lists = [find(query, snapshot, replace(scope, countries=(code,)), limit, weights) for code in countries]
    merged: list[Hit] = []
    seen: set[str] = set()
    for rank in range(limit):
        for hits in lists:
            if rank < len(hits) and hits[rank].passage.key not in seen:
                seen.add(hits[rank].passage.key)
                merged.append(hits[rank])
    return merged[:limit]
