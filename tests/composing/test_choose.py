"""Which sentences are shown: within a paragraph, within the words, lists whole, nothing twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.composing.choose import Measure, Quotation, choose, same
from assistant.judging.spans import Span
from assistant.words import content_stems
from tests.made import Parts, spans_in

TWO: Parts = [
    ("paragraph", "The hub opened late. It has four rooms. Nobody paid for them. The state did.", ""),
    ("paragraph", "A register was closed. It held samples of minors.", ""),
]
LEAD = "The hub offers three services:"
LIST: Parts = [
    ("paragraph", LEAD, ""),
    ("bullet", "storage of raw data", LEAD),
    ("bullet", "training of young nurses", LEAD),
    ("bullet", "advice for small hospitals", LEAD),
]
WIDE = Measure(words=100, most=4, fill=100)
NARROW = Measure(words=100, most=4, fill=1)


def texts(chosen: list[Quotation]) -> list[str]:
    return [one.span.hit.passage.text[one.start : one.end] for one in chosen]


def best_first(spans: list[Span], *order: int) -> list[Span]:
    return [spans[place] for place in order]


def test_a_window_takes_two_behind_and_one_before_and_never_leaves_its_paragraph() -> None:
    spans, _ = spans_in(TWO)
    assert texts(choose(best_first(spans, 2), WIDE)) == ["It has four rooms. Nobody paid for them. The state did."]
    assert texts(choose(best_first(spans, 3), WIDE)) == ["Nobody paid for them. The state did."]
    assert texts(choose(best_first(spans, 0), WIDE)) == [
        "The hub opened late. It has four rooms. Nobody paid for them."
    ]
    assert texts(choose(best_first(spans, 4), WIDE)) == ["A register was closed. It held samples of minors."]


def test_a_window_stops_at_its_words_but_takes_the_sentence_it_leans_on() -> None:
    spans, _ = spans_in(TWO)
    assert texts(choose(best_first(spans, 0), NARROW)) == ["The hub opened late."]
    assert texts(choose(best_first(spans, 1), NARROW)) == ["The hub opened late. It has four rooms."]
    assert texts(choose(best_first(spans, 0), Measure(100, 4, 8))) == ["The hub opened late. It has four rooms."]


def test_the_best_stand_in_their_order_and_no_more_than_allowed() -> None:
    spans, _ = spans_in(TWO)
    chosen = choose(best_first(spans, 4, 0), NARROW)
    assert texts(chosen) == ["A register was closed.", "The hub opened late."]
    assert [one.words for one in chosen] == [4, 4]
    assert texts(choose(best_first(spans, 4, 0), Measure(100, 1, 1))) == ["A register was closed."]
    assert texts(choose(best_first(spans, 4, 0), Measure(4, 4, 1))) == ["A register was closed."]  # no words left
    assert choose([], WIDE) == []


def test_what_follows_a_quotation_joins_it_and_what_it_holds_is_not_shown_twice() -> None:
    spans, _ = spans_in(TWO)
    assert texts(choose(best_first(spans, 2, 3), NARROW)) == ["Nobody paid for them. The state did."]
    (one,) = choose(best_first(spans, 0, 1, 2), WIDE)
    assert (one.words, one.holds(spans[1]), one.holds(spans[4])) == (12, True, False)


def test_a_long_one_that_does_not_fit_gives_way_to_a_short_one() -> None:
    spans, _ = spans_in([("paragraph", text, "") for text in (
        "A register was closed.", "Samples of minors are kept by the hub of the north for years.",
        "Nurses were trained.",
    )])  # fmt: skip
    assert texts(choose(spans, Measure(8, 4, 1))) == ["A register was closed.", "Nurses were trained."]


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_list_is_shown_whole_whether_its_lead_or_an_item_is_found(place: int) -> None:
    spans, _ = spans_in(LIST)
    (one,) = choose(best_first(spans, place), WIDE)
    assert [one.span.hit.passage.text[s.start : s.end] for s in one.sentences] == [
        "storage of raw data", "training of young nurses", "advice for small hospitals",
    ]  # fmt: skip


def test_of_a_list_too_long_for_the_words_the_item_is_shown() -> None:
    spans, _ = spans_in(LIST)
    assert texts(choose(best_first(spans, 2), Measure(9, 4, 5))) == ["training of young nurses"]


def test_a_row_stands_by_itself() -> None:
    head = "Area · 2026 · 2027"
    spans, _ = spans_in([("caption", head, ""), ("table", "Nurses · 90 · 100", head), ("table", "Rooms · 4 · 5", head)])
    assert texts(choose(best_first(spans, 1), WIDE)) == ["Rooms · 4 · 5"]


def test_nothing_that_only_repeats_the_question_or_what_is_shown() -> None:
    spans, _ = spans_in([("paragraph", text, "") for text in (
        "How are nurses trained in the hub?", "Nurses trained in the hub.", "The hub trains nurses in two rooms.",
        "The nurses are trained in two rooms by the hub.", "The hub trains nurses in five rooms since 2019.",
    )])  # fmt: skip
    question = frozenset(content_stems("How are nurses trained in the hub?"))
    assert texts(choose(spans, NARROW, question)) == [
        "The hub trains nurses in two rooms.", "The hub trains nurses in five rooms since 2019.",
    ]  # fmt: skip


def test_sentences_with_other_figures_are_not_the_same() -> None:
    assert same("The hub trains 40 nurses a year.", "40 nurses a year are trained by the hub.")
    assert not same("The hub trains 40 nurses a year.", "The hub trains 50 nurses a year.")
    assert not same("The hub trains nurses.", "The hub trains nurses, stores raw data, advises hospitals and pays.")
    assert not same("", "The hub")


def test_neighbours_across_a_gap_are_not_joined() -> None:
    spans, _ = spans_in("The hub opened late. It has four rooms.")
    apart = replace(spans[1], sentence=replace(spans[1].sentence, start=spans[1].sentence.start + 4))
    assert len(choose([spans[0], apart], NARROW)) == 2
