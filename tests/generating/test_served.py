"""The real langchain-openai client against a server on loopback that misbehaves in every way we could think of."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import ModelError
from assistant.evaluation.adversarial import Output, by_rule, faults, load_outputs, passed
from assistant.evaluation.statements import figures, judge_pairs, load_pairs
from assistant.generating.chat_model import ChatModel, Limits
from assistant.generating.check import Judge
from assistant.generating.prompt import Prompt, Usage
from assistant.generating.protocol import Draft
from assistant.model import Hit
from assistant.wiring.checks import play
from tests.generating.conftest import ROOT, Shelf
from tests.generating.server import Played, Script, openai_server

PAIRS = load_pairs(ROOT / "eval" / "model" / "pairs.jsonl")
HAND = load_outputs(ROOT / "eval" / "model" / "adversarial.jsonl")
OUTPUTS = [*HAND, *by_rule(PAIRS)[::6]]
LIMITS = Limits(first=3.0, stall=1.0, total=8.0)
PROMPT = Prompt("Answer.", "Question: none")


def model_at(address: str, name: str = "scripted", limits: Limits = LIMITS) -> ChatModel:
    return ChatModel("openai", name, address, True, limits)


def pieces_of(text: str) -> tuple[str, ...]:
    size = 11 if len(text) < 5000 else 5000
    return tuple(text[place : place + size] for place in range(0, len(text), size))


@pytest.fixture(scope="module")
def playing() -> Iterator[Played]:
    """A server that plays the output whose id is the name of the model."""
    outputs = {output.id: output for output in OUTPUTS}
    with openai_server(lambda body: Script(pieces_of(outputs[body["model"]].text))) as played:
        yield played


def test_there_are_enough_outputs_and_pairs() -> None:
    assert len(OUTPUTS) >= 200
    assert len(PAIRS) >= 300
    assert len({output.kind for output in OUTPUTS}) >= 15


@pytest.mark.parametrize("start", range(0, len(OUTPUTS), 50))
def test_no_output_shows_what_it_should_not(start: int, playing: Played, judge: Judge, shelf: Shelf) -> None:
    wrong = told = 0
    for output in OUTPUTS[start : start + 50]:
        shown = play(output, model_at(playing.address, output.id), judge, shelf)
        assert faults(shown, lambda document, page: shelf.page(document, page).text) == [], output.id
        wrong += bool(output.wrong)
        told += bool(passed(shown))
        if output.kind not in ("number", "country", "direction", "negation", "plan", "name", "added"):
            assert passed(shown) == [], output.id
    assert told <= max(2, 0.08 * wrong)


def test_the_held_out_half_keeps_its_figures(judge: Judge, shelf: Shelf) -> None:
    def check(statement: str, hit: Hit) -> tuple[bool, str]:
        finding = judge.check(Draft(statement, (1,)), {1: hit})
        return finding.supported, finding.reason

    judged = judge_pairs([p for p in PAIRS if p.half == "test"], shelf, check, time.perf_counter)
    measured = figures(judged)
    assert measured["altered marked"] >= 0.95
    assert measured["faithful wrongly marked"] <= 0.05


def drain(model: ChatModel, seconds: float = 8.0) -> tuple[str, list[Usage]]:
    pieces = list(model.write(PROMPT, seconds))
    return "".join(p for p in pieces if isinstance(p, str)), [p for p in pieces if isinstance(p, Usage)]


def test_text_and_the_servers_own_figures_come_through() -> None:
    usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10, "cost": 0.25}
    with openai_server(lambda body: Script(("One ", "two."), usage=usage)) as server:
        text, usages = drain(model_at(server.address))
    assert (text, usages) == ("One two.", [Usage(7, 3, 0.25)])
    assert server.requests[0]["messages"] == [
        {"role": "system", "content": "Answer."},
        {"role": "user", "content": "Question: none"},
    ]
    assert server.requests[0]["stream"] is True


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (Script(status=500), "the model's server answered with error 500"),
        (Script(status=401), "the model's server refused the key"),
        (Script(status=404), "the server does not know this model"),
        (Script(status=429), "the model's server is too busy"),
        (Script(status=429, headers={"retry-after": "3600"}), "the model's server is too busy"),
        (Script(status=302, headers={"location": "http://203.0.113.7/"}), "the model's server answered with error 302"),
        (Script(("One.",), wait_first=30.0), "the model did not begin"),
        (Script(("One.", "two."), wait_each=30.0), "the model went silent midway"),
        (Script(("One.",) * 40, wait_each=0.5), "the model took too long"),
        (Script(("One.",), finish="length"), "the model was cut off"),
        (Script(("x" * 1000,) * 1000), "the model wrote far too much"),
        (Script(raw=b"<html><body>Welcome</body></html>"), "the model's answer could not be read (ValueError)"),
        (Script(raw=b"data: {not json}\n\n"), "the model's answer could not be read (JSONDecodeError)"),
    ],
    ids=["500", "401", "404", "429", "429 for an hour", "redirect", "slow start", "stall", "slow drip", "cut off",
         "a megabyte", "a web page", "not JSON"],
)  # fmt: skip
def test_every_failure_ends_in_time_and_in_plain_words(script: Script, words: str) -> None:
    limits = Limits(first=1.0, stall=1.0, total=4.0)
    with openai_server(lambda body: script) as server:
        begun = time.monotonic()
        with pytest.raises(ModelError) as caught:
            drain(model_at(server.address, limits=limits))
        assert str(caught.value) == words
        assert time.monotonic() - begun < 12


def test_a_server_that_breaks_off_is_a_failure() -> None:
    begun = b'data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":'
    begun += b'[{"index":0,"delta":{"content":"One"},"finish_reason":null}]}\n\n'
    with openai_server(lambda body: Script(raw=begun)) as server, pytest.raises(ModelError, match="cut off"):
        drain(model_at(server.address))


def test_nobody_listens() -> None:
    with openai_server(lambda body: Script()) as server:
        address = server.address
    with pytest.raises(ModelError, match="cannot be reached"):
        drain(model_at(address))


def test_a_busy_server_is_asked_once_more_when_it_says_how_soon() -> None:
    scripts = [Script(status=429, headers={"retry-after": "0"}), Script(("Now.",)), Script(("Never.",))]
    with openai_server(lambda body: scripts.pop(0)) as server:
        assert drain(model_at(server.address))[0] == "Now."
    assert len(server.requests) == 2


def test_who_stops_reading_ends_the_call() -> None:
    with openai_server(lambda body: Script(("One. ",) * 5000, wait_each=0.02)) as server:
        stream = model_at(server.address).write(PROMPT, 60.0)
        assert next(stream) == "One. "
        stream.close()
        gc.collect()
        assert server.left.wait(10)


def test_a_structured_model_is_asked_with_a_schema_and_a_server_without_falls_back() -> None:
    def choose(body: dict[str, object]) -> Script:
        return Script(status=400) if "response_format" in body or "tools" in body else Script(("Plain [1].",))

    with openai_server(choose) as server:
        model = model_at(server.address, "gpt-4o")
        assert drain(model)[0] == "Plain [1]."
        assert drain(model)[0] == "Plain [1]."
    assert [("response_format" in r or "tools" in r) for r in server.requests] == [True, False, False]


def test_a_structured_answer_arrives_once() -> None:
    text = '{"statements": [{"text": "One.", "passages": [1]}]}'
    with openai_server(lambda body: Script(pieces_of(text))) as server:
        assert drain(model_at(server.address, "gpt-4o"))[0] == text
    assert "response_format" in server.requests[0]


def test_a_local_server_is_reached_past_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with openai_server(lambda body: Script(("Here.",))) as server:
        assert drain(model_at(server.address))[0] == "Here."


def test_a_missing_package_is_one_sentence() -> None:
    with pytest.raises(ModelError, match=r'pip install "genomic-policy-assistant\[mistral\]"'):
        ChatModel("mistralai", "small", "", False, LIMITS)


def test_a_missing_key_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError, match="set OPENAI_API_KEY in the environment"):
        ChatModel("openai", "gpt-4o", "", False, LIMITS)


def test_every_output_names_a_sentence_of_the_digests(shelf: Shelf) -> None:
    documents = {document.id for document in shelf.documents()}
    assert {output.document for output in HAND} <= documents
    assert isinstance(HAND[0], Output)
    assert Path(ROOT / "eval" / "model").is_dir()
