"""Drafts from the model's text, whatever shape it has and however it is cut into pieces."""

from __future__ import annotations

import pytest

from assistant.generating.protocol import MOST, Draft, Reader


def read(text: str, size: int = 3) -> list[Draft]:
    reader = Reader()
    drafts = [d for i in range(0, len(text), size) for d in reader.feed(text[i : i + size])]
    return drafts + reader.close()


A, B = Draft("Estonia has a biobank.", (1,)), Draft("Finland drafted a law.", (2, 3))


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
@pytest.mark.parametrize(
    "text",
    [
        "Estonia has a biobank [1].\nFinland drafted a law [2][3].\n",
        "Estonia has a biobank. [1]\nFinland drafted a law. [2, 3]",
        "- Estonia has a biobank [1].\n- Finland drafted a law [2-3].",
        "1. **Estonia** has a biobank 【1】.\n2. Finland drafted a law [2] [3].",
        "Estonia has a biobank [1]. Finland drafted a law [2,3].",
        "Estonia:\nEstonia has a biobank [1].\n\n## Finland\nFinland drafted a law [2 and 3].",
        '{"statements": [{"text": "Estonia has a biobank.", "passages": [1]},'
        ' {"text": "Finland drafted a law.", "passages": [2, 3]}]}',
        '```json\n{"statements": [{"text": "Estonia has a biobank. [1]", "passages": [1]},\n'
        '{"passages": [2, 3], "text": "Finland drafted a law."}]}\n```',
        "<think>Perhaps [9] says so.\nOr not.</think>\nEstonia has a biobank [1].\nFinland drafted a law [2][3].",
    ],
    ids=["lines", "after the stop", "bullets", "bold", "one line", "headings", "json", "fenced json", "thoughts"],
)
def test_two_drafts(text: str, size: int) -> None:
    assert read(text, size) == [A, B]


def test_a_draft_is_given_as_soon_as_its_line_ends() -> None:
    reader = Reader()
    assert reader.feed("Estonia has a biobank [1]") == []
    assert reader.feed(".\nFin") == [A]
    assert reader.feed("land drafted a law [2][3].") == []
    assert reader.close() == [B]


def test_a_json_object_is_given_as_soon_as_it_closes() -> None:
    reader = Reader()
    assert reader.feed('{"statements": [{"text": "Estonia has a biobank.", "passages": [1]') == []
    assert reader.feed("}, ") == [A]


@pytest.mark.parametrize("text", ["", "\n\n", "```\n```", "{", '{"statements": []}', "Estonia:", "[1]"])
def test_nothing_said_is_no_draft(text: str) -> None:
    assert [d for d in read(text) if d.text and d.numbers] == []


def test_json_that_breaks_off_keeps_what_is_whole() -> None:
    assert read('{"statements": [{"text": "Estonia has a biobank.", "passages": [1]}, {"text": "Fin') == [A]


def test_text_that_only_looks_like_json_is_read_as_lines() -> None:
    assert read("{Estonia} has a biobank [1].") == [Draft("{Estonia} has a biobank.", (1,))]


def test_so_many_statements_and_no_more() -> None:
    assert len(read("Estonia has a biobank [1].\n" * 500)) == MOST


def test_control_and_direction_characters_fall_away() -> None:
    assert read("Estonia\x1b[2J has\u202e a biobank\u200b [1].") == [Draft("Estonia[2J has a biobank.", (1,))]
