"""Fusion by hand-worked numbers."""

from __future__ import annotations

from assistant.retrieval.fusion import convex_sum, z_scores


def test_z_scores_of_three_numbers() -> None:
    assert [round(v, 4) for v in z_scores([1.0, 2.0, 3.0])] == [-1.2247, 0.0, 1.2247]
    assert z_scores([2.0, 2.0]) == [0.0, 0.0]
    assert z_scores([]) == []


def test_a_row_that_one_list_lacks_takes_its_lowest_score() -> None:
    fused = convex_sum({1: 1.0, 2: 0.0}, {1: 1.0, 3: 0.0}, 0.5)
    assert [row for row, _ in fused] == [1, 2, 3]
    assert fused[1][1] == fused[2][1]
