"""Characters, their boxes, filled areas and page images, through pypdfium2 (the only file that knows it).

pdfium can hang or crash on hostile files, so these functions run in a worker process (`guard`). Calls per
character are the slow half of reading, so a character costs four, and font, size and angle are asked once per text
object. pdfium speaks of the unturned page; everything given out here is in points from the top left as shown.
"""

from __future__ import annotations

import ctypes
import io
import math
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from assistant.errors import UnreadableDocument
from assistant.geometry import Box
from assistant.reading.shapes import Glyph, Sheet
from assistant.reading.tables import shaded_rows

LARGEST_GLYPHS = 60_000
_ADDRESS_OF = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_DROPPED = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_HYPHENS = frozenset("\u00ad\ufffe\x02")
_BULLETS = {"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf0fc": "✓", "\uf0e0": "→", "\uf076": "•", "\uf0be": "–"}


class _View:
    """How the unturned page maps to the page as shown."""

    def __init__(self, box: tuple[float, float, float, float], rotation: int) -> None:
        self.left, self.bottom, self.right, self.top = box
        self.rotation = rotation
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (high, wide) if rotation in (90, 270) else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def upright(self, a: float, b: float) -> bool:
        """Return whether writing in the direction (a, b) runs to the right on the page as shown."""
        across, down = {0: (a, -b), 90: (b, a), 180: (-a, b), 270: (-b, -a)}[self.rotation]
        return across > 0 and abs(down) < 0.1 * across


def open_file(path: Path) -> Any:
    """Return the open pdfium document; raises UnreadableDocument in plain words."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        reason = "the file needs a password" if "password" in str(problem).lower() else "the file is damaged"
        raise UnreadableDocument(path.name, reason) from problem


def read_sheet(document: Any, number: int) -> Sheet:
    """Return page `number` (from 1) as characters, areas and rulings; raises PdfiumError where pdfium fails."""
    page = document[number - 1]
    try:
        view = _View(page.get_bbox(), page.get_rotation() % 360)
        text = page.get_textpage()
        try:
            upright, turned, hidden = _characters(text.raw, view)
        finally:
            text.close()
        areas, rules = _areas(page.raw, view)
    finally:
        page.close()
    # A page whose letters are all invisible is a scan with recognised text under the picture; on any other page
    # invisible letters are not what the reader sees, and stay out.
    ocr = len(hidden) > 4 * len(upright)
    if ocr:
        upright = sorted(upright + hidden, key=lambda glyph: glyph.order)
    return Sheet(number, view.width, view.height, tuple(upright), tuple(turned), areas, rules, ocr)


def _characters(text: Any, view: _View) -> tuple[list[Glyph], list[Glyph], list[Glyph]]:
    """Return the upright, the turned and the invisible characters of a page."""
    upright: list[Glyph] = []
    turned: list[Glyph] = []
    hidden: list[Glyph] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    to_x, to_y, loose = ctypes.byref(x), ctypes.byref(y), raw.FS_RECTF()
    to_loose = ctypes.byref(loose)
    get_unicode, get_origin = raw.FPDFText_GetUnicode, raw.FPDFText_GetCharOrigin
    # The same function, declared to give a plain number: a tenth of the time per character.
    get_object = ctypes.cast(raw.FPDFText_GetTextObject, _ADDRESS_OF)
    handle, get_loose = ctypes.cast(text, ctypes.c_void_p), raw.FPDFText_GetLooseCharBox
    known: dict[int, tuple[float, str, bool, bool]] = {}
    space, order = False, 0
    for index in range(min(raw.FPDFText_CountChars(text), LARGEST_GLYPHS)):
        char = _character(get_unicode(text, index))
        if char == " ":
            space = True
            continue
        if not char:
            continue
        address = get_object(handle, index) or 0
        style = known.get(address) if address else None
        if style is None:
            style = known[address] = _style(text, index, view)
        size, font, straight, visible = style
        if size <= 0.5 or not get_origin(text, index, to_x, to_y) or not get_loose(text, index, to_loose):
            continue
        left, top, right, bottom = view.box(loose.left, loose.bottom, loose.right, loose.top)
        base = view.point(x.value, y.value)[1]
        if not (-1 <= (left + right) / 2 <= view.width + 1 and -1 <= (top + bottom) / 2 <= view.height + 1):
            space = True
            continue
        if straight:
            top, bottom = max(top, base - 0.95 * size), min(bottom, base + 0.28 * size)
        target = hidden if not visible else upright if straight else turned
        for part in char:  # a ligature's letters share one box
            target.append(Glyph(part, left, right, base, top, bottom, size, font, order, space))
            order, space = order + 1, False
    return upright, turned, hidden


def _character(code: int) -> str:
    """Return what a code point is in our text: '' for nothing, ' ' for any blank, several letters for a ligature."""
    char = chr(code) if 0 < code < 0x110000 else ""
    if not char or char in _DROPPED:
        return ""
    if char in _HYPHENS:
        return "\u00ad"
    if char.isspace():
        return " "
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", char)
    if 0xE000 <= code <= 0xF8FF:
        return _BULLETS.get(char, "•" if code >= 0xF000 else "")
    return "" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char


def _style(text: Any, index: int, view: _View) -> tuple[float, str, bool, bool]:
    """Return (size as shown, font name, whether it runs to the right, whether it is visible) of one text object."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        matrix.a = matrix.d = 1.0
    size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    buffer = ctypes.create_string_buffer(160)
    length = raw.FPDFText_GetFontInfo(text, index, buffer, 160, None)
    font = buffer.raw[: max(0, min(length, 160) - 1)].decode("utf-8", "replace").split("+")[-1]
    mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(text, index))
    visible = mode not in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
    return abs(size), font, view.upright(matrix.a, matrix.b), visible


