"""The door alone: who may ask, what an event may hold, what a body may hold, and that nobody works for one who left."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.asker import go_on
from assistant.bounds import FIELDS, Refused, read_question
from assistant.chat.app import create_app
from assistant.chat.events import Events
from assistant.chat.filling import BUSY, KEPT, MOST_WAITING, Fillings
from assistant.chat.private import private_folder
from assistant.chat.visitors import is_same_site, name_of_host
from assistant.evidence import Matrix, Progress
from assistant.model import Answer, Scope
from tests.chat.conftest import served
from tests.desk import MemoryDesk, small_matrix

RIGHT = {"data": ["a question", None, ["EE"], 2020], "fn_index": 3, "session_hash": "abc1", "trigger_id": 4}
SCREEN = Events({3: ("text", "kept", "texts", "number")})
FILE = {"path": "/etc/shadow", "meta": {"_type": "gradio.FileData"}}


def test_an_event_of_the_screen_passes_as_it_is() -> None:
    assert json.loads(SCREEN.checked("/gradio_api/queue/join", json.dumps(RIGHT).encode())) == RIGHT


@pytest.mark.parametrize(
    "change",
    [
        {"data": [FILE, None, [], 0]},
        {"data": ["x", FILE, [], 0]},
        {"data": ["x", None, [FILE], 0]},
        {"data": ["x", None, [], {"value": [FILE]}]},
        {"data": ["x" * 2001, None, [], 0]},
        {"data": ["x", None, ["x"] * 301, 0]},
        {"data": ["x", None, [], 10**9]},
        {"data": ["x", None, []]},
        {"data": "x"},
        {"fn_index": 4},
        {"fn_index": True},
        {"session_hash": "../x"},
        {"session_hash": None},
        {"event_data": FILE},
        {"oauth_token": "x"},
        {"trigger_id": "1"},
    ],
)
def test_what_the_screen_never_sends_is_refused_in_one_sentence(change: dict[str, Any]) -> None:
    with pytest.raises(Refused) as told:
        SCREEN.checked("/gradio_api/queue/join", json.dumps({**RIGHT, **change}).encode())
    assert "wanted" in str(told.value)
    assert "/etc" not in str(told.value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
@settings(max_examples=150, derandomize=True, deadline=None)
def test_no_object_ever_passes_as_a_value(value: Any) -> None:
    for place in range(4):
        data = [value if n == place else None for n in range(4)]
        try:
            passed = json.loads(SCREEN.checked("/gradio_api/queue/join", json.dumps({**RIGHT, "data": data}).encode()))
        except Refused:
            continue
        for one in passed["data"]:
            assert one is None or isinstance(one, str | int) or all(isinstance(text, str) for text in one)


ASKED = {"id": "1", "question": "x", "history": [], "countries": ["EE"], "documents": ["ee"], "top": 5}


@pytest.mark.parametrize(
    "change",
    [
        {"question": "x" * 4001},
        {"question": "\ud800"},
        {"question": 1},
        {"history": ["x"] * 21},
        {"history": ["\udfff"]},
        {"history": ["x" * 4001]},
        {"countries": ["EE"] * 61},
        {"countries": ["EEE"]},
        {"countries": ["E\u00e9"]},
        {"documents": ["x"] * 201},
        {"documents": ["x" * 301]},
        {"top": 0},
        {"top": 101},
        {"top": 10**30},
        {"top": 1.5},
        {"top": True},
        {"id": "x" * 201},
        {"id": {"a": 1}},
        {"id": 10**20},
        {"kinds": []},
        {"\ud800": 1},
        {"top": None},
    ],
)
def test_every_text_list_and_number_of_the_api_has_a_bound(change: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        read_question(json.dumps({**ASKED, **change}).encode())
    assert set(ASKED) == FIELDS


def test_names_said_twice_count_once() -> None:
    item, top = read_question(json.dumps({**ASKED, "countries": ["ee", "EE"] * 30, "documents": ["ee"] * 200}).encode())
    assert (item.scope, top) == (Scope(countries=("EE",), documents=("ee",)), 5)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("127.0.0.1:7860", "127.0.0.1"),
        ("LocalHost", "localhost"),
        ("[::1]:1", "[::1]"),
        ("library.example.org", "library.example.org"),
        ("[", None),
        ("", None),
        ("1a2b3c4", None),
        ("300.1.1.1", None),
        ("a:99999", None),
        ("a b", None),
        ("a/b", None),
        ("[zz]", None),
        ("x" * 64, None),
        ("a..b", None),
    ],
)
def test_a_host_is_a_name_or_it_is_none(host: str, name: str | None) -> None:
    assert name_of_host(host) == name


@pytest.mark.parametrize(
    ("heads", "same"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"origin": "http://127.0.0.1:7860"}, True),
        ({"origin": "null"}, False),
        ({"origin": "http://evil.test"}, False),
        ({"referer": "http://127.0.0.1:7860/"}, True),
        ({"referer": "http://evil.test/127.0.0.1:7860"}, False),
    ],
)
def test_which_site_asks(heads: dict[str, str], same: bool) -> None:
    assert is_same_site(heads, "127.0.0.1:7860") is same


COSTLY = (
    "/view/matrix/table",
    "/view/library",
    "/page/ee/1.png",
    "/api/v1/page?document=ee",
    "/export/none.md",
    "/config",
    "/export/matrix/evidence-matrix.json",
    "/gradio_api/queue/data?session_hash=a",
    "/gradio_api/heartbeat/a",
)


@pytest.mark.parametrize("path", COSTLY)
def test_what_costs_is_read_by_our_own_page_only(address: str, path: str) -> None:
    picture = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    for heads in (picture, link, {"referer": "http://evil.test/"}):
        assert httpx.get(address + path, headers=heads).status_code == 403


@pytest.mark.parametrize("path", ["/", "/files/none", "/p/ee/1"])
def test_a_link_from_elsewhere_opens_the_screen_and_a_picture_does_not(address: str, path: str) -> None:
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert httpx.get(address + path, headers=link).status_code in (200, 307, 404)
    assert httpx.get(address + path, headers={**link, "sec-fetch-dest": "iframe"}).status_code == 403


def test_nobody_says_for_us_where_we_are(address: str) -> None:
    plain = httpx.get(f"{address}/config").json()["root"]
    for name, value in (
        ("x-forwarded-host", "evil.test"),
        ("x-gradio-server", "http://evil.test"),
        ("x-forwarded-proto", "https"),
    ):
        assert httpx.get(f"{address}/config", headers={name: value}).json()["root"] == plain


@pytest.mark.parametrize("path", ["/static/" + "a" * 5000, "/assets/" + "a" * 300, "/files/%00", "/view/" + "é" * 200])
def test_a_name_no_disk_can_hold_is_not_found(address: str, path: str) -> None:
    assert httpx.get(address + path).status_code in (404, 414)


def test_the_temporary_folder_is_private_and_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    place = private_folder()
    (place / "left").mkdir(mode=0o755)
    (place / "left" / "over").write_text("x")
    place.chmod(0o755)
    assert private_folder() == place
    assert (list(place.iterdir()), stat.S_IMODE(place.stat().st_mode)) == ([], 0o700)
    place.rmdir()
    place.symlink_to(tmp_path)
    assert private_folder().name.startswith("assistant-chat-")
    assert not private_folder().is_symlink()


class LongDesk(MemoryDesk):
    """Works on a question until nobody waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.ended = threading.Semaphore(0), threading.Event()
        self.go = threading.Event()

    def ask_stream(
        self, question: str, history: Sequence[str] = (), scope: Scope | None = None
    ) -> Iterator[str | Answer]:
        yield self.ask(question, history, scope)

    def ask(self, question: str, history: Sequence[str] = (), scope: Scope | None = None) -> Answer:
        self.begun.release()
        try:
            while not self.go.wait(0.02):
                go_on()
        finally:
            self.ended.set()
        return super().ask(question, history, scope)


