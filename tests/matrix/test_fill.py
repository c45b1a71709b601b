"""The rule of evidence on a small library: what counts for a cell, what does not, and what sources disagree on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.evidence import Cell, Indicator, Matrix, changes, coverage, silence_words
from assistant.indexing.scoped import ScopedSnapshot
from assistant.judging.coverage import words_of
from assistant.matrix.fill import Score, Search, fill, holds, terms_of
from assistant.matrix.store import Store, cell_data, cell_from
from assistant.model import Document, Scope
from assistant.searching.search import Weights, find, prepare, weight_of_stem
from assistant.understanding.question import understand
from tests.desk import small_matrix
from tests.fakes import MemorySnapshot, make_page, make_passages, small_library

TRUST = Indicator("t", "IV", "Trust", "How is public trust won by campaigns?", ("campaign",))


def library() -> MemorySnapshot:
    """Return the small library with a second source on Finland that contradicts the first, and a list of countries."""
    snapshot = small_library()
    later = Document(
        "fi-2026", "l.pdf", "d" * 64, "Finland later", "P", "P", ("FI",), "national-strategy", 2026, pages=1
    )
    page = make_page(1, ("Finland has neither a law on the genome centre nor a genome centre.",))
    snapshot.add(later, [page], make_passages(later, page))
    brief = Document("list", "x.pdf", "e" * 64, "Framework", "B1MG", "EU", (), "framework", 2023, pages=1)
    page = make_page(
        1, ("A workshop on campaigns and trust heard Estonia, Finland and Latvia.", "Campaigns build trust.")
    )
    for passage in make_passages(brief, page, ("EE", "FI", "LV")):
        snapshot.add(brief if passage.start == 0 else replace(brief, id="list"), [page], [passage])
    snapshot.documents_ = list({d.id: d for d in snapshot.documents_}.values())
    return snapshot


def cell(
    indicator: Indicator, country: str, snapshot: MemorySnapshot | None = None, score: Score | None = None
) -> Cell:
    whole = snapshot or library()
    scope = Scope(countries=(country,))
    scoped = ScopedSnapshot(whole, scope, whole.encoder.encode_query("trust"))
    understood = understand(indicator.question)
    hits = find(prepare(understood, whole.encoder), scoped, scope, 48, Weights())
    words = words_of(understood.search_text, lambda stem: weight_of_stem(scoped, stem))
    return fill(indicator, Search(country, hits, scoped.count(scope)[0], words, score), scoped, scoped.dependency())


def reader(**logits: float) -> Score:
    """Return a reader that gives a text the logit of the first word it has of those named, -9 for none."""
    return lambda texts: [next((value for word, value in logits.items() if word in text), -9.0) for text in texts]


def test_a_cell_quotes_the_countrys_own_words_with_page_and_year() -> None:
    found = cell(TRUST, "EE")
    (quote,) = found.quotes
    assert quote.citation.quote == "Estonia won public trust through campaigns in films and soap operas."
    assert (quote.citation.document, quote.citation.page, quote.citation.year, quote.strength) == (
        "ee",
        1,
        2021,
        "direct",
    )
    assert quote.citation.verified
    assert quote.citation.boxes
    assert (found.silence, found.searched, found.documents, found.years) == (None, 2, 1, (2021,))


def test_a_list_of_countries_gives_way_to_the_countrys_own_document_and_serves_where_there_is_none() -> None:
    assert [q.citation.document for q in cell(TRUST, "EE").quotes] == ["ee"]
    (quote,) = cell(TRUST, "LV", score=reader(workshop=0.0)).quotes
    assert quote.citation.quote == "A workshop on campaigns and trust heard Estonia, Finland and Latvia."


def test_a_sentence_that_names_no_country_is_evidence_for_none() -> None:
    quotes = [q.citation.quote for code in ("EE", "FI", "LV") for q in cell(TRUST, code).quotes]
    assert "Campaigns build trust." not in quotes


def test_the_two_silences_say_what_was_searched() -> None:
    nurses = Indicator("n", "V", "Nurses", "Is genomics taught to nurses?", ("nurse",))
    assert (cell(nurses, "EE").silence, silence_words(cell(nurses, "EE"))) == (
        "nothing-found", "nothing found in 2 documents",
    )  # fmt: skip
    assert (cell(nurses, "PT").silence, silence_words(cell(nurses, "PT"))) == ("no-documents", "no documents")


def test_without_its_term_a_sentence_is_no_evidence() -> None:
    assert cell(replace(TRUST, terms=("advertisement",)), "EE").quotes == ()


def test_sources_that_disagree_stand_together_with_their_years() -> None:
    law = Indicator("l", "I", "Genome centre", "Is there a law on the genome centre?", ("genome_centre",))
    found = cell(law, "FI")
    assert [(q.citation.year, q.citation.document) for q in found.quotes] in (
        [(2026, "fi-2026"), (2021, "fi")], [(2021, "fi"), (2026, "fi-2026")],
    )  # fmt: skip
    assert found.differing == ((0, 1),)


def test_a_cell_depends_on_the_passages_of_its_country_alone() -> None:
    before, snapshot = cell(TRUST, "EE"), library()
    other = Document("lt", "lt.pdf", "f" * 64, "Lithuania", "P", "P", ("LT",), "national-strategy", 2026, pages=1)
    page = make_page(1, ("Trust, trust and campaigns in Lithuania.", "A law on trust and campaigns."))
    snapshot.add(other, [page], make_passages(other, page))
    assert cell(TRUST, "EE", snapshot) == before
    mine = Document("ee2", "ee2.pdf", "f" * 64, "Estonia again", "P", "P", ("EE",), "national-strategy", 2026, pages=1)
    page = make_page(1, ("Estonia ended its campaigns.",))
    snapshot.add(mine, [page], make_passages(mine, page))
    assert cell(TRUST, "EE", snapshot).key != before.key


@pytest.mark.parametrize(
    ("term", "text", "wanted"),
    [
        ("reimburse test", "Genetic tests are reimbursed.", True),
        ("reimburse test", "Tests exist. Far away, after many other words in between here, it is reimbursed.", False),
        ("=federated", "The federal state pays.", False),
        ("federated", "The federal state pays.", True),
        ("ethics_committee", "The national ethics committee agreed.", True),
        ("ethics_committee", "A committee on ethics agreed.", False),
        ("opt-out", "Patients may opt out; research is opt-out.", True),
        ("cost effectiveness", "cost-effectiveness is unknown", True),
    ],
)
def test_terms_match_by_stem_word_or_side_by_side(term: str, text: str, wanted: bool) -> None:
    assert holds(text, terms_of((term,))) is wanted


def test_a_kept_cell_comes_back_the_same_and_the_newest_stands(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept")
    found = cell(TRUST, "EE")
    assert cell_from(cell_data(found)) == found
    store.save(7, "documents", [found])
    silent = Cell("FI", "t", "IV", (), "nothing-found", 1, (), "other")
    store.save(7, "documents", [silent])
    assert store.load(7) == [found, silent], "cells of one revision are joined"
    assert store.known() == {found.key: found, "other": silent}
    store.save(7, "other documents", [silent])
    assert store.load(7) == [silent], "a library built anew does not mix with the one before"
    (tmp_path / "kept" / "8.json").write_text('{"cells": [{"country": "EE"}]}')
    assert (store.revisions(), store.load(8)) == ([7, 8], []), "a damaged file counts as none"


def test_changes_and_coverage_are_read_from_the_cells() -> None:
    now = small_matrix(Scope())
    assert changes(now, now) == []
    quoted = now.cells[0]
    before = Matrix(now.grid, now.countries, (replace(quoted, quotes=(), silence="nothing-found"), *now.cells[1:]))
    assert changes(before, now) == [(before.cells[0], quoted)]
    found = coverage(now)[("EE", "trust")]
    assert (found.answered, found.direct, found.documents, found.indicators, found.searched) == (1, 1, 1, 1, 1)


def strengths(found: Cell) -> list[tuple[str, str]]:
    return [(quote.citation.document, quote.strength) for quote in found.quotes]


def test_the_reader_says_what_is_evidence_and_how_strongly() -> None:
    assert strengths(cell(TRUST, "EE", score=reader(Estonia=2.0))) == [("ee", "direct")]
    assert strengths(cell(TRUST, "EE", score=reader(Estonia=-3.0))) == [("ee", "partial")]
    assert cell(TRUST, "EE", score=reader(Estonia=-7.0)).silence == "nothing-found"


def test_what_lies_far_behind_the_best_by_the_reader_is_left_out() -> None:
    law = Indicator("l", "I", "Genome centre", "Is there a law on the genome centre?")
    both = cell(law, "FI", score=reader(drafted=2.0, neither=-1.5))
    assert strengths(both) == [("fi", "direct"), ("fi-2026", "partial")]
    assert strengths(cell(law, "FI", score=reader(drafted=3.0, neither=-1.5))) == [("fi", "direct")]


def test_terms_are_optional_with_a_reader() -> None:
    bare = replace(TRUST, terms=())
    assert strengths(cell(bare, "EE", score=reader(campaigns=1.0))) == [("ee", "direct")]


def test_the_reader_sees_a_sentence_with_what_stands_over_it() -> None:
    seen: list[str] = []

    def spy(texts: Sequence[str]) -> list[float]:
        seen.extend(texts)
        return [0.0 for _ in texts]

    cell(TRUST, "EE", score=spy)
    assert seen == ["Estonia won public trust through campaigns in films and soap operas."]
