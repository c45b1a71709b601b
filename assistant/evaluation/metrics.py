"""The measures, as pure functions with their sources; shares run from 0 to 1."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence


def recall_at(ranked: Sequence[object], relevant: Collection[object], k: int) -> float:
    """Return 1.0 when a relevant item is among the first k, else 0.0.

    Acceptable pages are alternatives, so one is enough: this is Success@k (Craswell & Hawking, TREC 2004), the recall
    of a question that has one right place.
    """
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
    """Return the harmonic mean of precision and recall (van Rijsbergen 1979); 0.0 when there is nothing to find."""
    bottom = 2 * true_positive + false_positive + false_negative
    return 2 * true_positive / bottom if bottom else 0.0


def mean(values: Sequence[float]) -> float:
    """Return the mean, 0.0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile, 0.0 of nothing."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)] if values else 0.0


def share_found(groups: Mapping[str, Collection[object]], seen: Collection[object]) -> float:
    """Return the share of groups (countries) of which one acceptable item was seen; groups must not be empty.

    Subtopic recall, S-recall of Zhai, Cohen & Lafferty (SIGIR 2003), with countries as subtopics.
    """
    return mean([float(any(item in wanted for item in seen)) for wanted in groups.values()])


_JOINED = re.compile(r"(?<=\d)[,.\s\u00a0\u202f](?=\d{3}(?!\d))")


def normalised(text: str) -> str:
    """Return the text for finding facts: lower case, thousands joined, hyphens and free commas and stops dropped."""
    text = _JOINED.sub("", text.lower())
    text = re.sub(r"[\u00ad\u2010-\u2015-]", "", text)
    return re.sub(r"\s+", " ", re.sub(r"(?<!\d)[,.]|[,.](?!\d)", "", text))


def contains(text: str, fact: str) -> bool:
    """Return whether a fact stands in a text (both `normalised`); "500" does not stand in "2500"."""
    left = r"(?<![\d.,])" if fact[:1].isdigit() else ""
    right = r"(?![.,]?\d)" if fact[-1:].isdigit() else ""
    return bool(fact) and re.search(left + re.escape(fact) + right, text) is not None


def fact_coverage(text: str, facts: Sequence[Sequence[str]]) -> float:
    """Return the share of fact groups of which one alternative stands in the text (all already `normalised`).

    Nugget recall (Voorhees, TREC-12 2003) with strings as nuggets; 1.0 when there is nothing to find.
    """
    return mean([float(any(contains(text, x) for x in group)) for group in facts]) if facts else 1.0


def threshold_curve(scores: Sequence[float], to_decline: Sequence[bool]) -> list[tuple[float, float, float]]:
    """Return (threshold, precision, recall) of declining every question that scores below the threshold.

    One point per distinct score, in rising order (precision-recall curve; Davis & Goadrich, ICML 2006).
    """
    total = sum(to_decline)
    curve = []
    for threshold in sorted(set(scores)):
        below = [wanted for score, wanted in zip(scores, to_decline, strict=True) if score < threshold]
        if below and total:
            curve.append((threshold, sum(below) / len(below), sum(below) / total))
    return curve
