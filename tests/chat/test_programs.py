"""The JSON API for programs: its description holds, and existing chat front ends can ask it and keep the proofs."""

from __future__ import annotations

import json
from typing import Any

import httpx
import openai
import pytest
from jsonschema import Draft202012Validator

from assistant.bounds import FIELDS, Refused
from assistant.chat.openai_form import MODEL, content_of, read_chat, stream_of
from assistant.chat.openapi import description, question
from assistant.contract import answer_to_json
from assistant.model import Answer, Citation, Statement
from tests.desk import MemoryDesk

TRUST = "How did Estonia win public trust?"
CHAT: dict[str, Any] = {"model": MODEL, "messages": [{"role": "user", "content": TRUST}]}


def held(name: str, value: Any) -> None:
    """Hold a value to a schema of the description."""
    found = description()
    schema = {"$ref": f"#/components/schemas/{name}", "components": found["components"]}
    Draft202012Validator(schema).validate(value)


def test_the_description_is_served_and_whole(address: str) -> None:
    reply = httpx.get(f"{address}/openapi.json")
    found = reply.json()
    assert (reply.status_code, found["openapi"]) == (200, "3.1.0")
    for schema in found["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    named = set(json.dumps(found["paths"]).split('"#/components/schemas/')[1:])
    assert {part.split('"')[0] for part in named} == set(found["components"]["schemas"])
    assert set(question()["properties"]) == FIELDS


def test_what_the_api_gives_is_what_the_description_says(address: str) -> None:
    asked = {"id": "7", "question": TRUST, "countries": ["ee"], "history": None}
    held("Question", asked)
    held("Answer", httpx.post(f"{address}/api/v1/ask", json=asked).json())
    held("Hits", httpx.post(f"{address}/api/v1/search", json=asked).json())
    held("Page", httpx.get(f"{address}/api/v1/page?document=ee&page=1").json())
    held("Page", httpx.get(f"{address}/api/v1/page?document=ee&page=1&start=0&end=68").json())
    held("Health", httpx.get(f"{address}/healthz").json())
    held("Models", httpx.get(f"{address}/v1/models").json())
    held("Chat", CHAT)
    held("Completion", httpx.post(f"{address}/v1/chat/completions", json=CHAT).json())
    wrong = httpx.post(f"{address}/api/v1/ask", json={"question": "x", "foo": 1})
    assert wrong.status_code == 422
    held("Problem", wrong.json())
    assert "got 'foo'" in wrong.json()["error"]


@pytest.fixture
def client(address: str) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0)


def test_openais_own_client_gets_the_answer_with_its_references(client: openai.OpenAI, address: str) -> None:
    assert [model.id for model in client.models.list()] == [MODEL]
    reply = client.chat.completions.create(
        model=MODEL, temperature=0, messages=[{"role": "system", "content": "Be brief."}, *CHAT["messages"]]
    )
    message = reply.choices[0].message
    wanted = answer_to_json(MemoryDesk().ask(TRUST))
    assert reply.model_extra is not None
    assert {**reply.model_extra["library"], "milliseconds": 0} == json.loads(json.dumps({**wanted, "milliseconds": 0}))
    assert "“Estonia won public trust through campaigns in films and soap operas." in (message.content or "")
    assert message.annotations
    for note in message.annotations:
        place = note.url_citation
        assert (message.content or "")[place.start_index : place.end_index] in ("[1]", "[2]")
        assert place.url.startswith(f"{address}/?doc=ee&p=1&c=")
        assert httpx.get(place.url).status_code == 200
    assert f"]({message.annotations[0].url_citation.url})" in (message.content or "")


def test_a_stream_gives_the_same_in_pieces(client: openai.OpenAI) -> None:
    whole = client.chat.completions.create(model=MODEL, messages=CHAT["messages"])
    chunks = list(
        client.chat.completions.create(
            model=MODEL, messages=CHAT["messages"], stream=True, stream_options={"include_usage": True}
        )
    )
    deltas = [choice.delta for chunk in chunks for choice in chunk.choices]
    assert "".join(delta.content or "" for delta in deltas) == whole.choices[0].message.content
    notes = [note for delta in deltas for note in (delta.model_extra or {}).get("annotations", ())]
    assert notes == [note.model_dump() for note in whole.choices[0].message.annotations or ()]
    assert [choice.finish_reason for chunk in chunks for choice in chunk.choices][-1] == "stop"
    assert chunks[-1].usage is not None and chunks[-1].usage.total_tokens == 0


