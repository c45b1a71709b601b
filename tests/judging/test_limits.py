"""Limits are compared as numbers beside the thing counted; questions on what is not so keep what denies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.judging.denials import denies
from assistant.judging.limits import figures, keeps, within
from assistant.understood import Bound, Understood
from assistant.words import content_stems
from tests.made import Parts, spans_in

MANY = Bound("above", 100_000.0, "genomes")
TEXTS = (
    "The plan wants 120,000 genomes by 2027. The pilot read 27,000 genomes. It cost 200,000 euro. "
    "More than 1.5 million genomes are wanted."
)
PLAIN = Understood("q", "q", "q")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("27,000 of 1 250 000 and 3.5", [27_000.0, 1_250_000.0, 3.5]),
        ("€2.4 billion, 3 thousand, 2 Mrd", [2.4e9, 3e3, 2e9]),
        ("5 miljoonaa ja 1,5 milliards", [5e6, 1.5e9]),
        ("in 2019 they paid €2019", [2019.0]),  # a year is no figure, a sum is
        ("none", []),
    ],
)
def test_figures_of_a_text(text: str, values: list[float]) -> None:
    assert figures(text) == values


def test_more_than_a_hundred_thousand_genomes_keeps_what_has_them() -> None:
    spans, _ = spans_in(TEXTS)
    kept = within(spans, replace(PLAIN, bound=MANY))
    assert [span.text for span in kept] == [
        "The plan wants 120,000 genomes by 2027.",
        "More than 1.5 million genomes are wanted.",
    ]
    assert within(spans, PLAIN) == spans


def test_the_words_that_introduce_an_item_name_its_unit() -> None:
    lead = "Genomes wanted by 2030:"
    parts: Parts = [
        ("paragraph", lead, ""),
        ("bullet", "north: 300,000 or so", lead),
        ("bullet", "south: some 4,000", lead),
    ]
    spans, _ = spans_in(parts)
    assert [s.text for s in within(spans, replace(PLAIN, bound=MANY))] == ["north: 300,000 or so"]


def test_a_year_is_any_year_of_the_text() -> None:
    assert keeps(Bound("above", 2018.0, is_year=True), "The act of 2016, changed in 2019")
    assert not keeps(Bound("above", 2018.0, is_year=True), "The act of 2018 has 2,500 words")
    assert keeps(Bound("below", 30.0), "12 rooms")
    assert not keeps(Bound("below", 30.0, "hubs"), "12 rooms")


def test_which_countries_have_none_keeps_what_denies() -> None:
    spans, _ = spans_in("The hub has no register. A register is kept. Es gibt kein Gesetz dazu. They don't plan one.")
    asked = replace(PLAIN, denied=True, all_countries=True)
    assert [s.text for s in within(spans, asked)] == [
        "The hub has no register.", "Es gibt kein Gesetz dazu.", "They don't plan one.",
    ]  # fmt: skip
    assert within(spans, replace(asked, all_countries=False)) == spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No adopted national strategy was found.", True),
        ("There is no stand-alone national genomic strategy, and training is left to hospitals.", True),
        ("It has not yet adopted a national strategy.", True),
        ("The national strategy was adopted in 2021.", False),
        ("The national strategy was adopted in 2021; no nurse was asked.", False),
        ("Not only hospitals carry the national strategy.", False),
        ("Without delay, the national strategy was adopted.", False),
    ],
)
def test_a_denial_of_what_is_asked_stands_before_it_in_its_clause(text: str, expected: bool) -> None:
    assert denies(text, frozenset(content_stems("a national strategy for genomic medicine"))) is expected


def test_nothing_is_denied_where_nothing_is_asked() -> None:
    assert denies("No strategy was found.", frozenset()) is False
