"""Tables drawn with rulings: whether a first row heads one, and what is a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.reading.reader import read_document
from assistant.reading.table_heads import can_head
from tests.reading.makers import FIRST, paragraph, rule, show, write_pdf


@pytest.mark.parametrize(
    ("cells", "head"),
    [
        (("Result", "2024", "2028"), True),
        (("Area", "2025–26", "Total"), True),
        (("Centre", "City", "Patients in 2024"), True),
        (("Patients a year", "5,460", "9,000"), False),
        (("Refused (%)", "29 %", "–"), False),
        (("Result",), True),
    ],
)
def test_a_row_of_values_heads_nothing(cells: tuple[str, ...], head: bool) -> None:
    assert can_head(cells) is head


def test_a_row_whose_cells_stand_low_beside_a_tall_one_is_a_row(tmp_path: Path) -> None:
    """The first line of such a row has one cell only; vertical rulings say that it is a row."""
    content = paragraph(FIRST, 60, 780)
    for number, (name, kind) in enumerate((("Access", "Software"), ("Panels", "Hardware"), ("Trust", "Talks"))):
        top = 700 - 60 * number
        content += rule(58, top, 500) + paragraph(FIRST, 190, top - 14)
        content += show(name, 62, top - 38) + show(kind, 122, top - 38)
        content += "".join(f"q 0.5 w {x} {top} m {x} {top - 60} l S Q\n" for x in (58, 118, 186, 500))
    content += rule(58, 520, 500)
    (page,) = read_document(write_pdf(tmp_path / "made.pdf", [content])).pages
    rows = [page.text[block.start : block.end] for block in page.blocks if block.kind == "table"]
    whole = " ".join(FIRST)
    assert rows == [f"Access · Software · {whole}", f"Panels · Hardware · {whole}", f"Trust · Talks · {whole}"]
