"""The other one of a series, or another year, does not answer."""

from __future__ import annotations

import pytest

from assistant.answering.series import is_another


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("How much did the second strategy cost?", "The first strategy had DKK 100 million.", True),
        ("How much did the second strategy cost?", "The first had 100, the second 80 million.", False),
        ("How much did the strategy cost?", "The first strategy had DKK 100 million.", False),
        ("How many genomes were read in 2023?", "In 2021 it read 5,000 genomes.", True),
        ("How many genomes were read in 2023?", "By early 2023 it had read 5,000 genomes.", False),
        ("How many genomes were read in 2023?", "In 2022–2024 it read 5,000 genomes.", False),
        ("What did it receive in 2020-21?", "It received EUR 3 million in 2021.", False),
        ("How many countries had signed in 2021?", "Since 2018, 24 countries have signed.", False),
        ("How many countries had signed in 2017?", "Since 2018, 24 countries have signed.", True),
        ("How many genomes were read in 2023?", "It read 5,000 genomes.", False),
        ("How much did it cost (budget of 2021)?", "The grant of 2018 was EUR 5 million.", False),
    ],
)
def test_another_of_a_series(question: str, text: str, another: bool) -> None:
    assert is_another(question, text) is another
