"""Parts of the screen served as HTML, loaded when their tab opens: library, quality and about."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from assistant.chat import pages
from assistant.chat.changes import changes_html
from assistant.chat.html import part
from assistant.chat.matrix_views import add_matrix
from assistant.chat.quality import quality_html
from assistant.chat.work import Benches
from assistant.ports import ScreenDesk

SAID = '<h2>What readers said</h2><div data-get="/view/feedback"><p class="empty">Loading…</p></div>'


def add_views(app: FastAPI, desk: ScreenDesk, at: Benches, *, feedback: bool = False) -> None:
    """Add the routes of the tabs; `feedback` says whether what readers said is listed under the figures."""
    said = (
        '<h2>What readers said</h2><div data-get="/view/feedback"><p class="empty">Loading…</p></div>'
        if feedback
        else ""
    )

    @app.get("/view/library")
    async def library(request: Request) -> HTMLResponse:
        def work() -> str:
            snapshot = desk.snapshot()
            documents = snapshot.documents()
            changes = changes_html(desk.change_reports(), {d.file: d.title for d in documents})
            passed = desk.passed_over()
            return pages.library_html(documents, snapshot.unread(), snapshot.revision, changes, passed)

        return part(await at.reading.run(request, work))

    @app.get("/view/quality")
    async def quality(request: Request) -> HTMLResponse:
        return part(await at.reading.run(request, lambda: quality_html(desk.evaluation())) + said)

    add_matrix(app, desk, at.reading)

    @app.get("/view/about")
    async def about() -> HTMLResponse:
        return part(pages.ABOUT)
