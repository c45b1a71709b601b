"""Every verdict on a library of a few sentences, with a reader and a judge one can work out (`tests.desk`)."""

from __future__ import annotations

import pytest

from assistant.model import Answer, Document, Scope
from tests.desk import MemoryDesk
from tests.fakes import MemorySnapshot, make_page, make_passages, small_library

MIDAS = "How did Estonia gain public trust through campaigns of MIDAS?"
TRUST = "How did Estonia win public trust?"
WON = "Estonia won public trust through campaigns in films and soap operas. This took 20 years."
BIOBANK = "The Estonian biobank holds samples of 200,000 donors."


def desk_with(*more: tuple[Document, tuple[str, ...]]) -> MemoryDesk:
    """Return a desk over the small library and further documents of one page each."""
    snapshot = small_library()
    for document, paragraphs in more:
        page = make_page(1, paragraphs)
        snapshot.add(document, [page], make_passages(document, page))
    return MemoryDesk(snapshot)


def report(code: str) -> Document:
    name = code.lower()
    return Document(name, f"{name}.pdf", "d" * 64, "Visit report", "P", code, (code,), "visit-report", 2021)


def quotes(answer: Answer) -> list[tuple[str, str, bool]]:
    return [(s.country, s.text, s.sure) for s in answer.statements]


def test_answered_with_a_first_line_that_can_be_said_aloud() -> None:
    found = MemoryDesk().ask(TRUST)
    assert (found.verdict, found.declined, found.remarks) == ("answered", False, ())
    assert found.headline == "“Estonia won public trust through campaigns in films and soap operas.” [1]"
    assert quotes(found)[0] == ("EE", WON, True)
    assert all(citation.verified for citation in found.citations)
    assert found.probability > 0.5
    assert [(s.country, s.documents) for s in found.searched] == [("EE", 1)]
    assert set(found.milliseconds) == {"search and read", "compose"}


def test_closest_shows_the_nearest_passages_and_says_what_they_lack() -> None:
    found = MemoryDesk().ask(MIDAS)
    assert (found.verdict, found.declined, found.headline) == ("closest", True, "")
    assert found.remarks == (
        "These passages come nearest; they may not answer the question. They do not mention “MIDAS”.",
    )
    assert quotes(found)[0][1:] == (WON, False)
    assert found.citations
    assert [s.found for s in found.searched] == [0]


def test_partly_names_the_country_without_a_document_and_the_one_that_is_not_sure() -> None:
    found = MemoryDesk().ask("How did Estonia and Latvia win public trust?")
    assert found.verdict == "partly"
    assert found.remarks[0] == "The library holds no document about Latvia."
    assert {country for country, _, sure in quotes(found) if sure} == {"EE"}
    found = MemoryDesk().ask("Which law on the genome centre did Estonia and Finland draft?")
    assert found.verdict == "partly"
    assert ("FI", "Finland drafted a law on the genome centre in 2018.", True) in quotes(found)
    assert [s for s in quotes(found) if s[0] == "EE" and s[2]] == []


def test_no_documents_about_the_country_and_nothing_is_widened() -> None:
    found = MemoryDesk().ask("How did Portugal win public trust?")
    assert (found.verdict, found.statements, found.citations) == ("no-documents", (), ())
    assert found.remarks == ("The library holds no document about Portugal.",)
    assert [(s.country, s.documents, s.found) for s in found.searched] == [("PT", 0, 0)]


def test_a_filter_is_named_where_it_hides_the_documents() -> None:
    found = MemoryDesk().ask(TRUST, scope=Scope(countries=("FI",)))
    assert found.verdict in ("no-documents", "nothing-near")
    assert found.statements == ()


def test_nothing_near_shows_nothing() -> None:
    found = MemoryDesk().ask("Zebrafish aquarium temperature?")
    assert (found.verdict, found.statements, found.headline) == ("nothing-near", (), "")
    assert found.remarks == ("Nothing in the 3 documents searched comes near this question.",)


def test_a_greeting_gets_help() -> None:
    found = MemoryDesk().ask("hello")
    assert (found.verdict, found.declined, found.citations) == ("help", True, ())
    assert found.text == found.remarks[0]


