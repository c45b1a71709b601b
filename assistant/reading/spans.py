"""Tables whose cells span columns and rows, laid out so that every cell stands under its own head (pure).

A cell over several columns stands in each of them, one over several rows in each row: a row then carries its own
label, and heads of two rows become one ("Genomes 2023 Planned"). An empty cell is a dash, for a row must have as many
cells as its heads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

EMPTY = "–"
MOST_COLUMNS, MOST_ROWS = 400, 20_000
LONGEST_LABEL = 12
"""Words of a cell over several rows that is said again in each of them; a longer one is text, no label."""
MOST_HEADS = 4
"""Rows that may head a table."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, over how many columns and rows it stands, and whether the file marks it as a head."""

    text: str
    columns: int = 1
    rows: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The joined heads, one for each column ([] where the table has none), and the rows below, all equally long.

    `titles` are cells over the whole width above the heads.

    A row of one cell is one that stands over the whole width: it opens a part of the table.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    titles: tuple[str, ...] = ()


def laid_out(rows: Sequence[Sequence[Cell]], marked: int = 0) -> Table:
    """Return the table; its first `marked` rows are its heads by the file's own word, else they are found."""
    grid = _grid(rows)
    width = max((len(row) for row in grid), default=0)
    titles: list[str] = []
    while len(rows) > 1 and len(full := [cell for cell in rows[0] if cell.text]) == 1 and full[0].columns >= width > 1:
        titles.append(full[0].text)
        rows, grid, marked = rows[1:], grid[1:], max(0, marked - 1)
    count = marked or _head_rows(rows, grid)
    if count and count >= len(grid):
        count = 0
    heads = [[row[place] if place < len(row) else "" for row in grid[:count]] for place in range(width)]
    over = [" ".join(dict.fromkeys(part for part in parts if part)) for parts in heads]
    body = [_body(row, original, width) for row, original in zip(grid[count:], list(rows)[count:], strict=False)]
    return Table(
        tuple(text or EMPTY for text in over) if count else (), tuple(row for row in body if row), tuple(titles)
    )


def _grid(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Return the rows with every cell in each column and row that it stands over."""
    grid: list[list[str]] = []
    down: dict[int, tuple[str, int]] = {}
    for cells in rows[:MOST_ROWS]:
        line: list[str] = []
        after: dict[int, tuple[str, int]] = {}
        queue = list(cells)
        while (queue or any(place >= len(line) for place in down)) and len(line) < MOST_COLUMNS:
            place = len(line)
            if place in down:
                text, left = down.pop(place)
                line.append(text)
                if left > 1:
                    after[place] = (text, left - 1)
            elif queue:
                cell = queue.pop(0)
                for number in range(max(1, min(cell.columns, MOST_COLUMNS))):
                    if number and len(line) in down:
                        break
                    if cell.rows > 1:
                        label = cell.text if len(cell.text.split()) <= LONGEST_LABEL else ""
                        after[len(line)] = (label, cell.rows - 1)
                    line.append(cell.text)
            else:
                line.append("")
        grid.append(line)
        down = after
    return grid


def _body(row: Sequence[str], cells: Sequence[Cell], width: int) -> tuple[str, ...]:
    """Return a row of the table's width, () for one without words; a cell over the whole width stands alone."""
    full = [cell for cell in cells if cell.text]
    if not any(row):
        return ()
    if width > 1 and len(full) == 1 and full[0].columns >= width > 1:
        return (full[0].text,)
    return tuple(text or EMPTY for text in (*row, *[""] * (width - len(row))))


def _head_rows(rows: Sequence[Sequence[Cell]], grid: Sequence[Sequence[str]]) -> int:
    """Return how many rows head the table: those marked as heads, and those under a head that spans columns."""
    count = 0
    while count < min(MOST_HEADS, len(rows)) and rows[count] and all(cell.head for cell in rows[count]):
        count += 1
    if not count and not _looks_like_head(grid):
        return 0
    count = max(1, count)
    while count < min(MOST_HEADS, len(rows) - 1) and _goes_on(rows[count - 1], grid[count]):
        count += 1
    return count


def _goes_on(above: Sequence[Cell], row: Sequence[str]) -> bool:
    """Return whether a row under heads that span columns names those columns: words or years, no values."""
    spans = any(1 < cell.columns < len(row) for cell in above)
    words = [text for text in row if text]
    return spans and bool(words) and all(not _is_value(text) for text in words)


def _is_value(text: str) -> bool:
    year = len(text) == 4 and text.isdigit() and text[:2] in ("19", "20")
    return any(char.isdigit() for char in text[:2]) and not year


def _looks_like_head(grid: Sequence[Sequence[str]]) -> bool:
    """Return whether a first row looks like a head: two cells or more, filled (but the first) and short, no values."""
    if len(grid) < 2 or len(grid[0]) < 2:
        return False
    first = grid[0]
    short = all(len(cell.split()) <= 8 and not _is_value(cell) and cell[-1:] != "." for cell in first)
    if not (short and all(first[1:])):
        return False
    years = any(cell[:1].isdigit() for cell in first)
    return bool(first[0]) or years or any(_is_value(cell) for row in grid[1:] for cell in row[1:])
