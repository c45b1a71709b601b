# ruff: noqa: E501  (one case a line reads better)
"""Spelling mistakes of names: what is corrected, what is left alone."""

from __future__ import annotations

import pytest

from assistant.understanding.question import Known, understand
from assistant.understanding.spelling import corrected, distance


@pytest.mark.parametrize(
    ("seen", "written"),
    [
        ("Estonai", "Estonia"), ("estnia", "Estonia"), ("Lithunia", "Lithuania"), ("Portugual", "Portugal"),
        ("Nethrelands", "Netherlands"), ("Belguim", "Belgium"), ("Brittain", "Britain"), ("Luxembourgh", "Luxembourg"),
        ("Switserland", "Switzerland"), ("Gemany", "Germany"), ("Frnace", "France"), ("Finlnad", "Finland"),
        ("Norwegain", "Norwegian"), ("Findatta", "Findata"), ("FinGen", "FinnGen"), ("Tallin", "Tallinn"),
        ("Finnland", "Finland"), ("Irland", "Ireland"), ("Danmark", "Denmark"), ("sequencng", "sequencing"),
    ],
)  # fmt: skip
def test_a_name_is_corrected(seen: str, written: str) -> None:
    assert corrected(f"What about {seen}?", None) == (f"What about {written}?", ((seen, written),))


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Genomcs England budget", "Genomics England budget"),
        ("hartwig fundation start money?", "hartwig foundation start money?"),
        ("Novo Nordsik Foundation", "Novo Nordisk Foundation"),
        ("estnia biobnak: how many markers?", "Estonia biobank: how many markers?"),
        ("Estonai and Finlnad", "Estonia and Finland"),
        ("the goals of norways strategy", "the goals of Norway's strategy"),
    ],
)
def test_a_longer_name_is_corrected_word_by_word(text: str, better: str) -> None:
    assert corrected(text, None)[0] == better


@pytest.mark.parametrize(
    "text",
    [
        "please finish the polish", "Are patients hungry?", "paint a stain", "What about Slovania?", "What about Austrlia?",
        "Who cancels the visit?", "the island nation", "Is there a gnome?", "councillors and counsellors",
        "genomes, genomics and genetics", "Which sequencer is used?", "How do surrogate mothers apply?", "IT staff",
        "the biobanks of Malta", "What is standard practice?", "costs of the service", "foundations and founders",
        "Which generation is meant?", "He wins the trust of partners", "SAPIN", "Wales and whales",
    ],
)  # fmt: skip
def test_ordinary_words_and_doubtful_ones_stay(text: str) -> None:
    assert corrected(text, None) == (text, ())


def test_a_word_of_the_library_is_never_corrected() -> None:
    assert corrected("What is Estonai?", lambda word: int(word == "estonai")) == ("What is Estonai?", ())


def test_the_correction_is_shown_and_searched_with() -> None:
    found = understand("Genomcs England budget in Estonai?", (), Known(frequency=lambda word: 0))
    assert found.original == "Genomcs England budget in Estonai?"
    assert found.text == found.search_text == "Genomics England budget in Estonia?"
    assert found.corrections == (("Genomcs", "Genomics"), ("Estonai", "Estonia"))
    assert found.notices == ("“Genomcs” was read as “Genomics”.", "“Estonai” was read as “Estonia”.")
    assert found.countries == ("GB", "EE")


@pytest.mark.parametrize(
    ("first", "second", "far"),
    [("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("estonai", "estonia", 1), ("ca", "abc", 3), ("kitten", "sitting", 3)],
)  # fmt: skip
def test_distance(first: str, second: str, far: int) -> None:
    assert distance(first, second) == distance(second, first) == far
