"""Sentences in their frame: what is quotable, of whom they speak, and what stands beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.judging.spans import (
    ReadHit,
    adjacent,
    lead_of,
    needs_before,
    siblings_of,
    spans_of,
    texts_of,
)  # fmt: skip
from assistant.model import PassageReading
from tests.made import Parts, document_of, hit_of, spans_in

LIST: Parts = [
    ("paragraph", "The hub offers three services:", ""),
    ("bullet", "storage of raw data", "The hub offers three services:"),
    ("bullet", "training of nurses", "The hub offers three services:"),
    ("bullet", "advice for small hospitals", "The hub offers three services:"),
    ("paragraph", "It opened in 2019. Nobody paid.", ""),
]


def test_sentences_are_slices_with_their_paragraph_and_scores() -> None:
    spans, page = spans_in("The hub opened late. It has four rooms now.", PassageReading(2.0, None, (0.5, 0.25)))
    assert [(s.text, s.place, s.paragraph, s.relevance, s.likeness) for s in spans] == [
        ("The hub opened late.", 0, 0, 2.0, 0.5),
        ("It has four rooms now.", 1, 0, 2.0, 0.25),
    ]
    assert all(page.text[s.sentence.start : s.sentence.end] == s.text for s in spans)
    assert (spans[1].page, spans[1].where) == (("fi", 1), ("fi", 1, 21))


def test_without_a_reader_the_encoder_scores_and_without_it_the_passage() -> None:
    hit, page = hit_of("The hub opened late. It has four rooms now.", sentence_scores=(0.75, 0.5), dense=0.1)
    assert [s.likeness for s in spans_of([ReadHit(hit, PassageReading(0.0))], lambda d, n: page)] == [0.75, 0.5]
    hit, page = hit_of("The hub opened late.", dense=0.1)
    assert [s.likeness for s in spans_of([ReadHit(hit, PassageReading(0.0))], lambda d, n: page)] == [0.1]


def test_headings_addresses_and_bare_numbers_are_not_quotable() -> None:
    spans, _ = spans_in(
        [("paragraph", "Introduction", ""), ("paragraph", "https://example.org/a/b", ""), ("paragraph", "3.2", ""),
         ("paragraph", "Please write to a.kask@example.org", ""), ("side", "Inhabitants: 5.5 million", "")]
    )  # fmt: skip
    assert [span.text for span in spans] == ["Inhabitants: 5.5 million"]


def test_a_sentence_of_two_overlapping_passages_is_taken_where_it_scores_best() -> None:
    hit, page = hit_of("The hub opened late.")
    thrice = [ReadHit(hit, PassageReading(relevance)) for relevance in (1.0, 3.0, 2.0)]
    found = spans_of(thrice, lambda d, n: page)
    assert [span.relevance for span in found] == [3.0]


def test_what_introduces_an_item_and_its_brothers() -> None:
    spans, _ = spans_in(LIST)
    lead, first = spans[0], spans[1]
    assert lead_of(first.hit.passage, first.sentence) == "The hub offers three services:"
    assert lead_of(lead.hit.passage, lead.sentence) == ""
    items = ["storage of raw data", "training of nurses", "advice for small hospitals"]
    texts = dict(zip(first.hit.passage.sentences, texts_of(first.hit.passage), strict=True))
    assert [texts[s] for s in siblings_of(first)] == [texts[s] for s in siblings_of(lead)] == items
    assert siblings_of(spans[4]) == ()


def test_a_sentence_that_leans_needs_the_one_before_in_its_paragraph() -> None:
    spans, _ = spans_in("The hub opened late. It has four rooms now. Nobody paid for them.")
    assert [needs_before(span) for span in spans] == [False, True, False]
    spans, _ = spans_in(LIST)
    assert [s.text for s in spans if needs_before(s)] == []  # "It opened" opens its paragraph


def test_sentences_are_adjacent_only_side_by_side_in_one_paragraph_and_of_one_kind() -> None:
    hit, _ = hit_of([("paragraph", "It is small. It is old.", ""), ("paragraph", "It is new.", "")])
    first, second, third = hit.passage.sentences
    assert adjacent(hit.passage, first, second)
    assert not adjacent(hit.passage, second, third)
    assert not adjacent(hit.passage, second, first)
    assert not adjacent(hit.passage, first, replace(second, kind="row"))


TEXT = "The hub is small. In Malta it is free. The law is new."


@pytest.mark.parametrize(
    ("countries", "headings", "guessed", "texts"),
    [
        (("MT",), (), (), ["The hub is small.", "In Malta it is free.", "The law is new."]),  # its own document
        (("FI",), (), (), ["In Malta it is free."]),  # what Finland's report says of others names them
        ((), (), (), ["In Malta it is free.", "The law is new."]),  # goes on about the country last named
        ((), ("Malta",), (), ["The hub is small.", "In Malta it is free.", "The law is new."]),
        ((), ("Cyprus",), (), ["In Malta it is free.", "The law is new."]),
        (
            (),
            (),
            ("countries",),
            ["The hub is small.", "In Malta it is free.", "The law is new."],
        ),  # whose, nobody knows
    ],
)
def test_of_a_country_only_what_speaks_of_it(
    countries: tuple[str, ...], headings: tuple[str, ...], guessed: tuple[str, ...], texts: list[str]
) -> None:
    hit, page = hit_of(TEXT, document_of("x", countries, guessed=guessed), headings)
    assert [s.text for s in spans_of([ReadHit(hit, PassageReading(0.0))], lambda d, n: page, "MT")] == texts
