"""Which bar a country must clear where several are asked about."""

from __future__ import annotations

import pytest

from assistant.answering.fair import COMPARED, bar_compared
from assistant.model import Document
from tests.desk import MemoryDesk
from tests.fakes import make_page, make_passages, small_library

UNSURE = 1.5


@pytest.mark.parametrize(
    ("nearness", "coverage", "bar"),
    [
        (1.2, 0.0, COMPARED),  # near enough by itself
        (1.0, 0.0, 1.0),  # nothing comes near, and no other country answers
        (1.0, 0.3, COMPARED),  # another country answers, and this one has some of the words
        (1.0, 0.1, 1.0),  # another answers, but this one speaks of something else
    ],
)
def test_the_bar_of_a_comparison_is_lower_for_what_comes_near(nearness: float, coverage: float, bar: float) -> None:
    assert bar_compared(nearness, UNSURE, coverage) == bar


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
