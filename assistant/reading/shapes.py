"""What a page is made of before it is text: characters with their places, filled areas, rulings, lines, paragraphs.

All lengths are PDF points, measured from the top left corner of the page as shown (y grows downwards). A line has
characters, a stack and a paragraph have lines: none can be made empty, so that nobody who takes one has to ask.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.geometry import Box
from assistant.model import BlockKind

Colour = tuple[int, int, int]
"""Red, green and blue from 0 to 255."""
YEAR = re.compile(r"(?:19|20)\d\d(?:[–/-]\d{2,4})?")
"""A year, or two of them, as heads of columns have them: a number that is no value."""


class Glyph(NamedTuple):
    """One character and where it stands. `order` is its place in the file's own sequence."""

    char: str
    left: float
    right: float
    base: float
    top: float
    bottom: float
    size: float
    font: str
    order: int
    space: bool
    """Whether the file (or its reader) has a space between this character and the one before it in the sequence."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One physical page as the file draws it."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    turned: tuple[Glyph, ...] = ()
    areas: tuple[Box, ...] = ()
    rules: tuple[Box, ...] = ()
    ocr: bool = False
    label: str = ""
    fallback: str = ""
    """Text without places, where nothing better could be had."""
    unreadable: bool = False
    """Whether no engine reads the page."""
    engine: str = ""
    """The page's text as the engine itself puts it together: what our own text is held against."""
    scan: bool = False
    """Whether the page shows something but has no letters."""
    turn: int = 0
    """By how many degrees the page was turned clockwise to read it (0 unless it is printed sideways); width, height
    and all places are those of the turned page."""
    left_out: tuple[tuple[str, int], ...] = ()
    """Letters that no reader sees, as (reason, how many)."""
    places: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    """Left and right of characters by their order, where the layout has them elsewhere (`directions`)."""


@dataclass(slots=True)
class Line:
    """Characters of one line that belong together, left to right."""

    glyphs: list[Glyph]
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    size: float = 0.0
    font: str = ""
    area: int = -1
    """Index of the smallest filled area around the line, -1 for none."""
    text: str = ""
    """What `plain` found, kept because it is asked for often; cleared where the characters change."""

    def __post_init__(self) -> None:
        _require(self.glyphs, "a line has characters")
        counts: dict[tuple[float, str], int] = {}
        for glyph in self.glyphs:
            key = (round(glyph.size * 2) / 2, glyph.font)
            counts[key] = counts.get(key, 0) + 1
        self.size, self.font = max(counts, key=lambda key: counts[key])
        self.size = max(self.size, 0.5)
        self.left = min(glyph.left for glyph in self.glyphs)
        self.right = max(glyph.right for glyph in self.glyphs)
        main = [glyph.base for glyph in self.glyphs if abs(glyph.size - self.size) <= 0.5] or [self.glyphs[0].base]
        self.base = sorted(main)[len(main) // 2]

    @property
    def top(self) -> float:
        return self.base - 0.8 * self.size

    @property
    def bottom(self) -> float:
        return self.base + 0.22 * self.size

    @property
    def width(self) -> float:
        return self.right - self.left

    def share_of(self, font: str) -> float:
        """Return the share of the line's characters set in the font."""
        return sum(glyph.font == font for glyph in self.glyphs) / len(self.glyphs)

    def plain(self) -> str:
        """Return the characters with a blank where the line has one (for looking, not for keeping)."""
        if self.text:
            return self.text
        parts: list[str] = []
        for before, glyph in zip([None, *self.glyphs], self.glyphs, strict=False):
            if before is not None and spaced(before, glyph):
                parts.append(" ")
            parts.append(glyph.char)
        self.text = "".join(parts)
        return self.text


def spaced(before: Glyph, after: Glyph) -> bool:
    """Return whether a blank stands between two neighbours of a line.

    The file's own decision where the two follow each other there, else a gap of more than .17 of the size.
    """
    if after.order == before.order + 1:
        return after.space and after.left - before.right > -0.3 * after.size
    return after.left - before.right > 0.17 * max(before.size, after.size)


def _require(parts: Sequence[object], what: str) -> None:
    if not parts:
        raise ValueError(what)


Row = list[list[Line]]
"""A row of a table: the lines of each of its cells. Only a row of a paragraph has no empty cells, and one at least."""


@dataclass(slots=True)
class Stack:
    """Lines that stand under each other in one column and one area; at least one."""

    lines: list[Line]
    area: int = -1

    def __post_init__(self) -> None:
        _require(self.lines, "a stack has lines")

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)

    @property
    def top(self) -> float:
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        return self.lines[-1].bottom


@dataclass(slots=True)
class Paragraph:
    """Lines (at least one) that make one block of the page, with the role it plays."""

    lines: list[Line]
    kind: BlockKind = "paragraph"
    level: int = 0
    area: int = -1
    cells: list[list[Line]] = field(default_factory=list)
    """For a table row: the lines of each cell; `lines` are then all of them."""
    table: int = -1
    """Number of the table on the page that the row belongs to."""
    head: bool = False
    """Whether this is a table's heading row."""
    sign: int = 0
    """Number of leading characters (bullet sign, number) that are not part of a bullet's own words."""

    def __post_init__(self) -> None:
        _require(self.lines, "a paragraph has lines")

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)

    @property
    def top(self) -> float:
        return min(line.top for line in self.lines)

    @property
    def bottom(self) -> float:
        return max(line.bottom for line in self.lines)

    @property
    def size(self) -> float:
        return main_style(self.lines)[0]

    @property
    def font(self) -> str:
        return main_style(self.lines)[1]

    def plain(self) -> str:
        return " ".join(line.plain() for line in self.lines)


def table_rows(rows: Sequence[Row], table: int, head: bool) -> list[Paragraph]:
    """Return the rows of a table as paragraphs, without empty cells and rows; `head` says that the first heads."""
    full = [[cell for cell in row if cell] for row in rows]
    return [
        Paragraph([line for cell in row for line in cell], "table", cells=row, table=table, head=head and index == 0)
        for index, row in enumerate(row for row in full if row)
    ]


def main_style(lines: Sequence[Line]) -> tuple[float, str]:
    """Return (size, font) of most characters."""
    counts: dict[tuple[float, str], int] = {}
    for line in lines:
        counts[line.size, line.font] = counts.get((line.size, line.font), 0) + len(line.glyphs)
    return max(counts, key=lambda key: counts[key])
