"""Joining two rankings into one: a convex sum of z-scores over the union of both lists.

Bruch, Gai & Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", ACM TOIS 2023, found convex combination
better than reciprocal rank fusion; our own study on five public sets agrees (see DECISIONS.md).
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.z_scores import z_scores


def convex_sum(
    first: Mapping[int, float], second: Mapping[int, float], shares: Mapping[int, float]
) -> list[tuple[int, float]]:
    """Return (row, score) over the union of two score tables, best first, ties by row.

    Each table is z-scored over the union; a row that one table lacks takes that table's lowest score. `shares` is the
    weight of the first table for each row, from 0 to 1; the second has the rest. So a row whose second score says
    nothing (another language) is ranked by the first alone, and not pushed back for lacking the second.
    """
    rows = sorted({*first, *second})
    tables = []
    for table in (first, second):
        floor = min(table.values(), default=0.0)
        tables.append(z_scores([table.get(row, floor) for row in rows]))
    fused = [shares[row] * a + (1 - shares[row]) * b for row, a, b in zip(rows, *tables, strict=True)]
    return sorted(zip(rows, fused, strict=True), key=lambda pair: (-pair[1], pair[0]))
