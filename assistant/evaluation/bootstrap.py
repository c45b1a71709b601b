"""How sure is a figure, and is one run really better than another? Bootstrap intervals, repeatable to the digit."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from assistant.evaluation.metrics import mean

T = TypeVar("T")


def interval(values: Sequence[float], rounds: int = 1000, seed: int = 7) -> tuple[float, float]:
    """Return the 95 % percentile bootstrap interval of the mean (Efron 1979); (0.0, 0.0) of nothing."""
    if not values:
        return 0.0, 0.0
    draw = random.Random(seed)
    means = sorted(mean(draw.choices(values, k=len(values))) for _ in range(rounds))
    return means[int(0.025 * rounds)], means[int(0.975 * rounds) - 1]


def interval_of(
    rows: Sequence[T], figure: Callable[[Sequence[T]], float], rounds: int = 500, seed: int = 7
) -> tuple[float, float]:
    """Return the 95 % percentile bootstrap interval of a figure that is no mean (an F1); rows are drawn whole."""
    if not rows:
        return 0.0, 0.0
    draw = random.Random(seed)
    found = sorted(figure(draw.choices(rows, k=len(rows))) for _ in range(rounds))
    return found[int(0.025 * rounds)], found[int(0.975 * rounds) - 1]


def paired_difference(
    new: Sequence[float], old: Sequence[float], rounds: int = 1000, seed: int = 7
) -> tuple[float, float, float]:
    """Return (mean of new − old, and its 95 % interval) over the same questions in the same order.

    Paired bootstrap: questions are drawn with their difference (Sakai, SIGIR 2006). Both runs need the same length.
    """
    differences = [a - b for a, b in zip(new, old, strict=True)]
    low, high = interval(differences, rounds, seed)
    return mean(differences), low, high
