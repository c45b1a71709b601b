"""The heads of a table drawn with rulings: where they end, whether there are any, two rows of them as one (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.geometry import Box
from assistant.reading.paragraphs import is_bold
from assistant.reading.shapes import YEAR, Line, Row

_VALUE = re.compile(r"[^\w\s]*\d[\d.,\s]*[^\w\s]*|[–-]")


def can_head(cells: Sequence[str]) -> bool:
    """Return whether a first row can head a table: on the page where a table goes on, it is a row like the others."""
    values = cells[1:]
    return not values or not all(_VALUE.fullmatch(cell) and not YEAR.fullmatch(cell) for cell in values)


def under_head(lines: Sequence[Line], heights: list[float], rules: Sequence[Box]) -> list[float]:
    """Return the rulings with one more under the head where none divides it from the first row.

    It stands where at least three vertical rulings begin (a head without borders), or where the first band changes
    from bold letters to others. A head woven into the first row would make every cell say two things.
    """
    top, bottom = heights[:2]
    band = sorted((line for line in lines if top < line.base - 0.3 * line.size <= bottom), key=lambda line: line.base)
    bold = [is_bold(line.font) for line in band]
    count = bold.index(False) if False in bold else 0
    starts = [rule[1] for rule in rules if rule[3] - rule[1] > rule[2] - rule[0] and top + 4 < rule[1] < bottom - 4]
    if count and not any(bold[count:]):
        edge = (band[count - 1].bottom + band[count].top) / 2
    else:
        edge = next((start for start in starts if sum(abs(start - other) < 2 for other in starts) >= 3), top)
    above, below = ([x for x in band if (x.base - 0.3 * x.size > edge) == under] for under in (False, True))
    apart = above and below and max(x.base for x in above) < min(x.base for x in below)
    return [top, edge, *heights[1:]] if apart and len(above) > 1 and len(below) > 1 else heights


def one_head(rows: list[Row], borders: Sequence[float]) -> list[Row]:
    """Return the rows with heads of two rows as one: "Genomes" over "planned · done" heads them, then they do.

    The second row is one of heads where a cell of the first stands over several of its own, and it has no values.
    """
    if len(rows) < 3 or not any(rows[0][1:]) or any(map(_is_value, rows[1])):
        return rows
    first, second, third = rows[:3]
    below = [cell for above, cell in zip(first, second, strict=True) if cell and not above]
    over = any(line.left < x - 2 and line.right > x + 2 for cell in first for line in cell for x in borders)
    bold = [all(is_bold(line.font) for cell in row for line in cell) for row in (first, second, third)]
    if not below or not (over or bold == [True, True, False]):
        return rows
    return [[[*above, *cell] for above, cell in zip(first, second, strict=True)], *rows[2:]]


def _is_value(cell: Sequence[Line]) -> bool:
    text = " ".join(line.plain() for line in cell)
    return bool(_VALUE.fullmatch(text)) and not YEAR.fullmatch(text)
