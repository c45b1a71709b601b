"""The order of sentences: what was read in their passage and in themselves, on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.judging.spans import ReadHit, Span
from assistant.z_scores import moments, z_score

PASSAGE, SENTENCE = 1.0, 0.7
"""Weights of the two z-scores, measured on questions by other hands (`eval/log.md`)."""


def ranked(spans: Sequence[Span], read: Sequence[ReadHit]) -> list[Span]:
    """Return the spans best first, ties by place. Where the reader scored sentences, only those take part."""
    scored = {id(one.hit) for one in read if one.read.sentences}
    kept = [span for span in spans if not scored or id(span.hit) in scored]
    relevance = moments([one.read.relevance for one in read])
    likeness = moments([span.likeness for span in kept])

    def value(span: Span) -> float:
        return PASSAGE * z_score(span.relevance, relevance) + SENTENCE * z_score(span.likeness, likeness)

    return sorted((replace(span, score=value(span)) for span in kept), key=lambda span: (-span.score, span.where))
