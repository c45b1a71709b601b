"""A page read the simplest way: its characters as the file has them, without columns, roles and boxes (pure).

This stands in where the layout fails on a page, and where only text without places could be had.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from assistant.geometry import pack
from assistant.model import Block, Page
from assistant.reading.shapes import Glyph, Sheet

LEAST_SIZE = 0.5
"""Points of the smallest size and the least width and height of a page that the layout has to bear."""
FARTHEST = 100_000.0


def plain_page(sheet: Sheet) -> Page:
    """Return a page from text without places: paragraphs by empty lines, no boxes rather than wrong ones."""
    source = sheet.fallback or simple_text([*sheet.glyphs, *sheet.turned])
    parts = [" ".join(part.split()) for part in source.replace("\u00ad\n", "").replace("\u00ad", "").split("\n\n")]
    text, blocks = "", []
    for part in (part for part in parts if part):
        text += "\n\n" if text else ""
        blocks.append(Block("paragraph", len(text), len(text) + len(part)))
        text += part
    return Page(
        sheet.number, sheet.label or str(sheet.number), text, tuple(blocks),
        width=sheet.width, height=sheet.height, geometry=b"" if text else pack(()), ocr=sheet.ocr,
    )  # fmt: skip


def simple_text(glyphs: Iterable[Glyph]) -> str:
    """Return the characters in the file's order: a line where the baseline moves, a paragraph where it leaps."""
    parts: list[str] = []
    before: Glyph | None = None
    for glyph in sorted(glyphs, key=lambda item: item.order):
        if before is not None:
            size = max(before.size, glyph.size, LEAST_SIZE)
            step = abs(glyph.base - before.base)
            if step > 0.5 * size:
                parts.append("\n\n" if step > 2 * size else "\n")
            elif glyph.space or glyph.left - before.right > 0.25 * size:
                parts.append(" ")
        parts.append(glyph.char)
        before = glyph
    return "".join(parts)


def sound(sheet: Sheet) -> Sheet:
    """Return the sheet with sizes above zero and places that are numbers, so that the layout can divide and compare."""
    width, height = max(LEAST_SIZE, sheet.width), max(LEAST_SIZE, sheet.height)
    if (width, height) == (sheet.width, sheet.height) and all(map(_is_sound, (*sheet.glyphs, *sheet.turned))):
        return sheet
    glyphs, turned = (
        tuple(glyph if _is_sound(glyph) else _mended(glyph) for glyph in part) for part in (sheet.glyphs, sheet.turned)
    )
    return replace(sheet, width=width, height=height, glyphs=glyphs, turned=turned)


def _is_sound(glyph: Glyph) -> bool:
    across = -FARTHEST < glyph.left <= glyph.right < FARTHEST
    return glyph.size >= LEAST_SIZE and across and -FARTHEST < glyph.top <= glyph.bottom < FARTHEST


def _mended(glyph: Glyph) -> Glyph:
    left, right, base, top, bottom = (
        max(-FARTHEST, min(FARTHEST, value)) if math.isfinite(value) else 0.0
        for value in (glyph.left, glyph.right, glyph.base, glyph.top, glyph.bottom)
    )
    size = glyph.size if math.isfinite(glyph.size) else LEAST_SIZE
    return glyph._replace(
        left=min(left, right), right=max(left, right), base=base, top=min(top, bottom), bottom=max(top, bottom),
        size=max(LEAST_SIZE, size),
    )  # fmt: skip
