"""Tables that go on over pages: their first rows there are rows, and keep the heads of the first page (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.model import Block, Page
from assistant.reading.paragraphs import is_bold
from assistant.reading.shapes import Paragraph

CELL = " · "
"""What stands between the cells of a row."""
_BETWEEN = frozenset({"running", "references"})
"""What may stand between the parts of a table: heads and feet of the page, footnotes."""
NEAR = 4.0
"""Points by which the left edges of one column may differ from page to page."""


def unite_tables(pages: Sequence[Sequence[Paragraph]]) -> None:
    """Make the first row of a page one like the others where the last table of the page before goes on (in place).

    Laid out alone, a page takes the first row of its first table for the heads, unless it has values.
    """
    columns: list[float] = []
    head: Paragraph | None = None
    for page in pages:
        flow = [paragraph for paragraph in page if paragraph.kind not in _BETWEEN]
        first = flow[0] if flow and flow[0].kind == "table" else None
        if first is not None and first.head and head is not None and not _is_own(first, head, flow, columns):
            first.head = False
        last = flow[-1] if flow and flow[-1].kind == "table" else None
        if last is None:
            columns, head = [], None
            continue
        rows = [p for p in flow if p.kind == "table" and p.table == last.table]
        goes_on = first is not None and first.table == last.table and not first.head
        head = next((row for row in rows if row.head), head if goes_on else None)
        columns = [*(columns if goes_on else []), *(edge for row in rows for edge in _edges(row))]


def _is_own(first: Paragraph, head: Paragraph, flow: Sequence[Paragraph], columns: Sequence[float]) -> bool:
    """Return whether the first row of a page heads a table: the heads again, or those of another table."""
    if _words(first.plain()) == _words(head.plain()):
        return True
    edges = _edges(first)
    if sum(any(abs(edge - known) < NEAR for known in columns) for edge in edges) < len(edges):
        return True
    rest = [row for row in flow[1:] if row.kind == "table" and row.table == first.table]
    return is_bold(first.font) and not all(is_bold(row.font) for row in rest)


def _edges(row: Paragraph) -> list[float]:
    return [min(line.left for line in cell) for cell in row.cells]


def _words(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def heads_before(pages: Sequence[Page]) -> dict[int, str]:
    """Return the heads of the table that goes on at the start of a page, by the number of that page."""
    found: dict[int, str] = {}
    head = ""
    for page in pages:
        flow = [block for block in page.blocks if block.kind not in _BETWEEN]
        rows = rows_going_on(page)
        if head and rows and max(_cells(page, row) for row in rows) == head.count(CELL) + 1:
            found[page.number] = head
        else:
            head = ""
        last = flow[-1] if flow else None
        if last is None or last.kind != "table":
            head = ""
        elif last.lead is not None:
            head = " ".join(page.text[slice(*last.lead)].split())
        elif last not in rows:
            head = ""
    return found


def rows_going_on(page: Page) -> list[Block]:
    """Return the rows without heads of their own with which a page begins."""
    rows: list[Block] = []
    for block in page.blocks:
        if block.kind in _BETWEEN:
            continue
        if block.kind != "table" or block.lead is not None:
            break
        rows.append(block)
    return rows


def _cells(page: Page, block: Block) -> int:
    return page.text[block.start : block.end].count(CELL) + 1
