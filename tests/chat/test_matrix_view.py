"""The matrix tab: squares in words, profiles, cells for the evidence pane, filling in the background."""

from __future__ import annotations

import threading
from typing import Any

import httpx
import pytest

from assistant.chat.filling import Fillings
from assistant.chat.matrix import Shown, cell_html, filling_html, table_html
from assistant.chat.profiles import country_html, indicator_html
from assistant.evidence import Matrix, Progress
from assistant.model import Scope
from tests.chat.conftest import shown, visit
from tests.desk import GRID, MemoryDesk, small_matrix

MATRIX = small_matrix(Scope())


def test_each_square_says_in_words_what_its_colour_means() -> None:
    html = table_html(MATRIX, Shown())
    assert 'aria-label="Estonia, Public trust: 1 document quoted, 1 of 1 indicators"' in html
    assert 'class="square level-1"' in html
    assert 'aria-label="Estonia, Law: nothing found in 1 document"' in html
    assert 'aria-label="Latvia, Law: no documents"' in html
    assert "assigns no maturity level" in html


def test_a_domain_opens_to_its_indicators_and_a_country_alone_keeps_its_row() -> None:
    html = table_html(MATRIX, Shown(country="LV", domain="law"))
    assert html.count("<tr>") == 2
    assert ">Genome law</button>" in html
    assert "Latvia, Consent: no documents" in html
    assert "Estonia" not in html
    assert 'data-ask="Is there a law on genome data in Latvia?"' in html


def test_profiles_quote_or_name_the_silence() -> None:
    country = country_html(MATRIX, "EE", Shown())
    assert "Evidence on 1 of 3 indicators, from 1 document about Estonia." in country
    assert "Nothing found in 1 document: Genome law; Consent." in country
    assert 'data-ask="How is the public told in Estonia?"' in country
    indicator = indicator_html(MATRIX, GRID.indicators[0], Shown())
    assert "Evidence in 1 of 2 countries." in indicator
    assert "No documents: Latvia." in indicator


def test_a_cell_brings_its_quotations_as_cards() -> None:
    html = cell_html(MATRIX.row("EE"), {i.id: i for i in GRID.indicators}, "Estonia")
    assert html.count('class="card ') == 1
    assert "<strong>Consent</strong>: nothing found in 1 document" in html


class SlowDesk(MemoryDesk):
    """Fills the matrix only when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let, self.begun, self.calls = threading.Event(), threading.Event(), 0

    def matrix(self, scope: Scope | None = None, progress: Progress = lambda done, total: None) -> Matrix:
        self.calls += 1
        progress(3, 6)
        self.begun.set()
        self.let.wait(10)
        return small_matrix(scope or Scope())


def test_nobody_waits_for_the_filling_and_it_is_done_once() -> None:
    desk = SlowDesk()
    fillings = Fillings(desk)
    first = fillings.get(Scope())
    assert desk.begun.wait(10)
    assert (first.matrix, first.done, first.total) == (None, 3, 6)
    assert "50 %" in filling_html(first.done, first.total, Shown())
    assert fillings.get(Scope()) is first
    desk.let.set()
    for _ in range(100):
        if fillings.get(Scope()).matrix:
            break
        threading.Event().wait(0.02)
    assert first.matrix is not None
    assert desk.calls == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/view/matrix", 200),
        ("/view/matrix/table?country=EE&kind=visit-report&from=2024&to=2018", 200),
        ("/view/matrix/table?country=%3Cscript%3E&kind=x&from=y", 200),
        ("/view/matrix/cell?country=EE&domain=law", 200),
        ("/view/matrix/cell?country=EE", 404),
        ("/view/matrix/cell?country=JP&domain=law", 404),
        ("/view/matrix/cell?country=EE&indicator=none", 404),
        ("/view/matrix/country?country=EE", 200),
        ("/view/matrix/country?country=JP", 404),
        ("/view/matrix/indicator?indicator=law-1", 200),
        ("/view/matrix/indicator?indicator=none", 404),
    ],
)
def test_routes(address: str, path: str, status: int) -> None:
    assert httpx.get(address + path).status_code == status


@pytest.mark.ui
def test_from_a_square_to_the_page_and_on_to_the_chat(page: Any, address: str) -> None:
    visit(page, address)
    page.get_by_role("tab", name="Evidence matrix").click()
    square = page.get_by_role("button", name="Estonia, Public trust: 1 document quoted, 1 of 1 indicators")
    square.click()
    shown(page)
    page.wait_for_function("document.activeElement.id === 'card-cell-EE-trust-1'")
    assert "boxes=50,100,390,112" in page.get_attribute("#viewer-image", "src")
    page.keyboard.press("Escape")
    page.wait_for_function(
        "(document.activeElement.getAttribute('aria-label') || '').includes('Estonia, Public trust')"
    )
    page.get_by_role("button", name="Estonia: everything found").click()
    page.get_by_role("button", name="Ask in the chat", exact=True).click()
    page.wait_for_selector("#conversation .turn .verdict")
    assert page.inner_text("#conversation .turn .asked") == "How is the public told in Estonia?"
