"""From the blocks of a page to sections: sentences under one heading path; side boxes are their own (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.model import Block, Page, Sentence
from assistant.reading.continued import rows_going_on
from assistant.reading.roles import BOX

LONGEST_SENTENCE = 230
"""Tokens of the longest sentence that stays whole."""
SMALLEST = 0.2
"""Share of the wanted size below which a passage joins a neighbour."""
LONGEST_APART = 160
"""Characters of a caption, footnote or running head that may stand between the sentences of one passage."""
_CLAUSE = re.compile(r"[;:,–—]\s|\s[–—]\s|\)\s")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or a part of one too long for the encoder, and its tokens."""

    start: int
    end: int
    tokens: int
    sentence: Sentence | None
    lead: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Section:
    """Units of one page under one heading path; side boxes are sections of their own."""

    page: Page
    headings: tuple[str, ...]
    units: tuple[Unit, ...]
    side: bool


@dataclass(slots=True)
class _Open:
    """The section that is open while the blocks of a page are gone through, and those that are closed."""

    page: Page
    path: list[tuple[int, str]]
    """The heading path so far, from page to page."""
    closed: list[Section] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    side: bool = False
    box_title: str = ""
    """The head of the side box that is open, no part of the path."""
    box: tuple[int, int] | None = None
    """The first block of the side box that is open."""
    rows: list[Block] = field(default_factory=list)
    """The rows with which a table of the page before goes on."""
    head_row: str = ""
    """The heads of that table."""
    going_on: bool = False
    """Whether the section that is open holds such rows."""

    def close(self) -> None:
        """Close the section, if it has anything."""
        if self.units:
            names = tuple(title for _, title in self.path)
            names = (*names, self.box_title) if self.box_title and self.side else names
            names = (*names, self.head_row) if self.going_on else names
            self.closed.append(Section(self.page, names, tuple(self.units), self.side))
            self.units.clear()

    def head(self, index: int) -> None:
        """Begin a section under the heading that is block `index`; the head of a side box leaves the path as it is."""
        self.close()
        block = self.page.blocks[index]
        title = " ".join(self.page.text[block.start : block.end].split())
        self.side = _opens_side(self.page, index)
        self.box_title = title if self.side else ""
        if not self.side:
            _push(self.path, block.level, title)

    def enter(self, block: Block) -> None:
        """Go on with the section, or begin another where the block enters a side box or leaves it.

        An item stands in the box where its lead-in does, or where it has none.
        """
        led = block.lead is None or bool(self.box and block.lead[0] >= self.box[0])
        in_side = block.kind == "side" or (block.kind == "bullet" and self.side and led)
        going_on = block in self.rows
        if in_side != self.side or going_on != self.going_on:
            self.close()
            self.going_on = going_on
        if in_side != self.side:
            self.side, self.box = in_side, None
        if block.kind == "side" and self.box is None:
            self.box = (block.start, block.end)
        if not in_side:
            self.box_title = ""


def sections_of(
    page: Page,
    sentences: Sequence[Sentence],
    tokens: Sequence[int],
    path: list[tuple[int, str]],
    outline: Sequence[tuple[int, str, int]],
    passage_tokens: int,
    head: str = "",
) -> list[Section]:
    """Return the page's sections; `path` is the heading path so far and is carried on (in place).

    `head` are the heads of a table that goes on at the start of the page: the last heading of its rows here.
    """
    _from_outline(page, path, outline)
    by_block = _by_block(page, sentences, tokens, passage_tokens)
    section = _Open(page, path, rows=(rows_going_on(page) if head else []), head_row=head)
    for index, block in enumerate(page.blocks):
        if block.kind == "heading":
            section.head(index)
        elif block.kind in ("paragraph", "bullet", "side", "table"):
            section.enter(block)
        elif not by_block[index]:  # a caption that says something stays in the passage it stands in
            if block.end - block.start > LONGEST_APART:
                section.close()
            continue
        section.units.extend(by_block[index])
    section.close()
    return _joined(section.closed, passage_tokens)


