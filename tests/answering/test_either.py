"""Of the words a question offers as alternatives one is enough."""

from __future__ import annotations

import pytest

from assistant.answering.either import alternatives, named_together
from assistant.answering.wanted import covered, lacking_subject, unnamed_beside, wanted_of
from assistant.words import content_stems


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("Do foundations, donors or sponsors pay?", [("foundat", "donor", "sponsor")]),
        ("Did media or the public doubt it?", [("media", "public")]),
        ("Is there a jury or forum, a law or an act?", [("juri", "forum"), ("law", "act")]),
        ("What does Law 138/2023 provide?", []),
        ("Does Findata charge, or is it free?", []),
    ],
)
def test_what_a_question_joins_by_or(question: str, groups: list[tuple[str, ...]]) -> None:
    assert list(alternatives(question, content_stems(question))) == groups


def test_one_of_the_alternatives_covers_the_question() -> None:
    wanted = wanted_of("jury or forum on genomes", "open", lambda stem: 2.0, 1.0)
    assert wanted.total == 4.0
    assert covered(wanted, frozenset(["forum", "genom"])) == 1.0
    assert covered(wanted, frozenset(["juri"])) == 0.5
    assert covered(wanted, frozenset(["juri", "forum"])) == 0.5


def test_a_subject_among_alternatives_need_not_be_named_where_another_is() -> None:
    wanted = wanted_of("newborns or forum", "open", lambda stem: 2.0, 1.0)
    assert lacking_subject(wanted, frozenset(["forum"])) == ""
    assert lacking_subject(wanted, frozenset(["law"])) == "newborn"


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("What are the rules on consent and counselling in Denmark?", [("consent", "counsel")]),
        ("How are nurses, midwives and pharmacists trained?", [("nurs", "midwiv", "pharmacist")]),
        ("What does the law say about employers and genetic tests?", []),  # more than the two words is joined
        ("Do foundations or donors pay?", []),
    ],
)
def test_what_a_question_joins_by_and(question: str, groups: list[tuple[str, ...]]) -> None:
    assert list(named_together(question, content_stems(question))) == groups


def test_one_of_two_subjects_is_a_part_of_an_answer_and_the_other_is_named_as_missing() -> None:
    question = "How are nurses and pharmacists trained?"
    wanted = wanted_of(question, "how", lambda stem: 2.0, 1.0, question=question)
    assert lacking_subject(wanted, frozenset(["nurs", "train"])) == ""
    assert unnamed_beside(wanted, frozenset(["nurs", "train"])) == ("pharmacists",)
    assert lacking_subject(wanted, frozenset(["train"])) == "nurs"
    assert unnamed_beside(wanted, frozenset(["nurs", "pharmacist"])) == ()