def test_one_quotation_is_reserved_for_each_country() -> None:
    texts = [f"Nurses in {name} get training in the hub of {place}." for name, place in
             (("Malta", "Gozo"), ("Latvia", "Riga"), ("Cyprus", "Paphos"))]  # fmt: skip
    long = "In Malta training of nurses lasts years and training of nurses is paid and training of nurses is free."
    desk = desk_with((report("MT"), (texts[0], long)), (report("LV"), (texts[1],)), (report("CY"), (texts[2],)))
    found = desk.ask("How do Malta, Latvia and Cyprus give nurses training?")
    assert found.verdict == "answered"
    assert {country for country, _, _ in quotes(found)} == {"MT", "LV", "CY"}


def test_which_countries_names_the_sure_ones_and_says_who_is_silent() -> None:
    found = desk_with((report("MT"), ("Malta drafted a law on the genome centre.",))).ask(
        "Which countries drafted a law on a genome centre?"
    )
    assert found.verdict == "answered"
    assert found.headline == "Finland and Malta."
    assert {country for country, _, sure in quotes(found) if sure} == {"MT", "FI"}
    assert any("Estonia" in remark for remark in found.remarks)


def test_more_than_a_number_keeps_only_countries_within_the_limit() -> None:
    desk = desk_with((report("MT"), ("The Maltese biobank holds samples of 27,000 donors.",)))
    found = desk.ask("Which countries have a biobank with samples of more than 100,000 donors?")
    assert found.headline == "Estonia."
    assert [text for _, text, _ in quotes(found)] == [BIOBANK]


def test_which_countries_have_none_keeps_what_denies() -> None:
    desk = desk_with((report("MT"), ("Malta has no law on the genome centre.",)))
    found = desk.ask("Which countries have no law on a genome centre?")
    assert found.headline == "Malta."
    assert [country for country, _, _ in quotes(found)] == ["MT"]


def test_a_country_that_says_no_is_none_of_those_that_do() -> None:
    desk = desk_with((report("MT"), ("Malta has no law on the genome centre.",)))
    found = desk.ask("Which countries drafted a law on a genome centre?")
    assert found.headline == "Finland."
    assert "The documents say no for Malta." in found.remarks
    assert ("MT", "Malta has no law on the genome centre.", False) in quotes(found)


def test_the_best_of_several_is_closest_for_documents_do_not_rank() -> None:
    found = MemoryDesk().ask("Which country has the best biobank of donors?")
    assert found.verdict == "closest"
    assert found.remarks[0].startswith("The documents do not rank them.")
    assert found.citations


def test_the_figure_that_answers_is_marked() -> None:
    found = MemoryDesk().ask("How many donors of samples has the Estonian biobank?")
    assert found.verdict == "answered"
    quote, marked = found.citations[0].quote, found.citations[0].marked
    assert marked is not None
    assert quote[slice(*marked)] == "200,000"


def test_what_was_taken_from_the_history_is_in_the_answer() -> None:
    found = MemoryDesk().ask("And in Finland?", ["Who drafted a law on the genome centre in Estonia?"])
    assert found.understood == "Who drafted a law on the genome centre in Finland?"
    assert found.taken == ("Who drafted a law on the genome centre",)
    assert found.verdict == "answered"
    assert MemoryDesk().ask(TRUST, ["Who drafted a law in Finland?"]).taken == ()


def test_a_sentence_that_answers_for_two_countries_is_shown_once() -> None:
    both = "Malta and Cyprus share the training of nurses."
    brief = Document("both", "both.pdf", "e" * 64, "Brief", "P", "EU", (), "policy-brief", 2023)
    page = make_page(1, (both,))
    snapshot: MemorySnapshot = small_library()
    snapshot.add(brief, [page], make_passages(brief, page, ("MT", "CY")))
    found = MemoryDesk(snapshot).ask("Do Malta and Cyprus share the training of nurses?")
    assert [(s.text, s.country, s.others) for s in found.statements] == [(both, "MT", ("CY",))]


@pytest.mark.parametrize("question", [TRUST, MIDAS, "Which countries have a law?"])
def test_every_quotation_is_a_slice_of_its_page(question: str) -> None:
    desk = MemoryDesk()
    for citation in desk.ask(question).citations:
        assert desk.library.page(citation.document, citation.page).text[citation.start : citation.end] == citation.quote
