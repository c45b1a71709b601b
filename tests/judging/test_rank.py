"""The order of sentences: z-scores of passage and sentence, worked out by hand."""

from __future__ import annotations

import pytest

from assistant.judging.rank import PASSAGE, SENTENCE, ranked
from assistant.judging.spans import ReadHit, spans_of
from assistant.model import PassageReading
from tests.made import document_of, hit_of

FIRST = hit_of("The hub opened late. The hub has four rooms.", document_of("a"))
SECOND = hit_of("A register was closed.", document_of("b"))


def order(*read: ReadHit) -> list[tuple[str, float]]:
    pages = {"a": FIRST[1], "b": SECOND[1]}
    spans = ranked(spans_of(read, lambda document, number: pages[document]), read)
    return [(span.text, span.score) for span in spans]


def test_two_passages_and_three_sentences() -> None:
    found = order(
        ReadHit(FIRST[0], PassageReading(3.0, None, (0.0, 2.0))), ReadHit(SECOND[0], PassageReading(1.0, None, (1.0,)))
    )
    # relevance 3 and 1: z +1 and -1. likeness 0, 2, 1: mean 1, spread √(2/3), z ∓√1.5 and 0.
    root = SENTENCE * 1.5**0.5
    assert [text for text, _ in found] == ["The hub has four rooms.", "The hub opened late.", "A register was closed."]
    assert [score for _, score in found] == pytest.approx([PASSAGE + root, PASSAGE - root, -PASSAGE])


def test_where_the_reader_scored_sentences_only_those_take_part() -> None:
    found = order(ReadHit(FIRST[0], PassageReading(1.0, None, (0.0, 0.0))), ReadHit(SECOND[0], PassageReading(3.0)))
    assert [text for text, _ in found] == ["The hub opened late.", "The hub has four rooms."]


def test_ties_stand_in_reading_order_and_one_passage_has_no_spread() -> None:
    found = order(ReadHit(FIRST[0], PassageReading(5.0)))
    assert found == [("The hub opened late.", 0.0), ("The hub has four rooms.", 0.0)]
    assert order() == []
