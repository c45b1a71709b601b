"""The door and the plain routes: headers, what does not exist, traversal, wrong types, sizes, other sites."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.chat.app import create_app
from assistant.contract import answer_to_json
from assistant.errors import LibraryError
from tests.chat.conftest import served
from tests.desk import MemoryDesk

UPS = ("..", "%2e%2e", "..%2f..", "%2e%2e%2f%2e%2e", "..%5c..", "....//....", "%252e%252e", "..%00", "..%c0%af..",
       "//etc/passwd", "%2fetc%2fpasswd", "c:%5cwindows", "%5c%5chost%5cshare", "file:%2f%2f%2fetc%2fpasswd", "~root",
       ".", "%00", "nul", "con", "ee%00.pdf", "ee/../../x", "ee%2f..%2f..%2fx", "-1", "%0d%0aX:1",
       "\u202eee")  # fmt: skip
PLACES = ("/files/{}", "/page/{}/1.png", "/gradio_api/file={}", "/p/{}/x", "/export/{}.md")


@pytest.mark.parametrize("place", PLACES)
def test_no_path_leads_out(address: str, place: str) -> None:
    for up in UPS:
        for path in (up, f"{up}/etc/passwd"):
            reply = httpx.get(address + place.format(path))
            if reply.url.path in ("/", "/files/", "/export/"):
                continue  # the client itself has folded the dots away
            assert reply.status_code in (400, 403, 404, 405), (place, path)
            assert "root:" not in reply.text
            assert "/etc" not in reply.text


def test_traversal_has_a_hundred_paths() -> None:
    assert len(UPS) * 2 * len(PLACES) >= 100


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/page/ee/1.png", "/files/none", "/view/library", "/api/v1/page?document=ee", "/nothing",
             "/config", "/theme.css", "/assets/none.js", "/gradio_api/upload", "/export/none.md"],
)  # fmt: skip
def test_every_answer_carries_the_headers(address: str, path: str) -> None:
    headers = httpx.get(address + path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"), ("GET", "/gradio_api/info"), ("GET", "/gradio_api/openapi.json"),
        ("POST", "/gradio_api/call/respond"), ("POST", "/gradio_api/run/respond"), ("POST", "/gradio_api/api/respond"),
        ("GET", "/docs"), ("GET", "/redoc"), ("GET", "/monitoring"), ("GET", "/runs"),
        ("GET", "/gradio_api/runs"), ("GET", "/gradio_api/run-history/records"), ("GET", "/gradio_api/mcp/"),
        ("GET", "/gradio_api/proxy=http://evil.test"), ("GET", "/gradio_api/file=https://evil.test"),
        ("GET", "/gradio_api/deep_link"), ("POST", "/login"), ("GET", "/manifest.json"),
        ("POST", "/gradio_api/process_recording"), ("GET", "/gradio_api/vibe-code/"),
    ],
)  # fmt: skip
def test_what_gradio_brings_and_nobody_needs_is_not_there(address: str, method: str, path: str) -> None:
    assert httpx.request(method, address + path, json={}).status_code in (403, 404, 405)


def test_telemetry_and_history_are_off(address: str) -> None:
    config = httpx.get(f"{address}/config").json()
    assert config["analytics_enabled"] is False
    assert not config.get("run_history")
    assert not config.get("footer_links")
    assert config.get("is_space") is not True
    assert all(d["api_visibility"] == "private" for d in config["dependencies"])


FILE = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}
WRONG: tuple[Any, ...] = (
    None,
    1,
    "x",
    [],
    [[]],
    {},
    {"a": 1},
    True,
    -1,
    1e308,
    "x" * 100_000,
    "../../etc/passwd",
    FILE,
)


def test_wrong_types_to_gradio_give_no_failure_and_no_path(address: str) -> None:
    count = len(httpx.get(f"{address}/config").json()["dependencies"])
    for wrong in (None, [[]], {"a": 1}, -1, "x" * 100_000, FILE):
        eight = {"data": [wrong] * 8}
        events = [{**eight, "fn_index": i, "session_hash": f"s{i}"} for i in range(0, count + 2, 3)]
        for body in (wrong, {"data": wrong}, {**eight, "fn_index": wrong, "session_hash": wrong}, *events):
            reply = httpx.post(f"{address}/gradio_api/queue/join", json=body)
            assert reply.status_code < 500, (wrong, reply.text)
            assert "site-packages" not in reply.text
            assert "Traceback" not in reply.text
    with httpx.stream("GET", f"{address}/gradio_api/queue/data?session_hash=s0", timeout=20) as stream:
        for line in stream.iter_lines():
            assert "site-packages" not in line
            assert "/etc" not in line
            if "close_stream" in line or "process_completed" in line:
                break
    assert httpx.get(f"{address}/healthz").status_code == 200


@pytest.mark.parametrize("route", ["ask", "search"])
def test_wrong_types_to_the_api_are_named(address: str, route: str) -> None:
    for wrong in WRONG:
        for body in (wrong, {"question": wrong}, {"question": "x", "history": wrong}, {"question": "x", "top": wrong},
                     {"question": "x", "countries": wrong}, {"question": "x", "documents": wrong}):  # fmt: skip
            reply = httpx.post(f"{address}/api/v1/{route}", json=body)
            assert reply.status_code in (200, 422), (body, reply.text)
            assert "site-packages" not in reply.text
    for raw in (b"", b"{", b"\xff\xfe", b"[" * 50_000, b'{"question": NaN}'):
        assert httpx.post(f"{address}/api/v1/{route}", content=raw).status_code == 422
    assert httpx.post(f"{address}/api/v1/{route}", content=b"x" * 300_000).status_code == 413


def test_an_unannounced_large_body_is_refused(address: str) -> None:
    def pieces() -> Any:
        for _ in range(40):
            yield b"x" * 10_000

    assert httpx.post(f"{address}/api/v1/ask", content=pieces()).status_code == 413


def test_the_api_answers_as_the_batch_does(address: str) -> None:
    question = {"id": "7", "question": "How did Estonia win public trust?", "countries": ["ee"]}
    got = httpx.post(f"{address}/api/v1/ask", json=question).json()
    wanted = answer_to_json(MemoryDesk().ask(question["question"]), "7")
    assert {**got, "milliseconds": 0} == json.loads(json.dumps({**wanted, "milliseconds": 0}))
    hits = httpx.post(f"{address}/api/v1/search", json={**question, "top": 1}).json()
    assert [(hit["document"], hit["label"]) for hit in hits["hits"]] == [("ee", "1")]
    page = httpx.get(f"{address}/api/v1/page?document=ee&page=1&start=0&end=68").json()
    assert page["quote"] == page["text"][0:68]
    assert page["boxes"] == [[50.0, 100.0, 390.0, 112.0]]


@pytest.mark.parametrize("form", ["xlsx", "docx", "csv", "html", "md", "json"])
def test_the_matrix_is_saved_as_it_is_shown(address: str, form: str) -> None:
    reply = httpx.get(f"{address}/export/matrix/evidence-matrix.{form}?country=EE&domain=law")
    assert reply.status_code == 200
    assert reply.headers["content-disposition"] == f'attachment; filename="evidence-matrix.{form}"'
    if form in ("csv", "json"):
        assert "Genome law" in reply.text
        assert "Campaigns" not in reply.text
        assert "Latvia" not in reply.text
    assert httpx.get(f"{address}/export/matrix/evidence-matrix.exe").status_code == 404


@pytest.mark.parametrize(
    "query", ["", "document=none", "document=ee&page=0", "document=ee&page=-1", "document=ee&page=99999999999999999999",
              "document=ee&page=1.5", "document=ee&page=%00", "document=ee&page=٣"],
)  # fmt: skip
def test_pages_that_do_not_exist(address: str, query: str) -> None:
    assert httpx.get(f"{address}/api/v1/page?{query}").status_code == 404


@pytest.mark.parametrize("span", ["start=5&end=2", "start=-1&end=4", "start=0&end=99999999", "start=a&end=b", "end=5"])
def test_a_span_that_is_not_on_the_page_marks_nothing(address: str, span: str) -> None:
    page = httpx.get(f"{address}/api/v1/page?document=ee&page=1&{span}").json()
    assert (page["quote"], page["boxes"]) == ("", [])


def test_other_sites_and_other_names_are_refused(address: str) -> None:
    body = {"question": "x"}
    assert httpx.post(f"{address}/api/v1/ask", json=body, headers={"origin": "http://evil.test"}).status_code == 403
    assert httpx.post(f"{address}/api/v1/ask", json=body, headers={"origin": address}).status_code == 200
    assert httpx.get(f"{address}/healthz", headers={"host": "evil.test"}).status_code == 421
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert httpx.request(method, f"{address}/healthz").status_code == 405


class FailingDesk(MemoryDesk):
    """A library that cannot be used, and a fault of ours whose text must not get out."""

    def search(self, *given: Any, **named: Any) -> Any:
        raise RuntimeError("secret /home/path")

    def ask_stream(self, *given: Any, **named: Any) -> Any:
        raise LibraryError("/home/secret/library.sqlite3 is damaged")

    ask = ask_stream

    def file_of(self, document: str) -> Path:
        return Path(__file__)


def test_failures_are_plain_words() -> None:
    with served(create_app(FailingDesk())) as base:
        unavailable = httpx.post(f"{base}/api/v1/ask", json={"question": "x"})
        assert (unavailable.status_code, unavailable.json()) == (503, {"error": "the library cannot be used now"})
        failed = httpx.post(f"{base}/api/v1/search", json={"question": "x"})
        assert (failed.status_code, failed.text) == (500, "this could not be done")
        text = httpx.get(f"{base}/files/anything")
        assert text.headers["content-type"] == "text/plain; charset=utf-8"
        assert text.headers["content-security-policy"].startswith("default-src 'none'")
