"""From an understood question to ranked passages: dense and lexical, filters inside, fused, best sentence counted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy

from assistant.countries import fold
from assistant.model import Hit, Scope, Understood
from assistant.ports import Encoder, Reranker, Snapshot
from assistant.retrieval.apart import asked_of_one
from assistant.retrieval.fusion import convex_sum
from assistant.retrieval.usual import filled_up, in_reach, inverse_frequency
from assistant.words import content_stems, content_words

Vector = numpy.ndarray[Any, numpy.dtype[numpy.float32]]


@dataclass(frozen=True, slots=True)
class Weights:
    """How search weighs its parts: shares from 0 to 1, `candidates` passages from each list."""

    candidates: int = 50
    dense: float = 0.45
    sentence: float = 0.75
    digest_step: float = 0.15
    """How far a digest steps back when the official document it summarises is in the library (in z-scores)."""
    reranked: int = 20
    """So many of the best passages a reranker looks at, where one is set."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for search: its vector, its weighted words, and the library it is asked of."""

    text: str
    vector: Vector
    words: Mapping[str, float]
    bound: float
    """The highest BM25 a passage could reach for these words; makes lexical scores comparable between questions."""
    question: str = ""
    """The whole question as understood, for a reranker, which reads it as a sentence."""


def prepare(understood: Understood, encoder: Encoder, snapshot: Snapshot) -> Query:
    """Encode the question once and weigh its words."""
    return _query(understood.search_text, understood.text, encoder, snapshot)


def prepare_apart(understood: Understood, encoder: Encoder, snapshot: Snapshot) -> dict[str, Query]:
    """Return a query for each country of a comparison, as if it were asked of this one alone; else nothing."""
    countries = (understood.countries or ()) if understood.compare else ()
    texts = {code: asked_of_one(understood.search_text, code, countries, understood.group) for code in countries}
    made = {text: _query(text, understood.text, encoder, snapshot) for text in dict.fromkeys(texts.values())}
    return {code: made[text] for code, text in texts.items()}


def _query(text: str, question: str, encoder: Encoder, snapshot: Snapshot) -> Query:
    words = dict.fromkeys(content_words(text), 1.0)
    total = snapshot.count(Scope())[1]
    bound = sum(in_reach(total, snapshot.frequency(word)) * 1.9 for word in words)
    return Query(text, encoder.encode_query(text), words, bound, question)


def idf(snapshot: Snapshot, word: str) -> float:
    """Return the idf of a word in the library as it is."""
    return inverse_frequency(snapshot.count(Scope())[1], snapshot.frequency(word))


def weight_of_stem(snapshot: Snapshot, stem: str) -> float:
    """Return how much a word already stemmed tells: "diseas" stemmed again is "disea", which occurs nowhere."""
    term = fold(stem)
    return filled_up(snapshot.count(Scope())[1], snapshot.term_frequency(term), term)


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
    )


def _both(first: tuple[str, ...] | None, second: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if first is None or second is None:
        return second if first is None else first
    return tuple(item for item in first if item in second)


def find(
    query: Query, snapshot: Snapshot, scope: Scope, limit: int, weights: Weights, reranker: Reranker | None = None
) -> list[Hit]:
    """Return up to `limit` passages the scope allows, best first, near-duplicates folded. Pure for one snapshot.

    A reranker puts the best `weights.reranked` in a new order before the list is cut.
    """
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
    fused = convex_sum(blended, lexical, weights.dense)
    if reranker is None:
        return _hits(fused, dense, lexical, sentences, snapshot, limit, weights)
    hits = _hits(fused, dense, lexical, sentences, snapshot, max(limit, weights.reranked), weights)
    return reordered(query.question or query.text, hits, reranker, weights.reranked)[:limit]


def reordered(question: str, hits: Sequence[Hit], reranker: Reranker, top: int) -> list[Hit]:
    """Return the hits with the first `top` in the order of the reranker's scores (ties as before), the rest behind."""
    best = hits[:top]
    texts = [" ".join((*hit.passage.headings[-1:], hit.passage.text)) for hit in best]
    scores = [round(value, 6) for value in reranker.score(question, texts)] if best else []
    order = sorted(range(len(best)), key=lambda place: (-scores[place], place))
    return [*(best[place] for place in order), *hits[top:]]


def _hits(
    fused: Sequence[tuple[int, float]],
    dense: Mapping[int, float],
    lexical: Mapping[int, float],
    sentences: Mapping[int, Vector],
    snapshot: Snapshot,
    limit: int,
    weights: Weights,
) -> list[Hit]:
    top = fused[: 3 * limit + 10]
    hits = []
    for (row, score), passage in zip(top, snapshot.passages([row for row, _ in top]), strict=True):
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
    query: Query,
    snapshot: Snapshot,
    scope: Scope,
    countries: Sequence[str],
    limit: int,
    weights: Weights,
    reranker: Reranker | None = None,
) -> list[Hit]:
    """Search each country apart and merge by turns, so that no long strategy drowns a short report."""
    lists = [find(query, snapshot, replace(scope, countries=(code,)), limit, weights, reranker) for code in countries]
    merged: list[Hit] = []
    seen: set[str] = set()
    for rank in range(limit):
        for hits in lists:
            if rank < len(hits) and hits[rank].passage.key not in seen:
                seen.add(hits[rank].passage.key)
                merged.append(hits[rank])
    return merged[:limit]
