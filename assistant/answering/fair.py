"""Which bar a country must clear where several are asked about: one bar for all would be unfair to some of them.

In a comparison each is shown beside the others, so the bar is lower, but only for one that comes near: else a
comparison would always be made of something. Of every country many come near a question that few answer, so the bar is
higher.
"""

from __future__ import annotations

EVERYWHERE = 1.7
"""How much higher than the threshold the bar is for one of all countries."""
COMPARED, NEAR = 0.25, 0.75
"""The bar for a country of a comparison that comes near, and the share of `unsure` that its nearness must have."""
SPEAKS = 0.2
"""Once another country answers, one whose best sentence has this share of the words comes near enough."""


def bar_compared(nearness: float, unsure: float, coverage: float = 0.0) -> float:
    """Return the bar of one country of a comparison as a share of the threshold.

    `coverage` is that of its best sentence where another country answers, else 0.
    """
    return COMPARED if nearness >= NEAR * unsure or coverage >= SPEAKS else 1.0
