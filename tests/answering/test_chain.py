"""The chain on a library of three documents whose answers one can see by eye."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.build import Builder, add_chosen
from assistant.answering.candidates import Candidate
from assistant.answering.choose import with_antecedent
from assistant.model import Document, Hit, Scope
from tests.desk import MemoryDesk
from tests.fakes import make_page, make_passages, small_library


@pytest.fixture
def desk() -> MemoryDesk:
    return MemoryDesk()


def test_an_answer_is_a_verbatim_sentence_with_its_place(desk: MemoryDesk) -> None:
    answer = desk.ask("How did Estonia win public trust?")
    assert answer.verdict == "answered"
    first = answer.citations[0]
    assert first.quote == "Estonia won public trust through campaigns in films and soap operas."
    assert (first.document, first.page, first.start, first.end) == ("ee", 1, 0, 68)
    assert first.boxes == ((50.0, 100.0, 390.0, 112.0),)
    assert first.verified
    assert answer.text.startswith("Estonia — Visit to Estonia (2021):\n“Estonia won public trust")


def test_another_country_is_never_answered_from_this_one(desk: MemoryDesk) -> None:
    answer = desk.ask("And in Finland?", ["How did Estonia win public trust?"])
    assert answer.understood == "How did Finland win public trust?"
    assert answer.verdict in ("nothing-relevant", "not-enough")
    assert {c.document for c in (*answer.citations, *answer.leads)} <= {"fi", "brief"}


def test_no_document_about_a_country_is_said(desk: MemoryDesk) -> None:
    answer = desk.ask("How many donors has the biobank in Latvia?")
    assert (answer.verdict, answer.declined) == ("no-documents", True)
    assert answer.text == (
        "The library holds no document about Latvia.\n\n"
        "The library has passages that may answer the same question for Estonia."
    )
    assert (answer.citations, answer.leads) == ((), ())
    assert [(s.country, s.documents, s.found) for s in answer.searched] == [("LV", 0, 0)]


def test_a_country_named_only_in_a_list_has_no_documents() -> None:
    library = small_library()
    models = Document("m", "m.pdf", "d" * 64, "Models", "B1MG", "EU", (), "framework", 2023, pages=1)
    page = make_page(1, ("The models cover training in Canada, France and Japan. Consent is the next step.",))
    library.add(models, [page], make_passages(models, page, ("CA", "FR", "JP")))
    desk = MemoryDesk(library)
    assert desk.ask("How does Canada ask for consent?").verdict == "no-documents"
    named = desk.ask("Which models cover training in Canada?")
    assert [c.quote for c in named.citations] == ["The models cover training in Canada, France and Japan."]


def test_half_an_answer_is_said_to_be_half(desk: MemoryDesk) -> None:
    answer = desk.ask("Compare the public trust campaigns of Estonia and Latvia")
    assert answer.verdict == "partly"
    assert answer.text.endswith("The library holds no document about Latvia.")


def test_all_countries_are_walked(desk: MemoryDesk) -> None:
    answer = desk.ask("Which countries have a biobank?")
    assert [s.country for s in answer.statements] == ["EE"]
    assert {s.country: s.found > 0 for s in answer.searched} == {"EE": True, "FI": False}


def test_a_filter_is_never_widened(desk: MemoryDesk) -> None:
    answer = desk.ask("How did they win public trust?", (), Scope(documents=("fi",)))
    assert {c.document for c in (*answer.citations, *answer.leads)} <= {"fi"}
    assert desk.ask("How did Estonia win trust?", (), Scope(countries=("FI",))).citations == ()


@pytest.mark.parametrize("text", ["", "   ", "Hello", "thank you!", "???"])
def test_a_greeting_gets_help_and_no_passages(desk: MemoryDesk, text: str) -> None:
    answer = desk.ask(text)
    assert (answer.verdict, answer.citations, answer.leads) == ("help", (), ())


def test_a_sentence_that_points_back_brings_the_one_before() -> None:
    library = small_library()
    hit = Hit(library.rows[0], library.document("ee"), 1.0)
    first, second = hit.passage.sentences
    found = [Candidate(hit, s, hit.passage.text[s.start : s.end], 1, 1, 1, 1) for s in (first, second)]
    assert with_antecedent(found[0]) == first
    assert (with_antecedent(found[1]).start, with_antecedent(found[1]).end) == (first.start, second.end)


def test_a_sentence_that_points_back_is_shown_beside_the_one_before_when_both_are_chosen() -> None:
    library = small_library()
    hit = Hit(library.rows[0], library.document("ee"), 1.0)
    chosen = [Candidate(hit, s, hit.passage.text[s.start : s.end], 1, 1, 1, 1) for s in hit.passage.sentences]
    builder = Builder(library)
    add_chosen(builder, chosen, "EE", is_list=False, words=120)
    assert [s.text for s in builder.statements] == [candidate.text for candidate in chosen]


def test_a_quotation_that_is_not_on_the_page_is_not_shown() -> None:
    library = small_library()
    page = library.pages[("ee", 1)]
    library.pages[("ee", 1)] = replace(page, text=" " * len(page.text))
    answer = MemoryDesk(library).ask("How did Estonia win public trust?")
    assert answer.citations == ()
    assert answer.declined


def test_the_same_question_gives_the_same_answer(desk: MemoryDesk) -> None:
    first = desk.ask("Which countries have a law on data access?")
    second = MemoryDesk().ask("Which countries have a law on data access?")
    assert replace(first, milliseconds={}) == replace(second, milliseconds={})
