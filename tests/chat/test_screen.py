"""The screen in a real browser: ask, open the page, keys, deep links, filters, silence, narrow and zoomed screens."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.chat.conftest import ask, shown, visit, watched

pytestmark = pytest.mark.ui


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.dataset.number || ''"))


def test_the_whole_way_by_keyboard(page: Any, address: str) -> None:
    visit(page, address)
    page.keyboard.press("/")
    page.keyboard.type("How did Estonia win public trust?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#conversation .turn .verdict")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("1")
    shown(page)
    assert focused(page) == "card-1-1"
    assert "boxes=50,100,490,112" in page.get_attribute("#viewer-image", "src")
    assert "Estonia won public trust" in page.get_attribute("#viewer-image", "alt")
    page.wait_for_function("document.getElementById('announcer').textContent.startsWith('Page 1 of Visit to Estonia')")
    page.keyboard.press("Escape")
    assert focused(page) == "1"
    page.keyboard.press("Enter")
    assert focused(page) == "card-1-1"


def test_a_new_answer_shows_its_first_page_and_leaves_the_focus(page: Any, address: str) -> None:
    visit(page, address)
    ask(page, "How did Estonia win public trust?")
    shown(page)
    page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")
    assert page.inner_text("#evidence-count").split()[1] in ("source", "sources")


def test_a_follow_up_can_be_edited_and_a_silence_is_said(page: Any, address: str) -> None:
    visit(page, address, "?q=Who%20has%20a%20law%20in%20Estonia%3F")
    page.wait_for_selector("#conversation .turn .verdict")
    ask(page, "And in Latvia?")
    assert page.inner_text("#conversation .turn .understood") == "Understood as: Who has a law in Latvia?"
    assert "holds no document about Latvia" in page.inner_text("#conversation .turn .remark")
    assert page.inner_text("#evidence-empty") == "There is no quotation for this question."
    page.click("#conversation .turn [data-edit]")
    assert page.input_value("#question textarea") == "Who has a law in Latvia?"


def test_an_older_answer_brings_its_own_sources(page: Any, address: str) -> None:
    visit(page, address)
    ask(page, "How did Estonia win public trust?")
    ask(page, "What law did Finland draft on the genome centre?")
    page.click("#turn-1 .cite[data-number='1']")
    assert focused(page) == "card-1-1"
    assert page.inner_text("#cards .card.current .card-head").endswith("Visit to Estonia")


def test_links_open_a_question_and_a_page_with_its_marks(page: Any, address: str) -> None:
    visit(page, address, "?doc=ee&p=1&c=0-68")
    shown(page)
    page.wait_for_function("document.getElementById('viewer-image').src.includes('boxes=50,100,390,112')")
    assert page.inner_text("#viewer-title") == "Visit to Estonia · Visit report, 2021"
    assert page.inner_text("#viewer-page").startswith("page 1 of")


def test_copying_gives_quote_reference_and_link(browser: Any, address: str) -> None:
    with watched(browser, address, permissions=["clipboard-read", "clipboard-write"]) as page:
        visit(page, address)
        ask(page, "How did Estonia win public trust?")
        shown(page)
        page.click("#viewer-copy")
        page.wait_for_selector("#viewer-note:not([hidden])")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.endswith("(Visit to Estonia, 2021, p. 1)")
        assert copied.startswith("“Estonia won public trust")
        page.click("#viewer-link")
        page.wait_for_function("document.getElementById('viewer-note').textContent === 'Link copied'")
        assert "/?doc=ee&p=1&c=0-88" in page.evaluate("navigator.clipboard.readText()")


def test_context_and_text_of_the_page(page: Any, address: str) -> None:
    visit(page, address)
    ask(page, "How did Estonia win public trust?")
    shown(page)
    page.wait_for_function("document.getElementById('viewer-page').textContent.includes(' of ')")
    page.click("#viewer-around")
    assert page.inner_text("#viewer-context").startswith("[the page begins here] Estonia won public trust")
    page.click("#viewer-text")
    assert page.inner_text("#page-text mark").startswith("Estonia won public trust")


@pytest.mark.parametrize("width", [360, 683])  # a telephone; 1366 pixels at 200 % zoom
def test_a_narrow_screen_has_no_sideways_scrolling(browser: Any, address: str, width: int) -> None:
    with watched(browser, address, viewport={"width": width, "height": 740}) as page:
        visit(page, address)
        ask(page, "How did Estonia win public trust?")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not page.is_visible("#evidence")
        page.click("#conversation .cite[data-number='1']")
        shown(page)
        box = page.locator("#evidence").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width + 1
        page.click("#evidence-close")
        assert not page.is_visible("#evidence")
        assert focused(page) == "1"


def test_the_filters_narrow_the_answer_and_say_so(page: Any, address: str) -> None:
    visit(page, address)
    page.click("#filters button.label-wrap")
    page.get_by_label("Country").click()
    page.get_by_role("option", name="Finland").click()
    page.wait_for_function("document.querySelector('#filters button').textContent.includes('Finland')")
    page.keyboard.press("Escape")
    ask(page, "How did Estonia win public trust?")
    assert page.inner_text("#conversation .turn .understood").startswith("Looked only in: Finland")
    assert page.query_selector("#conversation blockquote") is None
    page.click("#turn-1 [data-everywhere]")
    page.wait_for_selector("#turn-2 blockquote")
    page.wait_for_function("!document.querySelector('#filters button').textContent.includes('Finland')")


def test_an_answer_is_saved_as_it_was_shown(page: Any, address: str) -> None:
    visit(page, address)
    ask(page, "How did Estonia win public trust?")
    for name, ending in (("Word", "docx"), ("Markdown", "md"), ("JSON", "json")):
        with page.expect_download() as saved:
            page.click(f"#turn-1 .saves a:text-is('{name}')")
        assert saved.value.suggested_filename == f"how-did-estonia-win-public-trust-{date.today()}.{ending}"
        data = saved.value.path().read_bytes()
        assert data[:2] == b"PK" if ending == "docx" else "Estonia won public trust" in data.decode()


def test_a_greeting_brings_questions_to_ask_with_one_click(page: Any, address: str) -> None:
    visit(page, address)
    ask(page, "hello")
    page.click("#turn-1 [data-ask]")
    page.wait_for_selector("#turn-2 .verdict")
    assert page.inner_text("#turn-2 .asked") == "How did Estonia win public trust?"
