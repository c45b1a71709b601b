"""The rule of evidence on a small library: what counts for a cell, what does not, and what sources disagree on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answering.chain import part_of
from assistant.answering.differ import counted, differing
from assistant.answering.matrix import fill, holds, terms_of
from assistant.answering.part import Brief
from assistant.answering.store import Store, cell_data, cell_from
from assistant.evidence import Cell, Indicator, Matrix, changes, coverage, silence_words
from assistant.indexing.scoped import ScopedSnapshot
from assistant.model import Document, Fingerprint, Scope
from assistant.retrieval.question import understand
from assistant.retrieval.search import Weights, find, prepare, weight_of_stem
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


def cell(indicator: Indicator, country: str, snapshot: MemorySnapshot | None = None) -> Cell:
    whole = snapshot or library()
    scope = Scope(countries=(country,))
    scoped = ScopedSnapshot(whole, scope, whole.encoder.encode_query("trust"))
    understood = understand(indicator.question)
    query = prepare(understood, whole.encoder, scoped)
    brief = Brief(
        scoped, scope, lambda where, limit: find(query, scoped, where, 6 * limit, Weights()),
        lambda stem: weight_of_stem(scoped, stem), query.bound, Fingerprint("s", "e", whole.revision),
    )  # fmt: skip
    return fill(indicator, part_of(understood, brief, country), scoped, scoped.dependency())


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
    (quote,) = cell(TRUST, "LV").quotes
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


def test_what_differs_is_a_number_of_one_thing_or_yes_and_no_between_two_documents() -> None:
    twelve = "FinnGen works with 12 pharmaceutical companies in Finland."
    thirteen = "FinnGen in Finland had 13 pharmaceutical companies in 2022."
    assert differing([("a", twelve), ("b", thirteen)]) == ((0, 1),)
    row = "2017–2023 · about EUR 92 million · 13 pharmaceutical companies by late 2022"
    assert differing([("a", twelve), ("b", row)]) == ((0, 1),), "both words of the thing counted are enough"
    denied = "Finland has neither a genome act nor a genome centre."
    assert differing([("a", "Finland planned a genome centre under a genome act."), ("b", denied)]) == ((0, 1),)
    assert differing([("a", denied), ("b", denied)]) == ()
    assert differing([("a", twelve), ("a", thirteen)]) == (), "one document does not contradict itself here"
    assert differing([("a", twelve), ("b", twelve)]) == ()
    assert counted("In 2022 about 1,250 samples and 5 million donors from 16 June") == {
        "sampl": {"1250"}, "donor": {"5 million"},
    }  # fmt: skip


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
