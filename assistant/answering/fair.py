"""Which bar a country must clear where several are asked about: one bar for all would be unfair to some of them.

In a comparison each is shown beside the others, so the bar is lower, but only for one that comes near: else a
comparison would always be made of something. Of every country many come near a question that few answer, so the bar is
higher.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.candidates import Candidate
from assistant.answering.phrase import Pair, together

EVERYWHERE = 1.5
"""How much higher than the threshold the bar is for one of all countries."""
BEHIND = 0.7
"""One of all countries whose best sentence has less than this share of the best score falls behind."""
NAMED = 0.6
"""So many of the pairs of words it must have together where another country has them all."""
COMPARED, NEAR = 0.25, 0.75
"""The bar for a country of a comparison that comes near, and the share of `unsure` that its nearness must have."""
SPEAKS = 0.2
"""Once another country answers, one whose best sentence has this share of the words comes near enough."""


def bar_compared(nearness: float, unsure: float, coverage: float = 0.0) -> float:
    """Return the bar of one country of a comparison as a share of the threshold.

    `coverage` is that of its best sentence where another country answers, else 0.
    """
    return COMPARED if nearness >= NEAR * unsure or coverage >= SPEAKS else 1.0


def falls_behind(rankings: Sequence[Sequence[Candidate]], pairs: Sequence[Pair]) -> list[int]:
    """Return the places of the countries that answer worse than the best of all countries.

    Their best sentence comes less near, or where one country has what the question names by several words together,
    they have only the words.
    """
    if not rankings:
        return []
    top = max(ranking[0].score for ranking in rankings)
    whole = [max(together(pairs, c.text) for c in ranking[:3]) for ranking in rankings]
    least = NAMED if pairs and max(whole) == 1 else 0.0
    return [place for place, ranking in enumerate(rankings) if ranking[0].score < BEHIND * top or whole[place] < least]
