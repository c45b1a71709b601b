"""Which letters a reader of the page cannot see because of their colour (pure).

Letters in the colour of what is behind them are an old way to talk to machines past the reader. Most can be told from
the colours alone; where a picture or a form lies behind, the caller looks at the drawn page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.geometry import Box
from assistant.reading.shapes import Colour

NEAR = 24
"""Difference of the colour values (0 to 255) below which letters do not stand out."""
FAINT = 26
"""Opacity (0 to 255) below which letters are not seen."""


@dataclass(slots=True)
class Style:
    """What the characters of one text object share. `quarter` is `View.quarter` of their direction."""

    size: float
    font: str
    quarter: int
    visible: bool
    colour: Colour = (0, 0, 0)
    alpha: int = 255
    doubtful: bool = False
    bullets: bool = False
    """Whether the font has signs where others have letters."""


def is_doubtful(style: Style, fills: Sequence[tuple[Box, Colour]]) -> bool:
    """Return whether letters may have the colour of what is behind them: near white, faint, or as some filled area."""
    if style.alpha < FAINT or _near(style.colour, (255, 255, 255)):
        return True
    return any(_near(style.colour, colour) for _, colour in fills)


def same_as_behind(box: Box, style: Style, fills: Sequence[tuple[Box, Colour]], unknown: Sequence[Box]) -> bool | None:
    """Return whether letters in a box have the colour behind them; None where that must be looked at.

    `fills` are filled areas in the order drawn, `unknown` are pictures, forms and the like.
    """
    if style.alpha < FAINT:
        return True
    behind: Colour = (255, 255, 255)
    for area, colour in fills:
        if _holds(area, box):
            behind = colour  # what is drawn later lies above
    if not _near(style.colour, behind):
        return False
    return None if any(_holds(area, box) for area in unknown) else True


def _near(first: Colour, second: Colour) -> bool:
    return all(abs(a - b) < NEAR for a, b in zip(first, second, strict=True))


def _holds(area: Box, box: Box) -> bool:
    """Return whether the middle of a box lies in an area."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]
