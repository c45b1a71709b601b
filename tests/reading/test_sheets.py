"""Workbooks: a page a sheet, named with its cells; values as the sheet shows them, under their heads."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from assistant.model import Page
from assistant.reading.guard import read_guarded
from assistant.reading.numbers import shown
from assistant.reading.reader import read_document
from assistant.reading.sentences import split_sentences


def parts(page: Page) -> list[tuple[str, str]]:
    return [(block.kind, page.text[block.start : block.end]) for block in page.blocks]


def test_a_sheet_is_a_page_of_tables(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Budget"
    for row in (
        ["Genomes and money (EUR million)"], ["Country", "Genomes 2023", None, "Share"], [None, "Planned", "Done", None],  # noqa: E501
        ["Latvia", 7000, 6500, 0.25], [None, 900, None, 0.5], ["Source: the ministries."], [], ["Name", "Place"],
        ["Ada", "Riga"],
    ):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("B2:C2")
    sheet.merge_cells("A4:A5")
    for line in (4, 5):
        sheet.cell(line, 2).number_format, sheet.cell(line, 3).number_format = "#,##0", "#,##0"
        sheet.cell(line, 4).number_format = "0%"
    book.create_sheet("Empty")
    book.save(tmp_path / "a.xlsx")
    reading = read_document(tmp_path / "a.xlsx")
    assert [page.label for page in reading.pages] == ["sheet Budget!A1:D9", "sheet Empty"]
    page = reading.pages[0]
    assert parts(page) == [
        ("heading", "Budget"), ("heading", "Genomes and money (EUR million)"),
        ("caption", "Country · Genomes 2023 Planned · Genomes 2023 Done · Share"), ("table", "Latvia · 7,000 · 6,500 · 25%"),  # noqa: E501
        ("table", "Latvia · 900 · – · 50%"), ("paragraph", "Source: the ministries."), ("caption", "Name · Place"),
        ("table", "Ada · Riga"),
    ]  # fmt: skip
    rows = [page.text[slice(*s.lead)] for s in split_sentences(page) if s.lead]
    assert rows == ["Country · Genomes 2023 Planned · Genomes 2023 Done · Share"] * 2 + ["Name · Place"]
    assert read_guarded(tmp_path / "a.xlsx") == reading


def test_what_a_sheet_does_not_show_is_left_out_and_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Country", "Secret", "Genomes"], ["Malta", "no", 12], ["Hidden", "no", 13], ["Italy", "no", 14]):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet["C4"].font = Font(strike=True)
    sheet["A2"].comment = Comment("A remark", "x")
    pieces = CellRichText(
        "10", TextBlock(InlineFont(vertAlign="superscript"), "6"), TextBlock(InlineFont(strike=True), " old")
    )
    sheet["A4"] = pieces
    sheet["D2"] = "=1+1"
    book.create_sheet("Away").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    reading = read_document(tmp_path / "a.xlsx")
    assert parts(reading.pages[0])[1:] == [
        ("caption", "Country · Genomes"), ("table", "Malta · 12"), ("paragraph", "10⁶"),
    ]  # fmt: skip
    assert reading.warnings == (
        "hidden sheets were left out",
        "hidden text was left out: hidden rows, columns or cells",
        "struck-out or deleted text was left out",
        "comments were left out",
        "formulas without a stored value were not read",
    )


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.125, "0.0%", "12.5%"), (1234.5, "#,##0.00", "1,234.50"), (1234.5, "General", "1234.5"), (7, "000", "007"),
        (-3, "0;(0)", "(3)"), (12, '0 "mn €"', "12 mn €"), (5, "[$€-407] #,##0", "€ 5"), (0.1 + 0.2, "General", "0.3"),
        (date(2024, 5, 1), "dd/mm/yyyy", "01/05/2024"), (datetime(2024, 5, 1, 13, 7), "d mmm yyyy hh:mm", "1 May 2024 13:07"),  # noqa: E501
        (True, "General", "TRUE"), ("text", "@", "text"), (2_500_000, '#,##0.0,,"M"', "2.5M"), (1.5, "0.##", "1.5"),
        (2, "0.##", "2"), (1234567, "0.00E+00", "1.23E+06"),
    ],
)  # fmt: skip
def test_values_are_read_as_shown(value: Any, form: str, text: str) -> None:
    assert shown(value, form) == text
