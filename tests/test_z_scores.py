"""Mean, spread and z-scores, worked out by hand."""

from __future__ import annotations

import pytest

from assistant.z_scores import moments, z_score, z_scores


def test_moments_by_hand() -> None:
    assert moments([1.0, 2.0, 3.0]) == pytest.approx((2.0, (2 / 3) ** 0.5))
    assert moments([]) == (0.0, 0.0)


def test_equal_values_have_no_spread_though_they_round() -> None:
    values = [0.1 + 0.2, 0.3, 0.3]
    assert len(set(values)) == 2
    assert moments(values)[1] == 0.0
    assert z_scores(values) == [0.0, 0.0, 0.0]


def test_a_value_beside_the_others() -> None:
    assert z_score(5.0, (2.0, 1.5)) == 2.0
    assert z_score(5.0, (2.0, 0.0)) == 0.0
