"""The floor's words: what threads may share."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from assistant.words import (
    bag,
    content_stems,
    other_spelling,
    stem,
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


def test_words_used_for_one_another() -> None:
    assert "paid" in synonyms("fund") or "financ" in synonyms("fund")
    assert synonyms("zebra") == frozenset()


@pytest.mark.parametrize(
    ("word", "other"),
    [("center", "centre"), ("programmes", "programs"), ("personalized", "personalised"), ("raising", "raising")],
)
def test_both_spellings_are_one_word(word: str, other: str) -> None:
    assert other_spelling(word) == other
    assert set(content_stems(other)) <= bag(f"the {word}")
