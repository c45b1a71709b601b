"""From characters to lines: rows of one baseline, cut where a column ends (pure).

A row is cut into tokens at gaps wider than half the letter size. Whether such a gap is a wide blank or the space
between two columns is decided by the rows above and below: a column's edge runs on, a blank does not.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.geometry import Box
from assistant.reading.shapes import Glyph, Line

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WORDS_OF_ONE = frozenset("AIOYÀÉÅ")
"""Capitals that are words by themselves: after such a drop capital a blank counts."""
_MARK = re.compile(r"(?:[•‣▪◦●○■□–—*·➢✓→»►-]|\(?\d{1,2}[.)]|\(?[a-z][.)]|\[\d{1,3}\])$")


CHANNEL = 1.0
"""White between two columns, in sizes of the letter, that a row leaves which does not cross the gap."""


@dataclass(slots=True)
class _Row:
    base: float
    size: float
    tokens: list[list[Glyph]]

    def crosses(self, left: float, right: float) -> bool:
        """Return whether letters of this row stand in the strip from left to right and leave no channel in it.

        A longer label, or a longer number set flush right, reaches into the strip; the rest of it stays white.
        """
        inside = [token for token in self.tokens if token[0].left < right - 0.5 and _end(token) > left + 0.5]
        edges = [left, *(edge for token in inside for edge in (token[0].left, _end(token))), right]
        gaps = (edges[place + 1] - edges[place] for place in range(0, len(edges), 2))
        return bool(inside) and max(gaps) < CHANNEL * self.size


def _end(token: list[Glyph]) -> float:
    return max(glyph.right for glyph in token[-3:])


def raise_marks(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the characters with small raised ones set on their line; raised digits become superscript digits.

    Footnote numbers must not read as part of the word ("genomics³", not "genomics3"), and must not form a line of
    their own.
    """
    out: list[Glyph] = []
    for glyph in glyphs:
        parent = out[-1] if out else None
        if parent is not None and _is_initial(out, parent, glyph):
            parent = out[-1] = parent._replace(base=glyph.base, size=glyph.size, font=glyph.font)
            glyph = glyph._replace(space=glyph.space and parent.char in _WORDS_OF_ONE)
        if (
            parent is not None
            and glyph.order == parent.order + 1
            and abs(glyph.left - parent.right) < 0.35 * parent.size
        ):
            rise = parent.base - glyph.base
            small = glyph.size < 0.86 * parent.size and -0.3 * parent.size < rise < 0.7 * parent.size
            follows = parent.char in "⁰¹²³⁴⁵⁶⁷⁸⁹,-–" and parent.size == glyph.size and rise != 0
            lifted = rise > 0.12 * parent.size
            if small:
                char = glyph.char.translate(_SUPERSCRIPT) if lifted else glyph.char
                glyph = glyph._replace(char=char, base=parent.base, size=parent.size, font=parent.font)
            elif follows and abs(glyph.size - parent.size) < 0.1 and lifted:
                glyph = glyph._replace(base=parent.base)
        out.append(glyph)
    return out


def _is_initial(before: Sequence[Glyph], initial: Glyph, glyph: Glyph) -> bool:
    """Return whether a capital is a drop capital: alone, at least 1.8 times as large as the small letter after it."""
    if not initial.char.isupper() or not glyph.char.islower() or glyph.order != initial.order + 1:
        return False
    beside = -0.2 * glyph.size < glyph.left - initial.right < 1.5 * glyph.size
    alone = len(before) < 2 or before[-2].size != initial.size or abs(before[-2].base - initial.base) > 1
    return beside and alone and initial.size >= 1.8 * glyph.size and glyph.base < initial.base + 0.3 * glyph.size


def lines_of(glyphs: Sequence[Glyph], areas: Sequence[Box] = ()) -> list[Line]:
    """Return the lines of a page, from top to bottom, each with the smallest filled area around it."""
    rows = [_Row(base, size, _tokens(row)) for base, size, row in _rows(raise_marks(glyphs))]
    rows.sort(key=lambda row: row.base)
    starts = sorted(token[0].left for row in rows for token in row.tokens)
    bases = [row.base for row in rows]
    lines: list[Line] = []
    for index, row in enumerate(rows):
        near = _near(rows, bases, index)
        piece = list(row.tokens[0])
        for token in row.tokens[1:]:
            if _is_column_gap(piece, token, near, starts, areas):
                lines.append(Line(piece))
                piece = list(token)
            else:
                piece.extend(token)
        lines.append(Line(piece))
    for line in lines:
        line.area = _area_of(line, areas)
    return sorted(_with_marks(lines), key=lambda line: (line.base, line.left))


def _with_marks(lines: list[Line]) -> list[Line]:
    """Join small raised digits, drawn apart from their line, to the end or the start of the line they touch."""
    short = [line for line in lines if len(line.glyphs) <= 5]
    marks = [line for line in short if all(glyph.char.isdigit() or glyph.char in ",-–" for glyph in line.glyphs)]
    taken: set[int] = set()
    for mark in marks:
        for line in lines:
            small = mark.size < 0.86 * line.size and 0.1 * line.size < line.base - mark.base < 0.7 * line.size
            place = _room_for(mark, line) if small and line is not mark else None
            if place is None:
                continue
            raised = [
                glyph._replace(char=glyph.char.translate(_SUPERSCRIPT), base=line.base, size=line.size, font=line.font)
                for glyph in mark.glyphs
            ]
            line.glyphs = [*line.glyphs[:place], *raised, *line.glyphs[place:]]
            line.text = ""
            line.left, line.right = min(line.left, mark.left), max(line.right, mark.right)
            taken.add(id(mark))
            break
    return [line for line in lines if id(line) not in taken]


