"""Parts of the screen served as HTML, loaded when their tab opens: library, quality and about."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from assistant.chat import pages
from assistant.chat.html import part
from assistant.chat.matrix_views import add_matrix
from assistant.ports import ScreenDesk


def add_views(app: FastAPI, desk: ScreenDesk) -> None:
    """Add the routes of the tabs."""

    @app.get("/view/library")
    def library() -> HTMLResponse:
        snapshot = desk.snapshot()
        changes = pages.changes_html(desk.change_reports())
        return part(pages.library_html(snapshot.documents(), snapshot.unread(), snapshot.revision, changes))

    @app.get("/view/quality")
    def quality() -> HTMLResponse:
        return part(pages.quality_html(desk.evaluation()))

    add_matrix(app, desk)

    @app.get("/view/about")
    def about() -> HTMLResponse:
        return part(pages.ABOUT)
