"""Pages of documents that have structure but no places: DOCX and saved web pages (pure).

The file says what is a heading, an item or a row; here that becomes the page's text and its blocks. White space is
folded and characters nobody sees are left out before the text is stored; afterwards it is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.model import Block, BlockKind, Page
from assistant.reading.roles import is_contents_heading, is_reference_heading
from assistant.reading.signs import without_unseen
from assistant.reading.spans import Cell, laid_out

MOST_PAGES = 3000
LARGEST_TEXT = 20_000_000
"""Characters of a document, over all pages."""
_SENTENCE_END = re.compile(r"[.!?]\s")


@dataclass(slots=True)
class Builder:
    """Takes the parts of a document in order; `pages` gives what became of them."""

    _pages: list[Page] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _length: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _lead: tuple[int, int] | None = None
    _references: int | None = None
    _contents: bool = False
    _total: int = 0

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Add one part; nothing happens where it has no letter or digit. `level` is 1 to 6 for headings."""
        clean = fold(text)
        if not any(char.isalnum() for char in clean) or self._total > LARGEST_TEXT:
            return
        kind = self._role(kind, clean, level)
        start, end = self._put(clean)
        bullet = kind == "bullet"
        self._blocks.append(Block(kind, start, end, level, self._lead if bullet else None))
        if not bullet:
            self._lead = lead_of(clean, start) if kind in ("paragraph", "side") else None

    def table(self, rows: Sequence[Sequence[Cell]], *, marked: int = 0) -> None:
        """Add a table; its first `marked` rows head it by the file's own word. Cells are joined by " · "."""
        table = laid_out([[replace(cell, text=fold(cell.text)) for cell in row] for row in rows], marked)
        for title in table.titles:
            self.add("caption", title)
        lead: tuple[int, int] | None = None
        for index, row in enumerate((table.heads, *table.rows) if table.heads else table.rows):
            clean = " · ".join(row)
            if not any(char.isalnum() for char in clean) or self._total > LARGEST_TEXT:
                continue
            span = self._put(clean)
            if table.heads and index == 0:
                lead = span
                self._blocks.append(Block("caption", *span))
            else:
                self._blocks.append(Block("table", *span, lead=lead))
        self._lead = None

    def note(self, mark: str, text: str) -> None:
        """Add a footnote after what it belongs to: the sentence (or row) that has its mark leads it."""
        clean = fold(f"{mark} {text}")
        if not any(char.isalpha() for char in clean) or self._total > LARGEST_TEXT:
            return
        home = next((span for block in reversed(self._blocks) for span in self._marked(block, mark)), None)
        self._blocks.append(Block("side", *self._put(clean), lead=home))

    def _marked(self, block: Block, mark: str) -> list[tuple[int, int]]:
        from assistant.reading.sentences import sentences_in

        text = "".join(self._text)
        if block.kind not in ("paragraph", "bullet", "table", "side") or mark not in text[block.start : block.end]:
            return []
        spans = [(block.start, block.end)] if block.kind == "table" else sentences_in(text, block)
        return [span for span in spans if mark in text[slice(*span)]]

    def new_page(self, label: str = "", *, empty: bool = False) -> None:
        """Begin a new page, if something stands on this one or it may be `empty`; `label` names the page that ends."""
        if (self._blocks or empty) and len(self._pages) < MOST_PAGES:
            number = len(self._pages) + 1
            self._pages.append(Page(number, label or str(number), "".join(self._text), tuple(self._blocks)))
            self._text, self._blocks, self._length, self._lead = [], [], 0, None

    def pages(self) -> tuple[Page, ...]:
        """Return the pages so far."""
        self.new_page()
        return tuple(self._pages)

    def _put(self, text: str) -> tuple[int, int]:
        if self._length:
            self._text.append("\n\n")
            self._length += 2
        start = self._length
        self._text.append(text)
        self._length += len(text)
        self._total += len(text)
        return start, self._length

    def _role(self, kind: BlockKind, text: str, level: int) -> BlockKind:
        """Return the kind, which is references or contents under a heading that says so."""
        if kind in ("heading", "title"):
            self._contents = is_contents_heading(text)
            if self._references is None or level <= self._references:
                self._references = level if is_reference_heading(text) else None
            return kind
        if kind in ("paragraph", "bullet", "caption"):
            if self._references is not None:
                return "references"
            if self._contents and len(text.split()) <= 25:
                return "contents"
        return kind


def fold(text: str) -> str:
    """Return the text with every stretch of white space as one blank, without characters that nobody sees."""
    return " ".join(without_unseen(text).split())


def lead_of(text: str, start: int) -> tuple[int, int] | None:
    """Return the last sentence of a paragraph that ends with a colon: it introduces the items after it."""
    if not text.endswith(":"):
        return None
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return start + (ends[-1] if ends else 0), start + len(text)
