"""What the screen shows is made of escaped text only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.chat.answer import turn_html
from assistant.chat.asking import scope_of_filters
from assistant.chat.html import safe
from assistant.chat.pages import library_html
from assistant.chat.routes import parse_boxes
from assistant.model import Document, Scope, Unread
from tests.desk import MemoryDesk

HOSTILE = "<script>PWN=1</script><img src=x onerror=PWN=1> ${PWN=1} {{PWN}} `x` ![](http://evil/x.png) \"'"


def test_safe_leaves_nothing_active() -> None:
    text = safe(HOSTILE)
    assert not any(sign in text for sign in "<>${}`\"'")


def test_hostile_titles_and_quotes_stay_text() -> None:
    answer = MemoryDesk().ask("How did Estonia win public trust?")
    bad = tuple(replace(c, title=HOSTILE, quote=HOSTILE, section=HOSTILE, label=HOSTILE) for c in answer.citations)
    hostile = replace(answer, question=HOSTILE, understood=HOSTILE + "x", citations=bad, leads=bad, notices=(HOSTILE,),
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
