"""The rows of a sheet as titles, tables and notes (pure).

Empty rows part tables; a line of one cell above a table is its title, one below it a note.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reading.builder import Builder
from assistant.reading.spans import Cell

Row = list[Cell | None]
"""The cells of a row by their column; None for a place that another cell covers."""
LONGEST_TITLE = 20
"""Words of a line of one cell that may be the title of a table."""


def add_tables(builder: Builder, rows: Sequence[Row]) -> None:
    """Add the rows of a sheet to a document."""
    for part in _parts(rows):
        texts = [[cell.text for cell in row if cell is not None and cell.text] for row in part]
        first = next((place for place, row in enumerate(texts) if len(row) > 1), len(part))
        last = next((place for place in range(len(part) - 1, -1, -1) if len(texts[place]) > 1), -1)
        for text in (row[0] for row in texts[:first] if row):
            short = len(text.split()) <= LONGEST_TITLE and text[-1:] != "." and first < len(part)
            builder.add("heading" if short else "paragraph", text, 2)
        if first <= last:
            table = part[first : last + 1]
            used = [place for place in range(max(map(len, table))) if any(_words_at(row, place) for row in table)]
            cut = [row[used[0] : used[-1] + 1] for row in table]
            builder.table([[cell for cell in row if cell is not None] for row in cut])
            for text in (row[0] for row in texts[last + 1 :] if row):
                builder.add("paragraph", text)


def _words_at(row: Row, place: int) -> bool:
    cell = row[place] if place < len(row) else None
    return cell is not None and bool(cell.text)


def _parts(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the stretches of rows with words."""
    parts: list[list[Row]] = [[]]
    for row in rows:
        if any(cell is None or cell.text for cell in row):
            parts[-1].append(row)
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if any(cell is not None and cell.text for row in part for cell in row)]
