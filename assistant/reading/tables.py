"""Tables drawn with rulings: rows of cells instead of woven lines (pure).

At least three horizontal rulings of one width under each other make a table; its columns are the strips that stay
white in nearly every row, or the vertical rulings where there are some. The edges of shaded rows count as rulings.
Tables without any are the matter of `grids`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.geometry import Box
from assistant.reading.shapes import Glyph, Line, Paragraph, Row, table_rows
from assistant.reading.table_heads import can_head, one_head, under_head

FEWEST_LINES = 3
"""Lines under the heads of a table that tell its columns by themselves."""


def take_tables(lines: Sequence[Line], rules: Sequence[Box]) -> tuple[list[list[Paragraph]], list[Line]]:
    """Return (the tables as lists of row paragraphs, the lines that belong to none)."""
    tables: list[list[Paragraph]] = []
    rest = list(lines)
    ladders = [part for ladder in _ladders(rules) for part in _split_ladder(ladder, lines, rules)]
    for left, right, heights in ladders:
        within = [line for line in rest if left - 3 <= line.left and line.right <= right + 3]
        heights = under_head(within, _extended(within, heights), rules)
        inside = [line for line in within if heights[0] <= line.base - 0.3 * line.size <= heights[-1]]
        rows = _table(inside, left, right, heights, rules)
        if rows:
            number = len(tables)
            head = can_head([" ".join(line.plain() for line in cell) for cell in rows[0] if cell])
            tables.append(table_rows(rows, number, head))
            taken = {id(line) for line in inside}
            rest = [line for line in rest if id(line) not in taken]
    return tables, rest


def _extended(lines: Sequence[Line], heights: list[float]) -> list[float]:
    """Return the rulings with one more above and below where an unruled row stands there.

    Such a row is near, and two or more of its cells begin where cells of the nearest ruled row do.
    """
    reach = 1.2 * (heights[1] - heights[0])
    first = [line for line in lines if heights[0] < line.base - 0.3 * line.size <= heights[1]]
    last = [line for line in lines if heights[-2] < line.base - 0.3 * line.size <= heights[-1]]
    above = [line for line in lines if heights[0] - reach < line.base - 0.3 * line.size <= heights[0]]
    below = [line for line in lines if heights[-1] < line.base - 0.3 * line.size <= heights[-1] + reach]
    if above and _matches(above, first):
        heights = [min(line.top for line in above) - 1, *heights]
    if below and _matches(below, last):
        heights = [*heights, max(line.bottom for line in below) + 1]
    return heights


def _matches(row: Sequence[Line], known: Sequence[Line]) -> bool:
    starts = [piece[0].left for line in known for piece in _pieces(line, 1.0)]
    mine = [piece[0].left for line in row for piece in _pieces(line, 1.0)]
    return sum(any(abs(left - start) < 4 for start in starts) for left in mine) >= max(2, 0.7 * len(mine))


def _ladders(rules: Sequence[Box]) -> list[tuple[float, float, list[float]]]:
    """Return (left, right, heights) of rulings of one width that stand under each other, at least three."""
    joined: list[list[float]] = []
    flat = [rule for rule in rules if rule[2] - rule[0] > rule[3] - rule[1]]
    for left, top, right, bottom in sorted(flat, key=lambda rule: (round(rule[1]), rule[0])):
        last = joined[-1] if joined else None
        if last is not None and abs(last[2] - (top + bottom) / 2) < 1.2 and left - last[1] < 3:
            last[1] = max(last[1], right)
        else:
            joined.append([left, right, (top + bottom) / 2])
    ladders: list[tuple[float, float, list[float]]] = []
    for left, right, height in sorted(joined, key=lambda rule: rule[2]):
        if right - left < 80:
            continue
        same = [item for item in ladders if abs(item[0] - left) < 4 and abs(item[1] - right) < 4]
        home = next((item for item in same if height - item[2][-1] < 300), None)
        if home is None:
            ladders.append((left, right, [height]))
        elif height - home[2][-1] > 3:
            home[2].append(height)
    return [ladder for ladder in ladders if len(ladder[2]) >= 3]


def _split_ladder(
    ladder: tuple[float, float, list[float]], lines: Sequence[Line], rules: Sequence[Box]
) -> list[tuple[float, float, list[float]]]:
    """Cut rulings of one width where prose, a heading or nothing stands between two of them: different tables.

    Where vertical rulings divide what stands between them, it is a row, however its cells are set.
    """
    left, right, heights = ladder
    parts: list[list[float]] = [[heights[0]]]
    for top, bottom in pairwise(heights):
        band = [
            line
            for line in lines
            if top < line.base - 0.3 * line.size <= bottom and left - 3 <= line.left and line.right <= right + 3
        ]
        first = min((line.base for line in band), default=0.0)
        pieces = sum(len(_pieces(line, 1.0)) for line in band if line.base < first + 2)
        divided = any(
            left + 5 < x0 < x1 < right - 5 and x1 - x0 < 3 and y0 < top + 6 and y1 > bottom - 6
            for x0, y0, x1, y1 in rules
        )
        if bottom - top > 28 and pieces < 2 and not (band and divided):
            parts.append([])
        parts[-1].append(bottom)
    return [(left, right, part) for part in parts if len(part) >= 3]


def _table(
    lines: Sequence[Line], left: float, right: float, heights: Sequence[float], rules: Sequence[Box]
) -> list[Row]:
    """Return the rows as lists of cells (each a list of lines), [] where it is no table."""
    if len(lines) < 3:
        return []
    borders = _borders(lines, left, right, heights, rules)
    if not borders:
        return []
    rows: list[Row] = []
    for top, bottom in pairwise(heights):
        band = [line for line in lines if top < line.base - 0.3 * line.size <= bottom]
        if band:
            parts = [rule for rule in rules if _divides(rule, left, right, top, bottom)]
            rows.extend(
                _split_spans(_cells(band, borders), parts)
                if parts
                else _split_band(_cells(band, borders), len(heights))
            )
    full = [row for row in rows if sum(bool(cell) for cell in row) >= 2]
    return one_head(rows, borders) if len(rows) >= 2 and len(full) >= 0.6 * len(rows) else []


def _divides(rule: Box, left: float, right: float, top: float, bottom: float) -> bool:
    """Return whether a ruling divides a part of a band: not the whole width, and cells stand beside it."""
    flat = rule[3] - rule[1] < 3 and rule[2] - rule[0] > 20
    inside = left - 3 < rule[0] and rule[2] < right + 3 and top + 4 < (rule[1] + rule[3]) / 2 < bottom - 4
    return flat and inside


def _split_spans(cells: Row, rules: Sequence[Box]) -> list[Row]:
    """Split a band at rulings over a part of its width; a cell beside them spans the rows, the first one has it."""
    levels: list[float] = []
    for rule in sorted(rules, key=lambda rule: rule[1]):
        if not levels or rule[1] - levels[-1] > 3:
            levels.append(rule[1])
    edges = [float("-inf"), *levels, float("inf")]
    rows: list[Row] = []
    for number, (low, high) in enumerate(pairwise(edges)):
        row: Row = []
        for cell in cells:
            middle = (min(line.left for line in cell) + max(line.right for line in cell)) / 2 if cell else 0.0
            ruled = any(rule[0] < middle < rule[2] for rule in rules)
            inside = [line for line in cell if low < line.base - 0.3 * line.size <= high]
            row.append(inside if ruled else cell if number == 0 else [])
        rows.append(row)
    return rows


def _borders(
    lines: Sequence[Line], left: float, right: float, heights: Sequence[float], rules: Sequence[Box]
) -> list[float]:
    """Return the x of the column borders, from vertical rulings or from strips that stay white."""
    drawn = sorted(
        (x0 + x1) / 2
        for x0, y0, x1, y1 in rules
        if y1 - y0 > x1 - x0 and left + 5 < x0 < right - 5 and y0 >= heights[0] - 3 and y1 <= heights[-1] + 3
    )
    if drawn:
        return [x for before, x in zip([left, *drawn], drawn, strict=False) if x - before > 5]
    bases = {round(line.base) for line in lines}
    covered = _covered(lines, left, right)
    found = _white(covered, left, 0) or _white(covered, left, round(0.08 * len(bases)))
    body = [line for line in lines if line.base - 0.3 * line.size > heights[1]]
    if len({round(line.base) for line in body}) < FEWEST_LINES:
        return found
    more = _white(_covered(body, left, right), left, 0)  # heads may stand over several columns
    return more if len(more) > len(found) else found


def _covered(lines: Sequence[Line], left: float, right: float) -> list[int]:
    """Return how many lines have letters at each point of the width."""
    covered = [0] * (int(right - left) + 2)
    for line in lines:
        for piece in _pieces(line):
            for x in range(max(0, int(piece[0].left - left)), min(len(covered), int(piece[-1].right - left) + 1)):
                covered[x] += 1
    return covered


def _white(covered: Sequence[int], left: float, most: int) -> list[float]:
    """Return the middle of each strip of at least 5 points that at most `most` lines touch."""
    borders: list[float] = []
    start: int | None = None
    for x, count in enumerate([*covered, 10**6]):
        white = count <= most
        if white and start is None:
            start = x
        elif not white and start is not None:
            if x - start >= 5 and start > 3 and x < len(covered):
                borders.append(left + (start + x) / 2)
            start = None
    return borders


def _pieces(line: Line, gap: float = 0.5) -> list[list[Glyph]]:
    """Cut a line at gaps wider than `gap` times the size."""
    pieces: list[list[Glyph]] = [[line.glyphs[0]]]
    for before, glyph in zip(line.glyphs, line.glyphs[1:], strict=False):
        if glyph.left - before.right > gap * glyph.size:
            pieces.append([])
        pieces[-1].append(glyph)
    return pieces


def _cells(band: Sequence[Line], borders: Sequence[float]) -> Row:
    cells: Row = [[] for _ in range(len(borders) + 1)]
    for line in band:
        groups: dict[int, list[Glyph]] = {}
        for piece in _pieces(line):
            spans = any(_runs_over(piece, x) for x in borders)
            for glyph in piece:
                middle = piece[0].left + 1 if spans else (glyph.left + glyph.right) / 2
                groups.setdefault(sum(middle > x for x in borders), []).append(glyph)
        for column, glyphs in groups.items():
            cells[column].append(Line(glyphs))
    for cell in cells:
        cell.sort(key=lambda line: (round(line.base), line.left))
    return cells


def _runs_over(piece: Sequence[Glyph], border: float) -> bool:
    """Return whether words run on over a border: a cell that spans columns, such as "Day 2 - Wednesday 15 May"."""
    for before, glyph in pairwise(piece):
        if (before.left + before.right) / 2 <= border < (glyph.left + glyph.right) / 2:
            return glyph.left - before.right < 0.33 * glyph.size
    return False


def _split_band(cells: Row, rulings: int) -> list[Row]:
    """Split a band of a table that is only ruled above and below its head: a row for each line of the first column."""
    starts = [line.base for line in cells[0]]
    if rulings > 4 or len(starts) < 3:
        return [cells]
    rows: list[Row] = []
    for index, base in enumerate(starts):
        low = base - 3 if index else float("-inf")
        high = starts[index + 1] - 3 if index + 1 < len(starts) else float("inf")
        rows.append([[line for line in cell if low <= line.base < high] for cell in cells])
    return rows


def shaded_rows(bands: Sequence[Box]) -> list[Box]:
    """Return the upper and lower edges of shaded table rows as rulings.

    `bands` are filled boxes of the height of a row. Boxes side by side are one row; at least two rows of one width
    make a table (a single one is a side box or a heading).
    """
    rows: list[list[float]] = []
    for left, top, right, bottom in sorted(bands, key=lambda box: (round(box[1]), box[0])):
        last = rows[-1] if rows else None
        if last is not None and abs(last[1] - top) < 1.5 and abs(last[3] - bottom) < 1.5 and left - last[2] < 4:
            last[2] = max(last[2], right)
        else:
            rows.append([left, top, right, bottom])
    edges: list[Box] = []
    for left, top, right, bottom in rows:
        same = [row for row in rows if abs(row[0] - left) < 3 and abs(row[2] - right) < 3]
        if len(same) >= 2 and right - left > 80:
            edges.extend([(left, top, right, top), (left, bottom, right, bottom)])
    return edges
