"""The JSON API: one question in, one answer out, exactly the objects of the batch contract. Outside Gradio's queue."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from assistant.chat.answer import reference
from assistant.chat.html import kind_and_year
from assistant.chat.routes import page_number
from assistant.contract import Question, answer_to_json, hits_to_json, parse_question
from assistant.errors import QuestionError
from assistant.model import Citation, Sentence
from assistant.ports import ScreenDesk

LONGEST_QUESTION = 4000
LONGEST_TEXT = 60_000
MOST_HITS = 100
AROUND = 2


def add_api(app: FastAPI, desk: ScreenDesk) -> None:
    """Add `/api/v1/ask`, `/api/v1/search` and `/api/v1/page`."""

    @app.post("/api/v1/ask")
    async def ask(request: Request) -> JSONResponse:
        item, _ = await _body(request)
        return await _answered(lambda: answer_to_json(desk.ask(item.question, item.history, item.scope), item.id))

    @app.post("/api/v1/search")
    async def search(request: Request) -> JSONResponse:
        item, top = await _body(request)

        def work() -> dict[str, Any]:
            hits = desk.search(item.question, top, item.history, item.scope)
            snapshot = desk.snapshot()
            labels = {h.passage.key: snapshot.page(h.document.id, h.passage.page).label for h in hits}
            return hits_to_json(hits, item.id, labels)

        return await _answered(work)

    @app.get("/api/v1/page")
    def page(document: str = "", page: str = "1", start: str = "", end: str = "") -> JSONResponse:
        try:
            data = page_to_json(desk, document, page_number(page), _offset(start), _offset(end))
        except KeyError as problem:
            raise HTTPException(404, "no such page") from problem
        return JSONResponse(data, headers={"Cache-Control": "no-store"})


async def _answered(work: Callable[[], dict[str, Any]]) -> JSONResponse:
    return JSONResponse(await run_in_threadpool(work), headers={"Cache-Control": "no-store"})


async def _body(request: Request) -> tuple[Question, int]:
    raw = await request.body()
    try:
        item = parse_question(raw.decode("utf-8"))
        top = json.loads(raw).get("top", 10)
    except (QuestionError, UnicodeDecodeError, RecursionError) as problem:
        raise HTTPException(422, str(problem)[:300]) from problem
    if isinstance(top, bool) or not isinstance(top, int) or not 1 <= top <= MOST_HITS:
        raise HTTPException(422, f'wanted "top": 1 to {MOST_HITS}')
    if len(item.question) > LONGEST_QUESTION:
        raise HTTPException(422, f"a question has at most {LONGEST_QUESTION} characters")
    return item, top


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
        "about": kind_and_year(found.kind, found.year), "page": page.number, "pages": found.pages,
        "label": page.label or str(page.number), "width": page.width, "height": page.height,
        "text": page.text[:LONGEST_TEXT], "offset": 0, "image": bool(page.geometry),
        "start": None, "end": None, "quote": "", "boxes": [], "before": "", "after": "", "reference": "",
    }  # fmt: skip
    if marked:
        quote = " ".join(page.text[start:end].split())
        citation = Citation(0, found.id, found.file, found.title, found.year, number, data["label"], quote, start, end)
        first = max(0, start - LONGEST_TEXT // 2) if end > LONGEST_TEXT else 0
        before, after = around(desk.sentences(document, number), start, end)
        data |= {
            "start": start, "end": end, "quote": quote, "reference": reference(citation), "offset": first,
            "text": page.text[first : first + LONGEST_TEXT],
            "boxes": [list(box) for box in snapshot.boxes(document, number, start, end)],
            "before": " ".join(page.text[slice(*before)].split()), "after": " ".join(page.text[slice(*after)].split()),
        }  # fmt: skip
    return data


def around(sentences: Sequence[Sentence], start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the spans of up to two sentences before `start` and after `end` in reading order; empty spans if none."""
    before = [s for s in sentences if s.end <= start][-AROUND:]
    after = [s for s in sentences if s.start >= end][:AROUND]
    return (
        (before[0].start, before[-1].end) if before else (start, start),
        (after[0].start, after[-1].end) if after else (end, end),
    )
