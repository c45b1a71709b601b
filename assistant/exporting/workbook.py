"""The matrix as a workbook: the one file that writes through openpyxl. Texts are never formulas."""

from __future__ import annotations

import io
from typing import Any

from assistant.countries import name_of
from assistant.evidence import NO_LEVEL, Cell, Matrix, silence_words
from assistant.exporting.flat import COLUMNS, rows
from assistant.exporting.frame import Stamp, neutral, same_bytes

WIDTHS = {"quote": 90, "document": 38, "indicator name": 28, "address": 40, "file": 34, "country": 18, "silence": 26}
FILLS = {"direct": "BFD7EA", "partial": "E3EEF6", "silent": "FFFFFF", "none": "EEEEEE"}


def to_xlsx(matrix: Matrix, stamp: Stamp) -> bytes:
    """Return a workbook with three sheets: the grid, every quotation with its source, and what it was made of."""
    from openpyxl import Workbook

    book = Workbook()
    grid = book.active
    grid.title = "Matrix"
    _grid_sheet(grid, matrix)
    _quotes_sheet(book.create_sheet("Evidence"), matrix, stamp)
    _about_sheet(book.create_sheet("About"), matrix, stamp)
    out = io.BytesIO()
    book.save(out)
    return same_bytes(out.getvalue(), stamp.day)


def _grid_sheet(sheet: Any, matrix: Matrix) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    heads = [f"{i.domain} · {i.name}" for i in matrix.grid.indicators]
    sheet.append([neutral(text) for text in ("Country", *heads)])
    for country in matrix.countries:
        cells = matrix.row(country)
        sheet.append([neutral(name_of(country)), *(neutral(cell_words(cell)) for cell in cells)])
        for column, cell in enumerate(cells, start=2):
            place = sheet.cell(row=sheet.max_row, column=column)
            kind = cell.strength or ("silent" if cell.searched else "none")
            place.fill = PatternFill("solid", fgColor=FILLS[kind])
            place.alignment = Alignment(wrap_text=True, vertical="top")
    for place in sheet[1]:
        place.font, place.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    _finish(sheet, "B2", {0: 18.0}, 24.0)


def cell_words(cell: Cell) -> str:
    """Return a cell of the grid in words: how many quotations from how many documents and years, or its silence."""
    if not cell.quotes:
        return silence_words(cell)
    first, last = (cell.years[0], cell.years[-1]) if cell.years else (0, 0)
    years = "" if not first else f", {first}" if first == last else f", {first}–{last}"
    quotes = f"{len(cell.quotes)} quote{'s' * (len(cell.quotes) > 1)}"
    text = f"{quotes} from {cell.documents} document{'s' * (cell.documents > 1)}{years} ({cell.strength})"
    return f"{text}; sources differ" if cell.differing else text


def _quotes_sheet(sheet: Any, matrix: Matrix, stamp: Stamp) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.append([neutral(name) for name in COLUMNS])
    for row in rows(matrix, stamp):
        sheet.append([neutral(value) if isinstance(value, str) else value for value in row.values()])
    wrapped = [COLUMNS.index(name) for name in ("quote", "document", "differs from")]
    for line in sheet.iter_rows(min_row=2):
        for column in wrapped:
            line[column].alignment = Alignment(wrap_text=True, vertical="top")
    for place in sheet[1]:
        place.font = Font(bold=True)
    _finish(sheet, "A2", {COLUMNS.index(name): float(width) for name, width in WIDTHS.items()}, 12.0)


def _about_sheet(sheet: Any, matrix: Matrix, stamp: Stamp) -> None:
    f = stamp.made_of
    facts: list[tuple[str, str | int]] = [
        ("Grid", matrix.grid.title), ("Note", NO_LEVEL), ("Exported", stamp.day.isoformat()),
        ("Library revision", f.revision), ("Settings", f.settings), ("Encoder", f.encoder),
        ("Documents in the library", len(stamp.documents)), ("Maturity level", "not assigned"),
    ]  # fmt: skip
    for name, value in facts:
        sheet.append([name, neutral(value) if isinstance(value, str) else value])
    sheet.append([])
    sheet.append(["Indicator", "Question"])
    for i in matrix.grid.indicators:
        sheet.append([neutral(f"{i.id} {i.name}"), neutral(i.question)])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 40, 100


def _finish(sheet: Any, frozen: str, widths: dict[int, float], default: float) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = frozen
    sheet.auto_filter.ref = sheet.dimensions
    for column in range(sheet.max_column):
        sheet.column_dimensions[get_column_letter(column + 1)].width = widths.get(column, default)
