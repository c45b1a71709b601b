"""The schemas are made from the types, and the contract writes what they say: a new field is in both or in none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import pytest
from jsonschema import Draft202012Validator

from assistant import schemas
from assistant.chat.openai_form import content_of
from assistant.contract import answer_to_json, cell_to_json, document_to_json, hits_to_json, page_to_json
from assistant.doors.tools import answer_text, source_line
from assistant.evidence import Cell, Indicator, Quote
from assistant.model import (
    Answer,
    Citation,
    Document,
    Hit,
    ModelUse,
    Original,
    Page,
    Passage,
    Place,
    Searched,
    Statement,
)

ORIGINAL = Original("The strategy", 2021, "https://example.org/s")
DOCUMENT = Document("a", "a.pdf", "0", "Title", digest=True, originals=(ORIGINAL,), countries=("EE",), pages=1)
CITED = Citation(
    1, "a", "a.pdf", "Title", 2021, 1, "i", "words", 0, 5, ((1.0, 2.0, 3.0, 4.0),), True, marked=(0, 2),
    also=(Place("b", "B", None, 2),), digest=True, originals=(ORIGINAL,),
)  # fmt: skip
ANSWER = Answer(
    "q", "q", "answered", "words [1]", (Statement("words", (1,), "EE"),), (CITED,), searched=(Searched("EE", 1, 1),),
    milliseconds={"total": 1.5}, model=ModelUse("m", "this machine"),
)  # fmt: skip
HIT = Hit(Passage("k", "a", 1, 0, 5, "words", ("Head",), ("EE",)), DOCUMENT, 0.5)
CELL = Cell("EE", "i", "d", (Quote(CITED, "direct"),), None, 1, ((0, 1),))


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (schemas.answer(), answer_to_json(ANSWER, "7")),
        (schemas.answer(), answer_to_json(replace(ANSWER, model=None, citations=(), statements=()))),
        (schemas.document(), document_to_json(DOCUMENT)),
        (schemas.hit(), hits_to_json([HIT])["hits"][0]),
        (schemas.page(), page_to_json(DOCUMENT, Page(1, "i", "some words"), 5)),
        (schemas.cell(), cell_to_json(CELL, Indicator("i", "d", "n", "q?"))),
    ],
)
def test_the_contract_writes_what_its_schema_says(schema: schemas.Schema, value: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(value)
    for name in value:
        less = {key: one for key, one in value.items() if key != name}
        assert not Draft202012Validator(schema).is_valid(less), name


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        (int | None, {"anyOf": [{"type": "integer"}, {"type": "null"}]}),
        (tuple[str, ...], {"type": "array", "items": {"type": "string"}}),
        (Literal["a", "b"], {"enum": ["a", "b"]}),
    ],
)
def test_types_become_schemas(kind: Any, schema: schemas.Schema) -> None:
    assert schemas.schema_of(kind) == schema


def test_a_type_without_a_schema_is_named() -> None:
    with pytest.raises(TypeError, match="no schema for"):
        schemas.schema_of(bytes)


def test_a_digest_never_passes_for_what_it_summarises_at_any_door() -> None:
    words = "Digest by this project of: The strategy (2021)"
    assert words in source_line(CITED)
    assert words in answer_text(ANSWER)
    assert words in content_of(ANSWER, "http://127.0.0.1")[0]
    assert content_of(ANSWER, "")[1][0]["url_citation"]["title"].endswith(words)
