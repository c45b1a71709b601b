"""The floor's words: what threads may share."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from assistant.words import (
    answered_by,
    bag,
    content_stems,
    in_plain_words,
    other_spelling,
    stem,
    subject,
    synonyms,
)

WORDS = [
    f"{front}{middle}{end}"
    for front in ("nation", "genom", "relat", "sequenc", "conditi", "organ")
    for middle in ("al", "at", "iv", "ic", "on", "if", "us")
    for end in ("ization", "ational", "fulness", "ousness", "iveness", "ingly", "ements", "ical", "ness", "ied")
]


@pytest.fixture
def hurried() -> Iterator[None]:
    """Let threads take turns as often as possible."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads_do_not_disturb_one_another_s_stems(hurried: None) -> None:
    bare = stem.__wrapped__
    wanted = [bare(word) for word in WORDS]
    found: list[object] = []

    def work() -> None:
        try:
            found.append([bare(word) for word in WORDS])
        except Exception as problem:
            found.append(repr(problem))

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 16


def test_everyday_words_are_met_by_the_words_of_documents_and_not_the_other_way_round() -> None:
    assert "diseas" in answered_by("ill")
    assert "ill" not in answered_by("diseas")
    assert "ill" not in synonyms("diseas")
    assert "rare" in answered_by("uncommon")
    assert "agenc" in answered_by("bodi") and "bodi" not in answered_by("agenc")
    assert "consent" not in answered_by("opt-out")
    assert "journalist" in answered_by("press") and "upkeep" in answered_by("mainten")


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Why did Belgium give up?", "Why did Belgium stop?"),
        ("How many people are in the gene bank?", "How many people are in the biobank?"),
        ("What holds Malta back?", "What challenge?"),
        ("Which drug makers take part?", "Which pharmaceutical companies participate?"),
        ("The food bank", "The food bank"),
        ("Do tax payers fund it?", "Do state fund it?"),
        ("What part does industry play in France?", "how is industry involved in France?"),
        ("Where is taxpayers' money spent?", "Where is state funding spent?"),
        ("Who offers further training?", "Who offers training?"),
    ],
)
def test_everyday_phrases_in_the_words_of_documents(said: str, plain: str) -> None:
    assert in_plain_words(said) == plain


def test_a_subject_is_named_by_its_line_and_asked_for_by_the_words_before_the_arrow() -> None:
    assert {"babi", "newborn", "birth"} <= subject("newborn")
    assert subject("birth") == frozenset()
    assert subject("genom") == frozenset()


@pytest.mark.parametrize(
    ("word", "other"),
    [("center", "centre"), ("programmes", "programs"), ("personalized", "personalised"), ("raising", "raising")],
)
def test_both_spellings_are_one_word(word: str, other: str) -> None:
    assert other_spelling(word) == other
    assert set(content_stems(other)) <= bag(f"the {word}")
