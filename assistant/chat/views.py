"""Parts of the screen served as HTML, loaded when their tab opens: library, quality and about."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from assistant.chat import pages
from assistant.ports import ScreenDesk

FRESH = {"Cache-Control": "no-store"}


def add_views(app: FastAPI, desk: ScreenDesk) -> None:
    """Add the routes of the tabs."""

    @app.get("/view/library")
    def library() -> HTMLResponse:
        snapshot = desk.snapshot()
        return part(pages.library_html(snapshot.documents(), snapshot.unread(), snapshot.revision))

    @app.get("/view/quality")
    def quality() -> HTMLResponse:
        return part(pages.quality_html(desk.evaluation()))

    @app.get("/view/about")
    def about() -> HTMLResponse:
        return part(pages.ABOUT)


def part(html: str) -> HTMLResponse:
    """Return a part of the screen; never cached, since the library changes under it."""
    return HTMLResponse(html, headers=FRESH)
