"""From paragraphs to the page's text, its blocks and the place of every character (pure).

Lines of a paragraph are joined by one blank, paragraphs by an empty line. A hyphen at a line's end is left out only
where the file marks it as soft or the joined word stands elsewhere in the document; otherwise it stays, without a
blank. Every character taken from the page keeps its box, so a quotation and its boxes cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.geometry import Run, pack
from assistant.model import Block, Page
from assistant.reading.notes import with_sentences
from assistant.reading.paragraphs import BULLET, NUMBER, ROUND
from assistant.reading.shapes import Glyph, Line, Paragraph, Sheet, spaced
from assistant.reading.view import unturn

_SUSPENDED = frozenset(
    ["und", "oder", "bzw", "and", "or", "et", "ou", "og", "eller", "och", "ja", "tai", "sowie", "als"]
)
"""Words after a hyphen that is left hanging ("Forschungs- und Versorgungsdaten")."""
_SENTENCE_END = re.compile(r"[.!?]\s")


class _Writer:
    """The growing text of a page and the runs of its characters."""

    def __init__(self, words: Words, places: Mapping[int, tuple[float, float]]) -> None:
        self.text: list[str] = []
        self.length = 0
        self.runs: list[Run] = []
        self.words = words
        self.places = places

    def add(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def line(self, glyphs: list[Glyph]) -> None:
        """Write one line; blanks inside it take the gap as their place."""
        chars: list[str] = []
        lefts: list[float] = []
        rights: list[float] = []
        for before, glyph in zip([None, *glyphs], glyphs, strict=False):
            if before is not None and spaced(before, glyph):
                chars.append(" ")
                lefts.append(before.right)
                rights.append(max(before.right, glyph.left))
            chars.append("-" if glyph.char == "\u00ad" else glyph.char)
            lefts.append(glyph.left)
            rights.append(glyph.right)
        if chars:
            top, bottom = min(glyph.top for glyph in glyphs), max(glyph.bottom for glyph in glyphs)
            if self.places:
                lefts, rights = self._really(glyphs)
                self.runs.extend(
                    Run(self.length + i, top, bottom, (left,), (right,))
                    for i, (left, right) in enumerate(zip(lefts, rights, strict=True))
                )
            else:
                self.runs.append(Run(self.length, top, bottom, tuple(lefts), tuple(rights)))
            self.add("".join(chars))

    def _really(self, glyphs: list[Glyph]) -> tuple[list[float], list[float]]:
        """Return where the characters of a line and the blanks between them stand, on a page laid out in the mirror."""
        lefts: list[float] = []
        rights: list[float] = []
        last = (0.0, 0.0)
        for before, glyph in zip([None, *glyphs], glyphs, strict=False):
            here = self.places.get(glyph.order, (glyph.left, glyph.right))
            if before is not None and spaced(before, glyph):
                edges = sorted((*last, *here))[1:3]
                lefts.append(edges[0])
                rights.append(edges[1])
            lefts.append(here[0])
            rights.append(here[1])
            last = here
        return lefts, rights

    def lines(self, lines: list[Line]) -> None:
        for index, line in enumerate(lines):
            glyphs, joint = line.glyphs, " "
            if index + 1 < len(lines):
                glyphs, joint = _line_end(line, lines[index + 1], self.words)
            self.line(glyphs)
            if index + 1 < len(lines):
                self.add(joint)


def _line_end(line: Line, after: Line, words: Words) -> tuple[list[Glyph], str]:
    """Return (the characters to keep, what to put between this line and the next)."""
    glyphs = line.glyphs
    if glyphs[-1].char not in "\u00ad-‐" or len(glyphs) < 2 or not glyphs[-2].char.isalnum():
        return glyphs, " "
    follow = after.plain().split()[0] if after.plain().split() else ""
    first, second = re.findall(r"[^\W_]*$", line.plain()[:-1])[0], re.findall(r"^[^\W_]*", follow)[0]
    if not second or second.lower() in _SUSPENDED:
        return glyphs, " "
    if not second[0].islower():
        return glyphs, ""
    return (glyphs[:-1] if words.joins(first.lower(), second.lower()) else glyphs), ""


@dataclass(frozen=True, slots=True)
class Words:
    """The document's words, and whether it is set with words divided at line ends."""

    known: frozenset[str]
    divides: bool

    def joins(self, first: str, second: str) -> bool:
        """Return whether a hyphen between two halves at a line's end is none of the word's own."""
        if f"{first}-{second}" in self.known:
            return False
        if f"{first}{second}" in self.known:
            return True
        whole = first in self.known and second in self.known and min(len(first), len(second)) > 3
        return self.divides and not whole


