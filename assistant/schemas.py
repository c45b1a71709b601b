"""The contract as JSON Schema (2020-12), made from the very types: for OpenAPI and MCP, and checked against answers.

Whoever adds a field to `Answer` or `Citation` adds it to the contract too, or a test says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from assistant import bounds
from assistant.evidence import Cell, Indicator
from assistant.model import KINDS, Answer, Citation, Document, Page

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"}, bool: {"type": "boolean"}, int: {"type": "integer"}, float: {"type": "number"},
    NoneType: {"type": "null"},
}  # fmt: skip
LEFT_OUT: Mapping[type, frozenset[str]] = {
    Answer: frozenset({"remarks"}),
    Citation: frozenset({"author", "ocr"}),
    Document: frozenset({"sha256", "report", "digest_of"}),
    Page: frozenset({"number", "blocks", "printed", "width", "height", "geometry"}),
    Cell: frozenset({"key", "quotes"}),
    Indicator: frozenset({"id", "domain", "terms"}),
}
"""Fields of the types that the contract does not show."""


def schema_of(kind: Any) -> Schema:
    """Return the schema of a type: plain ones, tuples, mappings, choices, unions and dataclasses."""
    origin, inside = get_origin(kind), get_args(kind)
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if origin is Literal:
        return {"enum": list(inside)}
    if origin in (Union, UnionType):
        return {"anyOf": [schema_of(one) for one in inside]}
    if origin is tuple and inside[-1] is Ellipsis:
        return {"type": "array", "items": schema_of(inside[0])}
    if origin is tuple:
        of_one = {"prefixItems": [schema_of(one) for one in inside], "items": False}
        return {"type": "array", "minItems": len(inside), "maxItems": len(inside), **of_one}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema_of(inside[1])}
    if is_dataclass(kind):
        return object_of(properties_of(kind))
    raise TypeError(f"no schema for {kind!r}")


def properties_of(kind: Any) -> dict[str, Schema]:
    """Return the schemas of the fields of a dataclass that the contract shows, in their order."""
    hints, left_out = get_type_hints(kind), LEFT_OUT.get(kind, frozenset())
    return {f.name: schema_of(hints[f.name]) for f in fields(kind) if f.name not in left_out}


def object_of(properties: Mapping[str, Schema], required: list[str] | None = None) -> Schema:
    """Return the schema of an object with these properties and no others; all are required unless said."""
    wanted = list(properties) if required is None else required
    return {"type": "object", "properties": dict(properties), "required": wanted, "additionalProperties": False}


def list_of(items: Schema, most: int | None = None) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items, **({} if most is None else {"maxItems": most})}


@lru_cache(maxsize=1)
def answer() -> Schema:
    """Return the schema of an answer in the batch contract."""
    return object_of({"id": TEXT, **properties_of(Answer), "declined": _PLAIN[bool]})


def citation() -> Schema:
    """Return the schema of a citation in the batch contract."""
    return schema_of(Citation)


def hit() -> Schema:
    """Return the schema of a passage found."""
    number, text = _PLAIN[int], TEXT
    return object_of({
        "rank": number, "score": _PLAIN[float], "document": text, "file": text, "page": number, "label": text,
        "start": number, "end": number, "text": text, "section": text, "countries": list_of(text),
    })  # fmt: skip


def document() -> Schema:
    """Return the schema of a document."""
    return object_of(properties_of(Document))


def page() -> Schema:
    """Return the schema of a part of a page: `text` begins at character `offset`, `next` is where it goes on."""
    number, rest = _PLAIN[int], properties_of(Page)
    return object_of({
        "document": TEXT, "title": TEXT, "year": schema_of(int | None), "language": TEXT, "page": number,
        "pages": number, **rest, "offset": number, "length": number, "next": schema_of(int | None),
    })  # fmt: skip


def cell() -> Schema:
    """Return the schema of a cell of the evidence matrix."""
    quote = object_of({"strength": {"enum": ["direct", "partial"]}, "citation": citation()})
    own = {**properties_of(Cell), **properties_of(Indicator)}
    return object_of({**own, "quotes": list_of(quote), "said": TEXT})


def filters() -> dict[str, Schema]:
    """Return the filters of a question, each with its bound; none is required."""
    name = {"type": "string", "maxLength": bounds.LONGEST_NAME}
    year = {"type": "integer", "minimum": 0, "maximum": 9999}
    return {
        "countries": list_of(name, bounds.MOST_COUNTRIES) | {"description": 'ISO codes or names: ["EE", "Finland"].'},
        "kinds": list_of({"enum": list(KINDS)}, len(KINDS)) | {"description": "Kinds of document."},
        "first_year": year | {"description": "Only documents of this year or later."},
        "last_year": year | {"description": "Only documents of this year or earlier."},
        "documents": list_of(name, bounds.MOST_DOCUMENTS) | {"description": "Ids, as list_documents gives them."},
        "languages": list_of({"type": "string", "maxLength": 3}, 60) | {"description": "ISO 639-1 codes."},
    }


def question() -> dict[str, Schema]:
    """Return a question and the questions before it."""
    text = {"type": "string", "maxLength": bounds.LONGEST_QUESTION}
    return {
        "question": text | {"minLength": 1, "description": "One question, in plain words."},
        "history": list_of(text, bounds.MOST_HISTORY) | {"description": "The questions before it, oldest first."},
    }
