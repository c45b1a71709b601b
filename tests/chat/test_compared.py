"""An answer on several countries is a table that can be sorted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant.chat.answer import turn_html
from assistant.chat.compared import rows_of
from assistant.model import Answer, Statement
from tests.chat.conftest import visit
from tests.desk import MemoryDesk


def of_three() -> Answer:
    """Return an answer on three countries, one of them with two quotations, one less sure."""
    answer = MemoryDesk().ask("How did Estonia win public trust?")
    first = answer.citations[0]
    cited = (first, replace(first, number=2, title="Plan", year=2018, kind="framework"), replace(first, number=3))
    said = (
        Statement("Estonia did.", (1,), "EE"),
        Statement("Both did.", (2,), "LV", others=("FI",)),
        Statement("Estonia did more.", (3,), "EE"),
        Statement("Perhaps.", (1,), "MT", sure=False),
    )
    return replace(answer, citations=cited, statements=said)


def test_a_statement_on_two_countries_stands_in_both_rows() -> None:
    rows = rows_of(of_three().statements)
    assert [(country, [s.text for s in said]) for country, said in rows.items()] == [
        ("EE", ["Estonia did.", "Estonia did more."]),
        ("LV", ["Both did."]),
        ("FI", ["Both did."]),
        ("MT", ["Perhaps."]),
    ]


def test_the_table_has_one_quotation_a_cell_and_folds_the_rest() -> None:
    shown = turn_html(of_three(), 1)
    assert shown.count('<tr data-country="') == 3
    assert "<details><summary>1 more</summary>" in shown
    assert '<td data-key="2018">Plan <small>Framework, 2018</small></td>' in shown
    assert "<summary>Less sure (1)</summary>" in shown
    two = replace(of_three(), statements=of_three().statements[:1])
    assert "<table" not in turn_html(two, 1)


@pytest.mark.ui
def test_the_table_is_sorted_by_a_click(page: Any, address: str) -> None:
    visit(page, address)
    page.evaluate("html => { document.getElementById('earlier').innerHTML = html; }", turn_html(of_three(), 9))
    names = "[...document.querySelectorAll('.compared tbody th')].map((e) => e.textContent)"
    page.click(".compared [data-sort='0']")
    assert page.evaluate(names) == ["Estonia", "Finland", "Latvia"]
    page.click(".compared [data-sort='0']")
    assert page.evaluate(names) == ["Latvia", "Finland", "Estonia"]
    page.click(".compared [data-sort='2']")
    assert page.evaluate(names) == ["Latvia", "Finland", "Estonia"]
    assert page.get_attribute(".compared thead th:last-child", "aria-sort") == "ascending"
