"""Acronyms: found, mined by initials in order, and expanded only where that helps."""

from __future__ import annotations

import pytest

from assistant.understanding.acronyms import acronyms_in, long_form, mined
from assistant.understanding.question import Known, understand


@pytest.mark.parametrize(
    ("words", "short", "long"),
    [
        ("such as health technology assessment", "HTA", "health technology assessment"),
        ("the European Health Data Space", "EHDS", "European Health Data Space"),
        ("polygenic risk scores", "PRS", "polygenic risk scores"),
        ("Beyond One Million Genomes", "B1MG", "Beyond One Million Genomes"),
        ("ethical, legal and social issues", "ELSI", "ethical, legal and social issues"),
        ("Beyond 1 Million Genomes", "B1MG", "Beyond 1 Million Genomes"),
        ("the Genome of Europe project", "GoE", "Genome of Europe project"),
        ("the Maturity Level Model", "MLM", "Maturity Level Model"),
        ("general practitioners", "GPs", "general practitioners"),
        ("national and\nregional laboratories", "NRL", "national and regional laboratories"),
        ("the cat sat", "IT", ""),
        ("a quite different thing", "HTA", ""),
        ("assessment of technology in health", "HTA", ""),
    ],
)
def test_long_form(words: str, short: str, long: str) -> None:
    assert long_form(words, short) == long


def test_mined_from_texts_most_frequent_first() -> None:
    texts = [
        "We use health technology assessment (HTA) here.",
        "HTA (health technology assessments) is common.",
        "A hospital trust agreement (HTA) was signed. It names the European Health Data Space (EHDS).",
    ]
    assert mined(texts, "HTA") == ("health technology assessment", "hospital trust agreement")
    assert mined(texts, "EHDS") == ("European Health Data Space",)
    assert mined(texts, "PRS") == ()
    twice = [
        "The Genome of Europe project (GoE) began.",
        "The Genome of Europe (GoE) grows.",
        "legal, social issues (LSI)",
    ]
    assert mined(twice, "GoE") == ("Genome of Europe",)
    assert mined(["on legal, social issues (LSI)"], "LSI") == ("legal, social issues",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Does IT use HTA and PRSs under GDPR?", ("HTA", "PRS", "GDPR")),
        ("IT IS NO BE SE DE", ()),
        ("Is it in the UK or US?", ()),
        ("WHO PAYS FOR HTA", ()),
        ("What is PGx? And B1MG?", ("PGx", "B1MG")),
        ("Does Estonia pay?", ()),
    ],
)
def test_acronyms_in_a_question(text: str, found: tuple[str, ...]) -> None:
    assert acronyms_in(text) == found


def test_an_acronym_the_library_does_not_write_is_searched_in_full_and_said() -> None:
    known = Known(frequency=lambda word: 0 if word.startswith("HTA") else 3)
    found = understand("How does Estonia use HTA?", (), known)
    assert found.text == "How does Estonia use HTA?"
    assert found.search_text == "How does Estonia use HTA? health technology assessment"
    assert found.notices == ("“HTA” does not occur in the documents; it was read as “health technology assessment”.",)


def test_an_acronym_the_library_writes_is_left_alone() -> None:
    known = Known(frequency=lambda word: 3, meanings=lambda short: ("health technology assessment",))
    assert understand("How does Estonia use HTA?", (), known).search_text == "How does Estonia use HTA?"


def test_a_definition_is_asked_with_the_one_meaning_there_is() -> None:
    known = Known(frequency=lambda word: 3, meanings=lambda short: ("health technology assessment",))
    found = understand("What is HTA?", (), known)
    assert found.search_text == "What is HTA? health technology assessment"
    assert found.notices == ("HTA stands for “health technology assessment” in these documents.",)
    two = Known(frequency=lambda word: 3, meanings=lambda short: ("one long form", "another long form"))
    assert understand("What is HTA?", (), two).search_text == "What is HTA?"


def test_a_long_form_that_the_library_lacks_too_is_no_help() -> None:
    assert understand("Who uses HTA?", (), Known(frequency=lambda word: 0)).search_text == "Who uses HTA?"
