"""What ranks or weighs is answered only by what ranks or compares."""

from __future__ import annotations

import pytest

from assistant.answering.ranking import ranks_nothing
from tests.answering.test_kinds import candidates_of


@pytest.mark.parametrize(
    ("question", "text", "nothing"),
    [
        ("Which country spends the most on genomics?", "Norway spends NOK 30 million.", True),
        ("Which country has the largest share?", "Germany has the largest share with 20,235 samples.", False),
        ("Who has the best biobank in Europe?", "Finland has eleven biobanks.", True),
        ("Which country was fastest to read genomes?", "Germany has the largest share.", True),
        ("Which country has the most genomes?", "Germany has the largest share.", False),
        ("Who has the best biobank in Europe?", "Slovakia was one of the last countries without one.", True),
        ("Which country has the oldest biobank?", "Malta was the first country to have one.", False),
        ("Which countries have at least 10,000 genomes?", "France has 12,737.", False),
        ("Which country signed most recently?", "Romania signed in 2023.", False),
        ("What is the biggest challenge?", "Money is a challenge.", False),
        ("Is the Danish way better than the Estonian?", "Denmark has an opt-out.", True),
        ("Is the Danish way stricter than the Estonian?", "It is stricter than that of Estonia.", False),
        ("Does Spain read more than 2,000 genomes?", "Spain read 2,100.", False),
    ],
)
def test_a_ranking_must_be_said(question: str, text: str, nothing: bool) -> None:
    assert ranks_nothing(question, candidates_of(text)) is nothing
