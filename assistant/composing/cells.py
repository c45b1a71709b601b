"""Which cell of a quoted row is asked for: "training in 2027" names a row by its label and a column by its head.

A row of seven numbers is quoted whole, with its heading row; counting columns is left to the reader only where the
question names none, or where it is not plain which cell stands under which head.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composing import wording
from assistant.composing.choose import Quotation
from assistant.geometry import Box
from assistant.judging.framing import CELL, Span, frame_of
from assistant.ports import Snapshot
from assistant.words import bag, content_stems

LEAST = 0.5
"""The share of the words of a column's head that a question must have to name it."""


def cells_of(start: int, text: str) -> list[Span]:
    """Return where the cells of a row stand; `start` is where its text begins."""
    spans = []
    for cell in text.split(CELL):
        spans.append((start, start + len(cell)))
        start += len(cell) + len(CELL)
    return spans


def column_named(question: str, heads: Sequence[str]) -> int | None:
    """Return the place of the one column after the first whose head the question names best; None for none or several.

    All numbers of the head must be in the question: "Target 2027" is not named by "target for 2030".
    """
    asked = bag(question)
    shares = []
    for head in heads[1:]:
        stems = content_stems(head)
        numbers = [stem for stem in stems if stem[:1].isdigit()]
        whole = bool(stems) and asked.issuperset(numbers)
        shares.append(sum(stem in asked for stem in stems) / len(stems) if whole else 0.0)
    best = max(shares, default=0.0)
    return shares.index(best) + 1 if best >= LEAST and shares.count(best) == 1 else None


def note_of(snapshot: Snapshot, quotation: Quotation, question: str) -> str:
    """Return which cell of a quoted row the question names, in words; '' where that is not plain."""
    row, hit = quotation.sentences[0], quotation.span.hit
    if row.kind != "row" or len(quotation.sentences) > 1:
        return ""
    page = snapshot.page(hit.document.id, hit.passage.page)
    head = frame_of(page, row.start).head or row.lead
    if head is None:
        return ""
    named, cell = cell_asked(snapshot, hit.document.id, page.number, head, (row.start, row.end), question)
    label = page.text[slice(*cells_of(row.start, page.text[row.start : row.end])[0])]
    return wording.in_column(label, named, cell) if cell and label != cell else ""


def cell_asked(snapshot: Snapshot, document: str, page: int, head: Span, row: Span, question: str) -> tuple[str, str]:
    """Return (head of the column asked for, the cell of the row under it); ("", "") where it is not plain.

    Both rows must have equally many cells, and where the page has boxes, the cell must stand under its head.
    """
    text = snapshot.page(document, page).text
    heads, cells = (cells_of(span[0], text[slice(*span)]) for span in (head, row))
    place = column_named(question, [text[slice(*span)] for span in heads])
    if place is None or len(heads) != len(cells) or len(heads) < 3:
        return "", ""
    boxes = [snapshot.boxes(document, page, *span)[:1] for span in heads]
    own = snapshot.boxes(document, page, *cells[place])[:1]
    if own and all(boxes) and _nearest([box[0] for box in boxes], own[0]) != place:
        return "", ""
    return text[slice(*heads[place])], text[slice(*cells[place])]


def _nearest(heads: Sequence[Box], cell: Box) -> int:
    """Return the place of the head that a cell stands under: the nearest by left edge, right edge or middle."""

    def apart(head: Box) -> float:
        middles = abs((head[0] + head[2]) - (cell[0] + cell[2])) / 2
        return min(abs(head[0] - cell[0]), abs(head[2] - cell[2]), middles)

    return min(range(len(heads)), key=lambda place: apart(heads[place]))
