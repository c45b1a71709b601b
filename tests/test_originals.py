"""Who speaks in a digest, in words."""

from __future__ import annotations

from assistant.originals import Original, digest_words, original_words

PLAN = Original("Plan", 2016, "https://plan.example/")


def test_words_name_title_year_and_address() -> None:
    assert original_words(PLAN) == "Plan (2016), https://plan.example/"
    assert original_words(PLAN, address=False) == "Plan (2016)"
    assert original_words(Original("Plan")) == "Plan"


def test_a_digest_says_of_what() -> None:
    assert digest_words(()) == "Digest by this project, written from public facts"
    assert digest_words((PLAN, PLAN, PLAN), address=False) == "Digest by this project of: Plan (2016) and 2 more"
    assert digest_words((PLAN,), by="the house") == "Digest by the house of: Plan (2016), https://plan.example/"
