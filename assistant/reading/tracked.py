"""Letter-spaced words put together again: "P O L I C Y  B R I E F" is one line of a cover, not eleven words (pure).

The file says nothing of blanks there; its reader makes one of every gap that is wide enough. Among gaps that are all
alike only those that stand out part words.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from statistics import median

from assistant.reading.shapes import Glyph

SHORTEST = 6
"""Letters in a row with a blank after each: fewer may be initials or the heads of columns."""
WIDEST, OUT = 0.5, 0.15
"""The common gap at most, and what a gap between words has more, as parts of the size."""


def joined(glyphs: Sequence[Glyph], made: Collection[int]) -> list[Glyph]:
    """Return the glyphs without the blanks that the reader made inside letter-spaced words.

    `made` holds the `order` of every glyph whose blank before it is the reader's own, not the file's.
    """
    found = list(glyphs)
    start = 0
    while start < len(found):
        end = start + 1
        while end < len(found) and _follows(found[end - 1], found[end]):
            end += 1
        if end - start >= SHORTEST:
            found[start:end] = _closed(found[start:end], made)
        start = end
    return found


def _follows(before: Glyph, after: Glyph) -> bool:
    same = abs(after.base - before.base) < 0.5 and abs(after.size - before.size) < 0.5
    return after.space and same and after.order == before.order + 1 and after.left > before.left


def _closed(run: list[Glyph], made: Collection[int]) -> list[Glyph]:
    gaps = [after.left - before.right for before, after in pairwise(run)]
    common, size = median(gaps), run[0].size
    if common > WIDEST * size or sum(glyph.char.isalpha() for glyph in run) < len(run) / 2:
        return run
    inside = [glyph.order in made and gap <= common + OUT * size for glyph, gap in zip(run[1:], gaps, strict=True)]
    return [run[0], *(g._replace(space=False) if near else g for g, near in zip(run[1:], inside, strict=True))]
