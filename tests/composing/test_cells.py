"""The cell of a row that a question asks for by the head of its column."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.composing import wording
from assistant.composing.cells import cell_asked, cells_of, column_named
from assistant.geometry import Run, pack
from tests.fakes import small_library

HEADS = ("Indicator", "Baseline 2024", "Target 2027", "Target 2030")


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("What is the target for 2030?", 3),
        ("How many are there to be by 2027?", 2),
        ("What was it in 2024?", 1),
        ("What is the target?", None),  # two columns
        ("How many in 2026?", None),
        ("Which indicator is it?", None),  # the label's own column
    ],
)
def test_a_column_is_named_by_its_head(question: str, place: int | None) -> None:
    assert column_named(question, HEADS) == place


HEAD = "Area · 2026 · 2027"


def cell(row: str, lefts: dict[str, float] | None = None) -> tuple[str, str]:
    """Return the cell asked for on a page of a heading row and a row; `lefts` gives the left edge of each cell."""
    library = small_library()
    text = f"{HEAD}\n\n{row}"
    head, span = (0, len(HEAD)), (len(HEAD) + 2, len(text))
    runs = []
    for number, (start, line) in enumerate(((0, HEAD), (span[0], row))):
        for (first, last), part in zip(cells_of(start, line), line.split(" · "), strict=True):
            left = (lefts or {}).get(part, 0.0)
            places = tuple(left + 5 * n for n in range(last - first))
            runs.append(Run(first, 20.0 * number, 20.0 * number + 10, places, tuple(x + 5 for x in places)))
    geometry = pack(runs) if lefts else b""
    library.pages[("fi", 1)] = replace(library.page("fi", 1), text=text, geometry=geometry)
    return cell_asked(library, "fi", 1, head, span, "How much for training in 2027?")


def test_the_cell_under_the_head_is_named() -> None:
    assert cell("Training · 1.9 · 2.6") == ("2027", "2.6")
    assert cell("Training · 2.6") == ("", "")  # a cell is missing: which one is not known


def test_a_cell_must_stand_under_its_head() -> None:
    places = {"Area": 0.0, "2026": 100.0, "2027": 200.0, "Training": 0.0, "1.9": 105.0, "2.6": 205.0}
    assert cell("Training · 1.9 · 2.6", places) == ("2027", "2.6")
    assert cell("Training · 1.9 · 2.6", {**places, "2.6": 105.0, "1.9": 60.0}) == ("", "")


def test_it_is_said_in_the_assistant_s_own_voice() -> None:
    assert wording.in_column("Training", "2027", "2.6") == "Under “2027” the row “Training” has 2.6."
