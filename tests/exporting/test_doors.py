"""The doors to the exports: which form writes what, what is left out, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.model import Scope
from assistant.wiring import ANSWER_FORMS, MATRIX_FORMS, export_answer, export_matrix, form_of
from tests.desk import MemoryDesk
from tests.exporting.made import ANSWER, DAY


@pytest.mark.parametrize("form", ANSWER_FORMS)
def test_every_form_of_an_answer_is_written(form: str) -> None:
    assert export_answer(MemoryDesk(), ANSWER, form, DAY)


@pytest.mark.parametrize("form", MATRIX_FORMS)
def test_every_form_of_a_matrix_is_written_the_same_twice(form: str) -> None:
    desk = MemoryDesk()
    matrix = desk.matrix(Scope())
    assert export_matrix(desk, matrix, form, DAY) == export_matrix(desk, matrix, form, DAY)


def test_the_json_of_an_answer_leaves_out_what_nothing_supports() -> None:
    data = json.loads(export_answer(MemoryDesk(), ANSWER, "json", DAY))
    assert [s["text"] for s in data["statements"]] == ["12 companies take part."]
    assert [c["number"] for c in data["citations"]] == [1]
    assert "“12 companies take part.” [1]" in data["text"]
    assert "Everybody" not in data["text"]
    assert data["exported"] == "2026-11-25"


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(
        SettingsError, match=r"wanted a file ending in \.md, \.docx, \.json, \.ris, \.bib, \.csl, got 'pdf'"
    ):
        export_answer(MemoryDesk(), ANSWER, "pdf", DAY)
    assert form_of(Path("a.DOCX"), ANSWER_FORMS) == "docx"
