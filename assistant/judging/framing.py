"""What stands round a row of a table: its caption, its heading row and the line that opens its part.

A row by itself says little: "Training · 0.4 · 1.9" needs the years above it and the "(million euro)" of the caption.
These stand on the same page, but a passage holds only some rows of a long table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.judging.currencies import CODES, NAMES
from assistant.model import Page

Span = tuple[int, int]
"""Start and end in the page's text."""
CELL = " · "
"""What stands between the cells of a row."""
_CAPTION = re.compile(r"(?:table|tab\.|tabelle|tableau|tabla|tabella|tabela|tabell|taulukko|tabel)\s*\d", re.IGNORECASE)
_UNIT = re.compile(
    rf"[€£$%]|\b(?:{CODES}|{NAMES}|"
    r"millions?|billions?|thousands?|per ?cent|percentage|number of)\b",
    re.IGNORECASE,
)
_LAST_SENTENCE = re.compile(
    r"[^.!?]*:\s*$|[^.!?]*\b(?:table|overview|following|figures (?:are|in)|(?:given|shown|sums|amounts) in)\b"
    r"[^.!?]*\.?\s*$",
    re.IGNORECASE,
)
_LONGEST_PART = 10
"""Words of a row of one cell that opens a part of its table ("Day 2 – Wednesday 15 May")."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the caption, the heading row and the opening of a row's part stand in the page's text; None for none."""

    caption: Span | None = None
    head: Span | None = None
    part: Span | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """The parts there are, in the order in which they are read."""
        return tuple(span for span in (self.caption, self.head, self.part) if span is not None)


def states_unit(text: str) -> bool:
    """Return whether a text says in what the numbers of a table are given."""
    return bool(_UNIT.search(text))


@lru_cache(maxsize=4096)
def frame_of(page: Page, start: int) -> Frame:
    """Return what stands round the row of a table that begins at `start`; an empty frame where none does."""
    blocks = page.blocks
    place = _row_at(page, start)
    if place is None:
        return Frame()
    head = blocks[place].lead
    first = last = place
    while first and blocks[first - 1].kind == "table" and blocks[first - 1].lead == head:
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1].kind == "table" and blocks[last + 1].lead == head:
        last += 1
    above = range(place - 1, first - 1, -1) if CELL in _text(page, place) else ()
    part = next((_span(page, i) for i in above if _is_opening(page, i)), None)
    if first and head == (blocks[first - 1].start, blocks[first - 1].end):
        first -= 1
    return Frame(_caption(page, first, last), head, part)


def _row_at(page: Page, start: int) -> int | None:
    """Return the place of the block that is the row of a table with the character `start`; None for none."""
    return next((i for i, b in enumerate(page.blocks) if b.kind == "table" and b.start <= start < b.end), None)


def _span(page: Page, index: int) -> Span:
    return page.blocks[index].start, page.blocks[index].end


def _text(page: Page, index: int) -> str:
    start, end = _span(page, index)
    return page.text[start:end]


def _is_opening(page: Page, index: int) -> bool:
    text = _text(page, index)
    return CELL not in text and len(text.split()) <= _LONGEST_PART and text[-1:] != "."


def _caption(page: Page, first: int, last: int) -> Span | None:
    """Return the caption above the blocks `first` to `last`, else the one below, else the words that announce them."""
    below = last + 1 < len(page.blocks) and _is_caption(page, last + 1)
    above = first > 0 and _is_caption(page, first - 1)
    of_other = first > 1 and page.blocks[first - 2].kind == "table"
    if above and not (below and of_other):
        return _span(page, first - 1)
    if below:
        return _span(page, last + 1)
    if first and page.blocks[first - 1].kind in ("paragraph", "side"):
        announced = _LAST_SENTENCE.search(_text(page, first - 1))
        start = page.blocks[first - 1].start
        if announced:
            lead = len(announced.group()) - len(announced.group().lstrip())
            return start + announced.start() + lead, page.blocks[first - 1].end
    return None


def _is_caption(page: Page, index: int) -> bool:
    return page.blocks[index].kind in ("caption", "paragraph") and bool(_CAPTION.match(_text(page, index)))
