"""The plain web routes beside the chat: page images, files by id, JSON answers, health, and the security headers."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse, Response

from assistant.errors import AssistantError
from assistant.geometry import Box
from assistant.model import Answer, Hit, Scope
from assistant.ports import Desk

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; font-src 'self' data:; connect-src 'self'; form-action 'none'; "
        "frame-ancestors 'none'; base-uri 'self'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
LARGEST_BODY = 64 * 1024
ToJson = Callable[[Answer, str], dict[str, Any]]
HitsToJson = Callable[[Sequence[Hit], str], dict[str, Any]]
MEDIA = {".pdf": "application/pdf"}


def add_routes(app: FastAPI, desk: Desk, answer_to_json: ToJson | None, hits_to_json: HitsToJson | None) -> None:
    """Add every route that is not Gradio's."""
    _add_headers(app)

    @app.get("/healthz")
    def healthz() -> dict[str, Any]:
        snapshot = desk.snapshot()
        return {"status": "ok", "revision": snapshot.revision, "documents": len(snapshot.documents())}

    @app.get("/page/{document}/{number}.png")
    def page(document: str, number: int, boxes: str = "") -> Response:
        try:
            desk.snapshot().page(document, number)
            image = desk.page_image(document, number, parse_boxes(boxes))
        except KeyError as problem:
            raise HTTPException(404, "no such page") from problem
        except AssistantError as problem:
            raise HTTPException(404, "this page cannot be shown as an image") from problem
        return Response(image, media_type="image/png", headers={"Cache-Control": "private, max-age=600"})

    @app.get("/files/{document}")
    def file(document: str) -> FileResponse:
        try:
            path = desk.file_of(document)
        except AssistantError as problem:
            raise HTTPException(404, "no such document") from problem
        media = MEDIA.get(path.suffix.lower(), "text/plain; charset=utf-8")
        return FileResponse(path, media_type=media, content_disposition_type="inline", filename=path.name)

    @app.get("/p/{document}/{number}")
    def permalink(document: str, number: int) -> RedirectResponse:
        if not re.fullmatch(r"[\w.-]+", document):
            raise HTTPException(404, "no such document")
        return RedirectResponse(f"/?doc={document}&p={number}")

    _add_api(app, desk, answer_to_json, hits_to_json)


def _add_api(app: FastAPI, desk: Desk, answer_to_json: ToJson | None, hits_to_json: HitsToJson | None) -> None:
    @app.post("/api/v1/ask")
    async def ask(request: Request) -> JSONResponse:
        if answer_to_json is None:
            raise HTTPException(404, "off")
        question, history, scope, _ = await _body(request)
        return JSONResponse(answer_to_json(desk.ask(question, history, scope), ""))

    @app.post("/api/v1/search")
    async def search(request: Request) -> JSONResponse:
        if hits_to_json is None:
            raise HTTPException(404, "off")
        question, history, scope, top = await _body(request)
        return JSONResponse(hits_to_json(desk.search(question, top, history, scope), ""))


async def _body(request: Request) -> tuple[str, tuple[str, ...], Scope | None, int]:
    raw = await request.body()
    if len(raw) > LARGEST_BODY:
        raise HTTPException(413, "a question is at most 64 KiB")
    try:
        data = json.loads(raw)
    except ValueError as problem:
        raise HTTPException(422, "wanted a JSON object with a question") from problem
    if not isinstance(data, dict) or not isinstance(data.get("question"), str):
        raise HTTPException(422, 'wanted "question": text')
    history, countries, top = data.get("history") or [], data.get("countries"), data.get("top", 10)
    for value in (history, countries or []):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise HTTPException(422, "wanted lists of texts in history and countries")
    if not isinstance(top, int) or not 1 <= top <= 100:
        raise HTTPException(422, "wanted top from 1 to 100")
    scope = Scope(countries=tuple(code.upper() for code in countries)) if countries else None
    return data["question"], tuple(history), scope, top


def parse_boxes(text: str) -> tuple[Box, ...]:
    """Return boxes of "left,top,right,bottom;…"; anything else is no box."""
    boxes = []
    for part in text.split(";")[:200]:
        if re.fullmatch(r"\d{1,5}(\.\d{1,2})?(,\d{1,5}(\.\d{1,2})?){3}", part):
            left, top, right, bottom = (float(value) for value in part.split(","))
            boxes.append((left, top, right, bottom))
    return tuple(boxes)


def _add_headers(app: FastAPI) -> None:
    @app.middleware("http")
    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        path = request.url.path.rstrip("/")
        if path.endswith("/upload") or path in ("/docs", "/redoc", "/openapi.json"):
            return Response(status_code=404)
        response = await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
