"""The newer state is shown, and shown first; a question about a year is about that year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.build import Builder, add_chosen
from assistant.answering.candidates import Candidate
from assistant.answering.newest import newest_first, supersedes, with_newer
from assistant.model import Hit, Passage, Sentence, content_key
from tests.fakes import MemorySnapshot, small_library

PLAN = "The Genome Act was to be the legal basis of the genome centre."
NOT_ENACTED = "Finland has neither a genome act nor a genome centre."
OTHER = "The register of twins keeps the answers of many families."


def told(library: MemorySnapshot, identifier: str, year: int, text: str, score: float, coverage: float) -> Candidate:
    """Return a sentence alone on the page of a document of that year, put into the library."""
    document = replace(library.document("fi"), id=identifier, file=f"{identifier}.pdf", year=year)
    sentence = Sentence(0, len(text), "prose")
    passage = Passage(content_key(identifier, text), identifier, 1, 0, len(text), text, (), ("FI",), (sentence,))
    page = replace(library.pages[("fi", 1)], text=text)
    library.add(document, [page], [passage])
    library.pages[(identifier, 1)] = page
    return Candidate(Hit(passage, document, 1.0), sentence, text, score, 0.7, coverage, coverage)


@pytest.fixture
def library() -> MemorySnapshot:
    return small_library()


def test_a_newer_sentence_as_near_joins_the_older_one(library: MemorySnapshot) -> None:
    old, new = told(library, "a", 2021, PLAN, 1.6, 0.6), told(library, "b", 2026, NOT_ENACTED, 1.5, 0.5)
    assert supersedes(new, old)
    assert not supersedes(old, new)
    assert with_newer([old], [old, new], 2) == [old, new]


def test_a_newer_sentence_that_denies_joins_from_further_off(library: MemorySnapshot) -> None:
    old, new = told(library, "a", 2021, PLAN, 1.6, 0.9), told(library, "b", 2026, NOT_ENACTED, 1.1, 0.3)
    assert not supersedes(new, old)
    assert with_newer([old], [old, new], 2) == [old, new]


def test_a_newer_sentence_on_something_else_stays_out(library: MemorySnapshot) -> None:
    old, new = told(library, "a", 2021, PLAN, 1.6, 0.9), told(library, "b", 2026, OTHER, 1.1, 0.3)
    assert with_newer([old], [old, new], 2) == [old]


def test_it_takes_the_last_place_and_never_the_first(library: MemorySnapshot) -> None:
    old, new = told(library, "a", 2021, PLAN, 1.6, 0.6), told(library, "b", 2026, NOT_ENACTED, 1.5, 0.5)
    second = told(library, "c", 2021, OTHER, 1.4, 0.5)
    assert with_newer([old, second], [old, second, new], 2) == [old, new]
    assert with_newer([old], [old, new], 1) == [old, new]


def test_where_the_newest_is_shown_nothing_is_added(library: MemorySnapshot) -> None:
    old, new = told(library, "a", 2021, PLAN, 1.5, 0.6), told(library, "b", 2026, NOT_ENACTED, 1.6, 0.6)
    assert with_newer([new], [new, old], 3) == [new]
    assert with_newer([], [new, old], 3) == []


def test_the_newer_goes_first_and_each_keeps_its_year(library: MemorySnapshot) -> None:
    old, new = told(library, "a", 2021, PLAN, 1.6, 0.6), told(library, "b", 2026, NOT_ENACTED, 1.5, 0.5)
    builder = Builder(library)
    add_chosen(builder, [old, new], "FI", is_list=False, words=120, by_year=True)
    assert [(s.text, builder.citations[s.citations[0] - 1].year) for s in builder.statements] == [
        (NOT_ENACTED, 2026),
        (PLAN, 2021),
    ]


def test_a_question_about_a_year_is_about_that_year() -> None:
    assert newest_first("Is there a genome centre in Finland?")
    assert not newest_first("What did Finland plan in 2021?")
