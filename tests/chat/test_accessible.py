"""What a keyboard, a screen reader and weak eyes need, in every tab, light and dark: no complaint of the audit."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.chat.conftest import ask, shown, visit, watched

pytestmark = pytest.mark.ui
AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
AXE = (
    "async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }))"
    ".violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)}`))"
)
"""What axe-core finds wrong, one line a node."""
TABS = ("Brief", "Evidence matrix", "Library", "Quality", "About & limits")


def axe(page: Any) -> list[str]:
    """Return what axe-core finds wrong with what is on the screen."""
    if page.evaluate("typeof axe") == "undefined":
        source = files("axe_playwright_python") / "axe.min.js"
        page.evaluate(source.read_text(encoding="utf-8"))
    return list(page.evaluate(AXE))


@pytest.mark.parametrize("width", [1366, 360])
def test_axe_finds_nothing_in_any_view(browser: Any, address: str, width: int) -> None:
    with watched(browser, address, viewport={"width": width, "height": 768}) as page:
        visit(page, address)
        assert axe(page) == []
        ask(page, "Who has a law in Estonia?")
        ask(page, "And in Finland?")
        assert axe(page) == []
        page.click("#turn-2 .cite[data-number='1']")
        shown(page)
        page.click("#viewer-around")
        assert axe(page) == []
        page.click("#viewer-text")
        assert axe(page) == []
        if width < 900:
            page.click("#evidence-close")
        for name in TABS:
            open_tab(page, name)
            page.wait_for_timeout(400)
            assert axe(page) == [], name
        open_tab(page, "Evidence matrix")
        page.get_by_role("button", name="Estonia: everything found").click()
        page.wait_for_selector(".profile")
        assert axe(page) == []


def open_tab(page: Any, name: str) -> None:
    """Open a tab, also where it has gone into the menu of those that have no room."""
    page.evaluate(
        "name => [...document.querySelectorAll('#tabs [role=\"tab\"], #tabs .overflow-dropdown button')]"
        ".find((tab) => tab.textContent.trim() === name).click()",
        name,
    )


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
    order = ["ask-button", "fresh", "[1]", "Edit the question", "card-1-1", "viewer-copy", "viewer-link", "page-frame"]
    assert list(dict.fromkeys(name for name in reached if name in order)) == order


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
