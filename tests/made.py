"""Pages, passages and judged sentences one can work out by hand, for the rooms that judge and compose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant.judging.spans import ReadHit, Span, spans_of
from assistant.model import Block, BlockKind, Document, Hit, Page, Passage, PassageReading, Sentence, content_key
from tests.fakes import MemorySnapshot, WordEncoder

Parts = Sequence[tuple[BlockKind, str, str]]
"""Kind, text and the text of what leads it ('' for nothing) of each block of a page."""
_KINDS: dict[str, str] = {"bullet": "bullet", "table": "row", "side": "side"}


def page_of(parts: Parts, number: int = 1) -> Page:
    """Return a page of blocks, an empty line between them."""
    text = "\n\n".join(part for _, part, _ in parts)
    blocks, start = [], 0
    for kind, part, lead in parts:
        at = text.index(lead) if lead else 0
        blocks.append(Block(kind, start, start + len(part), lead=(at, at + len(lead)) if lead else None))
        start += len(part) + 2
    return Page(number, str(number), text, tuple(blocks), "", 595.0, 842.0)


def sentences_of(page: Page) -> tuple[Sentence, ...]:
    """Return the sentences of a page: prose split after full stops, items and rows whole; captions give none."""
    found: list[Sentence] = []
    for block in page.blocks:
        if block.kind in ("caption", "heading"):
            continue
        kind = _KINDS.get(block.kind, "prose")
        text = page.text[block.start : block.end]
        ends = [block.end] if kind != "prose" else [block.start + m.end() for m in re.finditer(r"[.:?](?=\s|$)", text)]
        start = block.start
        for end in ends or [block.end]:
            start += len(page.text[start:end]) - len(page.text[start:end].lstrip())
            found.append(Sentence(start, end, kind, block.lead))  # type: ignore[arg-type]
            start = end
    return tuple(found)


def document_of(identifier: str = "fi", countries: tuple[str, ...] = ("FI",), **more: Any) -> Document:
    """Return a visit report about a country."""
    fields = {"title": "Visit report", "kind": "visit-report", "year": 2021, "pages": 1, **more}
    return Document(identifier, f"{identifier}.pdf", "a" * 64, countries=countries, **fields)


def hit_of(
    parts: Parts | str,
    document: Document | None = None,
    headings: tuple[str, ...] = (),
    number: int = 1,
    **more: Any,
) -> tuple[Hit, Page]:
    """Return a hit of one passage that is a whole page, and the page; a text alone is one paragraph."""
    document = document or document_of()
    page = page_of([("paragraph", parts, "")] if isinstance(parts, str) else parts, number)
    key = content_key(document.id, number, page.text)
    passage = Passage(
        key, document.id, number, 0, len(page.text), page.text, headings, document.countries, sentences_of(page)
    )
    return Hit(passage, document, 1.0, **more), page


def spans_in(parts: Parts | str, read: PassageReading | None = None, **more: Any) -> tuple[list[Span], Page]:
    """Return the quotable sentences of one page, in reading order, and the page."""
    hit, page = hit_of(parts, **more)
    found = spans_of([ReadHit(hit, read or PassageReading(0.0))], lambda document, number: page)
    return sorted(found, key=lambda span: span.where), page


def library_of(*shelf: tuple[Hit, Page]) -> MemorySnapshot:
    """Return a library of these pages, one passage each."""
    snapshot = MemorySnapshot(WordEncoder(()))
    for hit, page in shelf:
        snapshot.add(hit.document, [page], [hit.passage])
    return snapshot
