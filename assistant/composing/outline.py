"""The main points on a subject: the best sentence of each part of the documents that speaks of it, in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composing.choose import Measure, Quotation, choose
from assistant.judging.spans import Span

POINTS = 6
"""So many points at most."""


def outline(spans: Sequence[Span], measure: Measure) -> list[Quotation]:
    """Return up to `POINTS` short quotations, each from another section, in the order of the documents."""
    firsts: dict[tuple[str, tuple[str, ...]], Span] = {}
    for span in spans:
        firsts.setdefault((span.hit.document.id, span.hit.passage.headings), span)
    most = POINTS if measure.most > 2 else measure.most + 1
    short = Measure(max(measure.words, 40), most, measure.words // most)
    chosen = choose(list(firsts.values()), short)
    order = {document: rank for rank, document in reversed(list(enumerate(one.span.hit.document.id for one in chosen)))}
    return sorted(chosen, key=lambda one: (order[one.span.hit.document.id], one.span.page[1], one.start))
