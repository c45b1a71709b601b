"""What a question brings along: from the screen, from an address, from somebody who sends anything."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from starlette.datastructures import QueryParams

from assistant.chat.answer import turn_html
from assistant.chat.asking import responder
from assistant.chat.carry import Carried, address_of, carried, filters_of
from assistant.chat.head import chance_words, remarks_of
from assistant.chat.shelf import Shelf
from tests.desk import MemoryDesk

OFFERED = [
    [("Finland", "FI")],
    [("Framework", "framework")],
    [("any", 0), ("2020", 2020)],
    [("any", 0)],
    [("Plan", "a")],
]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("", Carried()),
        ('{"alone": true, "everywhere": 1, "history": ["a", 2], "number": 7}', Carried(True, False, ("a",), 7)),
        ('{"number": true, "history": "abc"}', Carried()),
        ('{"number": 1e99}', Carried()),
        ("[1]", Carried()),
        ("{", Carried()),
        ("[" * 2000, Carried()),
        (None, Carried()),
        (["x"], Carried()),
    ],
)
def test_what_is_carried(sent: object, told: Carried) -> None:
    assert carried(sent) == told


def test_an_address_leads_back_to_question_and_filters() -> None:
    address = address_of("Who pays & why?", [["FI"], [], 2020, 0, ["a"]])
    assert parse_qs(address[1:]) == {"q": ["Who pays & why?"], "country": ["FI"], "from": ["2020"], "in": ["a"]}
    assert filters_of(QueryParams(address[1:]), OFFERED) == [["FI"], [], 2020, 0, ["a"]]
    assert filters_of(QueryParams("country=XX&from=abc&kind=%00&in=b"), OFFERED) == [[], [], 0, 0, []]


def shown(*given: object) -> list[str]:
    """Return the newest turn, and the history after it."""
    *_, last = responder(MemoryDesk(), Shelf())(*given, [], [], 0, 0, [])
    return [str(last[0]), *last[1]]


def test_a_question_is_asked_exactly_as_written() -> None:
    before = ["Who has a law in Estonia?"]
    turn, *history = shown("And in Finland?", before, [], "")
    assert "Understood as: <em>" in turn
    assert 'data-alone="And in Finland?"' in turn
    assert "q=Who+has+a+law+in+Finland%3F" in turn
    assert history == [*before, "And in Finland?"]
    alone, *_ = shown("And in Finland?", before, [], '{"alone": true}')
    assert "data-alone" not in alone


def test_what_was_asked_before_a_reload_is_known_after_it() -> None:
    turn, *history = shown("And in Finland?", [], [], '{"history": ["Who has a law in Estonia?"], "number": 4}')
    assert 'id="turn-5"' in turn
    assert "Who has a law in" in turn
    assert history == ["Who has a law in Estonia?", "And in Finland?"]


def test_a_verdict_is_told_apart_without_colour() -> None:
    answer = MemoryDesk().ask("How did Estonia win public trust?")
    assert chance_words(replace(answer, probability=0.68)) == (
        ' <span class="chance">· chance that the answer is here: about 7 in 10</span>'
    )
    assert "nearly certain" in chance_words(replace(answer, probability=0.99))
    assert chance_words(replace(answer, verdict="nothing-near")) == ""
    said = "These passages come nearest; they may not answer the question."
    closest = replace(answer, verdict="closest", remarks=(f"{said} They do not mention “x”.", said))
    assert remarks_of(closest) == ["They do not mention “x”."]


def test_a_quotation_says_its_language_and_marks_what_answers() -> None:
    answer = MemoryDesk().ask("How did Estonia win public trust?")
    first = replace(answer.citations[0], language="fr", marked=(0, 7))
    french = replace(answer, citations=(first, *answer.citations[1:]))
    turn = turn_html(french, 1)
    assert '<blockquote><span lang="fr"><mark>Estonia</mark> won public trust' in turn
    assert '<span class="tongue">in French</span>' in turn
