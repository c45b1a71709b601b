"""The measures, as pure functions with their sources; shares run from 0 to 1."""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Sequence


def recall_at(ranked: Sequence[object], relevant: Collection[object], k: int) -> float:
    """Return 1.0 when a relevant item is among the first k, else 0.0 (success@k: one good page is enough here)."""
    return float(any(item in relevant for item in ranked[:k]))


def reciprocal_rank(ranked: Sequence[object], relevant: Collection[object], k: int = 10) -> float:
    """Return 1 / rank of the first relevant item within k, else 0 (Voorhees, TREC-8 1999)."""
    return next((1 / rank for rank, item in enumerate(ranked[:k], start=1) if item in relevant), 0.0)


def ndcg(ranked: Sequence[object], relevant: Collection[object], k: int = 10) -> float:
    """Return nDCG@k with gain 1 for a relevant item, each counted once (Järvelin & Kekäläinen, TOIS 2002)."""
    seen: set[object] = set()
    gained = 0.0
    for rank, item in enumerate(ranked[:k], start=1):
        if item in relevant and item not in seen:
            seen.add(item)
            gained += 1 / math.log2(rank + 1)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(set(relevant))) + 1))
    return gained / best if best else 0.0


def f1(true_positive: int, false_positive: int, false_negative: int) -> float:
    """Return the harmonic mean of precision and recall; 0.0 when there is nothing to find."""
    bottom = 2 * true_positive + false_positive + false_negative
    return 2 * true_positive / bottom if bottom else 0.0


def mean(values: Sequence[float]) -> float:
    """Return the mean, 0.0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile, 0.0 of nothing."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)] if values else 0.0


def interval(values: Sequence[float], rounds: int = 1000, seed: int = 7) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the mean (Efron 1979), the same for the same values."""
    if not values:
        return 0.0, 0.0
    draw = random.Random(seed)
    means = sorted(mean(draw.choices(values, k=len(values))) for _ in range(rounds))
    return means[int(0.025 * rounds)], means[int(0.975 * rounds) - 1]


def fact_coverage(text: str, facts: Sequence[Sequence[str]]) -> float:
    """Return the share of fact groups of which one alternative stands in the text (both already folded)."""
    return mean([float(any(x in text for x in group)) for group in facts]) if facts else 1.0
