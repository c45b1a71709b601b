"""Which questions ask for an account of a country or a kind of document, and which name a subject."""

from __future__ import annotations

import pytest

from assistant.retrieval.question import Known, understand


@pytest.mark.parametrize(
    ("question", "countries"),
    [
        ("What can we learn from Estonia?", ("EE",)),
        ("What lessons can we learn from the UK?", ("GB",)),
        ("Tell me about Finland", ("FI",)),
        ("tell us about genomic medicine in Greece please", ("GR",)),
        ("What is Portugal doing in genomics?", ("PT",)),
        ("What is the situation in Malta?", ("MT",)),
        ("Give me an overview of France", ("FR",)),
        ("Summarise the UK visit", ("GB",)),
        ("Summarise the Danish strategy", ("DK",)),
        ("What did the Estonian visit show?", ("EE",)),
        ("How far is Poland?", ("PL",)),
        ("Where does Denmark stand today?", ("DK",)),
        ("What happens in Latvia?", ("LV",)),
        ("Estonia", ("EE",)),
        ("Finland?", ("FI",)),
        ("Tell me about Estonia and Finland", ("EE", "FI")),
        ("What are the key messages of the policy brief?", None),
    ],
)
def test_a_question_without_a_subject_asks_for_an_account(question: str, countries: tuple[str, ...] | None) -> None:
    understood = understand(question, (), Known())
    assert (understood.expects, understood.countries, understood.text) == ("overview", countries, question)
    assert understood.search_text.endswith("data and law, care, training")


@pytest.mark.parametrize(
    "question",
    [
        "What can we learn from Estonia about biobanks?",
        "Tell me about the Estonian Biobank",
        "What is Portugal doing about training?",
        "What are the main challenges in Italy?",
        "Describe the Danish strategy",
        "What is Findata?",
        "Which countries have a strategy?",
        "What are the key messages?",
        "Who pays in Finland?",
        "When did Malta sign?",
        "What does the policy brief say about trust?",
    ],
)
def test_a_question_with_a_subject_asks_for_that(question: str) -> None:
    assert understand(question, (), Known()).expects != "overview"


def test_a_follow_up_takes_the_account_to_another_country() -> None:
    understood = understand("And Finland?", ("Tell me about Estonia",), Known())
    assert (understood.expects, understood.countries) == ("overview", ("FI",))
