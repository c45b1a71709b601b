"""Which bar a country must clear where several are asked about."""

from __future__ import annotations

import pytest

from assistant.answering.fair import COMPARED, bar_compared
from tests.desk import MemoryDesk

UNSURE = 1.5


@pytest.mark.parametrize(
    ("nearness", "coverage", "bar"),
    [
        (1.2, 0.0, COMPARED),  # near enough by itself
        (1.0, 0.0, 1.0),  # nothing comes near, and no other country answers
        (1.0, 0.3, COMPARED),  # another country answers, and this one has some of the words
        (1.0, 0.1, 1.0),  # another answers, but this one speaks of something else
    ],
)
def test_the_bar_of_a_comparison_is_lower_for_what_comes_near(nearness: float, coverage: float, bar: float) -> None:
    assert bar_compared(nearness, UNSURE, coverage) == bar


def test_a_comparison_of_what_nobody_says_is_declined() -> None:
    answer = MemoryDesk().ask("Compare nursing homes in Estonia and Finland")
    assert answer.declined
    assert answer.citations == ()
