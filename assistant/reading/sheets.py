"""Spreadsheets (.xlsx) through openpyxl: one page for each sheet, named with the cells it holds.

Cells are read as the sheet shows them. Hidden sheets, rows, columns and cells, struck cells and comments are left out
and named.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableDocument
from assistant.model import Reading
from assistant.reading.builder import Builder, fold
from assistant.reading.drawings import labels_of
from assistant.reading.numbers import shown
from assistant.reading.raised import lowered, raised
from assistant.reading.sheet_tables import Row, add_tables
from assistant.reading.spans import MOST_COLUMNS, MOST_ROWS, Cell

LEFT_OUT = {
    "sheets": "hidden sheets were left out",
    "hidden": "hidden text was left out: hidden rows, columns or cells",
    "struck": "struck-out or deleted text was left out",
    "comments": "comments were left out",
    "formulas": "formulas without a stored value were not read",
    "drawn": "words in charts and drawings of the sheets were not read",
    "long": f"only the first {MOST_ROWS:,} rows and {MOST_COLUMNS} columns of a sheet are read",
}
_EMPTY_FORMULA = re.compile(rb"<f[ >][^<]*</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>|<f[^>]*/>\s*(?:<v\s*/>|<v></v>)?\s*</c>")


class _Sheets:
    """One walk over the sheets of a workbook."""

    def __init__(self) -> None:
        self.builder = Builder()
        self.counts: Counter[str] = Counter()

    def sheet(self, sheet: Any) -> None:
        """Add a sheet as a page; a hidden one is an empty page, so that the numbers stay those of the file."""
        label = f"sheet {sheet.title}"
        if sheet.sheet_state != "visible":
            self.counts["sheets"] += 1
        else:
            self.builder.add("heading", sheet.title, 1)
            grid, used = self._grid(sheet)
            add_tables(self.builder, grid)
            label += f"!{used}" if used else ""
        self.builder.new_page(label, empty=True)

    def _grid(self, sheet: Any) -> tuple[list[Row], str]:
        """Return (the rows that are seen, None for a cell that another one covers; the range of cells with words)."""
        self.counts["long"] += sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS
        gone_rows = {row for row, size in sheet.row_dimensions.items() if size.hidden}
        gone_columns = {
            column
            for size in sheet.column_dimensions.values()
            if size.hidden
            for column in range(size.min or 1, min(size.max or size.min or 1, MOST_COLUMNS) + 1)
        }
        spans, covered = _merged(sheet)
        rows: list[Row] = []
        places: list[tuple[int, int, str]] = []
        bounds = {"max_row": min(sheet.max_row, MOST_ROWS), "max_col": min(sheet.max_column, MOST_COLUMNS)}
        for number, line in enumerate(sheet.iter_rows(**bounds), 1):
            row: Row = []
            for column, cell in enumerate(line, 1):
                self.counts["comments"] += getattr(cell, "comment", None) is not None
                if number in gone_rows or column in gone_columns:
                    self.counts["hidden"] += cell.value is not None
                    continue
                if (number, column) in covered:
                    row.append(None)
                    continue
                text = fold(self._words(cell))
                if text:
                    places.append((number, column, cell.column_letter))
                down, over = spans.get((number, column), (1, 1))
                row.append(Cell(text, over, down))
            if number not in gone_rows:
                rows.append(row)
        if not places:
            return rows, ""
        first, last = min(places, key=lambda p: p[1]), max(places, key=lambda p: p[1])
        return rows, f"{first[2]}{places[0][0]}:{last[2]}{places[-1][0]}"

    def _words(self, cell: Any) -> str:
        """Return what a cell shows."""
        if cell.value is None:
            return ""
        font, form = cell.font, str(cell.number_format or "General")
        white = font is not None and font.color is not None and str(font.color.rgb)[-6:] == "FFFFFF"
        plain = cell.fill is None or cell.fill.fill_type is None
        if font is not None and font.strike:
            self.counts["struck"] += 1
            return ""
        if form.replace('"', "").strip() == ";;;" or (white and plain and font.color.type == "rgb"):
            self.counts["hidden"] += 1
            return ""
        if isinstance(cell.value, list):  # rich text: a list of pieces
            return self._pieces(cell.value)
        place = getattr(font, "vertAlign", None)
        text = shown(cell.value, form)
        return raised(text, "") if place == "superscript" else text

    def _pieces(self, pieces: list[Any]) -> str:
        out = ""
        for piece in pieces:
            font = getattr(piece, "font", None)
            text = str(getattr(piece, "text", piece))
            if font is not None and font.strike:
                self.counts["struck"] += 1
            elif font is not None and font.vertAlign in ("superscript", "subscript"):
                out += (raised if font.vertAlign == "superscript" else lowered)(text, out)
            else:
                out += text
        return out


def _merged(sheet: Any) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Return (rows and columns of each merged cell by its first place, the places that merged cells cover)."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for area in list(sheet.merged_cells.ranges)[:10_000]:
        rows = range(area.min_row, min(area.max_row, MOST_ROWS) + 1)
        columns = range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1)
        spans[area.min_row, area.min_col] = (len(rows), len(columns))
        covered |= {(row, column) for row in rows for column in columns if (row, column) != (rows[0], columns[0])}
    return spans, covered


def read_xlsx(path: Path) -> Reading:
    """Return the reading of a workbook, one page a sheet; raises UnreadableDocument."""
    import openpyxl

    walk = _Sheets()
    try:
        book = openpyxl.load_workbook(str(path), data_only=True, rich_text=True)
        for sheet in book.worksheets:
            walk.sheet(sheet)
        with zipfile.ZipFile(path) as file:
            _unread(file, walk.counts)
    except MemoryError:
        raise
    except Exception as problem:  # openpyxl raises KeyError, ValueError, TypeError, XML errors and others
        raise UnreadableDocument(path.name, "the file is damaged or no Excel workbook") from problem
    pages = walk.builder.pages()
    if not any(block.kind != "heading" for page in pages for block in page.blocks):
        raise UnreadableDocument(path.name, "it has no text")
    data = book.properties
    created = data.created.date().isoformat() if data.created else ""
    author = "" if data.creator == "openpyxl" else data.creator or ""
    warnings = tuple(words for name, words in LEFT_OUT.items() if walk.counts[name])
    return Reading(
        pages, fold(data.title or "")[:500], fold(author)[:500], created, (data.language or "")[:20], (), warnings
    )


def _unread(file: zipfile.ZipFile, counts: Counter[str]) -> None:
    """Count what the file shows and openpyxl does not give: formulas never calculated, words in drawings."""
    for name in file.namelist():
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            counts["formulas"] += len(_EMPTY_FORMULA.findall(file.read(name)))
        elif re.fullmatch(r"xl/(?:drawings/drawing|charts/chart)\d*\.xml", name):
            counts["drawn"] += len(labels_of(file.read(name)))
