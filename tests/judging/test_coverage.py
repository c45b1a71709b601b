"""How much of a question a text says: weights by rarity, worked out by hand."""

from __future__ import annotations

import pytest

from assistant.judging.coverage import RAREST, Words, covered, words_of

IDF = {"genom": 1.0, "nurs": 3.0, "zebrafish": 9.0}


def idf(stem: str) -> float:
    return IDF.get(stem, 2.0)


def test_words_are_stems_with_weights_and_none_weighs_more_than_the_rarest() -> None:
    found = words_of("Which nurses sequence the genomes of zebrafish in Malta?", idf, frozenset({"malta"}))
    assert found == Words(("nurs", "sequenc", "genom", "zebrafish"), (3.0, 2.0, 1.0, RAREST))
    assert found.total == 10.0


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Nurses sequence genomes.", 0.6),
        ("A zebrafish.", 0.4),
        ("The nurse of zebrafishes", 0.7),
        ("Nothing of it.", 0.0),
    ],
)
def test_the_share_of_the_weight_that_stands_in_a_text(text: str, share: float) -> None:
    words = words_of("Which nurses sequence the genomes of zebrafish?", idf)
    assert covered(words, text) == pytest.approx(share)


def test_a_question_without_content_words_is_covered_by_nothing() -> None:
    words = words_of("What is it?", idf)
    assert (words.stems, words.total, covered(words, "anything")) == ((), 1.0, 0.0)


def test_both_spellings_and_what_an_abbreviation_stands_for_count() -> None:
    words = words_of("Which centre?", lambda stem: 1.0)
    assert covered(words, "The center opened.") == 1.0
    assert covered(words_of("health technology", lambda stem: 1.0), "HTA") == 1.0