def test_what_was_said_before_is_the_history(client: openai.OpenAI) -> None:
    reply = client.chat.completions.create(
        model=MODEL,
        messages=[
            {"role": "user", "content": "Who has a law in Estonia?"},
            {"role": "assistant", "content": "x" * 5000},
            {"role": "user", "content": [{"type": "text", "text": "And in Finland?"}]},
        ],
    )
    assert reply.model_extra is not None
    assert reply.model_extra["library"]["understood"] == "Who has a law in Finland?"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"foo": 1}, "got 'foo'"),
        ({"model": 5}, 'wanted "model": text'),
        ({"n": 2}, 'wanted "n": 1'),
        ({"stream": "yes"}, 'wanted "stream"'),
        ({"messages": []}, 'wanted "messages": 1 to 200'),
        ({"messages": [{"role": "user", "content": "x"}] * 201}, 'wanted "messages": 1 to 200'),
        ({"messages": [{"role": "king", "content": "x"}]}, "wanted messages with a role"),
        ({"messages": [{"role": "system", "content": "x"}]}, "wanted a message of the user"),
        ({"messages": [{"role": "user", "content": "x" * 4001}]}, "at most 4000 characters"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {}}]}]}, "parts of text only"),
        ({"messages": [{"role": "user", "content": None}]}, 'wanted "content"'),
        ({"countries": ["Estonia"]}, 'wanted "countries"'),
        ({"documents": ["x"] * 201}, 'wanted "documents"'),
    ],
)
def test_every_part_of_a_conversation_has_a_bound(change: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused) as told:
        read_chat(json.dumps({**CHAT, **change}).encode())
    assert words in str(told.value)


def test_errors_are_in_the_openai_form(client: openai.OpenAI, address: str) -> None:
    with pytest.raises(openai.NotFoundError, match="there is genomic-policy-library"):
        client.chat.completions.create(model="gpt-9", messages=CHAT["messages"])
    with pytest.raises(openai.UnprocessableEntityError, match="wanted a message of the user"):
        client.chat.completions.create(model=MODEL, messages=[{"role": "system", "content": "x"}])
    assert (
        httpx.post(f"{address}/v1/chat/completions", json=CHAT, headers={"origin": "http://evil.test"}).status_code
        == 403
    )
    for raw in (b"", b"{", b"\xff\xfe", b"[" * 50_000, b"null", b'{"model": NaN}', b'{"model": "\\ud800"}'):
        reply = httpx.post(f"{address}/v1/chat/completions", content=raw)
        assert reply.status_code == 422
        assert reply.json()["error"]["type"] == "invalid_request_error"


def test_no_words_of_a_document_become_markup_or_a_link() -> None:
    bad = "![x](http://evil.test/a.png) <img src=x> [click](javascript:y)\n\n# Head"
    citation = Citation(1, "a b&c", "a.pdf", bad, None, 2, "2", bad, 3, 9)
    answer = Answer("q", "q", "closest", bad, (Statement(bad, (1,), "EE", sure=False),), (citation,), notices=(bad,))
    content, (note,) = content_of(answer, "http://127.0.0.1:7860")
    links = [part.split(")")[0] for part in content.split("](")[1:] if not part.startswith("http://evil")]
    assert "http://127.0.0.1:7860/?doc=a%20b%26c&p=2&c=3-9" in links
    assert "\\!\\[x\\](http" in content and "\\<img" in content and "\n#" not in content
    assert "](http://evil" not in content.replace("\\](", "")
    assert content[note["url_citation"]["start_index"] : note["url_citation"]["end_index"]] == "[1]"
    events = list(stream_of(answer, content, [note]))
    assert all(event.startswith("data: ") and event.count("\n") == 2 for event in events)
