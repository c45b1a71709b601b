"""The words on which a question about every country turns."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.candidates import Candidate
from assistant.answering.decide import Decision
from assistant.answering.decisive import decisive, said_by_none, said_somewhere, share_lacking
from assistant.answering.part import Part
from assistant.answering.side_by_side import side_by_side
from assistant.answering.wanted import Wanted
from assistant.model import Understood
from assistant.words import bag
from tests.answering.test_newest import told
from tests.fakes import small_library

WANTED = Wanted(("test", "gene", "athlet"), (2.0, 1.0, 4.0))


def saying(text: str) -> list[Candidate]:
    found = told(small_library(), "x", 2026, text, 1.0, 0.5)
    return [replace(found, own=bag(text))]


def test_a_question_turns_on_its_rare_words_and_not_on_verbs_without_colour_or_alternatives() -> None:
    assert decisive(WANTED) == ("athlet",)
    assert decisive(Wanted(("stay", "athlet"), (4.0, 3.0))) == ("athlet",)
    assert decisive(Wanted(("juri", "forum", "law"), (4.0, 4.0, 3.0), either=(("juri", "forum"),))) == ("law",)
    assert decisive(Wanted((), ())) == ()


def test_a_rare_word_that_nobody_has_is_named() -> None:
    tests, athletes = saying("Genes are tested."), saying("Athletes are tested.")
    assert said_by_none(WANTED, [tests]) == "athlet"
    assert said_by_none(WANTED, [tests, athletes]) == ""
    assert said_by_none(replace(WANTED, weights=(2.0, 1.0, 3.5)), [tests]) == ""  # rare, but not as rare as can be
    assert said_somewhere(("athlet", "swim"), [tests, athletes]) == ("athlet",)
    assert share_lacking(("athlet", "test"), tests[:1]) == 0.5


def test_a_question_that_turns_on_what_nobody_says_is_declined_with_the_word() -> None:
    parts = [
        Part("EE", 1, tuple(saying("Genes are tested.")), Decision("answered", 0.9), WANTED),
        Part("FI", 1, tuple(saying("Genes are tested early.")), Decision("not-enough", 0.2), WANTED),
    ]
    question = "Which countries test athletes' genes?"
    found = side_by_side(Understood(question, question, question, all_countries=True), parts)
    assert [part.decision.outcome for part in found] == ["not-enough", "not-enough"]
    assert found[0].decision.reason == "“athletes” does not occur in what was found"
