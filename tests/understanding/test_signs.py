"""What evidence must have because the question says it: names, figures, years, names with a number, a limit."""

from __future__ import annotations

import pytest

from assistant.understanding.question import understand
from assistant.understanding.signs import bound_in, names_in, signs_in, value_of
from assistant.understood import Bound


@pytest.mark.parametrize(
    ("question", "language", "names"),
    [
        ("Who leads the MIDAS pilot at Semmelweis?", "en", ("MIDAS", "Semmelweis")),
        ("Which nurses use BRCA1 and rs123?", "en", ("BRCA1",)),
        ("Does Professor Kask's team use i2b2?", "en", ("Professor", "Kask")),
        ("What is said? Nobody knows: Everyone asks", "en", ()),  # words that open a sentence
        ("Was sagt die Leitung von ELIXIR zur Einwilligung?", "de", ("ELIXIR",)),  # every noun has a capital
        ("Que dit Lemaire du projet HELIX ?", "fr", ("Lemaire", "HELIX")),
        ("how does estonia pay", "en", ()),
    ],
)
def test_names(question: str, language: str, names: tuple[str, ...]) -> None:
    assert names_in(question, language, ()) == names


def test_a_country_is_no_name_for_the_scope_guarantees_it() -> None:
    assert names_in("Does Finland trust the Findata office of Kuopio?", "en", ("Finland", "Findata")) == ("Kuopio",)
    assert understand("Which Nordic countries use MIDAS?").names == ("MIDAS",)


@pytest.mark.parametrize(
    ("question", "identifiers"),
    [
        ("Who lives in district 12?", ("district 12",)),
        ("What do Article 13(2) and Annex IV say?", ("Article 13(2)", "Annex IV")),
        ("What is action no. 20 about?", ("action no. 20",)),
        ("Was regelt Artikel 9?", ("Artikel 9",)),
        ("Who paid 1.5 million euro to 12 hospitals?", ()),  # quantities
        ("Which nurses trained 30 colleagues within 12 months?", ()),
        ("What happened in May 12 or before 2019?", ()),
        ("Does it cover people over 65-years?", ()),
        ("How many joined the cohort 2020?", ()),  # a year
    ],
)
def test_a_name_with_a_number(question: str, identifiers: tuple[str, ...]) -> None:
    assert signs_in(question, "en", ()).identifiers == identifiers


@pytest.mark.parametrize(
    ("question", "numbers", "years"),
    [
        ("Why 1,250 samples and 3.5 % in 2021?", ("1,250", "3.5 %"), (2021,)),
        ("Did 12 of the 30 hospitals join between 2019 and 2022?", ("12", "30"), (2019, 2022)),
        ("What are the top 5 goals?", (), ()),  # so many answers are wanted
        ("Give me 3 points on cost", (), ()),
        ("What does Article 13 say on 2 signatures?", ("2",), ()),
        ("Which law is of 1750?", ("1750",), ()),
    ],
)
def test_figures_and_years(question: str, numbers: tuple[str, ...], years: tuple[int, ...]) -> None:
    found = signs_in(question, "en", ())
    assert (found.numbers, found.years) == (numbers, years)


@pytest.mark.parametrize(
    ("question", "bound"),
    [
        ("Which countries plan more than 100,000 genomes?", Bound("above", 100_000.0, "genomes")),
        ("Who has at least 2.5 million whole exomes?", Bound("at-least", 2_500_000.0, "whole exomes")),
        ("Which projects get less than €5 million?", Bound("below", 5_000_000.0, "€")),
        ("Are up to 40 nurses trained?", Bound("at-most", 40.0, "nurses trained")),
        ("Which laws are later than 2018?", Bound("above", 2018.0, "", True)),
        ("What was decided since 2020?", Bound("at-least", 2020.0, "", True)),
        ("What is older than 2015?", Bound("below", 2015.0, "", True)),
        ("What was promised until 2026?", Bound("at-most", 2026.0, "", True)),
        ("What happens after 12 months?", None),  # a span of time
        ("What happens over 2020?", None),
        ("How many genomes?", None),
    ],
)
def test_a_limit(question: str, bound: Bound | None) -> None:
    assert bound_in(question) == bound


def test_the_figure_of_a_limit_need_not_stand_in_the_evidence() -> None:
    found = signs_in("Which of the 7 hubs got less than €5 million since May?", "en", ())
    assert (found.numbers, found.bound) == (("7",), Bound("below", 5_000_000.0, "€"))
    assert signs_in("Which laws are later than 2018?", "en", ()).years == ()


def test_a_limit_holds_or_not() -> None:
    assert [Bound(d, 5.0).holds(5.0) for d in ("above", "at-least", "below", "at-most")] == [False, True, False, True]
    assert [Bound(d, 5.0).holds(6.0) for d in ("above", "at-least", "below", "at-most")] == [True, True, False, False]


def test_values_with_points_commas_blanks_and_per_cent() -> None:
    assert [value_of(n) for n in ("1,250", "1.250", "1 250 000", "3,5", "12 %", "0.5")] == [
        1250.0, 1250.0, 1_250_000.0, 3.5, 12.0, 0.5,
    ]  # fmt: skip


def test_what_the_history_lends_is_asked_for_too() -> None:
    found = understand("And in Finland?", ["How many of the 40 nurses of MIDAS work in Estonia since 2021?"])
    assert (found.names, found.numbers, found.bound) == (("MIDAS",), ("40",), Bound("at-least", 2021.0, "", True))