NO_WORDS = Words(frozenset(), False)


def words_of(pages: list[list[Line]]) -> Words:
    """Return the words, hyphenated ones whole, in lower case; a line's last and next first word only if complete.

    A document divides words if more than 3 of 100 lines end with a hyphen. The mark of the file (or of pdfium) for a
    soft hyphen is no help: it stands on "cost-effective" too.
    """
    words: set[str] = set()
    count = ends = 0
    for lines in pages:
        cut = False
        for line in sorted(lines, key=lambda item: item.glyphs[0].order):
            found = re.findall(r"[^\W_]+(?:-[^\W_]+)*", line.plain().lower())
            hyphen = line.glyphs[-1].char in "\u00ad-‐" and len(found) > 0
            words.update(found[int(cut) : len(found) - int(hyphen)])
            cut, count, ends = hyphen, count + 1, ends + int(hyphen)
    return Words(frozenset(words), ends > 0.03 * count)


def compose(sheet: Sheet, paragraphs: list[Paragraph], words: Words, printed: str) -> Page:
    """Return the page: text, blocks in order, and the packed places of its characters."""
    writer, blocks = _Writer(words, sheet.places), []
    heads: dict[int, tuple[int, int]] = {}
    lead: tuple[int, int] | None = None
    for paragraph in paragraphs:
        if writer.length:
            writer.add("\n\n")
        start = writer.length
        for index, cell in enumerate(paragraph.cells or [paragraph.lines]):
            if index:
                writer.add(" · ")
            writer.lines(cell)
        text = "".join(writer.text)[start:]
        block = Block(paragraph.kind, start, writer.length, paragraph.level)
        if paragraph.kind == "table":
            if paragraph.head:
                heads[paragraph.table] = (start, writer.length)
                block = Block("caption", start, writer.length)
            else:
                block = Block("table", start, writer.length, lead=heads.get(paragraph.table))
        elif paragraph.kind == "bullet":
            sign = BULLET.match(text) or NUMBER.match(text) or ROUND.match(text)
            block = Block("bullet", start + (sign.end() if sign else 0), writer.length, lead=lead)
        elif paragraph.kind in ("paragraph", "side"):
            lead = _lead(text, start)
        elif paragraph.kind in ("heading", "title"):
            lead = None
        blocks.append(block)
    text = "".join(writer.text)
    width, height = (sheet.width, sheet.height) if sheet.turn in (0, 180) else (sheet.height, sheet.width)
    return Page(
        sheet.number, sheet.label or str(sheet.number), text, with_sentences(text, blocks), printed,
        round(width, 1), round(height, 1), pack(_as_shown(writer.runs, sheet)), sheet.ocr,
    )  # fmt: skip


def _as_shown(runs: list[Run], sheet: Sheet) -> list[Run]:
    """Return the runs on the page as shown: those of a page read sideways become one run for each character."""
    runs = [_on_page(run, sheet.width, sheet.height) for run in runs]
    if not sheet.turn:
        return runs
    shown: list[Run] = []
    for run in runs:
        for place, (left, right) in enumerate(zip(run.lefts, run.rights, strict=True)):
            box = unturn((left, run.top, right, run.bottom), sheet.turn, sheet.width, sheet.height)
            shown.append(Run(run.start + place, box[1], box[3], (box[0],), (box[2],)))
    return shown


def _on_page(run: Run, width: float, height: float) -> Run:
    """Return the run with what sticks out of the page cut off."""
    if min(run.lefts) >= 0 and max(run.rights) <= width and 0 <= run.top <= run.bottom <= height:
        return run
    lefts, rights = (tuple(max(0.0, min(width, value)) for value in edges) for edges in (run.lefts, run.rights))
    top, bottom = (max(0.0, min(height, value)) for value in (run.top, run.bottom))
    return Run(run.start, top, bottom, lefts, rights)


def _lead(text: str, start: int) -> tuple[int, int] | None:
    """Return the last sentence of a paragraph that ends with a colon: it introduces the bullets after it."""
    if not text.rstrip().endswith(":"):
        return None
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return start + (ends[-1] if ends else 0), start + len(text.rstrip())