def _room_for(mark: Line, line: Line) -> int | None:
    """Return before which character of the line the mark stands, None where it does not touch the line."""
    reach = 0.6 * line.size
    if mark.right < line.left - reach or mark.left > line.right + reach:
        return None
    middle = (mark.left + mark.right) / 2
    place = sum((glyph.left + glyph.right) / 2 < middle for glyph in line.glyphs)
    before = line.glyphs[place - 1].right if place else line.left - 2 * reach
    after = line.glyphs[place].left if place < len(line.glyphs) else line.right + 2 * reach
    return place if before - 0.2 * line.size < mark.left and mark.right < after + 0.2 * line.size else None


def _rows(glyphs: Sequence[Glyph]) -> list[tuple[float, float, list[Glyph]]]:
    """Group characters whose baselines differ by less than .22 of their size."""
    rows: list[tuple[float, float, list[Glyph]]] = []
    current: tuple[float, float, list[Glyph]] | None = None
    runs: list[tuple[float, float, list[Glyph]]] = []
    for glyph in glyphs:  # runs of the file's own order first: far fewer than characters
        if current is None or abs(glyph.base - current[0]) > 0.05 or abs(glyph.size - current[1]) > 0.05:
            current = (glyph.base, glyph.size, [])
            runs.append(current)
        current[2].append(glyph)
    runs.sort(key=lambda run: run[0])
    for base, size, run in runs:
        near = [row for row in reversed(rows[-12:]) if abs(row[0] - base) < 0.22 * min(row[1], size)]
        home = next((row for row in near if size < 1.6 * row[1]), None)
        if home is None:
            rows.append((base, size, list(run)))
        else:
            home[2].extend(run)
    return rows


def _tokens(row: list[Glyph]) -> list[list[Glyph]]:
    """Cut a row at gaps wider than half the size. Letters are sorted by their centre, tight ones keep their order."""
    runs: list[list[Glyph]] = []
    for glyph in sorted(row, key=lambda item: item.order):
        last = runs[-1][-1] if runs else None
        if last is None or glyph.order != last.order + 1 or not -0.6 < (glyph.left - last.right) / glyph.size < 0.5:
            runs.append([])
        runs[-1].append(glyph)
    runs.sort(key=lambda run: (run[0].left + run[-1].right) / 2)
    tokens: list[list[Glyph]] = []
    for run in runs:
        last = tokens[-1][-1] if tokens else None
        if last is not None and (run[0].left - last.right) < 0.5 * min(run[0].size, last.size):
            tokens[-1].extend(run)
        else:
            tokens.append(run)
    return tokens


def _near(rows: list[_Row], bases: list[float], index: int) -> tuple[list[_Row], list[_Row]]:
    """Return the up to 3 nearest rows above and below, within 6 times the size."""
    base, reach = rows[index].base, 6 * rows[index].size
    low, high = bisect.bisect_left(bases, base - reach), bisect.bisect_right(bases, base + reach)
    return rows[max(low, index - 3) : index][::-1], rows[index + 1 : min(high, index + 4)]


def _is_column_gap(
    piece: list[Glyph],
    token: list[Glyph],
    near: tuple[list[_Row], list[_Row]],
    starts: list[float],
    areas: Sequence[Box],
) -> bool:
    last, first = piece[-1], token[0]
    left, right = max(glyph.right for glyph in piece[-3:]), first.left
    size = min(last.size, first.size)
    gap = (right - left) / size
    text = "".join(glyph.char for glyph in piece)
    if len(text) <= 4 and gap < 4 and (_MARK.match(text) or (text == "o" and last.font != first.font)):
        return False
    if _edge_between(last, first, areas):
        return gap > 0.3
    # A heading above a list of labels and values says nothing about the gap between them.
    alike = [[row for row in side if 0.85 < row.size / max(last.size, 0.5) < 1.18] for side in near]
    above, below = ([row.crosses(left, right) for row in side] for side in alike)
    near_above, near_below = bool(above[:1] and above[0]), bool(below[:1] and below[0])
    if near_above and near_below:
        limit = 6.0
    elif near_above or near_below:
        limit = 1.3 if (not any(above) or not any(below)) else 3.0
    elif sum(above) + sum(below) >= 2:
        limit = 1.6
    else:
        edge = bisect.bisect_right(starts, right + 1.5) - bisect.bisect_left(starts, right - 1.5)
        limit = 0.5 if edge >= 5 else 0.9
    if max(last.size, first.size) > 1.25 * size:
        limit = min(limit, 0.7)
    if first.order != last.order + 1:
        limit = min(limit, 1.2)
    else:
        limit = max(limit, 0.8 if not first.space else 1.1)
    return gap > limit


def _edge_between(last: Glyph, first: Glyph, areas: Sequence[Box]) -> bool:
    """Return whether one of two neighbours stands in a filled area that the other is outside of."""
    return any(_inside(last, area) != _inside(first, area) for area in areas)


def _inside(glyph: Glyph, area: Box) -> bool:
    return area[0] <= (glyph.left + glyph.right) / 2 <= area[2] and area[1] <= glyph.base - 0.3 * glyph.size <= area[3]


def _area_of(line: Line, areas: Sequence[Box]) -> int:
    """Return the index of the smallest area around the line, -1 for none."""
    best, smallest = -1, float("inf")
    middle = line.base - 0.3 * line.size
    for index, (left, top, right, bottom) in enumerate(areas):
        if left - 2 <= line.left and line.right <= right + 2 and top <= middle <= bottom:
            extent = (right - left) * (bottom - top)
            if extent < smallest:
                best, smallest = index, extent
    return best
