"""The order of sentences: what was read in their passage and in themselves, on one scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from assistant.judging.spans import ReadHit, Span

PASSAGE, SENTENCE = 1.0, 0.7
"""Weights of the two z-scores, measured on questions by other hands (`eval/log.md`)."""


def ranked(spans: Sequence[Span], read: Sequence[ReadHit]) -> list[Span]:
    """Return the spans best first, ties by place. Where the reader scored sentences, only those take part."""
    scored = {id(one.hit) for one in read if one.read.sentences}
    kept = [span for span in spans if not scored or id(span.hit) in scored]
    relevance = moments([one.read.relevance for one in read])
    likeness = moments([span.likeness for span in kept])

    def value(span: Span) -> float:
        return PASSAGE * _z(span.relevance, relevance) + SENTENCE * _z(span.likeness, likeness)

    return sorted((replace(span, score=value(span)) for span in kept), key=lambda span: (-span.score, span.where))


def moments(values: Sequence[float]) -> tuple[float, float]:
    """Return mean and standard deviation, 0 for both without values; equal values have no spread, but for rounding."""
    if not values:
        return 0.0, 0.0
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return mean, spread if spread > 1e-9 else 0.0


def _z(value: float, scale: tuple[float, float]) -> float:
    return (value - scale[0]) / (scale[1] or 1.0)
