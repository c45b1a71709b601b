"""The tab of the brief: what is collected, ordered, commented and saved; what a raw request may send."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from assistant.bounds import Refused
from assistant.chat.briefs import UNTITLED, Wanted, read_wanted
from tests.chat.conftest import ask, visit


def test_what_a_brief_wants() -> None:
    body = json.dumps({"title": " ", "items": [{"token": "t", "comment": " c "}]}).encode()
    assert read_wanted(body) == Wanted(UNTITLED, (("t", "c"),))


@pytest.mark.parametrize(
    "data",
    [
        [], {}, {"items": []}, {"items": [{}] * 61}, {"items": [{"token": "t"}]}, {"items": "t", "title": "x"},
        {"items": [{"token": 1, "comment": ""}]}, {"items": [{"token": "t", "comment": "x" * 2001}]},
        {"items": [{"token": "t", "comment": ""}], "title": "x" * 301}, {"items": [], "more": 1},
    ],
)  # fmt: skip
def test_anything_else_is_refused(data: object) -> None:
    with pytest.raises(Refused, match="wanted"):
        read_wanted(json.dumps(data).encode())


@pytest.mark.ui
def test_answers_are_collected_ordered_commented_and_saved(page: Any, address: str) -> None:
    visit(page, address)
    ask(page, "How did Estonia win public trust?")
    page.click("#turn-1 [data-collect]")
    ask(page, "What law did Finland draft on the genome centre?")
    page.click("#turn-2 [data-collect]")
    page.wait_for_url("**/?q=What*")
    page.reload()
    page.wait_for_selector("body.ready")
    page.get_by_role("tab", name="Brief").click()
    page.wait_for_selector("#brief-list li")
    page.get_by_role("button", name="Up: What law did Finland").click()
    page.fill("[data-brief-comment='0']", "First of all.")
    page.fill("#brief-title", "For Tuesday")
    with page.expect_download() as saved:
        page.click("[data-brief-save='md']")
    assert saved.value.suggested_filename.startswith("for-tuesday-20")
    text = saved.value.path().read_text(encoding="utf-8")
    assert text.index("genome centre?") < text.index("First of all") < text.index("win public trust?")
    page.get_by_role("button", name="Remove: How did Estonia").click()
    assert page.locator("#brief-list li").count() == 1
    gone = httpx.post(f"{address}/export/brief.md", json={"items": [{"token": "none", "comment": ""}]})
    assert (gone.status_code, gone.json()["detail"][:29]) == (404, "An answer of the brief is no ")
