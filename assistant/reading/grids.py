"""Tables without rulings: columns of short cells whose lines stand at the same heights (pure).

Prose in columns has lines at the same heights too. What tells a table: in its first column every line begins a cell
of its own (a capital or a digit), and the cells are short. Where that is not so, nothing is guessed.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from assistant.reading.paragraphs import BULLET, is_bold
from assistant.reading.shapes import YEAR, Line, Paragraph, Row, Stack, table_rows


def take_grids(stacks: Sequence[Stack]) -> tuple[list[list[Paragraph]], list[Stack]]:
    """Return (the tables as lists of row paragraphs, the stacks that belong to none)."""
    found: list[list[Paragraph]] = []
    taken: set[int] = set()
    under: list[Stack] = []
    for labels in sorted(stacks, key=lambda stack: (stack.left, stack.top)):
        if id(labels) in taken or len(labels.lines) < 3 or not _are_labels(labels):
            continue
        beside = [(s, *_cut(labels, s)) for s in stacks if id(s) not in taken and s.lines[0].left > labels.right]
        whole = [(s, column, below) for s, column, below in beside if _fits(labels, column)]
        columns = sorted((column for _, column, _ in whole), key=lambda stack: stack.left)
        if not columns:
            continue
        rows = [[cell for cell in row if cell] for row in _rows(labels, columns)]
        if _is_table(rows, 1 + len(columns)):
            head = _has_head(rows)
            number = -2 - len(found)
            found.append(table_rows(rows, number, head))
            taken |= {id(labels), *(id(stack) for stack, _, _ in whole)}
            under += [Stack(below, stack.area) for stack, _, below in whole if below]
    return found, [*(stack for stack in stacks if id(stack) not in taken), *under]


def _cut(labels: Stack, stack: Stack) -> tuple[Stack, list[Line]]:
    """Return (a stack down to the last label, the lines below it): a caption under a table is no cell of it."""
    last = labels.lines[-1].base + 2
    end = next((i for i, x in enumerate(stack.lines) if x.base > last and x.left <= labels.right), len(stack.lines))
    return (Stack(stack.lines[:end], stack.area), stack.lines[end:]) if 0 < end < len(stack.lines) else (stack, [])


def _are_labels(stack: Stack) -> bool:
    """Return whether every line of a stack can be a cell: short, begins with a capital or a digit, ends no sentence."""
    sizes = [line.size for line in stack.lines]
    if max(sizes) > 1.06 * min(sizes):  # headings of several sizes beside each other
        return False
    for line in stack.lines:
        text = line.plain()
        if not (text[:1].isupper() or text[:1].isdigit()) or len(text.split()) > 7 or text[-1:] in ".,;-\u00ad":
            return False
        if BULLET.match(text):
            return False
    return True


def _fits(labels: Stack, column: Stack) -> bool:
    """Return whether a stack has a line at the height of nearly every label, and none above or far below them."""
    size = labels.lines[0].size
    if abs(column.lines[0].size - size) > 0.15 * size or column.area != labels.area:
        return False
    bases = [line.base for line in column.lines]
    hits = sum(_has(bases, line.base) for line in labels.lines)
    step = (labels.lines[-1].base - labels.lines[0].base) / (len(labels.lines) - 1)
    inside = bases[0] >= labels.lines[0].base - 2 and bases[-1] <= labels.lines[-1].base + 1.6 * step
    return inside and hits >= max(3, 0.8 * len(labels.lines)) and not any(BULLET.match(x.plain()) for x in column.lines)


def _has(bases: Sequence[float], base: float) -> bool:
    place = bisect.bisect_left(bases, base - 2)
    return place < len(bases) and bases[place] <= base + 2


def _rows(labels: Stack, columns: Sequence[Stack]) -> list[Row]:
    """Return a row for each label: the label, and of each column the lines from its height to the next label's."""
    rows: list[Row] = []
    for index, label in enumerate(labels.lines):
        after = labels.lines[index + 1].base - 2 if index + 1 < len(labels.lines) else float("inf")
        cells = [[line for line in column.lines if label.base - 2 <= line.base < after] for column in columns]
        rows.append([[label], *cells])
    return rows


def _is_table(rows: Sequence[Row], columns: int) -> bool:
    """Return whether the cells are as short as a table's: all lists of names and values, no prose beside prose.

    With two columns the second one may hold longer values if the labels are at most five words (a list of
    abbreviations, of facts), and if few values begin in lower case, as most lines of running text do.
    """
    words = sorted(sum(len(line.plain().split()) for line in cell) for row in rows for cell in row[1:])
    if not words:
        return False
    if columns > 2:
        return words[len(words) // 2] <= 6
    first = [row[1][0].plain() for row in rows if len(row) > 1]
    short = all(len(row[0][0].plain().split()) <= 5 for row in rows)
    lower = sum(text[:1].islower() for text in first)
    return (short or words[len(words) // 2] <= 3) and lower <= len(first) / 3


def _has_head(rows: Sequence[Row]) -> bool:
    """Return whether the first row heads the others: it alone is bold, has no number in a column, or only years."""
    fonts = [[is_bold(cell[0].font) for cell in row] for row in rows]
    if all(fonts[0]) and not any(all(row) for row in fonts[1:]):
        return True
    if all(YEAR.fullmatch(cell[0].plain()) for cell in rows[0][1:]) and len(rows[0]) > 2:
        return not all(YEAR.fullmatch(cell[0].plain()) for row in rows[1:] for cell in row[1:])
    digits = [[cell[0].plain()[:1].isdigit() for cell in row[1:]] for row in rows if len(row) == len(rows[0])]
    return any(not column[0] and all(column[1:]) for column in zip(*digits, strict=True)) and len(digits) > 2
