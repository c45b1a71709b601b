"""Right-to-left writing: a page is laid out as in a mirror, so that its lines, columns and tables come in order (pure).

pdfium gives the letters of a line in the order in which they are read. The layout orders what it joins from left to
right; in the mirror a Hebrew or Arabic line runs that way, while numbers and Latin words in it are turned back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.geometry import Box
from assistant.reading.shapes import Glyph, Sheet


def is_rightward(char: str) -> bool:
    """Return whether a letter belongs to a script that is written from right to left."""
    return char >= "\u0590" and (char <= "\u08ff" or "\ufb1d" <= char <= "\ufdff" or "\ufe70" <= char <= "\ufefc")


def straight(sheet: Sheet) -> Sheet:
    """Return the sheet as the layout wants it: in the mirror where most letters run to the left, else single words.

    `places` then says where the letters really stand.
    """
    marked = [is_rightward(glyph.char) for glyph in sheet.glyphs]
    if not any(marked):
        return sheet
    letters = sum(glyph.char.isalpha() for glyph in sheet.glyphs)
    mirror = 2 * sum(marked) > letters
    glyphs = [_mirrored(glyph, sheet.width) for glyph in sheet.glyphs] if mirror else list(sheet.glyphs)
    for first, last in _runs(glyphs, not mirror):
        part = glyphs[first : last + 1]
        both = min(glyph.left for glyph in part) + max(glyph.right for glyph in part)
        glyphs[first : last + 1] = [_mirrored(glyph, both) for glyph in part]
    places = {glyph.order: (glyph.left, glyph.right) for glyph in sheet.glyphs}
    if not mirror:
        return replace(sheet, glyphs=tuple(glyphs), places=places)
    areas, rules = (tuple(_turned(box, sheet.width) for box in boxes) for boxes in (sheet.areas, sheet.rules))
    return replace(sheet, glyphs=tuple(glyphs), areas=areas, rules=rules, places=places)


def _mirrored(glyph: Glyph, width: float) -> Glyph:
    return glyph._replace(left=width - glyph.right, right=width - glyph.left)


def _turned(box: Box, width: float) -> Box:
    left, top, right, bottom = box
    return width - right, top, width - left, bottom


def _runs(glyphs: Sequence[Glyph], rightward: bool) -> list[tuple[int, int]]:
    """Return (first, last) of the stretches of a line whose letters all run one way: to the left, or else to the right.

    Signs between two of their letters or digits belong to them.
    """
    runs: list[tuple[int, int]] = []
    for index, glyph in enumerate(glyphs):
        if not glyph.char.isalnum() or is_rightward(glyph.char) is not rightward:
            continue
        if runs and _go_on(glyphs[runs[-1][1] : index + 1], rightward):
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs


def _go_on(part: Sequence[Glyph], rightward: bool) -> bool:
    """Return whether the first and the last of these characters stand in one run of a line."""
    first, last = part[0], part[-1]
    if abs(first.base - last.base) > 1 or last.order - first.order != len(part) - 1:
        return False
    gaps = (max(a.left, b.left) - min(a.right, b.right) for a, b in pairwise(part))
    if any(gap > 1.5 * last.size for gap in gaps):
        return False
    return not any(glyph.char.isalnum() and is_rightward(glyph.char) is not rightward for glyph in part)