def _areas(page: Any, view: _View) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """Return (filled areas that may be side boxes, thin rulings) of a page."""
    areas: list[Box] = []
    rules: list[Box] = []
    bands: list[Box] = []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    places = [ctypes.byref(value) for value in (left, bottom, right, top)]
    for number, thing in enumerate(_objects(page)):
        if number > 20_000:
            break
        sort = raw.FPDFPageObj_GetType(thing)
        if sort not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE) or not raw.FPDFPageObj_GetBounds(thing, *places):
            continue
        box = view.box(left.value, bottom.value, right.value, top.value)
        wide, high = box[2] - box[0], box[3] - box[1]
        picture = sort == raw.FPDF_PAGEOBJ_IMAGE  # side boxes printed from slides are pictures
        if min(wide, high) <= 3 < max(wide, high) and not picture:
            rules.append(box)
        elif wide > 60 and high > 24 and wide * high < 0.6 * view.width * view.height and (picture or _coloured(thing)):
            areas.append(box)
        if not picture and wide > 15 and 6 < high < 90 and _coloured(thing):
            bands.append(box)
    return tuple(dict.fromkeys(areas)), tuple(dict.fromkeys([*rules, *shaded_rows(bands)]))


def _objects(page: Any) -> Iterator[Any]:
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield raw.FPDFPage_GetObject(page, index)


def _coloured(thing: Any) -> bool:
    """Return whether a path is a simple shape filled with something darker than near-white."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(thing, ctypes.byref(mode), ctypes.byref(stroke)) or mode.value == 0:
        return False
    if raw.FPDFPath_CountSegments(thing) > 24:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    parts = [ctypes.byref(value) for value in (red, green, blue, alpha)]
    if not raw.FPDFPageObj_GetFillColor(thing, *parts):
        return True
    return min(red.value, green.value, blue.value) < 250 and alpha.value > 8


def render_page(path: Path, number: int, boxes: Sequence[Box] = (), scale: float = 1.5) -> bytes:
    """Return page `number` (from 1) as PNG bytes, `scale` pixels a point, with the boxes marked in yellow.

    The longer side is capped at 4,000 pixels. Raises UnreadableDocument.
    """
    from PIL import Image, ImageDraw

    document = open_file(path)
    try:
        if not 1 <= number <= len(document):
            raise UnreadableDocument(path.name, f"it has no page {number}")
        page = document[number - 1]
        scale = min(scale, 4000 / max(1.0, *page.get_size()))
        image = page.render(scale=scale).to_pil().convert("RGB")
    except pypdfium2.PdfiumError as problem:
        raise UnreadableDocument(path.name, f"page {number} cannot be drawn") from problem
    finally:
        document.close()
    if boxes:
        marks = Image.new("RGB", image.size, "white")
        pen = ImageDraw.Draw(marks)
        for left, top, right, bottom in boxes:
            pen.rectangle([(left - 1) * scale, top * scale, (right + 1) * scale, bottom * scale], fill=(255, 232, 92))
        from PIL import ImageChops

        image = ImageChops.multiply(image, marks)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=3)
    return out.getvalue()