def _joined(sections: list[Section], wanted: int) -> list[Section]:
    """Join a very short section with the one beside it under the same top heading; the longer one gives the path."""
    out: list[Section] = []
    for section in sections:
        before = out[-1] if out else None
        if before is None or before.side or section.side or before.headings[:1] != section.headings[:1]:
            out.append(section)
            continue
        first, second = (sum(unit.tokens for unit in part.units) for part in (before, section))
        if min(first, second) < SMALLEST * wanted and first + second <= wanted and section.headings:
            path = before.headings if first > second else section.headings
            out[-1] = Section(section.page, path, (*before.units, *section.units), False)
        else:
            out.append(section)
    return out


def _opens_side(page: Page, index: int) -> bool:
    """Return whether a heading is the head of a side box: the block after it stands in the box.

    Items under the title of a numbered box do, too.
    """
    after = page.blocks[index + 1].kind if index + 1 < len(page.blocks) else ""
    title = page.text[page.blocks[index].start : page.blocks[index].end]
    return after == "side" or (after == "bullet" and BOX.match(title) is not None)


def _push(path: list[tuple[int, str]], level: int, title: str) -> None:
    level = max(1, level)
    while path and path[-1][0] >= level:
        path.pop()
    path.append((level, title))


def _from_outline(page: Page, path: list[tuple[int, str]], outline: Sequence[tuple[int, str, int]]) -> None:
    """Take the heading path from the outline where no heading of that page was seen as one."""
    seen = {_fold(page.text[b.start : b.end]) for b in page.blocks if b.kind in ("heading", "title")}
    flat = _fold(page.text)
    for level, title, number in outline:
        if number == page.number and _fold(title) not in seen and _fold(title) not in flat:
            _push(path, level, title)


def _fold(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _by_block(
    page: Page, sentences: Sequence[Sentence], tokens: Sequence[int], passage_tokens: int
) -> dict[int, list[Unit]]:
    """Return the units of each block, by the block's index."""
    found: dict[int, list[Unit]] = {index: [] for index in range(len(page.blocks))}
    spans = [(block.start, block.end, index) for index, block in enumerate(page.blocks)]
    place = 0
    for sentence, count in zip(sentences, tokens, strict=True):
        while place < len(spans) and spans[place][1] <= sentence.start:
            place += 1
        if place < len(spans):
            found[spans[place][2]].extend(_units(page, sentence, count, passage_tokens))
    return found


def _units(page: Page, sentence: Sentence, count: int, passage_tokens: int) -> list[Unit]:
    """Return one unit, or several parts where the sentence alone is longer than the encoder can take."""
    limit = int(min(passage_tokens * 1.9, LONGEST_SENTENCE))
    if count <= limit:
        return [Unit(sentence.start, sentence.end, count, sentence, sentence.lead)]
    text = page.text[sentence.start : sentence.end]
    parts = max(2, -(-count // max(20, passage_tokens - 10)))
    cuts, start = [], 0
    for number in range(1, parts):
        wanted = len(text) * number // parts
        reach = len(text) // (2 * parts)
        clause = [m.end() for m in _CLAUSE.finditer(text, start + 1) if abs(m.end() - wanted) < reach]
        blank = text.find(" ", wanted) + 1
        cut = min(clause, key=lambda end: abs(end - wanted)) if clause else blank
        if start < cut < len(text):
            cuts.append(cut)
            start = cut
    edges = [0, *cuts, len(text)]
    units = []
    for first, last in pairwise(edges):
        part = text[first:last]
        left, right = sentence.start + first, sentence.start + first + len(part.rstrip())
        share = max(1, round(count * len(part) / len(text)))
        whole = Sentence(left, right, sentence.kind, sentence.lead, first > 0, last < len(text))
        units.append(Unit(left, right, share, whole, sentence.lead))
    return units
