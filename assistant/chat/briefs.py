"""The brief: answers that somebody collected, in their order and with their comments, saved as one file.

The browser keeps which answers were collected; what they say is taken from what was shown, never from the browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from assistant.bounds import LONGEST_NAME, Refused, read_body
from assistant.chat import forms
from assistant.chat.html import part
from assistant.chat.shelf import Shelf
from assistant.chat.work import Benches
from assistant.model import Answer
from assistant.ports import ScreenDesk

MOST_ITEMS = 60
LONGEST_COMMENT = 2000
UNTITLED = "Brief on genomic medicine"
GONE = "An answer of the brief is no longer kept here: ask its question again and add it anew."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A title and, in their order, the tokens of the answers with the comment on each."""

    title: str
    items: tuple[tuple[str, str], ...]


def read_wanted(raw: bytes) -> Wanted:
    """Return what a body wants; raises Refused with one sentence."""
    data = read_body(raw)
    if not isinstance(data, dict) or set(data) - {"title", "items"}:
        raise Refused('wanted an object with "title" and "items"')
    title, items = data.get("title", ""), data.get("items")
    if not isinstance(title, str) or len(title) > LONGEST_NAME:
        raise Refused(f'wanted "title": a text of at most {LONGEST_NAME} characters')
    if not isinstance(items, list) or not 1 <= len(items) <= MOST_ITEMS:
        raise Refused(f'wanted "items": 1 to {MOST_ITEMS} answers')
    return Wanted(title.strip() or UNTITLED, tuple(_item(item) for item in items))


def _item(item: Any) -> tuple[str, str]:
    if not isinstance(item, dict) or set(item) != {"token", "comment"}:
        raise Refused('wanted items with "token" and "comment"')
    token, comment = item["token"], item["comment"]
    if not isinstance(token, str) or not isinstance(comment, str) or len(comment) > LONGEST_COMMENT:
        raise Refused(f'wanted "token": text, "comment": a text of at most {LONGEST_COMMENT} characters')
    return token[:LONGEST_NAME], comment.strip()


def add_briefs(app: FastAPI, desk: ScreenDesk, shelf: Shelf, at: Benches) -> None:
    """Add the tab of the brief and the address that saves one."""

    @app.get("/view/brief")
    async def brief() -> HTMLResponse:
        return part(frame_html())

    @app.post("/export/brief.{form}")
    async def saved(request: Request, form: str) -> Response:
        if form not in forms.offered(forms.BRIEF):
            raise HTTPException(404, "no such form")
        wanted, today = read_wanted(await request.body()), date.today()
        try:
            answers: list[tuple[Answer, str]] = [(shelf.get(token), comment) for token, comment in wanted.items]
        except KeyError as problem:
            raise HTTPException(404, GONE) from problem
        data = await at.reading.run(request, lambda: desk.export_brief(wanted.title, answers, form, today))
        name = forms.file_name(forms.stem_of(wanted.title, today), form)
        return Response(data, media_type=forms.MEDIA[form], headers=forms.headers(name))


def frame_html() -> str:
    """Return the tab; the script fills the list with what was collected in this tab of the browser."""
    saves = "".join(
        f'<button type="button" class="tool" data-brief-save="{form}">{forms.NAMES[form]}</button> '
        for form in forms.offered(forms.BRIEF)
    )
    return (
        '<div class="brief"><h2>Brief</h2><p class="count">Answers that you add come here. Put them in order, say what '
        "you want to say of them, and save them as one file: each quotation has a footnote with document, page, "
        "address and date. What no evidence supports stays out.</p>"
        f'<label class="find">Title <input type="text" id="brief-title" maxlength="{LONGEST_NAME}" '
        f'placeholder="{UNTITLED}"></label>'
        '<p class="empty" id="brief-none">Nothing is collected yet: “Add to the brief” stands under each answer.</p>'
        f'<ol id="brief-list" data-longest="{LONGEST_COMMENT}"></ol>'
        f'<p class="saves" id="brief-saves" hidden>Save as {saves}</p>'
        '<p id="brief-note" class="notice" role="status" hidden></p></div>'
    )
