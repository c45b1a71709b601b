"""The main points: the best sentence of each section, in the order of the documents."""

from __future__ import annotations

from assistant.composing.choose import Measure
from assistant.composing.outline import POINTS, outline
from assistant.judging.spans import ReadHit, Span, spans_of
from assistant.model import PassageReading
from tests.made import document_of, hit_of

TEXTS = (
    "The hub opened late. It is small.",
    "Nurses are trained in May.",
    "Samples of minors are kept.",
    "Nobody pays the panel.",
    "Insurers see no result.",
    "A register was closed.",
    "Rooms are rented out.",
)


def sections(document: str = "a") -> list[Span]:
    spans = []
    for number, text in enumerate(TEXTS):
        hit, page = hit_of(text, document_of(document), (f"Part {number}",), number + 1)
        spans += spans_of([ReadHit(hit, PassageReading(0.0))], lambda d, n, page=page: page)
    return spans


def firsts(spans: list[Span], measure: Measure) -> list[str]:
    return [one.span.text for one in outline(spans, measure)]


def test_one_point_of_each_section_and_six_at_most() -> None:
    spans = sections()
    found = firsts(spans, Measure())
    assert found == ["The hub opened late.", *TEXTS[1:POINTS]]
    assert "It is small." not in found


def test_a_country_among_several_has_fewer_points() -> None:
    assert firsts(sections(), Measure(60, 2, 20)) == ["The hub opened late.", *TEXTS[1:3]]
    assert firsts(sections(), Measure(40, 1, 20)) == ["The hub opened late.", TEXTS[1]]


def test_the_documents_stand_in_the_order_of_their_best_point() -> None:
    a, b = ({span.text: span for span in sections(name)} for name in "ab")
    spans = [b[TEXTS[3]], a[TEXTS[2]], b[TEXTS[1]]]
    found = [(one.span.hit.document.id, one.span.text) for one in outline(spans, Measure())]
    assert found == [("b", TEXTS[1]), ("b", TEXTS[3]), ("a", TEXTS[2])]
