"""Fusion by hand-worked numbers."""

from __future__ import annotations

import pytest

from assistant.searching.fusion import convex_sum
from assistant.z_scores import z_scores


def test_z_scores_of_three_numbers() -> None:
    assert [round(v, 4) for v in z_scores([1.0, 2.0, 3.0])] == [-1.2247, 0.0, 1.2247]
    assert z_scores([2.0, 2.0]) == [0.0, 0.0]
    assert z_scores([]) == []


HALF = dict.fromkeys((1, 2, 3), 0.5)


def test_a_row_that_one_list_lacks_takes_its_lowest_score() -> None:
    fused = convex_sum({1: 1.0, 2: 0.0}, {1: 1.0, 3: 0.0}, HALF)
    assert [row for row, _ in fused] == [1, 2, 3]
    assert fused[1][1] == fused[2][1]


def test_each_row_has_a_share_of_its_own() -> None:
    # First list 1, 0, 0: z √2, -1/√2, -1/√2. Second list 0, 1, 0: the same turned round.
    fused = dict(convex_sum({1: 1.0, 2: 0.0, 3: 0.0}, {1: 0.0, 2: 1.0, 3: 0.0}, {1: 1.0, 2: 0.25, 3: 0.5}))
    root = 2**0.5
    assert fused == pytest.approx({1: root, 2: -0.25 / root + 0.75 * root, 3: -1 / root})


def test_a_row_ranked_by_meaning_alone_is_not_pushed_back_for_lacking_words() -> None:
    meaning, words = {1: 0.9, 2: 0.5, 3: 0.1}, {2: 5.0, 3: 1.0}
    assert [row for row, _ in convex_sum(meaning, words, dict.fromkeys(meaning, 0.3))] == [2, 1, 3]
    assert [row for row, _ in convex_sum(meaning, words, {1: 1.0, 2: 0.3, 3: 0.3})] == [1, 2, 3]
    assert convex_sum({}, {}, {}) == []
