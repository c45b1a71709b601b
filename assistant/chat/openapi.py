"""The description of the JSON API at `/openapi.json` (OpenAPI 3.1), made from the types of the contract."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from fastapi import FastAPI

from assistant import bounds, schemas
from assistant.chat.openai_form import MODEL, OWN, PASSED_OVER, READ, ROLES

Schema = schemas.Schema
NUMBER, TEXT = schemas.schema_of(int), schemas.TEXT
MAYBE = schemas.schema_of(int | None)


def add_openapi(app: FastAPI) -> None:
    """Add `/openapi.json`."""

    @app.get("/openapi.json")
    async def openapi() -> dict[str, Any]:
        return description()


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """Return the whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Genomic policy assistant",
            "version": "1",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "description": "Cited answers from policy documents. Every quotation stands word for word on its page.",
        },
        "servers": [{"url": "/"}],
        "paths": _paths(),
        "components": {"schemas": _components()},
    }


def _paths() -> dict[str, Any]:
    ask = _post("ask", "Answer a question", "Question", "Answer")
    search = _post("search", "Find passages", "Question", "Hits")
    chat = _post("chat", "Answer in the OpenAI form", "Chat", "Completion")
    chat["post"]["responses"]["200"]["content"]["text/event-stream"] = {"schema": {"type": "string"}}
    chat["post"]["responses"] |= {
        "404": _reply("No such model.", "ChatProblem"),
        "422": _reply("Wrong.", "ChatProblem"),
    }
    page = _get("page", "A page, and where a span stands on it", "Page", {"404": {"description": "No such page."}})
    page["get"]["parameters"] = [
        _parameter("document", {"type": "string"}, "The id of a document."),
        _parameter("page", {"type": "string", "default": "1"}, "The page, counted from 1."),
        _parameter("start", {"type": "string", "default": ""}, "Where the span begins, in characters of the page."),
        _parameter("end", {"type": "string", "default": ""}, "Where it ends; what is not on the page marks nothing."),
    ]
    return {
        "/api/v1/ask": ask,
        "/api/v1/search": search,
        "/api/v1/page": page,
        "/v1/chat/completions": chat,
        "/v1/models": _get("models", "The one model", "Models"),
        "/healthz": _get("healthz", "Whether the library can be asked", "Health"),
    }


def _parameter(name: str, schema: Schema, told: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": told, "schema": schema}


def _reply(told: str, name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"description": told, "content": {"application/json": {"schema": schema}}}


def _refusals() -> dict[str, Any]:
    """Return what the door may say to any request instead."""
    return {
        str(status): {"description": told}
        for status, told in (
            (400, "The request broke off, or names no host."),
            (403, "Requests from other sites are not answered."),
            (413, "The body has more than 256 KiB."),
            (421, "Another host name."),
            (429, "Too much is asked at once."),
            (503, "The library cannot be used now."),
        )
    }


def _post(name: str, told: str, takes: str, gives: str) -> dict[str, Any]:
    body = {"application/json": {"schema": {"$ref": f"#/components/schemas/{takes}"}}}
    return {
        "post": {
            "operationId": name,
            "summary": told,
            "requestBody": {"required": True, "content": body},
            "responses": {
                "200": _reply(told, gives),
                "422": _reply("What is wrong, in one sentence.", "Problem"),
                **_refusals(),
            },
        }
    }


def _get(name: str, told: str, gives: str, more: dict[str, Any] | None = None) -> dict[str, Any]:
    replies = {"200": _reply(told, gives), **(more or {}), **_refusals()}
    return {"get": {"operationId": name, "summary": told, "responses": replies}}


def _components() -> dict[str, Schema]:
    model = {"id": TEXT, "object": {"const": "model"}, "created": NUMBER, "owned_by": TEXT}
    return {
        "Question": question(),
        "Answer": schemas.answer(),
        "Hits": schemas.object_of({"id": TEXT, "hits": schemas.list_of(schemas.hit())}),
        "Page": screen_page(),
        "Problem": schemas.object_of({"error": TEXT, "detail": TEXT}),
        "Chat": chat(),
        "Completion": {
            "type": "object",
            "required": ["id", "object", "created", "model", "choices", "usage", "library"],
        },
        "ChatProblem": schemas.object_of({"error": {"type": "object", "required": ["message", "type"]}}),
        "Models": schemas.object_of({"object": {"const": "list"}, "data": schemas.list_of(schemas.object_of(model))}),
        "Health": {"type": "object", "properties": {"status": TEXT, "revision": NUMBER, "documents": NUMBER}},
    }


def _or_none(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def question() -> Schema:
    """Return the schema of a question as `bounds.read_question` takes it; what it does not name is refused."""
    text = {"type": "string", "maxLength": bounds.LONGEST_QUESTION}
    name = {"type": "string", "maxLength": bounds.LONGEST_NAME}
    identifier = [{"type": "string", "maxLength": bounds.LONGEST_ID}, {"type": "integer"}, {"type": "null"}]
    code = {"type": "string", "pattern": "^[A-Za-z]{2}$"}
    return schemas.object_of(
        {
            "id": {"anyOf": identifier},
            "question": text,
            "history": _or_none(schemas.list_of(text, bounds.MOST_HISTORY)),
            "countries": _or_none(schemas.list_of(code, bounds.MOST_COUNTRIES)),
            "documents": _or_none(schemas.list_of(name, bounds.MOST_DOCUMENTS)),
            "top": {"type": "integer", "minimum": 1, "maximum": bounds.MOST_HITS, "default": 10},
        },
        ["question"],
    )


def screen_page() -> Schema:
    """Return the schema of a page as `api.page_to_json` gives it."""
    text = (
        "document",
        "file",
        "title",
        "kind",
        "about",
        "label",
        "text",
        "note",
        "quote",
        "before",
        "after",
        "reference",
    )
    row = {"type": "array", "prefixItems": [NUMBER, NUMBER, {"type": "boolean"}], "minItems": 3, "maxItems": 3}
    box = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}
    return schemas.object_of({
        **dict.fromkeys(text, TEXT), "year": MAYBE, "page": NUMBER, "pages": NUMBER, "offset": NUMBER,
        "width": {"type": "number"}, "height": {"type": "number"}, "image": {"type": "boolean"},
        "rows": schemas.list_of(row), "boxes": schemas.list_of(box), "start": MAYBE, "end": MAYBE,
    })  # fmt: skip


def chat() -> Schema:
    """Return the schema of a conversation in the OpenAI form; what steers a model's writing is passed over."""
    part = {"type": "object", "properties": {"type": {"const": "text"}, "text": TEXT}, "required": ["type", "text"]}
    message = {
        "type": "object",
        "properties": {
            "role": {"enum": sorted(ROLES)},
            "content": {"anyOf": [TEXT, schemas.list_of(part, bounds.MOST_MESSAGES), {"type": "null"}]},
        },
        "required": ["role"],
    }
    asked = question()["properties"]
    known: dict[str, Any] = {
        "model": {"const": MODEL},
        "messages": schemas.list_of(message, bounds.MOST_MESSAGES) | {"minItems": 1},
        "stream": _or_none({"type": "boolean"}),
        "stream_options": _or_none({"type": "object"}),
        "n": _or_none({"const": 1}),
        **{name: asked[name] for name in sorted(OWN)},
        **dict.fromkeys(sorted(PASSED_OVER), True),
    }
    assert set(known) == READ | OWN | PASSED_OVER
    return schemas.object_of(known, ["model", "messages"])
