"""Footnotes at the foot of a PDF page: told from the text, and those that say something can be quoted (pure).

A note that only names a source ("OECD (2019), Health at a Glance") answers no question; one that says something
("Of these, 12 are on request.") does, beside the sentence that has its mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from assistant.model import Block
from assistant.reading.shapes import Line, Paragraph, Sheet

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_UP = str.maketrans("0123456789", _RAISED)
_BEGINS = re.compile(rf"([{_RAISED}]{{1,3}}|\d{{1,3}}|[*†‡])\s*(?=[^\W\d_“\"«„(])")
_MARKED = re.compile(rf"[{_RAISED}*†]|\d{{1,3}}$")
_SOURCE = re.compile(
    r"https?:|www\.|\bdoi\b|\bISBN\b|\bISSN\b|\bet al\b|\bibid|\bop\.? ?cit|\(\d{4}[a-z]?\)|[,.] (?:19|20)\d\d[.,;)]|"
    r"\bpp?\.\s?\d|\b[sv]\.\s?\d|\bOJ\s[LC]\b|\bABl\.|\bJO\s[LC]\b|\bCOM\W|\bvol\.|\beds?\.|\bHrsg\.|"
    r"\d{2,4}/\d{2,4}\b|\.pdf\b|\w\.(?:eu|org|int|gov)\b|available (?:at|here|on)|accessed|"
    r"abrufbar|disponible|verfügbar",
    re.IGNORECASE,
)
_SEE = re.compile(r"(?:see|cf|vgl|siehe|voir|cfr|vedi|zie|ks|vrt|se)\b", re.IGNORECASE)
FEWEST = 6
"""Words of a note that says something."""
_KINDS = ("paragraph", "caption", "bullet", "references")


def set_notes(paragraphs: list[Paragraph], sheet: Sheet, size: float) -> None:
    """Mark the small print at the foot of a page as footnotes where a line of it begins with a number (in place).

    `size` is the body's. A note that says something becomes a side box of its own, the others references.
    """
    small = [p for p in paragraphs if p.size < 0.92 * size and p.top > 0.6 * sheet.height]
    small = [p for p in small if p.kind in _KINDS and p.area < 0]
    marked = [p for p in small if _MARKED.match(p.plain().strip())]
    if marked:
        first = min(marked, key=lambda p: p.top)
        small = [p for p in small if p.top >= _from(first, small)]
    notes = {id(paragraph) for paragraph in (small if marked else [])}
    notes |= {id(paragraph) for paragraph in paragraphs if paragraph.kind == "references"}
    _join_marks(paragraphs, notes)
    for paragraph in [p for p in paragraphs if id(p) in notes]:
        parts = [Paragraph(lines, "references", area=paragraph.area) for lines in _parts(paragraph.lines)]
        for part in parts:
            part.kind = "side" if says_something(part.plain()) else "references"
        place = next(i for i, p in enumerate(paragraphs) if p is paragraph)
        paragraphs[place : place + 1] = parts


def says_something(note: str) -> bool:
    """Return whether a footnote with its mark says more than where something stands."""
    text = note.strip()
    begins = _BEGINS.match(text)
    words = text[begins.end() :] if begins else ""
    return len(words.split()) >= FEWEST and text[-1:] in ".!?" and not (_SEE.match(words) or _SOURCE.search(words))


def _from(first: Paragraph, small: Sequence[Paragraph]) -> float:
    """Return from which height on small print is footnotes: the first mark, or the end of a note of another page."""
    top = first.top - 2
    for paragraph in sorted(small, key=lambda p: -p.top):
        if paragraph.top < top and top - paragraph.bottom < 1.2 * first.size and abs(paragraph.left - first.left) < 60:
            top = paragraph.top
    return top


def _join_marks(paragraphs: list[Paragraph], notes: set[int]) -> None:
    """Join a mark that stands apart, left of the first line of its note, to that line (in place)."""
    for mark in [p for p in paragraphs if id(p) in notes and re.fullmatch(r"\d{1,3}", p.plain().strip())]:
        line = mark.lines[0]
        lines = [one for p in paragraphs if id(p) in notes and p is not mark for one in p.lines]
        beside = [one for one in lines if 0 < one.left - line.right < 60]
        beside = [one for one in beside if -0.1 * one.size < one.base - line.base < 0.7 * one.size]
        if not beside or len(mark.lines) > 1:
            continue
        first = min(beside, key=lambda one: (abs(one.base - line.base), one.left))
        first.glyphs = [*(g._replace(char=g.char.translate(_UP), base=first.base) for g in line.glyphs), *first.glyphs]
        first.text, first.left = "", line.left
        paragraphs[:] = [p for p in paragraphs if p is not mark]


def _parts(lines: Sequence[Line]) -> list[list[Line]]:
    """Cut the lines of footnotes where the next one begins: with a raised mark, or with the next number."""
    parts: list[list[Line]] = []
    number = 0
    for line in lines:
        begins = _BEGINS.match(line.plain())
        mark = int(unicodedata.normalize("NFKC", begins[1])) if begins and begins[1] not in "*†‡" else 0
        if not parts or (begins and (not begins[1].isdecimal() or mark == number + 1)):
            parts.append([])
            number = mark
        parts[-1].append(line)
    return parts


def with_sentences(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of a page, the notes led by the sentence (or row) before them that has their mark."""
    out: list[Block] = []
    for block in blocks:
        begins = _BEGINS.match(text, block.start, block.end) if block.kind == "side" else None
        home = _home(text, out, begins[1].translate(_UP)) if begins else None
        out.append(replace(block, lead=home) if home else block)
    return tuple(out)


def _home(text: str, blocks: Sequence[Block], mark: str) -> tuple[int, int] | None:
    from assistant.reading.sentences import sentences_in

    whole = re.compile(rf"(?<=\S)(?<![{_RAISED}]){re.escape(mark)}(?![{_RAISED}])")
    for block in reversed(blocks):
        if block.kind not in ("paragraph", "bullet", "table") or not whole.search(text, block.start, block.end):
            continue
        spans = [(block.start, block.end)] if block.kind == "table" else sentences_in(text, block)
        return next((span for span in spans if whole.search(text, *span)), None)
    return None
