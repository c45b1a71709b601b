"""What readers say of answers: right, wrong or missing, with a line of text. Kept beside the library, never sent.

Only on one's own machine: a server that others reach has no sign-in, and would show to each what all have asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from assistant.bounds import LONGEST_NAME, Refused, read_body
from assistant.chat import forms
from assistant.chat.html import part, plural, safe
from assistant.chat.shelf import Shelf
from assistant.chat.work import Benches
from assistant.model import Answer
from assistant.ports import ScreenDesk, Snapshot

WORDS = {"right": "Right", "wrong": "Wrong", "missing": "Something is missing"}
LONGEST_TEXT = 1000
MOST_SHOWN = 200
ANCHOR_WORDS = 12


def read_feedback(raw: bytes) -> tuple[str, str, str]:
    """Return (token of the answer, one of `WORDS`, text) of a body; raises Refused with one sentence."""
    data = read_body(raw)
    if not isinstance(data, dict) or set(data) != {"token", "said", "text"}:
        raise Refused('wanted an object with "token", "said" and "text"')
    token, said, text = data["token"], data["said"], data["text"]
    if not isinstance(token, str) or len(token) > LONGEST_NAME or not isinstance(said, str) or said not in WORDS:
        raise Refused(f'wanted "said": {", ".join(WORDS)}, and the "token" of an answer')
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise Refused(f'wanted "text": at most {LONGEST_TEXT} characters')
    return token, said, " ".join(text.split())


def record_of(answer: Answer, said: str, text: str, day: date) -> dict[str, Any]:
    """Return what is kept: the question in whole words, what was said, and where the quotations stand; no quotation."""
    places = [
        {"document": c.document, "page": c.page, "start": c.start, "end": c.end}
        for c in answer.citations
    ]  # fmt: skip
    return {
        "day": day.isoformat(), "question": answer.understood, "verdict": answer.verdict, "said": said, "text": text,
        "revision": answer.fingerprint.revision, "places": places,
    }  # fmt: skip


def add_feedback(app: FastAPI, desk: ScreenDesk, shelf: Shelf, at: Benches) -> None:
    """Add the address that takes what is said, the list for review, and what is right as gold questions."""

    @app.post("/feedback")
    async def said(request: Request) -> JSONResponse:
        token, word, text = read_feedback(await request.body())
        try:
            record = record_of(shelf.get(token), word, text, date.today())
        except KeyError as problem:
            raise HTTPException(404, "this answer is no longer kept: ask again") from problem
        done = await at.reading.run(request, lambda: desk.keep_feedback(record))
        return JSONResponse({"kept": done}, headers={"Cache-Control": "no-store"})

    @app.get("/view/feedback")
    async def listed(request: Request) -> HTMLResponse:
        return part(await at.reading.run(request, lambda: review_html(desk.feedback())))

    @app.get("/view/feedback/gold")
    async def gold(request: Request) -> Response:
        lines = await at.reading.run(request, lambda: gold_lines(desk.feedback(), desk.snapshot()))
        headers = forms.headers(f"gold-from-readers-{date.today()}.jsonl")
        return Response("".join(lines), media_type="application/jsonl", headers=headers)


def review_html(said: Sequence[Mapping[str, Any]]) -> str:
    """Return what was said, newest first, as a table."""
    if not said:
        return '<p class="empty">Nobody has said anything of an answer yet.</p>'
    rows = "".join(
        f'<tr><th scope="row">{safe(one.get("question", ""))}</th><td>{WORDS.get(str(one.get("said")), "")}</td>'
        f"<td>{safe(one.get('text', ''))}</td><td>{safe(one.get('day', ''))}</td></tr>"
        for one in [*reversed(said)][:MOST_SHOWN]
    )
    heads = "".join(f'<th scope="col">{words}</th>' for words in ("Question", "Said", "In words", "Day"))
    return (
        f'<p class="count">{plural(len(said), "remark")}, kept beside the library and sent nowhere. '
        '<a href="/view/feedback/gold" download>Those called right as gold questions</a></p>'
        '<div class="scroll" tabindex="0" role="region" aria-label="What readers said"><table class="grid">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def gold_lines(said: Sequence[Mapping[str, Any]], snapshot: Snapshot) -> list[str]:
    """Return the answers called right as lines of gold questions, with the pages and the first words quoted there."""
    lines = []
    for number, one in enumerate(said, start=1):
        evidence = [found for place in one.get("places", ()) if (found := _evidence(place, snapshot))]
        if one.get("said") != "right" or not evidence:
            continue
        question = {
            "id": f"reader-{number}", "question": one.get("question", ""), "history": [], "kind": "fact",
            "countries": [], "answerable": True, "null": None, "evidence": evidence, "facts": [], "reference": "",
        }  # fmt: skip
        lines.append(json.dumps(question, ensure_ascii=False) + "\n")
    return lines


def _evidence(place: Mapping[str, Any], snapshot: Snapshot) -> dict[str, Any] | None:
    """Return where a quotation stands, with its first words as the library has them now; None where it is gone."""
    try:
        text = snapshot.page(place["document"], place["page"]).text[place["start"] : place["end"]]
    except (KeyError, TypeError):
        return None
    words = " ".join(text.split()[:ANCHOR_WORDS])
    return {"document": place["document"], "pages": [place["page"]], "anchor": words} if words else None
