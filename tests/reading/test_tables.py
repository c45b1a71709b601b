"""Whether a first row heads a table."""

from __future__ import annotations

import pytest

from assistant.reading.table_heads import can_head


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
