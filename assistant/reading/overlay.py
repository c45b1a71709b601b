"""What lies over the text of a page: annotations, things drawn later, layers that are switched off.

Form values, notes and stamps are drawn as annotations; they are made part of the page, so that what is seen is read.
What is struck out by an annotation, or cannot be seen although it is written, is told by its place and by looking at
the page with and without it. With `glyphs` and `paint` the only file that knows pypdfium2.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from assistant.geometry import Box
from assistant.reading.paint import Drawn
from assistant.reading.view import View

_MARKUP = frozenset(
    [raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_HIGHLIGHT,
     raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_SQUIGGLY]
)  # fmt: skip
"""Annotations that add no words of their own to the page as shown, and cover none."""
_NOT_SHOWN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
MOST_ANNOTATIONS = 2000
MOST_LOOKS = 40
"""Text objects over each other that are looked at one by one."""
SCALE = 1.5


@dataclass(frozen=True, slots=True)
class Marked:
    """What the annotations of a page say: boxes (left, bottom, right, top, unturned) struck out, number of comments."""

    struck: tuple[Box, ...] = ()
    comments: int = 0


def opened(document: Any, number: int) -> tuple[Any, Marked]:
    """Return page `number` (from 1) with its visible annotations made part of it, and what the others mark."""
    page = document[number - 1]
    struck: list[Box] = []
    comments, drawn = 0, False
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), MOST_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        sort = raw.FPDFAnnot_GetSubtype(annotation)
        shown = not raw.FPDFAnnot_GetFlags(annotation) & _NOT_SHOWN
        comments += sort == raw.FPDF_ANNOT_TEXT
        drawn = drawn or (shown and sort not in _MARKUP)
        if shown and sort == raw.FPDF_ANNOT_STRIKEOUT:
            struck.extend(_quads(annotation))
        raw.FPDFPage_CloseAnnot(annotation)
    if drawn and raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
        page.close()
        page = document[number - 1]
    return page, Marked(tuple(struck), comments)


def _quads(annotation: Any) -> list[Box]:
    found: list[Box] = []
    quad = raw.FS_QUADPOINTSF()
    for index in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, index, ctypes.byref(quad)):
            across, up = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            found.append((min(across), min(up), max(across), max(up)))
    return found


def unseen(page: Any, text: Any, view: View, drawn: Drawn, layers: bool) -> frozenset[int]:
    """Return the addresses of text objects that are not seen: under something drawn later, on a layer switched off.

    `layers` says that the document has such layers. Only what may be covered is looked at; most pages have nothing.
    """
    covers = [(index, box) for index, box in drawn.covers if index > drawn.first_text]
    if not covers and not layers:
        return frozenset()
    boxes = _boxes(text, view) if layers else _covered(covers, view, drawn)
    return _not_drawn(page, boxes) if boxes else frozenset()


def _covered(covers: Sequence[tuple[int, Box]], view: View, drawn: Drawn) -> dict[int, Box]:
    """Return the boxes of the page's own text objects whose middle lies under something drawn later."""
    last, found = covers[-1][0], dict[int, Box]()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    places = [ctypes.byref(value) for value in (left, bottom, right, top)]
    for address, place in drawn.texts.items():
        if place > last or not raw.FPDFPageObj_GetBounds(ctypes.cast(address, raw.FPDF_PAGEOBJECT), *places):
            continue
        box = view.box(left.value, bottom.value, right.value, top.value)
        if box[2] - box[0] > 1 and any(index > place and _holds(cover, box) for index, cover in covers):
            found[address] = box
    return found


def _holds(area: Box, box: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def _boxes(text: Any, view: View) -> dict[int, Box]:
    """Return the box of each text object, on the page as shown, by its address."""
    found: dict[int, Box] = {}
    loose = raw.FS_RECTF()
    for index in range(min(raw.FPDFText_CountChars(text), 60_000)):
        thing = raw.FPDFText_GetTextObject(text, index)
        if not thing or not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(loose)):
            continue
        address = ctypes.cast(thing, ctypes.c_void_p).value or 0
        box = view.box(loose.left, loose.bottom, loose.right, loose.top)
        old = found.get(address, box)
        found[address] = (min(old[0], box[0]), min(old[1], box[1]), max(old[2], box[2]), max(old[3], box[3]))
    return found


def _not_drawn(page: Any, boxes: Mapping[int, Box]) -> frozenset[int]:
    """Return which of the text objects leave no trace: the page looks the same without them."""
    from PIL import ImageChops

    def look() -> Any:
        return page.render(scale=SCALE).to_pil().convert("L")

    def differs(first: Any, second: Any, box: Box) -> bool:
        left, top, right, bottom = (round(SCALE * value) for value in box)
        wide, high = first.size
        place = (max(0, left - 1), max(0, top - 1), min(wide, right + 2), min(high, bottom + 2))
        if place[0] >= place[2] or place[1] >= place[3]:
            return True  # off the page: another rule's matter
        return ImageChops.difference(first.crop(place), second.crop(place)).getbbox() is not None

    whole = look()
    _switch(boxes, False)
    without = look()
    _switch(boxes, True)
    hidden = {address for address, box in boxes.items() if not differs(whole, without, box)}
    over = [a for a in boxes if a not in hidden and any(b != a and _meet(boxes[a], boxes[b]) for b in boxes)]
    for address in over[:MOST_LOOKS]:  # one may hide behind the other's difference
        _switch([address], False)
        if not differs(whole, look(), boxes[address]):
            hidden.add(address)
        _switch([address], True)
    return frozenset(hidden)


def _meet(first: Box, second: Box) -> bool:
    across = min(first[2], second[2]) - max(first[0], second[0])
    up = min(first[3], second[3]) - max(first[1], second[1])
    return across > 1 and up > 0.5 * min(first[3] - first[1], second[3] - second[1])


def _switch(addresses: Any, on: bool) -> None:
    for address in addresses:
        raw.FPDFPageObj_SetIsActive(ctypes.cast(address, raw.FPDF_PAGEOBJECT), int(on))
