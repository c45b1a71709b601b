# ruff: noqa: E501  (one case a line reads better)
"""A question that stands alone takes nothing from the history; one that cannot be read alone takes what it lacks."""

from __future__ import annotations

import pytest

from assistant.understanding.question import understand
from assistant.understanding.standing import stands_alone

FIRST = (
    "How did Estonia persuade people to give blood samples?",
    "Which countries test newborns for rare diseases?",
    "What does the law on health data allow?",
)
SECOND = (
    "How are samples labelled in a biobank?",
    "Who checks whether a laboratory is accredited?",
    "What should a consent form say?",
    "How many sequencers does a regional hub need?",
    "Is there a register of genetic counsellors?",
    "Are there courses for nurses on pharmacogenomics?",
    "When will the European Health Data Space apply?",
    "Why do some patients refuse to share their data?",
    "Do parents decide for their newborns?",
    "What is dynamic consent?",
    "What is the difference between a panel and an exome?",
    "Which law protects patients from insurers?",
    "How long may raw data be kept?",
    "Who pays for it in the Netherlands when a test is sent abroad?",
    "What did Denmark learn about its own register?",
    "Give me three points on cloud costs",
    "Which hospitals offer tumour sequencing in Lithuania?",
    "Can a relative see the result of a test?",
    "Where can a researcher apply for access to genomes?",
    "What happens to data that nobody uses any more?",
    "List the steps of a data access request",
    "Does GDPR cover people who have died?",
    "What share of the budget goes to training?",
    "Explain federated analysis",
)


def test_there_are_seventy_two_pairs() -> None:
    assert (len(set(FIRST)), len(set(SECOND))) == (3, 24)


@pytest.mark.parametrize("second", SECOND)
@pytest.mark.parametrize("first", FIRST)
def test_a_question_that_stands_alone_takes_nothing(first: str, second: str) -> None:
    alone, after = understand(second), understand(second, [first])
    assert (after.text, after.taken) == (second, ())
    assert after == alone


# (the question before, a question that cannot be read alone, as understood, what was taken)
TAKING = (
    (FIRST[0], "And in Finland?", "How did Finland persuade people to give blood samples?",
     "How did persuade people to give blood samples"),
    (FIRST[0], "Since when?", "Since when did Estonia persuade people to give blood samples?",
     "did Estonia persuade people to give blood samples"),
    ("Who runs the Maltese biobank?", "What does it cost?", "What does the Maltese biobank cost?",
     "the Maltese biobank"),
    (FIRST[1], "Why?", "Why? (Which countries test newborns for rare diseases)",
     "Which countries test newborns for rare diseases"),
    (FIRST[0], "What about nurses?", "What about nurses in Estonia?", "in Estonia"),
    (FIRST[0], "Is it free there?", "Is it free in Estonia? (persuade people to give blood samples)",
     "in Estonia persuade people to give blood samples"),
    (FIRST[0], "Compare that with Latvia", "How did Estonia persuade people to give blood samples, compared with Latvia?",
     "How did Estonia persuade people to give blood samples compared"),
    (FIRST[0], "Tell me more", FIRST[0], "How did Estonia persuade people to give blood samples"),
)  # fmt: skip


@pytest.mark.parametrize(("first", "second", "text", "taken"), TAKING, ids=[second for _, second, *_ in TAKING])
def test_a_question_that_cannot_be_read_alone_takes_what_it_lacks(
    first: str, second: str, text: str, taken: str
) -> None:
    found = understand(second, [first])
    assert found.text == text
    assert found.taken == (taken,)
    assert understand(second).taken == ()


@pytest.mark.parametrize(
    "question",
    ["And in Finland?", "Why?", "Who pays for it?", "What is its budget?", "Who else?", "Do they agree?", "How much?",
     "What about training?", "The same in Latvia?", "Is that allowed?", "What happens there?", "Which of them pay?"],
)  # fmt: skip
def test_what_points_back_does_not_stand_alone(question: str) -> None:
    assert not stands_alone(question)


@pytest.mark.parametrize(
    "question",
    ["Is it legal to sell genetic data?", "How long does it take to sequence a genome?",
     "Is it likely that patients refuse?", "What do these documents say about consent?",
     "Which of these documents mentions trust?", "How should a country begin with its first biobank?",
     "Is consent needed if data are anonymous, and who checks this?", "What is a mirror group and who sits in it?"],
)  # fmt: skip
def test_what_points_only_into_the_question_itself_stands_alone(question: str) -> None:
    assert stands_alone(question)


def test_no_history_and_a_greeting_lend_nothing() -> None:
    assert understand("And in Finland?", []).taken == ()
    assert understand("And in Finland?", ["hello"]).text == "And in Finland?"


def test_in_another_language_a_question_of_more_than_four_words_stands_alone() -> None:
    assert stands_alone("Wer bezahlt die Sequenzierung hier?", "de")
    assert not stands_alone("Wer bezahlt das?", "de")