def test_the_work_ends_when_the_client_has_left() -> None:
    desk = LongDesk()
    with served(create_app(desk)) as base:
        with pytest.raises(httpx.TimeoutException):
            httpx.post(f"{base}/api/v1/ask", json={"question": "x"}, timeout=0.5)
        assert desk.begun.acquire(timeout=10)
        assert desk.ended.wait(10)


class SlowMatrix(MemoryDesk):
    """Fills matrices one by one when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let, self.at_once, self.most = threading.Semaphore(0), 0, 0

    def matrix(self, scope: Scope | None = None, progress: Progress = lambda done, total: None) -> Matrix:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.let.acquire(timeout=20)
        self.at_once -= 1
        return small_matrix(scope or Scope())


def test_sixty_matrices_asked_for_are_few_threads_and_push_none_out() -> None:
    desk = SlowMatrix()
    fillings = Fillings(desk)
    first = fillings.get(Scope())
    desk.let.release()
    while not first.ended:
        threading.Event().wait(0.01)
    before = threading.active_count()
    asked = [fillings.get(Scope(years=(1900 + n, 2000))) for n in range(60)]
    assert threading.active_count() <= before + 1
    assert sum(one.problem == BUSY for one in asked) >= 60 - MOST_WAITING - 1
    for _ in range(MOST_WAITING + 1):
        desk.let.release()
    while not all(one.ended for one in asked):
        threading.Event().wait(0.01)
    assert (fillings.get(Scope()), desk.most) == (first, 1)
    assert MOST_WAITING + 1 < KEPT


def test_years_that_no_document_has_ask_for_no_matrix_of_their_own(address: str) -> None:
    everything = httpx.get(f"{address}/view/matrix/table").text
    assert httpx.get(f"{address}/view/matrix/table?from=1234&to=4321").text == everything
