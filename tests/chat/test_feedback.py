"""What readers say of answers: kept beside the library, listed, made into gold questions; only on one's own machine."""

from __future__ import annotations

import json
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.bounds import Refused
from assistant.chat.app import create_app
from assistant.chat.feedback import gold_lines, read_feedback, record_of, review_html
from assistant.evaluation.gold import load_gold
from assistant.wiring import feedback
from tests.chat.conftest import ask, visit
from tests.desk import MemoryDesk

DAY = date(2026, 12, 1)


def record(said: str = "right") -> dict[str, Any]:
    return record_of(MemoryDesk().ask("How did Estonia win public trust?"), said, "<b>", DAY)


def test_what_is_kept_names_pages_and_quotes_nothing(tmp_path: Path) -> None:
    assert feedback.kept(tmp_path) == []
    assert feedback.keep(tmp_path, record())
    file = tmp_path / feedback.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "campaigns" not in file.read_text(encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8") + "no JSON\n[1]\n", encoding="utf-8")
    assert feedback.kept(tmp_path) == [record()]


def test_a_full_file_takes_no_more(tmp_path: Path) -> None:
    (tmp_path / feedback.FILE).write_bytes(b"x" * feedback.LARGEST_BYTES)
    assert not feedback.keep(tmp_path, record())


def test_what_is_right_becomes_a_gold_question(tmp_path: Path) -> None:
    gone = {**record(), "places": [{"document": "gone", "page": 1, "start": 0, "end": 9}, {}]}
    lines = gold_lines([record("wrong"), record(), gone], MemoryDesk().snapshot())
    (tmp_path / "gold.jsonl").write_text("".join(lines), encoding="utf-8")
    questions, problems = load_gold(tmp_path / "gold.jsonl")
    assert problems == []
    assert [(q.id, q.question, q.evidence[0].document, q.evidence[0].pages) for q in questions] == [
        ("reader-2", "How did Estonia win public trust?", "ee", (1,))
    ]
    assert questions[0].evidence[0].anchor.startswith("Estonia won public trust")


def test_the_list_for_review_is_text() -> None:
    shown = review_html([record("missing")])
    assert "<td>Something is missing</td><td>&lt;b&gt;</td><td>2026-12-01</td>" in shown
    assert "yet" in review_html([])


@pytest.mark.parametrize(
    "data",
    [
        [],
        {},
        {"token": "t", "said": "x", "text": ""},
        {"token": "t", "said": [], "text": ""},
        {"token": "t", "said": "right", "text": "x" * 1001},
    ],
)
def test_anything_else_is_refused(data: object) -> None:
    with pytest.raises(Refused, match="wanted"):
        read_feedback(json.dumps(data).encode())


def test_a_server_for_others_takes_none() -> None:
    client = TestClient(create_app(MemoryDesk(), hosts=None), base_url="http://127.0.0.1")
    assert client.post("/feedback", json={"token": "t", "said": "right", "text": ""}).status_code in (404, 405)
    assert "/view/feedback" not in client.get("/view/quality").text


@pytest.mark.ui
def test_a_reader_says_what_is_missing(page: Any, address: str) -> None:
    visit(page, address)
    ask(page, "How did Estonia win public trust?")
    page.click("#turn-1 .judge summary")
    page.fill("#turn-1 .judge input", "the year")
    page.click("#turn-1 [data-judge='missing']")
    page.wait_for_function("document.querySelector('.judge').textContent.startsWith('Kept: something is missing')")
    page.get_by_role("tab", name="Quality").click()
    page.locator("#view-quality [data-get]").scroll_into_view_if_needed()  # it is loaded when it is seen
    page.wait_for_selector("#view-quality td:text-is('the year')")
