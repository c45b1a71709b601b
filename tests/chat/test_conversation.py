"""The conversation of a tab: addresses, Back and Forward, a reload, a new beginning, settings of the browser."""

from __future__ import annotations

from typing import Any

import pytest

from tests.chat.conftest import ask, shown, visit, watched

pytestmark = pytest.mark.ui
ESTONIA = "How did Estonia win public trust?"
FINLAND = "What law did Finland draft on the genome centre?"


def asked(page: Any) -> list[str]:
    """Return the questions on the screen, newest first."""
    return list(page.evaluate("[...document.querySelectorAll('.turn .asked')].map((e) => e.textContent)"))


def test_each_answer_has_an_address_and_back_never_loses_one(page: Any, address: str) -> None:
    visit(page, address)
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    ask(page, ESTONIA)
    page.wait_for_url("**/?q=How+did+Estonia+win+public+trust%3F")
    ask(page, FINLAND)
    page.wait_for_url("**/?q=What+law*")
    page.go_back()
    page.wait_for_function("document.activeElement.id === 'asked-1'")
    assert asked(page) == [FINLAND, ESTONIA]
    page.go_forward()
    page.wait_for_function("document.activeElement.id === 'asked-2'")
    page.go_back()
    page.go_back()
    assert asked(page) == [FINLAND, ESTONIA]


def test_a_reload_brings_the_conversation_back_and_a_follow_up_is_understood(page: Any, address: str) -> None:
    visit(page, address)
    ask(page, "Who has a law in Estonia?")
    page.wait_for_url("**/?q=Who*")
    page.reload()
    page.wait_for_selector("body.ready")
    assert asked(page) == ["Who has a law in Estonia?"]
    ask(page, "And in Latvia?")
    assert page.inner_text("#turn-2 .understood") == "Understood as: Who has a law in Latvia?"
    assert asked(page) == ["And in Latvia?", "Who has a law in Estonia?"]


def test_a_new_conversation_forgets_all_and_resets_the_filters(page: Any, address: str) -> None:
    visit(page, address, "?q=How+did+Estonia+win+public+trust%3F&country=FI&kind=nonsense")
    page.wait_for_selector("#turn-1 .verdict")
    assert page.inner_text("#turn-1 .understood").startswith("Looked only in: Finland")
    page.click("#fresh")
    page.wait_for_function("!document.querySelector('.turn')")
    page.wait_for_function("document.querySelector('#filters button').textContent.includes('the whole library')")
    assert page.evaluate("location.search + sessionStorage.length") == "0"
    page.reload()
    page.wait_for_selector("body.ready")
    assert asked(page) == []


def test_after_enter_the_page_moves_to_the_answer(browser: Any, address: str) -> None:
    with watched(browser, address, viewport={"width": 683, "height": 480}) as page:
        visit(page, address)
        ask(page, ESTONIA)
        page.wait_for_selector("#turn-1")
        page.evaluate("window.scrollTo({ top: 1e6, behavior: 'instant' })")
        ask(page, FINLAND)
        page.wait_for_selector("#turn-2 .verdict")
        assert page.evaluate("document.querySelector('#question textarea').getBoundingClientRect().top") >= 0
        top = page.evaluate("document.getElementById('turn-2').getBoundingClientRect().top")
        assert 0 <= top < 300


def test_what_was_taken_from_before_is_left_out_with_one_click(page: Any, address: str) -> None:
    visit(page, address)
    ask(page, "Who has a law in Estonia?")
    ask(page, "And in Finland?")
    page.click("#turn-2 .chip")
    page.wait_for_selector("#turn-3 .verdict")
    assert page.inner_text("#turn-3 .asked") == "And in Finland?"
    assert page.query_selector("#turn-3 .taken") is None


def test_on_a_narrow_screen_back_closes_the_evidence_and_keeps_the_answer(browser: Any, address: str) -> None:
    with watched(browser, address, viewport={"width": 360, "height": 740}) as page:
        visit(page, address)
        ask(page, ESTONIA)
        page.wait_for_url("**/?q=*")
        page.click("#conversation .cite[data-number='1']")
        shown(page)
        page.go_back()
        page.wait_for_function("!document.body.classList.contains('evidence-open')")
        assert asked(page) == [ESTONIA]
        assert "q=How" in page.url


def test_single_keys_can_be_switched_off(page: Any, address: str) -> None:
    visit(page, address)
    ask(page, ESTONIA)
    shown(page)
    page.get_by_role("tab", name="About & limits").click()
    page.uncheck("[data-setting='keys']")
    page.get_by_role("tab", name="Ask").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("2")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement === document.body")
    page.reload()
    page.wait_for_selector("body.ready")
    page.get_by_role("tab", name="About & limits").click()
    page.wait_for_selector("[data-setting='keys']")
    assert not page.is_checked("[data-setting='keys']")


def test_the_skip_link_and_the_arrow_keys_of_the_tabs(page: Any, address: str) -> None:
    visit(page, address)
    page.focus(".skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    page.get_by_role("tab", name="Ask").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Brief"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.textContent.trim()") == "About & limits"
