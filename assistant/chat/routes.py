"""The plain web routes beside the chat: page images, files by id, saved answers, health."""

from __future__ import annotations

import asyncio
import re
from datetime import date
from urllib.parse import quote

from fastapi import FastAPI, HTTPException
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.requests import Request

from assistant.chat import forms
from assistant.chat.images import PageImages
from assistant.chat.shelf import Shelf
from assistant.chat.work import Benches
from assistant.errors import AssistantError, ChangedDocument, LibraryError
from assistant.geometry import Box
from assistant.ports import ScreenDesk

LARGEST_PAGE = 100_000
CHANGED = (
    "This file has changed since the library read it, so its pages are not shown; the text below is what was read. "
    "The next refresh (assistant index) takes in the new file."
)
HEALTH_SECONDS = 0.5
MEDIA = {
    ".pdf": ("application/pdf", "inline"),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "attachment"),
    ".zip": ("application/zip", "attachment"),
}
FILE_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def add_routes(app: FastAPI, desk: ScreenDesk, shelf: Shelf, at: Benches) -> None:
    """Add every route that is neither Gradio's nor the JSON API."""
    images = PageImages(desk)

    @app.exception_handler(AssistantError)
    def unavailable(request: Request, problem: AssistantError) -> JSONResponse:
        words = "the library cannot be used now" if isinstance(problem, LibraryError) else "this could not be done"
        return JSONResponse({"error": words}, 503)

    _add_health(app, desk)

    @app.get("/page/{document}/{number}.png")
    async def page(request: Request, document: str, number: str, boxes: str = "") -> Response:
        wanted, marked = page_number(number), parse_boxes(boxes)
        try:
            image = await at.drawing.run(request, lambda: images.get(document, wanted, marked))
        except KeyError as problem:
            raise HTTPException(404, "no such page") from problem
        except ChangedDocument as problem:
            raise HTTPException(409, CHANGED) from problem
        except AssistantError as problem:
            raise HTTPException(404, "this page cannot be shown as an image") from problem
        return Response(image, media_type="image/png", headers={"Cache-Control": "private, max-age=600"})

    _add_documents(app, desk, at)
    _add_exports(app, desk, shelf, at)


def _add_health(app: FastAPI, desk: ScreenDesk) -> None:
    told: dict[str, object] = {}
    looking: list[asyncio.Task[None]] = []

    async def look() -> None:
        snapshot = await asyncio.to_thread(desk.snapshot)
        told.update(status="ok", revision=snapshot.revision, documents=len(snapshot.documents()))

    @app.get("/healthz")
    async def healthz() -> dict[str, object]:
        # While a large library opens a new state, what was last known is told: the server is well.
        if not looking:
            looking.append(asyncio.create_task(look()))
        ended, _ = await asyncio.wait(looking, timeout=HEALTH_SECONDS)
        looking[:] = [task for task in looking if task not in ended]
        for task in ended:
            task.result()
        return told or {"status": "opening"}


def _add_documents(app: FastAPI, desk: ScreenDesk, at: Benches) -> None:
    @app.get("/files/{document}")
    async def file(request: Request, document: str) -> FileResponse:
        try:
            path = await at.reading.run(request, lambda: desk.file_of(document))
        except ChangedDocument as problem:
            raise HTTPException(409, CHANGED) from problem
        except AssistantError as problem:
            raise HTTPException(404, "no such document") from problem
        media, place = MEDIA.get(path.suffix.lower(), ("text/plain; charset=utf-8", "inline"))
        return FileResponse(
            path,
            media_type=media,
            content_disposition_type=place,
            filename=path.name,
            headers={"Content-Security-Policy": FILE_POLICY},
        )

    @app.get("/p/{document}/{number}")
    async def permalink(document: str, number: str) -> RedirectResponse:
        return RedirectResponse(f"/?doc={quote(document, safe='')}&p={page_number(number)}")


def _add_exports(app: FastAPI, desk: ScreenDesk, shelf: Shelf, at: Benches) -> None:
    @app.get("/export/{token}.{form}")
    async def saved(request: Request, token: str, form: str) -> Response:
        if form not in forms.offered(forms.ANSWER):
            raise HTTPException(404, "no such form")
        try:
            answer = shelf.get(token)
        except KeyError as problem:
            raise HTTPException(404, "this answer is no longer kept: ask again") from problem
        today = date.today()
        data = await at.reading.run(request, lambda: desk.export_answer(answer, form, today))
        name = forms.file_name(forms.stem_of(answer.understood, today), form)
        return Response(data, media_type=forms.MEDIA[form], headers=forms.headers(name))


def page_number(text: str) -> int:
    """Return a page number of an address; anything else does not exist."""
    if not re.fullmatch(r"[1-9][0-9]{0,5}", text) or int(text) > LARGEST_PAGE:
        raise HTTPException(404, "no such page")
    return int(text)


def parse_boxes(text: str) -> tuple[Box, ...]:
    """Return boxes of "left,top,right,bottom;…"; anything else is no box."""
    boxes = []
    for part in text.split(";")[:200]:
        if re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,2})?(,[0-9]{1,5}(\.[0-9]{1,2})?){3}", part):
            left, top, right, bottom = (float(value) for value in part.split(","))
            boxes.append((left, top, right, bottom))
    return tuple(boxes)
