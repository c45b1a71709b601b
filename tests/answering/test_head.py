"""The thing a question asks for must be named where the answer is."""

from __future__ import annotations

import pytest

from assistant.answering.head import head_of, missing_head, speaker_of
from assistant.answering.wanted import Wanted, wanted_of
from assistant.words import bag


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("Which software does the Norwegian genome centre use?", "softwar"),
        ("What are the work packages of the project?", "packag"),
        ("What is the mortality of patients in Greece?", "mortal"),
        ("What does the policy brief say about reimbursement of genetic tests?", "reimburs"),
        ("What does the law say about insurers?", "insur"),
        ("What did the evaluation of the programme find?", "evalu"),
        ("What did the survey among patients show?", "survey"),
        ("What were the results of the pilot in Tartu?", "pilot"),
        ("What did the minister say?", ""),
        ("What has Latvia done to win the trust of its citizens?", "trust"),
        ("Which insurance companies take part?", "compani"),
        ("What are the pillars of the strategy?", ""),
        ("What is the role of industry?", ""),
        ("Which steps did Finland take?", ""),
        ("How does Malta train nurses?", ""),
        ("Who pays?", ""),
    ],
)
def test_the_thing_asked_for(question: str, head: str) -> None:
    assert head_of(question) == head


def wanted(question: str) -> Wanted:
    return wanted_of(question, "open", lambda stem: 2.0, 1.0, question=question)


def test_it_is_missing_where_no_word_for_it_stands() -> None:
    question = "Which software does the centre use?"
    assert missing_head(question, wanted(question), bag("The centre uses two machines.")) == "software"
    assert missing_head(question, wanted(question), bag("The software of the centre is free.")) == ""
    problems = "What are the difficulties of the centre?"
    assert missing_head(problems, wanted(problems), bag("Its challenges are many.")) == ""


def test_whose_word_is_asked_for_must_be_named() -> None:
    question = "What did the Czech parliament say about the centre?"
    assert speaker_of(question) == "parliament"
    assert speaker_of("What did the letter say about the centre?") == ""
    assert missing_head(question, wanted(question), bag("The Czech centre read 1,257 genomes.")) == "parliament"
    assert missing_head(question, wanted(question), bag("The parliament praised the centre.")) == ""
