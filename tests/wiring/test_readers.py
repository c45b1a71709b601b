"""Who reads: the votes of search and readers, and what stands in where one is missing. Worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from assistant.model import Hit, PassageReading
from assistant.settings import Settings
from assistant.understood import Understood
from assistant.wiring.readers import DEEP, TRAINED, Readers
from tests.made import document_of, hit_of

TEXTS = ("One room. It is cold.", "Two rooms.", "Three rooms.")
ROOT = 1.5**0.5
"""The z-score of the last of three values at equal distances."""


class Public:
    """Gives each text the logit it was told."""

    fingerprint = "public"

    def __init__(self, **logits: float) -> None:
        self.logits, self.asked = logits, 0

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        self.asked += len(texts)
        return [self.logits[text.split()[0]] for text in texts]


class Trained:
    """Gives each passage the relevance it was told, and its sentences 0, 1, 2 and so on."""

    fingerprint = "trained"

    def __init__(self, *relevance: float) -> None:
        self.relevance = relevance

    def read(self, question: str, passages: Sequence[Sequence[str]], titles: Sequence[str]) -> list[PassageReading]:
        return [
            PassageReading(value, -value, tuple(float(n) for n in range(len(passage))))
            for value, passage in zip(self.relevance, passages, strict=True)
        ]


def hits(scores: Sequence[float], languages: str = "en en en") -> list[Hit]:
    found = []
    for text, score, language in zip(TEXTS, scores, languages.split(), strict=True):
        hit, _ = hit_of(text, replace(document_of(text[:3]), language=language))
        found.append(replace(hit, score=score, sentence_scores=tuple(0.5 for _ in hit.passage.sentences)))
    return found


def apart(found: Sequence[Hit]) -> list[Hit]:
    """Put each passage under a heading of its own, which begins with its first word."""
    named = [f"{hit.passage.text.split()[0]} {place}" for place, hit in enumerate(found)]
    return [
        replace(hit, passage=replace(hit.passage, headings=(name,))) for hit, name in zip(found, named, strict=True)
    ]


def readers(english: Any, trained: Any) -> Readers:
    made = Readers(Settings())
    made.__dict__.update(english=english, trained=trained)
    return made


def question(language: str = "en") -> Understood:
    return Understood("How many rooms?", "How many rooms?", "How many rooms?", language=language)


def relevance(made: Readers, found: list[Hit], language: str = "en") -> list[float]:
    return [one.relevance for one in made.read(question(language), found)]


def test_search_and_both_readers_have_one_vote_each() -> None:
    made = readers(Public(One=-3.0, It=0.0, Two=0.0, Three=3.0), Trained(0.0, 1.0, 2.0))
    # The public logits move to mean 1 and the spread of 0, 1, 2: all readers say 0, 1, 2. The search adds a half of it.
    assert relevance(made, hits((0.1, 0.2, 0.3))) == pytest.approx([-0.5, 1.0, 2.5])
    assert relevance(made, hits((0.3, 0.2, 0.1))) == pytest.approx([0.5, 1.0, 1.5])


def test_in_another_language_the_trained_reader_and_the_search_vote() -> None:
    public = Public()
    made = readers(public, Trained(0.0, 1.0, 2.0))
    assert relevance(made, hits((0.3, 0.2, 0.1), "fi fi fi"), "fi") == pytest.approx([1.0, 1.0, 1.0])
    assert public.asked == 0


def test_fewer_than_three_english_passages_give_the_public_reader_no_scale() -> None:
    made = readers(Public(One=9.0, It=0.0, Two=0.0), Trained(0.0, 1.0, 2.0))
    assert relevance(made, hits((0.2, 0.2, 0.2), "en fi fi")) == pytest.approx([0.0, 1.0, 2.0])


def test_without_the_trained_reader_the_public_one_reads_alone() -> None:
    made = readers(Public(One=0.0, It=2.0, Two=1.0, Three=2.0), None)
    found = made.read(question(), hits((0.1, 0.2, 0.3)))
    assert [one.relevance for one in found] == pytest.approx([-1.0, 1.0, 3.0])
    assert [one.answers for one in found] == [None, None, None]
    assert found[0].sentences == (0.0, 2.0)


def test_without_any_reader_the_search_stands_in() -> None:
    made = readers(None, None)
    assert relevance(made, hits((0.1, 0.2, 0.3))) == pytest.approx([-2 * ROOT, 0.0, 2 * ROOT])
    assert made.kind(question()) == "none"


def test_the_trained_reader_is_heard_on_sentences_too() -> None:
    many = apart(hits((0.2, 0.2, 0.2)) * 3)
    made = readers(Public(One=1.0, It=1.0, Two=1.0, Three=5.0), Trained(*[0.0] * 6, -99.0, -99.0, -99.0))
    first = made.read(question(), [replace(hit, score=0.1 * (place < 6)) for place, hit in enumerate(many)])[
        0
    ].sentences
    # Logits 1, 1, 1, 5 (twice) have spread √3; the trained reader's 0, 1, 0, 0 have z-scores -1/√3 and √3.
    assert first == pytest.approx((1.0 - TRAINED, 1.0 + 3 * TRAINED))


def test_where_few_passages_are_read_the_public_reader_is_spared_their_sentences() -> None:
    public = Public(One=1.0, It=1.0, Two=1.0, Three=5.0)
    found = readers(public, Trained(0.0, 1.0, 2.0)).read(question(), hits((0.2, 0.2, 0.2)))
    assert public.asked == 3
    assert [len(one.sentences) for one in found] == [2, 1, 1]


def test_only_the_best_passages_are_read_sentence_by_sentence() -> None:
    many = [replace(hit, score=0.1 * n) for n, hit in enumerate(apart(hits((0, 0, 0)) * 4))]
    found = readers(None, Trained(*range(len(many)))).read(question("fi"), many)
    assert [bool(one.sentences) for one in found] == [False] * (len(many) - DEEP) + [True] * DEEP


def test_the_judge_is_the_one_fitted_for_who_reads() -> None:
    made = readers(Public(), Trained())
    assert (made.kind(question()), made.kind(question("fi"))) == ("english", "languages")
    assert readers(None, Trained()).kind(question()) == "languages"


def test_no_passage_is_no_reading() -> None:
    assert readers(Public(), Trained()).read(question(), []) == []
    assert readers(None, None).ordered(question(), []) == []


def test_a_question_asked_again_is_read_once() -> None:
    public = Public(One=1.0, It=1.0, Two=1.0, Three=5.0)
    made = readers(public, Trained(0.0, 1.0, 2.0))
    first = made.read(question(), hits((0.1, 0.2, 0.3)))
    made.__dict__["trained"] = Trained()  # reads nothing more
    assert made.read(question(), hits((0.1, 0.2, 0.3))) == first
    assert public.asked == 3
