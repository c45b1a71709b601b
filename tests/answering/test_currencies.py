"""Sums in the currencies of Europe, and the unit a price is given for."""

from __future__ import annotations

import pytest

from assistant.answering.asking import Asked
from assistant.answering.counting import priced_for
from assistant.answering.framing import states_unit
from assistant.answering.kinds import holds
from assistant.words import bag


@pytest.mark.parametrize("text", ["It cost 1,900 leva.", "It cost 3 million zloty.", "It cost CHF 200."])
def test_a_sum_is_one_in_any_currency(text: str) -> None:
    assert holds(Asked("money"), text, bag(text), bag(text))


def test_a_word_for_cost_is_no_sum_and_a_currency_is_a_unit() -> None:
    assert not holds(Asked("money"), "It cost dear.", bag("cost"), bag("cost"))
    assert states_unit("Cost (thousand leva)")


def test_a_newborn_is_a_child_and_a_patient_a_person() -> None:
    assert priced_for("It costs 480 euro per child.", "newborn")
    assert priced_for("It costs 480 euro per participant.", "person")
    assert not priced_for("It costs 480 euro per sample.", "person")
