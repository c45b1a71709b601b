"""What a keyboard, a screen reader and weak eyes need, in every tab, light and dark: no complaint of the audit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.chat.conftest import ask, shown, visit, watched

pytestmark = pytest.mark.ui
AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
TABS = ("Evidence matrix", "Library", "Quality", "About & limits")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_tab_passes_the_audit(browser: Any, address: str, scheme: str) -> None:
    with watched(browser, address, color_scheme=scheme) as page:
        visit(page, address)
        assert page.evaluate(AUDIT) == []
        ask(page, "How did Estonia win public trust?")
        ask(page, "Does Latvia or Estonia have a law?")
        page.click("#turn-1 .cite[data-number='1']")
        shown(page)
        page.click("#filters button.label-wrap")
        assert page.evaluate(AUDIT) == []
        for name in TABS:
            page.get_by_role("tab", name=name).click()
            page.wait_for_timeout(400)
            assert page.evaluate(AUDIT) == [], name
        page.get_by_role("tab", name="Evidence matrix").click()
        page.get_by_role("button", name="Estonia: everything found").click()
        page.wait_for_selector(".profile")
        page.click(".profile .cite")
        shown(page)
        assert page.evaluate(AUDIT) == []


def test_the_tab_key_reaches_everything_in_reading_order(page: Any, address: str) -> None:
    visit(page, address)
    ask(page, "How did Estonia win public trust?")
    shown(page)
    page.focus("#question textarea")
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", reached[-1]
        if reached[-1] == "page-frame":
            break
    order = ["ask-button", "[1]", "Edit the question", "card-1-1", "viewer-copy", "viewer-link", "page-frame"]
    assert [name for name in reached if name in order] == order


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("document.querySelector('.asked').style.color = '#bbb'", "contrast 1.9"),
        ("document.getElementById('viewer-copy').textContent = ''", "no name"),
        ("document.querySelector('.who').outerHTML = '<h5>x</h5>'", "heading level 5 after 2"),
        ("document.getElementById('cards').id = 'viewer'", "id twice: viewer"),
        ("document.getElementById('viewer-link').tabIndex = 3", "tab order forced"),
    ],
)
def test_the_audit_finds_faults(page: Any, address: str, fault: str, words: str) -> None:
    visit(page, address)
    ask(page, "How did Estonia win public trust?")
    shown(page)
    page.evaluate(fault)
    found = page.evaluate(AUDIT)
    assert any(words in line for line in found), found
