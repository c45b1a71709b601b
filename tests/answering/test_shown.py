"""What stands beside the best sentence: what goes on with it or answers as well, not what merely stands near."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.candidates import Candidate
from assistant.answering.shown import adds
from assistant.answering.wanted import Wanted, wanted_of
from assistant.model import Hit, Passage, Sentence, content_key
from tests.fakes import small_library

TEXT = "The bank opened. It holds blood. Nurses were not asked."


def at(start: int, end: int, score: float, coverage: float) -> Candidate:
    """Return one of the three sentences of a passage, with its score and what it covers of the question."""
    spans = [(0, 16), (17, 32), (33, 55)]
    sentences = tuple(Sentence(*span, "prose") for span in spans)
    passage = Passage(content_key("fi", TEXT), "fi", 1, 0, len(TEXT), TEXT, (), ("FI",), sentences)
    hit = Hit(passage, small_library().document("fi"), 1.0)
    return Candidate(hit, sentences[spans.index((start, end))], TEXT[start:end], score, 0.5, coverage, coverage)


def wanted(question: str, expects: str) -> Wanted:
    return wanted_of(question, expects, lambda stem: 1.0, 1.0, question=question)  # type: ignore[arg-type]


BEST, AFTER, LAST = at(0, 16, 2.0, 1.0), at(17, 32, 1.5, 0.5), at(33, 55, 1.5, 0.5)
WHEN = wanted("When did the bank open?", "date")


@pytest.mark.parametrize(
    ("best", "candidate", "kept"),
    [
        (BEST, BEST, True),
        (BEST, LAST, False),  # covers less and comes behind
        (BEST, replace(LAST, score=1.71), True),  # nearly as good
        (BEST, replace(LAST, coverage=1.0), True),  # speaks of all that is asked
        (replace(BEST, fits=False), LAST, True),  # has the date that the best one lacks
        (BEST, AFTER, True),  # points back to the best one
        (AFTER, replace(BEST, score=1.2, coverage=0.2), False),  # stands before it
        (AFTER, replace(LAST, score=1.2, coverage=0.2), False),  # follows and points nowhere
    ],
)
def test_a_further_sentence_adds_something(best: Candidate, candidate: Candidate, kept: bool) -> None:
    assert adds(best, candidate, WHEN) is kept


def test_beside_another_country_a_sentence_may_come_further_behind() -> None:
    behind = replace(LAST, score=1.6)
    assert not adds(BEST, behind, WHEN)
    assert adds(BEST, behind, WHEN, 0.77)
    assert not adds(BEST, replace(LAST, score=1.5), WHEN, 0.77)


def test_a_way_is_often_told_in_two_sentences() -> None:
    behind = replace(LAST, score=1.2, coverage=0.2)
    assert adds(AFTER, behind, wanted("How does the bank ask nurses?", "how"))
    assert not adds(AFTER, behind, wanted("Does the bank ask nurses?", "yes-no"))
