"""From columns to paragraphs: where a stack of lines breaks, and where a paragraph goes on in the next (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.reading.shapes import Line, Paragraph, Stack

BULLET = re.compile(r"(?:[•‣▪◦●○■□➢✓→»►·*]\s*|[–—-]\s+|o\s+(?=[A-Z]))(?=\S)")
NUMBER = re.compile(r"(?:\(?\d{1,2}[.)]|\(?[a-z][)]|\(?[ivx]{1,4}[.)]|\[\d{1,3}\])\s+(?=\S)")
NOTE = re.compile(r"(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}\s?|\d{1,3}\s*(?=[^\W\d_a-z])|\d{1,3}\s+(?=[^\W\d_])|[*†]\s?)[^\W\d_]")
"""How a footnote begins: its number, raised or not, or a sign."""
_ENDS = re.compile(r"[.!?:;…][”\"’')\]⁰¹²³⁴⁵⁶⁷⁸⁹,]*$")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|-bd|medi", re.IGNORECASE)
_JOINING = "a an and as at by for from in into is of on or that the their to with und der die das et de la "
_OPEN_WORDS = frozenset(_JOINING.split())

_NEXT_ITEM = re.compile(r";\s+(?:and|or|und|oder|et|ou|e|o|y|en|of|ja|tai|sekä|og|och|eller|oraz|i|lub)$")
"""How the last item but one of a list ends."""

ROUND = re.compile(r"o\s+(?=\S)")


def is_round(line: Line) -> bool:
    """Return whether a line begins with the letter o as a bullet: in a font of its own, or set apart like one."""
    if not ROUND.match(line.plain()) or len(line.glyphs) < 2:
        return False
    sign, after = line.glyphs[0], line.glyphs[1]
    return sign.font != after.font or after.left - sign.right > 0.45 * line.size


def is_bold(font: str) -> bool:
    """Return whether a font's name says that it is a bold one (pdfium's own weight is of no use)."""
    return bool(_BOLD.search(font))


def paragraphs_of(stack: Stack) -> list[Paragraph]:
    """Cut a stack at bullets, gaps, indents, style changes, and after a short line that ends a sentence."""
    lines = stack.lines
    steps = sorted(b.base - a.base for a, b in pairwise(lines))
    usual = steps[len(steps) // 4] if len(steps) >= 3 else (steps[0] if steps and len(lines) > 2 else 0.0)
    found: list[Paragraph] = []
    for index, line in enumerate(lines):
        if index == 0 or _breaks(found[-1], lines[index - 1], line, stack, usual):
            found.append(Paragraph([line], area=stack.area))
        else:
            found[-1].lines.append(line)
    return found


def _breaks(current: Paragraph, before: Line, line: Line, stack: Stack, usual: float) -> bool:
    text, ended = line.plain(), bool(_ENDS.search(before.plain()))
    first = current.lines[0].plain()
    in_list = bool(BULLET.match(first) or NUMBER.match(first) or is_round(current.lines[0]))
    if is_round(line) and (ended or in_list or before.plain()[-1:] in ",:"):
        return True
    if BULLET.match(text) and (text[0] not in "-–—*·" or ended or in_list or line.left <= current.left + 1):
        return not (text[0] in "–—-" and not ended and not in_list)
    if NUMBER.match(text) and (ended or in_list) and line.left <= current.left + 2 * line.size:
        return True
    if not 0.93 < line.size / before.size < 1.08:
        return True
    if _style_change(before, line, ended):
        return True
    step = line.base - before.base
    if step > (1.25 * usual if usual else 1.75 * line.size) and step > 1.12 * line.size:
        return True
    width = max(1.0, stack.right - stack.left)
    capital = text[:1].isupper() or text[:1].isdigit() or text[:1] in "“\"'‘«("
    if ended and capital and before.right < stack.right - 0.12 * width:
        return True
    if in_list and len(current.lines) >= 2 and line.left < current.lines[1].left - 0.7 * line.size and capital:
        return True
    return ended and capital and not in_list and line.left > before.left + 0.8 * line.size and len(current.lines) > 1


def _style_change(before: Line, line: Line, ended: bool) -> bool:
    """Return whether two lines, each set in one font, are set in different ones."""
    if before.font == line.font or before.share_of(before.font) < 0.92 or line.share_of(line.font) < 0.92:
        return False
    runs_on = not ended and line.plain()[:1].islower() and abs(before.size - line.size) < 0.03 * line.size
    return ended or (is_bold(before.font) != is_bold(line.font) and not runs_on)


def join_continuing(flow: list[list[Paragraph]], boxed: Sequence[bool]) -> list[Paragraph]:
    """Return the paragraphs of all stacks in order; one that stops in mid-sentence goes on in the next stack.

    Only the directly next stack counts; stacks inside a filled box (`boxed`) and footnotes may stand between, because
    they are no part of the text they interrupt. Jumping over anything else invents sentences.
    """
    out: list[Paragraph] = []
    waiting: list[Paragraph] = []
    open_end: Paragraph | None = None
    for paragraphs, in_box in zip(flow, boxed, strict=True):
        if not paragraphs:
            continue
        apart = open_end is not None and in_box and open_end.area != paragraphs[0].area
        if apart or (open_end is not None and _are_notes(open_end, paragraphs)):
            waiting.extend(paragraphs)
            continue
        rest = paragraphs
        if open_end is not None and continues(open_end, paragraphs[0]):
            open_end.lines.extend(paragraphs[0].lines)
            rest = paragraphs[1:]
        out.extend(waiting)
        waiting = []
        out.extend(rest)
        last = rest[-1] if rest else open_end
        open_end = last if last is not None and last.kind == "paragraph" and stops_open(last) else None
    return out + waiting


def _are_notes(above: Paragraph, paragraphs: Sequence[Paragraph]) -> bool:
    """Return whether the stack holds footnotes: small print under the column, the first with its mark."""
    first = paragraphs[0]
    small = all(paragraph.size < 0.92 * above.size for paragraph in paragraphs)
    return small and not first.cells and first.top > above.bottom and NOTE.match(first.plain()) is not None


def stops_open(paragraph: Paragraph) -> bool:
    """Return whether a paragraph of two or more lines stops without the end of a sentence."""
    text = paragraph.plain()
    return (len(paragraph.lines) > 1 or len(text) > 40) and not _ENDS.search(text)


def continues(first: Paragraph, second: Paragraph) -> bool:
    """Return whether the second paragraph is the rest of the first: same style, starts in lower case."""
    if second.kind != "paragraph" or second.cells or second.area != first.area:
        return False
    if abs(first.size - second.size) > 0.04 * first.size or first.font != second.font:
        return False
    start, end = second.plain(), first.plain()
    if BULLET.match(start) or NUMBER.match(start):
        return False
    if _NEXT_ITEM.search(end) and start[:1].isupper():
        return False
    last_word = end.split()[-1].lower() if end.split() else ""
    return start[:1].islower() or ((end[-1:] in ",­-" or last_word in _OPEN_WORDS) and start[:1].isalnum())
