"""Which bar a country must clear where several are asked about: one bar for all would be unfair to some of them.

In a comparison each is shown beside the others, so the bar is lower, but only for one that comes near: else a
comparison would always be made of something. Of every country many come near a question that few answer, so each is
held against the best of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.candidates import Candidate
from assistant.answering.phrase import names_thing, thing_of

EVERYWHERE = 0.8
"""The bar for one of all countries as a share of the threshold; what it lets in is held against the best."""
BEHIND, STANDS, SURE = 0.6, 1.7, 2.0
"""The share of the best score, and the standing, under which one of all countries falls behind; the standing under
which it is shown with a doubt."""
UNNAMED = 0.8
"""What one loses that does not name the thing which the question asks who has, where another does."""
COMPARED, NEAR = 0.25, 0.75
"""The bar for a country of a comparison that comes near, and the share of `unsure` that its nearness must have."""
SPEAKS = 0.2
"""Once another country answers, one whose best sentence has this share of the words comes near enough."""


def bar_compared(nearness: float, unsure: float, coverage: float = 0.0) -> float:
    """Return the bar of one country of a comparison as a share of the threshold.

    `coverage` is that of its best sentence where another country answers, else 0.
    """
    return COMPARED if nearness >= NEAR * unsure or coverage >= SPEAKS else 1.0


def standings(rankings: Sequence[Sequence[Candidate]], probabilities: Sequence[float], question: str) -> list[float]:
    """Return how each of all countries stands beside the best of them, from 0 (it falls behind) to 3.

    The probability that its sentences answer, its best score and its share of the words beside the highest: the sum
    tells silence from evidence better than each. One loses that does not name the thing which the question asks who
    has, where another names it.
    """
    if not rankings:
        return []
    top, widest = max(ranking[0].score for ranking in rankings), max(_widest(ranking) for ranking in rankings) or 1.0
    thing = thing_of(question)
    has = [any(names_thing(thing, c.text) for c in ranking[:3]) for ranking in rankings]
    out = []
    for ranking, probability, whole in zip(rankings, probabilities, has, strict=True):
        beside = ranking[0].score / top
        standing = probability + beside + _widest(ranking) / widest - (UNNAMED if any(has) and not whole else 0.0)
        out.append(standing if beside >= BEHIND and standing >= STANDS else 0.0)
    return out


def _widest(ranking: Sequence[Candidate]) -> float:
    return max(c.coverage for c in ranking[:3])
