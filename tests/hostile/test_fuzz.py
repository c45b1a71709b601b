"""Nothing that is sent stops the chat, makes it fail, opens a file, or brings a question into its log.

In CI the same requests are sent each time, for less than a minute; `make fuzz` sends new ones for an hour.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile import crafted
from tests.hostile.wires import Chat, asked_throughout, limit, request, running, send

SECONDS = float(os.environ.get("ASSISTANT_FUZZ_SECONDS", "0"))
"""Of new requests; 0 sends the fixed ones once."""
EXAMPLES = 500
BASIC = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
NEEDED = (b"content-security-policy:", b"x-content-type-options: nosniff", b"x-frame-options: deny")


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    folder = tmp_path_factory.mktemp("chat")
    with running(folder) as running_chat:
        yield running_chat
    left = [item.name for item in folder.glob("assistant-chat-*/*")]
    assert left == [], "the temporary folder is emptied at the end"


@pytest.fixture(scope="module")
def events(chat: Chat) -> list[dict[str, Any]]:
    """The right body of every event that the screen has."""
    config = httpx.get(f"http://127.0.0.1:{chat.port}/config").json()
    kinds = {part["id"]: part for part in config["components"]}
    right = {"textbox": crafted.MARK, "state": None}

    def value(number: int) -> Any:
        part = kinds[number]
        many = part["props"].get("multiselect")
        return right.get(part["type"], ([] if many else 0))

    return [
        {"data": [value(n) for n in one["inputs"]], "event_data": None, "fn_index": one["id"], "trigger_id": None,
         "session_hash": f"s{one['id']}"}
        for one in config["dependencies"]
    ]  # fmt: skip


def check(reply: bytes, sent: bytes) -> None:
    """Hold one answer to what every answer keeps."""
    if not reply:
        return  # the connection was ended, which is an answer to noise
    reply = reply.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    head, _, body = reply.partition(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    assert status < 500, (status, sent[:300])
    lower = head.lower()
    for needed in NEEDED:
        assert needed in lower, (needed, sent[:300])
    for word in (b"evil.test", b"Traceback", b"site-packages", b"root:x:", str(Path.home()).encode() + b"/"):
        assert word not in body and b"set-cookie" not in lower, (word, sent[:300])


def drive(data: st.DataObject, chat: Chat, events: list[dict[str, Any]]) -> None:
    sent = data.draw(st.one_of(crafted.reads(), crafted.posts(events), crafted.posts(events), crafted.noise))
    whole = b" HTTP/1.1\r\nHost: " in sent and b"chunked" not in sent
    reply = send(chat.port, sent, 10.0 if whole and not sent.endswith(b"{") else 0.3)
    check(reply, sent)
    if sent.startswith(b"POST /gradio_api/queue/join") and b" 200 " in reply[:20]:
        session = json.loads(sent.partition(b"\r\n\r\n")[2])["session_hash"]
        check(send(chat.port, request("GET", f"/gradio_api/queue/data?session_hash={session}")), sent)


def test_whatever_is_sent_the_chat_goes_on(chat: Chat, events: list[dict[str, Any]]) -> None:
    with asked_throughout(chat):
        fixed = settings(BASIC, max_examples=EXAMPLES, derandomize=True)
        fixed(given(st.data())(lambda data: drive(data, chat, events)))()
        ends = time.monotonic() + SECONDS
        while time.monotonic() < ends:
            settings(BASIC, max_examples=500)(given(st.data())(lambda data: drive(data, chat, events)))()
    assert chat.process.poll() is None
    assert (chat.unanswered, chat.slowest < limit()) == ([], True), chat.slowest


def test_a_thousand_broken_events_leave_no_word_in_the_log(chat: Chat, events: list[dict[str, Any]]) -> None:
    wrong = [*crafted.ODD, {"value": crafted.FILES[0]}]
    statuses: dict[int, int] = {}
    for number in range(1000):
        event = events[number % len(events)]
        values = [wrong[(number + place) % len(wrong)] for place in range(max(1, len(event["data"])))]
        body = crafted.encoded({**event, "data": values, "session_hash": f"b{number}"})
        reply = send(chat.port, request("POST", "/gradio_api/queue/join", body))
        check(reply, body)
        status = int(reply.split(b" ", 2)[1])
        statuses[status] = statuses.get(status, 0) + 1
    assert statuses == {422: 1000}


@pytest.mark.parametrize("file", crafted.FILES, ids=lambda f: f["path"] or "empty")
@pytest.mark.parametrize("depth", [0, 1, 2])
def test_no_file_is_opened_for_a_value(chat: Chat, events: list[dict[str, Any]], file: Any, depth: int) -> None:
    value = [file, [file], {"value": {"deep": [file]}}][depth]
    for event in events:
        for place in range(len(event["data"])):
            data = [value if n == place else one for n, one in enumerate(event["data"])]
            body = crafted.encoded({**event, "data": data})
            reply = send(chat.port, request("POST", "/gradio_api/queue/join", body), 5.0)
            assert reply.startswith(b"HTTP/1.1 422"), (event["fn_index"], place)
            assert file["path"] == "" or file["path"].encode() not in reply or file["path"] == ".."


def test_nothing_was_noted_and_nothing_was_logged(chat: Chat) -> None:
    """Last in this file: what the tests before left behind."""
    assert chat.notes.read_text() == ""
    log = chat.log.read_text()
    assert "Traceback" not in log
    assert crafted.MARK not in log
    assert len(log) < 4000, log[:4000]
