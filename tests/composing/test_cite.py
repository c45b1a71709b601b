"""From chosen sentences to statements and checked citations."""

from __future__ import annotations

from dataclasses import replace

from assistant.composing.choose import Quotation
from assistant.composing.cite import Builder, citation_of
from assistant.judging.spans import Span
from assistant.model import Place
from tests.made import Parts, document_of, hit_of, library_of, spans_in

LEAD = "The hub offers:"
LIST: Parts = [("paragraph", LEAD, ""), ("bullet", "storage of raw data", LEAD), ("bullet", "training of nurses", LEAD)]
CAPTION, HEAD = "Table 1: Budget by area (million euro)", "Area · 2026 · 2027"
TABLE: Parts = [("caption", CAPTION, ""), ("caption", HEAD, ""), ("table", "Nurses of all hubs · 1.9 · 2.6", HEAD),
                ("table", "Rooms of all hubs · 3.0 · 4.0", HEAD)]  # fmt: skip


def shelf(parts: Parts | str) -> tuple[Builder, list[Span]]:
    spans, page = spans_in(parts)
    return Builder(library_of((spans[0].hit, page))), spans


def quotation(*spans: Span) -> Quotation:
    return Quotation(spans[0], tuple(span.sentence for span in spans))


def test_sentences_that_follow_one_another_are_one_citation() -> None:
    builder, spans = shelf("The hub opened late.\nIt has four  rooms.")
    assert builder.add(quotation(*spans), "FI", sure=False)
    (statement,), (citation,) = builder.statements, builder.citations
    assert (statement.text, statement.citations, statement.country, statement.sure) == (
        "The hub opened late. It has four rooms.", (1,), "FI", False,
    )  # fmt: skip
    assert (citation.number, citation.document, citation.page, citation.start, citation.end) == (1, "fi", 1, 0, 40)
    assert (citation.verified, citation.countries, citation.year) == (True, ("FI",), 2021)


def test_a_list_is_cited_with_its_lead_item_by_item() -> None:
    builder, spans = shelf(LIST)
    assert builder.add(quotation(*spans[1:]), "FI")
    assert builder.statements[0].text == "The hub offers: storage of raw data training of nurses"
    assert [c.quote for c in builder.citations] == [LEAD, "storage of raw data training of nurses"]


def test_sentences_with_words_between_them_are_slices_of_their_own() -> None:
    builder, spans = shelf("The hub opened late. It has four rooms. Nobody paid for it.")
    assert builder.add(quotation(spans[0], spans[2]), "")
    assert [c.quote for c in builder.citations] == ["The hub opened late.", "Nobody paid for it."]
    assert builder.statements[0].citations == (1, 2)


def test_a_row_is_cited_with_its_caption_and_its_heads() -> None:
    builder, spans = shelf(TABLE)
    assert builder.add(quotation(spans[0]), "FI")
    assert [c.quote for c in builder.citations] == [CAPTION, HEAD, "Nurses of all hubs · 1.9 · 2.6"]
    assert builder.add(quotation(spans[1]), "FI")
    assert builder.statements[1].text == "Rooms of all hubs · 3.0 · 4.0"  # what stands above it is shown already


def test_a_plain_heading_row_and_a_caption_without_a_unit_are_left_out() -> None:
    head = "Date · Event"
    builder, spans = shelf(
        [("caption", "Table 2: Steps", ""), ("caption", head, ""), ("table", "2019 · The hub opened late", head)]
    )
    assert builder.add(quotation(spans[0]), "FI")
    assert [c.quote for c in builder.citations] == ["2019 · The hub opened late"]


def test_a_slice_is_cited_once_and_keeps_its_number() -> None:
    builder, spans = shelf("The hub opened late.")
    assert builder.add(quotation(spans[0]), "FI")
    assert builder.add(quotation(spans[0]), "SE")
    assert [s.citations for s in builder.statements] == [(1,), (1,)]
    builder.merged()
    assert [(s.country, s.others) for s in builder.statements] == [("FI", ("SE",))]


def test_what_is_not_verbatim_on_its_page_is_not_shown() -> None:
    builder, spans = shelf("The hub opened late.")
    outside = replace(spans[0].sentence, start=5, end=500)
    assert not builder.add(Quotation(spans[0], (outside,)), "FI")
    assert (builder.statements, builder.citations) == ([], [])


def test_a_passage_folded_into_this_one_is_named_where_the_very_words_stand_there() -> None:
    first = hit_of("The hub opened late. It is small.", document_of("fi"))
    second = hit_of("The hub  opened late. It is large.", document_of("other", title="Other", year=2023))
    library = library_of(first, second)
    hit = replace(first[0], also=(("other", 1),))
    found = [citation_of(library, hit, *span, 1) for span in ((0, 20), (21, 33))]
    assert [c.also if c else None for c in found] == [(Place("other", "Other", 2023, 1),), ()]
