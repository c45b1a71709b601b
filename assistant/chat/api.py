"""The JSON API: one question in, one answer out, exactly the objects of the batch contract. Outside Gradio's queue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse

from assistant.bounds import Refused, read_question
from assistant.chat.answer import reference
from assistant.chat.html import kind_and_year
from assistant.chat.routes import CHANGED, page_number
from assistant.chat.work import Benches
from assistant.contract import answer_to_json, hits_to_json
from assistant.errors import AssistantError, ChangedDocument
from assistant.model import Citation, Page, Sentence
from assistant.ports import ScreenDesk

LONGEST_TEXT = 60_000
AROUND = 2


def add_api(app: FastAPI, desk: ScreenDesk, at: Benches) -> None:
    """Add `/api/v1/ask`, `/api/v1/search` and `/api/v1/page`."""

    @app.exception_handler(Refused)
    def refused(request: Request, problem: Refused) -> JSONResponse:
        return JSONResponse({"error": str(problem), "detail": str(problem)}, 422)

    @app.post("/api/v1/ask")
    async def ask(request: Request) -> JSONResponse:
        item, _ = read_question(await request.body())

        def work() -> dict[str, Any]:
            return answer_to_json(desk.ask(item.question, item.history, item.scope), item.id)

        return _fresh(await at.questions.run(request, work))

    @app.post("/api/v1/search")
    async def search(request: Request) -> JSONResponse:
        item, top = read_question(await request.body())

        def work() -> dict[str, Any]:
            hits = desk.search(item.question, top, item.history, item.scope)
            snapshot = desk.snapshot()
            labels = {h.passage.key: snapshot.page(h.document.id, h.passage.page).label for h in hits}
            return hits_to_json(hits, item.id, labels)

        return _fresh(await at.questions.run(request, work))

    @app.get("/api/v1/page")
    async def page(
        request: Request, document: str = "", page: str = "1", start: str = "", end: str = ""
    ) -> JSONResponse:
        number, first, last = page_number(page), _offset(start), _offset(end)
        try:
            data = await at.reading.run(request, lambda: page_to_json(desk, document, number, first, last))
        except KeyError as problem:
            raise HTTPException(404, "no such page") from problem
        return _fresh(data)


def _fresh(data: dict[str, Any]) -> JSONResponse:
    return JSONResponse(data, headers={"Cache-Control": "no-store"})


def _offset(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def page_to_json(desk: ScreenDesk, document: str, number: int, start: int, end: int) -> dict[str, Any]:
    """Return a page with its text and, for a span on it, the boxes and two sentences on either side.

    Raises KeyError when there is no such page. A span that is not on the page counts as none.
    """
    snapshot = desk.snapshot()
    found, page = snapshot.document(document), snapshot.page(document, number)
    marked = 0 <= start < end <= len(page.text)
    data: dict[str, Any] = {
        "document": found.id, "file": found.file, "title": found.title, "year": found.year, "kind": found.kind,
        "about": kind_and_year(found.kind, found.year, digest=found.digest), "page": page.number, "pages": found.pages,
        "label": page.label or str(page.number), "width": page.width, "height": page.height,
        "text": page.text[:LONGEST_TEXT], "offset": 0, "image": bool(page.geometry), "rows": rows_of(page),
        "note": "", "start": None, "end": None, "quote": "", "boxes": [], "before": "", "after": "", "reference": "",
    }  # fmt: skip
    if page.geometry and _has_changed(desk, document):
        data |= {"image": False, "note": CHANGED}
    if marked:
        quote = " ".join(page.text[start:end].split())
        citation = Citation(
            0, found.id, found.file, found.title, found.year, number, data["label"], quote, start, end,
            digest=found.digest, originals=found.originals,
        )  # fmt: skip
        first = max(0, start - LONGEST_TEXT // 2) if end > LONGEST_TEXT else 0
        before, after = around(desk.sentences(document, number), start, end)
        data |= {
            "start": start, "end": end, "quote": quote, "reference": reference(citation), "offset": first,
            "text": page.text[first : first + LONGEST_TEXT],
            "boxes": [list(box) for box in snapshot.boxes(document, number, start, end)],
            "before": " ".join(page.text[slice(*before)].split()), "after": " ".join(page.text[slice(*after)].split()),
        }  # fmt: skip
    return data


def _has_changed(desk: ScreenDesk, document: str) -> bool:
    try:
        desk.file_of(document)
    except ChangedDocument:
        return True
    except AssistantError:
        return False  # gone, or in no folder: then there is no image either, and the text is shown
    return False


def rows_of(page: Page) -> list[tuple[int, int, bool]]:
    """Return (start, end, whether it heads others) of the rows of a page's tables, in order: they are drawn as such."""
    heads = {block.lead for block in page.blocks if block.kind == "table" and block.lead}
    spans = ((block.start, block.end, block.kind) for block in page.blocks)
    return [(a, b, kind != "table") for a, b, kind in spans if kind == "table" or (a, b) in heads]


def around(sentences: Sequence[Sentence], start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the spans of up to two sentences before `start` and after `end` in reading order; empty spans if none."""
    before = [s for s in sentences if s.end <= start][-AROUND:]
    after = [s for s in sentences if s.start >= end][:AROUND]
    return (
        (before[0].start, before[-1].end) if before else (start, start),
        (after[0].start, after[-1].end) if after else (end, end),
    )
