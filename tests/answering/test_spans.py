"""Ages and lengths of time are answered by ages and lengths of time."""

from __future__ import annotations

import pytest

from assistant.answering.spans import asks_age, asks_length, has_age, has_length


@pytest.mark.parametrize(
    ("question", "age", "length"),
    [
        ("At what age may donors withdraw?", True, False),
        ("How old is Pablo?", True, False),
        ("How long do patients wait?", False, True),
        ("For how many years are data kept?", False, True),
        ("How many people will be followed?", False, False),
    ],
)
def test_what_is_asked_for(question: str, age: bool, length: bool) -> None:
    assert (asks_age(question), asks_length(question)) == (age, length)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Opting out is possible from the age of 15.", True),
        ("Pablo (27 years old) develops symptoms.", True),
        ("The biobank was founded in 2001.", True),
        ("Regulation no. 2807 of 2021 gives the details.", False),
    ],
)
def test_an_age(text: str, age: bool) -> None:
    assert has_age(text) is age


@pytest.mark.parametrize(
    ("text", "length", "years"),
    [
        ("It can take up to 5 or 6 years to find it.", True, True),
        ("The median time is 29 days.", True, True),
        ("A mandate of three years.", True, True),
        ("A ten-year road map.", True, True),
        ("2,317 patients were sequenced from 2021 to 2024.", False, True),
        ("The plan 2018–2022 is over.", False, True),
        ("In 2021 there were 12 groups.", False, False),
    ],
)
def test_a_length_of_time(text: str, length: bool, years: bool) -> None:
    assert (has_length(text, of_years=False), has_length(text, of_years=True)) == (length, years)
