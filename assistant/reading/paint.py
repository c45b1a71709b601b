"""What is drawn on a page beside its characters: filled areas, rulings, pictures, and the page image itself.

With `glyphs` the only file that knows pypdfium2. Runs in a worker process, because pdfium can hang or crash on hostile
files. All boxes are in points from the top left of the page as shown.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from assistant.errors import UnreadableDocument
from assistant.geometry import Box
from assistant.reading.shapes import Colour
from assistant.reading.tables import shaded_rows
from assistant.reading.view import View

MOST_OBJECTS = 20_000
MOST_FILLS = 2_000


@dataclass(slots=True)
class Drawn:
    """What a page shows beside its characters."""

    areas: list[Box] = field(default_factory=list)
    """Filled areas and pictures that may be side boxes."""
    rules: list[Box] = field(default_factory=list)
    """Thin rulings, and the edges of shaded table rows."""
    fills: list[tuple[Box, Colour]] = field(default_factory=list)
    """Simple shapes filled with one colour, in the order in which they are drawn."""
    pictures: list[Box] = field(default_factory=list)
    doubts: dict[tuple[Colour, int], bool] = field(default_factory=dict)
    """Colours (with their opacity) of letters that were looked at: whether they may not stand out here."""
    covers: list[tuple[int, Box]] = field(default_factory=list)
    """What may hide text drawn before it: its place in the order of drawing, and its box."""
    texts: dict[int, int] = field(default_factory=dict)
    """The places of the page's own text objects in the order of drawing, by their addresses."""
    first_text: int = 1 << 30
    unseen: frozenset[int] = frozenset()
    """Addresses of text objects that are not seen (found by `overlay`)."""
    unknown: list[Box] = field(default_factory=list)
    """Where something is drawn whose colour is not one value: forms, shadings, outlines of many parts."""


def open_file(path: Path) -> Any:
    """Return the open pdfium document; raises UnreadableDocument in plain words."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        reason = "the file needs a password" if "password" in str(problem).lower() else "the file is damaged"
        raise UnreadableDocument(path.name, reason) from problem


def drawn_on(page: Any, view: View) -> Drawn:
    """Return what stands on a page (a raw pdfium page) beside its characters."""
    drawn, bands = Drawn(), []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    places = [ctypes.byref(value) for value in (left, bottom, right, top)]
    sheet = view.width * view.height
    for place, thing in enumerate(_objects(page)):
        sort = raw.FPDFPageObj_GetType(thing)
        if sort == raw.FPDF_PAGEOBJ_TEXT:
            drawn.texts[ctypes.cast(thing, ctypes.c_void_p).value or 0] = place
            drawn.first_text = min(drawn.first_text, place)
            continue
        if not raw.FPDFPageObj_GetBounds(thing, *places):
            continue
        box = view.box(left.value, bottom.value, right.value, top.value)
        wide, high = box[2] - box[0], box[3] - box[1]
        if place > drawn.first_text and min(wide, high) > 3:
            drawn.covers.append((place, box))
        large = wide > 60 and high > 24 and wide * high < 0.6 * sheet
        if sort == raw.FPDF_PAGEOBJ_IMAGE:  # side boxes printed from slides are pictures
            drawn.pictures.append(box)
            if large:
                drawn.areas.append(box)
        elif sort != raw.FPDF_PAGEOBJ_PATH:
            drawn.unknown.append(box)
        elif min(wide, high) <= 3 < max(wide, high):
            drawn.rules.append(box)
        elif min(wide, high) > 3:
            colour = _fill(thing)
            if colour is None:
                continue
            _add_fill(drawn, box, colour)
            if min(colour) < 250 and raw.FPDFPath_CountSegments(thing) <= 24:
                if large:
                    drawn.areas.append(box)
                if wide > 15 and 6 < high < 90:
                    bands.append(box)
    drawn.areas = list(dict.fromkeys(drawn.areas))
    drawn.rules = list(dict.fromkeys([*drawn.rules, *shaded_rows(bands)]))
    return drawn


def shows_something(drawn: Drawn, view: View) -> bool:
    """Return whether a page has pictures over a tenth of it, or much drawn: what a page without letters may be."""
    pictured = sum((box[2] - box[0]) * (box[3] - box[1]) for box in drawn.pictures)
    return pictured > 0.1 * view.width * view.height or bool(drawn.unknown) or len(drawn.fills) > 100


def _add_fill(drawn: Drawn, box: Box, colour: Colour) -> None:
    if len(drawn.fills) < MOST_FILLS:
        drawn.fills.append((box, colour))


def _objects(page: Any) -> Iterator[Any]:
    for index in range(min(raw.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        yield raw.FPDFPage_GetObject(page, index)


def _fill(thing: Any) -> Colour | None:
    """Return the colour a path is filled with, None where it is not filled or hardly to be seen.

    A pattern or a colour that pdfium does not know counts as mid grey: it is something drawn.
    """
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(thing, ctypes.byref(mode), ctypes.byref(stroke)) or mode.value == 0:
        return None
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(thing, *(ctypes.byref(value) for value in (red, green, blue, alpha))):
        return 128, 128, 128
    return (red.value, green.value, blue.value) if alpha.value > 8 else None


class Contrast:
    """Looks at the drawn page where a decision needs it; the page is drawn once, when first asked."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._image: Any = None

    def shows(self, box: Box) -> bool:
        """Return whether anything stands out in a box of the page as shown: 4 in 100 pixels differ from the usual."""
        if self._image is None:
            self._image = self._page.render(scale=1.5).to_pil().convert("L")
        left, top, right, bottom = (round(value * 1.5) for value in box)
        wide, high = self._image.size
        part = self._image.crop((max(0, left), max(0, top), min(wide, right + 1), min(high, bottom + 1)))
        counts = part.histogram()
        total = sum(counts)
        usual = counts.index(max(counts))
        other = sum(counts[: max(0, usual - 14)]) + sum(counts[usual + 15 :])
        return bool(total) and other > 0.04 * total


def page_picture(document: Any, number: int, scale: float) -> bytes:
    """Return a page of an open document in greys as PNG bytes, at most 5,000 pixels long, for recognition."""
    page = document[number - 1]
    try:
        scale = min(scale, 5000 / max(1.0, *page.get_size()))
        out = io.BytesIO()
        page.render(scale=scale, grayscale=True).to_pil().save(out, "PNG", compress_level=1)
    finally:
        page.close()
    return out.getvalue()


def render_page(path: Path, number: int, boxes: Sequence[Box] = (), scale: float = 1.5) -> bytes:
    """Return page `number` (from 1) as PNG bytes, `scale` pixels a point, with the boxes marked in yellow.

    The longer side is capped at 4,000 pixels. Raises UnreadableDocument.
    """
    from PIL import Image, ImageChops, ImageDraw

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
        image = ImageChops.multiply(image, marks)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=3)
    return out.getvalue()
