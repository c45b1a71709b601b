"""Characters and their boxes through pypdfium2 (with `paint` the only file that knows it).

pdfium can hang or crash on hostile files, so these functions run in a worker process (`guard`). Calls per
character are the slow half of reading, so a character costs four, and font, size, angle and colour are asked once per
text object. pdfium speaks of the unturned page; everything given out here is in points from the top left as shown.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pypdfium2.raw as raw

from assistant.geometry import Box
from assistant.reading.accents import accented
from assistant.reading.hidden import Style, is_doubtful, same_as_behind
from assistant.reading.overlay import opened, unseen
from assistant.reading.paint import Contrast, Drawn, drawn_on, shows_something
from assistant.reading.shapes import Glyph, Sheet
from assistant.reading.signs import is_unseen, steering_signs
from assistant.reading.tracked import joined
from assistant.reading.view import View

LARGEST_GLYPHS = 60_000
SMALLEST = 2.0
"""Points below which letters cannot be read on the page."""
_ADDRESS_OF = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_SIGNS = re.compile(r"wingdings|webdings|dingbats", re.IGNORECASE)
"""Fonts of signs: a letter in one of them is no letter on the page."""
_HYPHENS = frozenset("\u00ad\ufffe\x02")
_BULLETS = {"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf0fc": "✓", "\uf0e0": "→", "\uf076": "•", "\uf0be": "–"}


@dataclass(slots=True)
class _Found:
    """The characters of a page, sorted by what a reader sees of them."""

    upright: list[Glyph] = field(default_factory=list)
    turned: list[Glyph] = field(default_factory=list)
    invisible: list[Glyph] = field(default_factory=list)
    doubtful: dict[int, list[Glyph]] = field(default_factory=dict)
    """By the address of their text object."""
    quarters: Counter[int] = field(default_factory=Counter)
    made: set[int] = field(default_factory=set)
    """The `order` of letters before which pdfium, not the file, has a blank."""
    left_out: Counter[str] = field(default_factory=Counter)
    """How many letters were left out, by the reason."""

    def of(self, style: Style, address: int) -> list[Glyph]:
        """Return where the letters of a text object go by what its style says of them."""
        if not style.visible:
            return self.invisible
        if style.quarter:
            return self.turned
        return self.doubtful.setdefault(address, []) if style.doubtful else self.upright


def read_sheet(document: Any, number: int, layers: bool = False) -> Sheet:
    """Return page `number` (from 1) as characters, areas and rulings; raises PdfiumError where pdfium fails.

    `layers` says that the document has layers that are switched off.
    """
    page, marked = opened(document, number)
    try:
        view = View(page.get_bbox(), page.get_rotation())
        drawn, turn = drawn_on(page.raw, view), 0
        text = page.get_textpage()
        try:
            drawn.unseen = hidden = unseen(page, text.raw, view, drawn, layers)
            found = _characters(text.raw, view, drawn, Contrast(page))
            whole = text.get_text_range()
            upright = len(found.upright) + len(found.invisible)
            more, count = max(found.quarters.items(), key=lambda item: item[1], default=(0, 0))
            if count > 60 and count > 2 * upright and more > 0:  # a page printed sideways
                turn = more
                view = view.turned(turn)
                drawn = drawn_on(page.raw, view)
                drawn.unseen = hidden
                found = _characters(text.raw, view, drawn, None)
        finally:
            text.close()
    finally:
        page.close()
    _strike(found, [view.box(*box) for box in marked.struck])
    found.left_out["comment"] += marked.comments
    glyphs = found.upright
    ocr = _is_scan(found, drawn)
    if ocr:
        glyphs = sorted(found.upright + found.invisible, key=lambda glyph: glyph.order)
    else:
        found.left_out["invisible"] += len(found.invisible)
    return Sheet(
        number, view.width, view.height, tuple(glyphs), tuple(found.turned), tuple(drawn.areas), tuple(drawn.rules),
        ocr, scan=not glyphs and not found.turned and shows_something(drawn, view), turn=turn,
        left_out=tuple(found.left_out.items()), engine=whole,
    )  # fmt: skip


def simple_sheet(document: Any, number: int, layers: bool = False) -> Sheet:
    """Return page `number` (from 1) as the engine's own text, without places; raises PdfiumError.

    What is hidden on the page, by `layers` or else, is not told from the rest.
    """
    page = document[number - 1]
    try:
        width, height = page.get_size()
        text = page.get_textpage()
        try:
            whole = text.get_text_range()
        finally:
            text.close()
    finally:
        page.close()
    shown = "".join("\n" if char in "\r\n" else _character(ord(char)) for char in whole.replace("\r\n", "\n"))
    return Sheet(number, width, height, (), fallback=shown)


def _is_scan(found: _Found, drawn: Drawn) -> bool:
    """Return whether the page is a picture with recognised text laid invisibly over it.

    On any other page invisible letters are not what the reader sees, and stay out.
    """
    if len(found.invisible) <= 4 * len(found.upright):
        return False

    def pictured(glyph: Glyph) -> bool:
        x, y = (glyph.left + glyph.right) / 2, glyph.base
        return any(b[0] - 2 <= x <= b[2] + 2 and b[1] - 2 <= y <= b[3] + 2 for b in drawn.pictures)

    sample = found.invisible[:: max(1, len(found.invisible) // 300)]
    return sum(map(pictured, sample)) >= 0.8 * len(sample)


def _strike(found: _Found, struck: list[Box]) -> None:
    """Leave out the letters that an annotation strikes out (in place)."""
    if not struck:
        return

    def stays(glyph: Glyph) -> bool:
        x, y = (glyph.left + glyph.right) / 2, glyph.base - 0.25 * glyph.size
        return not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in struck)

    kept: list[Glyph] = []
    gap = False
    for glyph in found.upright:
        if stays(glyph):
            kept.append(glyph._replace(space=True) if gap else glyph)
            gap = False
        elif kept and abs(kept[-1].base - glyph.base) < 1:  # the line goes on over what is struck out
            kept[-1] = kept[-1]._replace(right=max(kept[-1].right, glyph.right))
            gap = True
    found.left_out["struck"] += len(found.upright) - len(kept)
    found.upright = kept


def _characters(text: Any, view: View, drawn: Drawn, contrast: Contrast | None) -> _Found:
    """Return the characters of a page; `contrast` looks at the page where colours alone do not decide."""
    found, known = _Found(), dict[int, Style]()
    x, y = ctypes.c_double(), ctypes.c_double()
    to_x, to_y, loose = ctypes.byref(x), ctypes.byref(y), raw.FS_RECTF()
    to_loose = ctypes.byref(loose)
    get_unicode, get_origin = raw.FPDFText_GetUnicode, raw.FPDFText_GetCharOrigin
    # The same function, declared to give a plain number: a tenth of the time per character.
    get_object = ctypes.cast(raw.FPDFText_GetTextObject, _ADDRESS_OF)
    handle, get_loose = ctypes.cast(text, ctypes.c_void_p), raw.FPDFText_GetLooseCharBox
    space, own, order, upright = False, False, 0, found.upright
    for index in range(min(raw.FPDFText_CountChars(text), LARGEST_GLYPHS)):
        code = get_unicode(text, index)
        char = _character(code)
        if char == " ":
            own = own or raw.FPDFText_IsGenerated(text, index) != 1
            space = True
            continue
        if not char:
            if code >= 0x202A and steering_signs(chr(code)):
                found.left_out["steering"] += 1
            continue
        address = get_object(handle, index) or 0
        style = known.get(address) if address else None
        if style is None:
            style = known[address] = _style(text, index, view, drawn)
            style.visible = style.visible and address not in drawn.unseen
        size = style.size
        if size <= 0.5 or not get_origin(text, index, to_x, to_y) or not get_loose(text, index, to_loose):
            found.left_out["tiny"] += size <= 0.5
            continue
        left, top, right, bottom = view.box(loose.left, loose.bottom, loose.right, loose.top)
        if style.bullets and char.isascii() and char.isalnum():
            char = "•"
        base = view.point(x.value, y.value)[1]
        if not (-1 <= (left + right) / 2 <= view.width + 1 and -1 <= (top + bottom) / 2 <= view.height + 1):
            found.left_out["outside"] += 1
            space = True
            continue
        if style.quarter == 0:
            top, bottom = max(top, base - 0.95 * size), min(bottom, base + 0.28 * size)
        else:
            found.quarters[style.quarter] += 1
        plain = style.visible and not style.doubtful and style.quarter == 0
        target = upright if plain else found.of(style, address)
        for part in char:  # a ligature's letters share one box
            target.append(Glyph(part, left, right, base, top, bottom, size, style.font, order, space))
            if space and not own:
                found.made.add(order)
            order, space, own = order + 1, False, False
    _settle(found, known, drawn, contrast)
    found.upright = accented(joined(found.upright, found.made))
    return found


def _settle(found: _Found, known: dict[int, Style], drawn: Drawn, contrast: Contrast | None) -> None:
    """Decide over the doubtful text objects, and over letters too small to read (in place)."""
    if found.doubtful:
        for address, glyphs in found.doubtful.items():
            box = (
                min(g.left for g in glyphs), min(g.top for g in glyphs),
                max(g.right for g in glyphs), max(g.bottom for g in glyphs),
            )  # fmt: skip
            same = same_as_behind(box, known[address], drawn.fills, [*drawn.unknown, *drawn.pictures])
            if same is None:
                same = contrast is not None and not contrast.shows(box)
            if same:
                found.left_out["colour"] += len(glyphs)
            else:
                found.upright.extend(glyphs)
        found.upright.sort(key=lambda glyph: glyph.order)
    small = any(style.size < SMALLEST for style in known.values())
    tiny = sum(glyph.size < SMALLEST for glyph in found.upright) if small else 0
    if 0 < tiny < 0.5 * len(found.upright):  # a page that is small print throughout is only drawn to another scale
        found.left_out["tiny"] += tiny
        found.upright = [glyph for glyph in found.upright if glyph.size >= SMALLEST]


@lru_cache(4096)
def _character(code: int) -> str:
    """Return what a code point is in our text: '' for nothing, ' ' for any blank, several letters for a ligature."""
    char = chr(code) if 0 < code < 0x110000 else ""
    if not char:
        return ""
    if char in _HYPHENS:
        return "\u00ad"
    if code > 0x2FF and is_unseen(char):
        return ""
    if char.isspace():
        return " "
    if 0xFB00 <= code <= 0xFDFB or 0xFE70 <= code <= 0xFEFC:  # ligatures, Hebrew and Arabic letters by their form
        return unicodedata.normalize("NFKC", char)
    if 0xE000 <= code <= 0xF8FF:
        return _BULLETS.get(char, "•" if code >= 0xF000 else "")
    return "" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char


def _style(text: Any, index: int, view: View, drawn: Drawn) -> Style:
    """Return what all characters of one text object share."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        matrix.a = matrix.d = 1.0
    size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    buffer = ctypes.create_string_buffer(160)
    length = raw.FPDFText_GetFontInfo(text, index, buffer, 160, None)
    font = buffer.raw[: max(0, min(length, 160) - 1)].decode("utf-8", "replace").split("+")[-1]
    mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(text, index))
    visible = mode not in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
    parts = [ctypes.c_uint() for _ in range(4)]
    filled = mode not in (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP)
    known = filled and raw.FPDFText_GetFillColor(text, index, *(ctypes.byref(part) for part in parts))
    red, green, blue, alpha = (part.value for part in parts) if known else (0, 0, 0, 255)
    style = Style(abs(size), font, view.quarter(matrix.a, matrix.b), visible, (red, green, blue), alpha)
    style.bullets = _SIGNS.search(font) is not None
    key = (style.colour, style.alpha)
    if key not in drawn.doubts:  # a page has few colours and many text objects
        drawn.doubts[key] = is_doubtful(style, drawn.fills)
    style.doubtful = drawn.doubts[key]
    if style.size < SMALLEST:
        style.size = max(style.size, _drawn_size(text, index))
    return style


def _drawn_size(text: Any, index: int) -> float:
    """Return the size that a character's box speaks of: fonts made of drawings (Type 3) have a measure of their own."""
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
        return 0.0
    return 0.7 * float(min(abs(box.top - box.bottom), 3 * abs(box.right - box.left)))
