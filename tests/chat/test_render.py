"""What the screen shows is made of escaped text only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest

from assistant.chat.answer import plain_text, reference, turn_html, without_name
from assistant.chat.api import rows_of
from assistant.chat.asking import next_number, responder, scope_of_filters
from assistant.chat.html import safe
from assistant.chat.images import PageImages
from assistant.chat.pages import library_html
from assistant.chat.routes import parse_boxes
from assistant.chat.shelf import Shelf
from assistant.geometry import Box
from assistant.model import Answer, Block, Document, Original, Page, Scope, Statement, Unread
from assistant.report import ReadingReport
from tests.desk import MemoryDesk

HOSTILE = "<script>PWN=1</script><img src=x onerror=PWN=1> ${PWN=1} {{PWN}} `x` ![](http://evil/x.png) \"'"


def test_safe_leaves_nothing_active() -> None:
    text = safe(HOSTILE)
    assert not any(sign in text for sign in "<>${}`\"'")


def test_hostile_titles_and_quotes_stay_text() -> None:
    answer = MemoryDesk().ask("How did Estonia win public trust?")
    bad = tuple(replace(c, title=HOSTILE, quote=HOSTILE, section=HOSTILE, label=HOSTILE) for c in answer.citations)
    hostile = replace(answer, question=HOSTILE, understood=HOSTILE + "x", citations=bad, notices=(HOSTILE,),
                      statements=tuple(replace(s, text=HOSTILE) for s in answer.statements))  # fmt: skip
    shown = turn_html(hostile, 1)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "${" not in shown
    assert "{{" not in shown
    listing = library_html([Document("a", HOSTILE, "x", HOSTILE, publisher=HOSTILE)], [Unread(HOSTILE, HOSTILE)], 1)
    assert "<script" not in listing
    assert "<img" not in listing


def test_an_answer_shows_its_numbers_and_its_silence() -> None:
    desk = MemoryDesk()
    shown = turn_html(desk.ask("How did Estonia win public trust?"), 3)
    assert 'data-card="card-3-1"' in shown
    assert "Answered from the documents" in shown
    silent = turn_html(desk.ask("How did Latvia win public trust?"), 1)
    assert "The library holds no document about Latvia." in silent


@pytest.mark.parametrize(
    ("text", "boxes"),
    [
        ("1,2,3,4;5.5,6,7,8.25", ((1, 2, 3, 4), (5.5, 6, 7, 8.25))),
        ("", ()),
        ("1,2,3", ()),
        ("<script>,2,3,4", ()),
        ("-1,2,3,4;1e9,2,3,4", ()),
    ],
)
def test_boxes_of_an_address(text: str, boxes: tuple[tuple[float, ...], ...]) -> None:
    assert parse_boxes(text) == boxes


def test_filters_of_the_wrong_type_count_as_not_set() -> None:
    assert scope_of_filters(None, "x", "y", None, {}) is None
    assert scope_of_filters(["EE"], [], 2018, 0, []) == Scope(countries=("EE",), years=(2018, 2100))


def test_the_library_says_what_was_guessed_left_out_and_unread() -> None:
    report = ReadingReport(pages=9, without_text=(3,), recognised=(1, 2, 4, 5, 6, 7, 8))
    document = Document("a", "a.pdf", "x", "A report", guessed=("year", "countries"), report=report, language="et")
    html = library_html([document], [Unread("b.pdf", "it needs a password")], 4)
    assert "guessed: year, country" in html
    assert "no text on page 3" in html
    assert "text recognition on pages 1, 2, 4, 5, 6, 7 and 1 more" in html
    assert "<td>Estonian</td>" in html
    assert "1 file could not be read" in html
    assert "<strong>b.pdf</strong>: it needs a password" in html


def test_an_unsupported_sentence_is_marked_and_not_copied() -> None:
    answer = MemoryDesk().ask("How did Estonia win public trust?")
    doubtful = Statement("Estonia has nine genome centres.", (1,), "EE", supported=False)
    notices = ("The language model did not answer in time.",)
    worded = replace(answer, statements=(*answer.statements, doubtful), notices=notices)
    html = turn_html(worded, 1)
    assert "Not found in the source" in html
    assert '<p class="notice">The language model did not answer in time.</p>' in html
    assert "nine genome centres" not in plain_text(worded)


def test_pieces_of_a_stream_are_shown_until_the_answer_replaces_them() -> None:
    class Writing(MemoryDesk):
        def ask_stream(
            self, question: str, history: Sequence[str] = (), scope: Scope | None = None
        ) -> Iterator[str | Answer]:
            yield "Estonia:\n"
            yield "It won trust by <campaigns> [1]\n"
            yield self.ask(question, history, scope)

    shown = [out[0] for out in responder(Writing(), Shelf())("How did Estonia win public trust?", [], [], "")]
    assert "Searching 3 documents" in shown[0]
    assert '<p class="statement">It won trust by &lt;campaigns&gt; [1]</p>' in shown[2]
    assert "Writing and checking" in shown[2]
    assert "Writing and checking" not in shown[3]
    assert "Answered from the documents" in shown[3]


def test_filters_reach_the_search() -> None:
    def verdict(*filters: object) -> str:
        shown = list(responder(MemoryDesk(), Shelf())("How did Estonia win public trust?", [], [], "", *filters))
        return str(shown[-1][0])

    nothing: list[object] = [[], [], 0, 0, []]
    assert "Visit to Estonia" in verdict(*nothing)
    for place, value in ((0, ["FI"]), (1, ["framework"]), (2, 2030), (3, 1999), (4, ["fi"])):
        filters = [*nothing[:place], value, *nothing[place + 1 :]]
        assert "<blockquote>Estonia" not in verdict(*filters), filters
        assert "Looked only in: " in verdict(*filters)


def test_titles_lose_the_name_that_stands_beside_them() -> None:
    assert without_name("Estonia: the visit of 2021", "EE") == "The visit of 2021"
    assert without_name("Estonian plan", "EE") == "Estonian plan"


def test_turns_are_numbered_on_although_old_ones_go() -> None:
    assert next_number([]) == 1
    assert next_number(['<article class="turn" id="turn-41" data-turn="41">', "older"]) == 42


def test_page_images_are_drawn_once_and_stay_within_bounds() -> None:
    class Counting(MemoryDesk):
        drawn = 0

        def page_image(self, document: str, page: int, boxes: Iterable[Box] = (), scale: float = 1.5) -> bytes:
            self.drawn += 1
            return super().page_image(document, page, boxes, scale)

    desk = Counting()
    images = PageImages(desk, largest=1)
    first = images.get("ee", 1, ())
    assert images.get("ee", 1, ()) is first
    assert desk.drawn == 1
    images.get("fi", 1, ())
    images.get("ee", 1, ())
    assert desk.drawn == 3
    with pytest.raises(KeyError):
        images.get("ee", 99, ())


def test_only_the_newest_answers_are_kept_for_saving() -> None:
    answer = MemoryDesk().ask("hello")
    shelf = Shelf(most=2)
    tokens = [shelf.put(answer) for _ in range(3)]
    assert len(set(tokens)) == 3
    assert shelf.get(tokens[2]) is answer
    with pytest.raises(KeyError):
        shelf.get(tokens[0])


def test_the_rows_of_tables_are_told_with_their_heads() -> None:
    text = "Words.\nCountry · 2023\nMalta · 12"
    head = (7, 21)
    blocks = (Block("paragraph", 0, 6), Block("caption", *head), Block("table", 22, len(text), lead=head))
    assert rows_of(Page(1, "1", text, blocks)) == [(7, 21, True), (22, 32, False)]


def test_a_digest_never_passes_for_what_it_summarises() -> None:
    answer = MemoryDesk().ask("How did Estonia win public trust?")
    visit = Original("Official report", 2021, "https://report.example/?a=1&b=2")
    cited = tuple(replace(c, digest=True, originals=(visit, visit)) for c in answer.citations)
    digest = replace(answer, citations=cited)
    shown = turn_html(digest, 1)
    assert "<span>2021</span></h3>" in shown
    assert "Digest by this project of: Official report (2021)" in shown
    assert "Visit report, 2021" not in shown
    assert 'href="https://report.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer"' in shown
    by = "Digest by the Genomic Policy Assistant project of: Official report (2021), https://report.example/?a=1&b=2"
    assert reference(cited[0]).endswith(f"(Visit to Estonia, 2021, p. 1, {by} and 1 more)")
    assert f"[1] Visit to Estonia, 2021, p. 1, {by} and 1 more" in plain_text(digest)
    assert b"Digest by the Genomic Policy Assistant project" in MemoryDesk().export_answer(
        digest, "md", date(2026, 1, 1)
    )
