"""Which bar a country must clear where several are asked about."""

from __future__ import annotations

import pytest

from assistant.answering.fair import compared
from assistant.model import Document
from tests.answering.test_newest import told
from tests.desk import MemoryDesk
from tests.fakes import make_page, make_passages, small_library


def test_each_country_of_a_comparison_stands_beside_the_best() -> None:
    library = small_library()
    best = told(library, "a", 2026, "Denmark has a biobank law.", 2.0, 0.8)
    near = told(library, "b", 2026, "Sweden has one too.", 1.5, 0.2)
    silent = told(library, "c", 2026, "Norway has fjords.", 1.0, 0.0)
    assert compared([[best], [near], [silent]], [0.9, 0.3, 0.1]) == pytest.approx([2.9, 1.3, 0.0])
    assert compared([[best], [near]], [0.19, 0.1]) == [0.0, 0.0]  # none of them says it
    assert compared([], []) == []


def test_a_comparison_of_what_nobody_says_is_declined() -> None:
    answer = MemoryDesk().ask("Compare nursing homes in Estonia and Finland")
    assert answer.declined
    assert answer.citations == ()


def test_of_all_countries_those_that_deny_are_told_apart_from_silence() -> None:
    library = small_library()
    for code, name, text in (
        ("DK", "Denmark", "Denmark has a law on the biobank and on its donors."),
        ("NO", "Norway", "Norway has no law on the biobank."),
        ("SE", "Sweden", "Campaigns in films were made in Sweden."),
    ):
        document = Document(
            code.lower(), f"{code}.pdf", code * 32, name, "X", code, (code,), "visit-report", 2025, pages=1
        )
        page = make_page(1, (text,))
        library.add(document, [page], make_passages(document, page))
    answer = MemoryDesk(library).ask("Which countries have a law on the biobank?")
    assert [s.country for s in answer.statements] == ["DK"]
    assert answer.leads[0].quote == "Norway has no law on the biobank."
    assert answer.remarks == (
        "The documents seem to say that this is not so for Norway: see the closest passages below.",
        "Nothing that answers was found for Estonia, Finland and Sweden (3 documents searched).",
    )


def test_countries_that_only_a_brief_speaks_of_are_walked_too() -> None:
    library = small_library()
    brief = Document("b2", "b2.pdf", "d" * 64, "Second brief", "B1MG", "EU", (), "policy-brief", 2022, pages=1)
    page = make_page(1, ("Sweden has a law on the biobank.",))
    library.add(brief, [page], make_passages(brief, page, ("SE",)))
    answer = MemoryDesk(library).ask("Which countries have a law on the biobank?")
    assert [(s.country, s.text) for s in answer.statements] == [("SE", "Sweden has a law on the biobank.")]
    assert [s.country for s in answer.searched] == ["EE", "FI", "SE"]


def test_what_is_said_of_no_country_answers_where_no_country_does() -> None:
    answer = MemoryDesk().ask("Where are patient representatives paid?")
    assert [(s.country, s.text) for s in answer.statements] == [
        ("", "The brief asks countries to pay patient representatives.")
    ]


def test_of_every_country_each_shows_little_even_where_few_answer() -> None:
    library = small_library()
    for code, texts in (
        ("SE", ("Sweden has a law on the biobank.", "The biobank law of Sweden protects donors.")),
        ("NO", ("Norway has a law on the biobank.",)),
    ):
        document = Document(
            code.lower(), f"{code}.pdf", code * 32, code, "X", code, (code,), "visit-report", 2025, pages=1
        )
        page = make_page(1, texts)
        library.add(document, [page], make_passages(document, page))
    answer = MemoryDesk(library).ask("Which countries have a law on the biobank?")
    shown = [s.country for s in answer.statements]
    assert sorted(set(shown)) == ["NO", "SE"]
    assert len(shown) <= 3


def test_abroad_is_where_a_sentence_names_another_country() -> None:
    library = small_library()
    document = Document("se", "se.pdf", "e" * 64, "Sweden", "X", "SE", ("SE",), "visit-report", 2025, pages=1)
    page = make_page(1, ("Samples of donors are sent to Finland.",))
    library.add(document, [page], make_passages(document, page))
    desk = MemoryDesk(library)
    assert [s.country for s in desk.ask("Which countries send samples abroad?").statements] == ["SE"]
