"""Values of several scales made comparable: how many standard deviations each lies from the mean of its own. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

NO_SPREAD = 1e-9
"""A smaller standard deviation is an error of rounding between equal values."""


def moments(values: Sequence[float]) -> tuple[float, float]:
    """Return mean and standard deviation, 0 for both without values; equal values have no spread."""
    if not values:
        return 0.0, 0.0
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return mean, spread if spread >= NO_SPREAD else 0.0


def z_score(value: float, of: tuple[float, float]) -> float:
    """Return how many standard deviations a value lies above the mean (see `moments`); 0 where there is no spread."""
    mean, spread = of
    return (value - mean) / spread if spread else 0.0


def z_scores(values: Sequence[float]) -> list[float]:
    """Return the z-score of each value among all; all zeros when every value is the same. Empty in, empty out."""
    own = moments(values)
    return [z_score(value, own) for value in values]
