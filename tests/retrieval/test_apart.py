"""A comparison is searched country by country, in the words of a question on one country."""

from __future__ import annotations

import pytest

from assistant.retrieval.apart import asked_of_one
from assistant.retrieval.question import Known, understand


@pytest.mark.parametrize(
    ("question", "country", "expected"),
    [
        ("How do Ireland and Spain deal with staff shortages?", "ES", "How do Spain deal with staff shortages?"),
        ("How do Ireland and Spain deal with staff shortages?", "IE", "How do Ireland deal with staff shortages?"),
        ("Biobanks in Norway vs Finland - who pays?", "NO", "Biobanks in Norway - who pays?"),
        ("Biobanks in Norway vs Finland - who pays?", "FI", "Biobanks in Finland - who pays?"),
        ("Are tests paid in France, Germany and Portugal?", "DE", "Are tests paid in Germany?"),
        ("Compare the biobanks of Malta with those of Cyprus", "CY", "biobanks of Cyprus"),
        (
            "Which office steers genomics in Ireland and which in Denmark?",
            "IE",
            "Which office steers genomics in Ireland?",
        ),
        ("How many genomes do the Baltic countries give?", "LV", "How many genomes do Latvia give?"),
        ("Can a Dane or an Estonian say no?", "EE", "Can a Estonian say no?"),
        ("Does Findata or Norway charge for data?", "NO", "Does Findata or Norway charge for data?"),
    ],
)
def test_the_question_as_asked_of_one_country(question: str, country: str, expected: str) -> None:
    understood = understand(question, (), Known())
    assert understood.compare
    assert asked_of_one(question, country, understood.countries or (), understood.group) == expected


def test_a_group_named_by_what_it_did_keeps_its_words() -> None:
    text = "What did the host countries of the visits say?"
    assert asked_of_one(text, "EE", ("GB", "EE", "FI"), "hosts") == text
