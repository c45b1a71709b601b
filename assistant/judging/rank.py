"""The order of sentences: what the reader says of passage and sentence, and what the search says, on one scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from assistant.judging.spans import ReadHit, Span

PASSAGE, SENTENCE, SEARCH = 1.0, 0.7, 0.5
"""Weights of the three z-scores, measured on questions by other hands (`eval/log.md`)."""


def ranked(spans: Sequence[Span], read: Sequence[ReadHit]) -> list[Span]:
    """Return the spans best first, ties by place. Where the reader scored sentences, only those take part."""
    scored = {id(one.hit) for one in read if one.read.sentences}
    kept = [span for span in spans if not scored or id(span.hit) in scored]
    relevance = _scale([one.read.relevance for one in read])
    likeness = _scale([span.likeness for span in kept])
    found = _scale([one.hit.score for one in read])

    def value(span: Span) -> float:
        passage = PASSAGE * _z(span.relevance, relevance) + SEARCH * _z(span.hit.score, found)
        return passage + SENTENCE * _z(span.likeness, likeness)

    return sorted((replace(span, score=value(span)) for span in kept), key=lambda span: (-span.score, span.where))


def _scale(values: Sequence[float]) -> tuple[float, float]:
    """Return mean and standard deviation, (0, 1) for no values; a spread of 0 counts as 1."""
    if not values:
        return 0.0, 1.0
    mean = sum(values) / len(values)
    return mean, math.sqrt(sum((value - mean) ** 2 for value in values) / len(values)) or 1.0


def _z(value: float, scale: tuple[float, float]) -> float:
    return (value - scale[0]) / scale[1]
