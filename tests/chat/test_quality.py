"""The figures on the screen: from the files that the evaluation really writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.chat.quality import COLUMNS, OTHERS, OWN, figure, meaning, quality_html
from assistant.wiring.recorded import recorded
from tests.desk import MemoryDesk

EVAL = Path(__file__).parents[2] / "eval"


def test_the_recorded_files_fill_the_tables() -> None:
    data = recorded(EVAL)
    assert data is not None
    assert {name for name, _, _ in OTHERS} <= set(data["other_hands"]["all"])
    assert set(COLUMNS) <= set(data["other_hands"])
    for one in data["sets"].values():
        assert {name for name, _, _ in OWN} <= set(one["test"])
    shown = quality_html(data)
    assert shown.index("Questions by other hands") < shown.index("Our own questions")
    assert shown.count("<table") == 2
    assert "<td>–</td>" not in shown


def test_the_figures_are_said_in_words() -> None:
    shown = quality_html(MemoryDesk().evaluation())
    assert "For 7 questions of ten that the documents answer, a right page is shown." in shown
    assert "the words that answer are there 5 times of ten" in shown
    assert "Of a hundred questions that the documents do not answer, it calls 3 answered." in shown
    assert meaning({"page": None}) == ""


@pytest.mark.parametrize("data", [None, {}, {"other_hands": {}, "sets": {}}, {"other_hands": 3, "sets": []}])
def test_nothing_recorded_is_said(data: dict[str, object] | None) -> None:
    assert quality_html(data) == '<p class="empty">No evaluation is recorded beside this library.</p>'


def test_a_folder_without_figures_has_none(tmp_path: Path) -> None:
    assert recorded(tmp_path) is None
    (tmp_path / "baseline.json").write_text("no JSON")
    assert recorded(tmp_path) is None


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [(0.667, "share", "67 %"), (1234.4, "number", "1,234"), (True, "share", "–"), ("x", "n", "–")],
)
def test_figures(value: object, form: str, text: str) -> None:
    assert figure(value, form) == text
