"""What the screen shows, as HTML made only here. Pure: an `Answer` in, text out; everything from outside is escaped.

Document text is data. It can never become markup, a template (`${…}`, `{{…}}`) or an instruction.
"""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from itertools import groupby

from assistant.countries import name_of
from assistant.model import Answer, Citation, Document, Statement, Unread

KIND_WORDS = {
    "policy-brief": "Policy brief",
    "visit-report": "Visit report",
    "national-strategy": "National document",
    "framework": "Framework",
    "other": "Other document",
}
VERDICT_WORDS = {
    "answered": "Answered from the documents",
    "partly": "Partly answered",
    "not-enough": "Not sure",
    "nothing-relevant": "The documents do not say",
    "no-documents": "No document on this",
    "help": "How to ask",
}


def safe(text: object) -> str:
    """Return text that is only text in HTML, in attributes and in Gradio's templates."""
    escaped = html.escape(str(text), quote=True)
    return escaped.replace("$", "&#36;").replace("{", "&#123;").replace("}", "&#125;").replace("`", "&#96;")


def turn_html(answer: Answer, turn: int) -> str:
    """Return one question and its answer."""
    parts = [
        f'<article class="turn" id="turn-{turn}">',
        f'<h3 class="asked">{safe(answer.question)}</h3>',
    ]
    if answer.understood.strip() != answer.question.strip():
        parts.append(f'<p class="understood">Understood as: <em>{safe(answer.understood)}</em></p>')
    parts += [f'<p class="notice">{safe(notice)}</p>' for notice in answer.notices]
    parts.append(f'<p class="verdict verdict-{answer.verdict}">{VERDICT_WORDS[answer.verdict]}</p>')
    parts += _statements(answer, turn)
    parts += [f'<p class="remark">{safe(line)}</p>' for line in answer.remarks]
    if answer.leads:
        title = "Closest passages (not an answer)" if answer.declined else "More passages"
        opened = " open" if answer.declined else ""
        rows = "".join(f"<li>{_quote_link(c, turn, safe(c.quote))} {_source(c)}</li>" for c in answer.leads)
        parts.append(
            f'<details class="leads"{opened}><summary>{title} ({len(answer.leads)})</summary><ul>{rows}</ul></details>'
        )
    parts.append("</article>")
    return "".join(parts)


def _statements(answer: Answer, turn: int) -> list[str]:
    by_number = {citation.number: citation for citation in answer.citations}

    def source(statement: Statement) -> tuple[str, str]:
        return statement.country, by_number[statement.citations[-1]].document

    parts = []
    for (country, _), group in groupby(answer.statements, key=source):
        statements = list(group)
        citation = by_number[statements[0].citations[-1]]
        place = f"<strong>{safe(name_of(country))}</strong> · " if country else ""
        year = f" ({citation.year})" if citation.year else ""
        parts.append(f'<section class="source"><h4>{place}{safe(citation.title)}{year}</h4>')
        for statement in statements:
            links = "".join(_quote_link(by_number[n], turn, f"[{n}]") for n in statement.citations)
            mark = "" if statement.supported else ' <span class="unsupported">not supported by its source</span>'
            parts.append(f"<blockquote>{safe(statement.text)} {links}{mark}</blockquote>")
        parts.append("</section>")
    return parts


def _quote_link(citation: Citation, turn: int, text: str) -> str:
    """Return the button that opens the page with the quotation marked; `text` is already safe."""
    title = safe(f"“{citation.quote}” — {citation.title}, page {citation.label}")
    return (
        f'<button type="button" class="cite" title="{title}" data-number="{citation.number}" '
        f'data-card="card-{turn}-{citation.number}" data-view="{safe(view_json(citation))}">{text}</button>'
    )


def view_json(citation: Citation) -> str:
    """Return what the page viewer needs to show a citation."""
    year = f", {citation.year}" if citation.year else ""
    return json.dumps({
        "document": citation.document, "page": citation.page, "label": citation.label, "title": citation.title,
        "boxes": [list(box) for box in citation.boxes], "quote": citation.quote, "start": citation.start,
        "section": citation.section, "pdf": citation.file.lower().endswith(".pdf"),
        "reference": f"“{citation.quote}” ({citation.title}{year}, p. {citation.label})",
    }, ensure_ascii=False)  # fmt: skip


def _source(citation: Citation) -> str:
    year = f", {citation.year}" if citation.year else ""
    return f'<span class="where">{safe(citation.title)}{year}, page {safe(citation.label)}</span>'


def cards_html(answer: Answer, turn: int) -> str:
    """Return the sources of an answer as an ordered list of cards."""
    if not answer.citations:
        return '<p class="empty">No passage is quoted. The closest ones, if any, stand below the answer.</p>'
    cards = []
    for c in answer.citations:
        about = ", ".join(name_of(code) for code in c.countries)
        check = '<span class="verified">word for word</span>' if c.verified else ""
        label = f"page {c.page}" if c.label == str(c.page) else f"page {c.label} (sheet {c.page})"
        cards.append(
            f'<li class="card" id="card-{turn}-{c.number}" tabindex="0" data-view="{safe(view_json(c))}">'
            f'<div class="card-head"><b>{c.number}</b> {safe(c.title)} {check}</div>'
            f'<div class="card-quote">“{safe(c.quote)}”</div>'
            f'<div class="where">{safe(KIND_WORDS[c.kind])}{f", {c.year}" if c.year else ""} · {safe(label)}'
            f"{f' · {safe(c.section)}' if c.section else ''}{f' · about {safe(about)}' if about else ''}</div></li>"
        )
    return f'<ol class="cards">{"".join(cards)}</ol>'


def library_html(documents: Sequence[Document], unread: Sequence[Unread], revision: int) -> str:
    """Return the library as a table, with what was guessed and what could not be read."""
    rows = []
    for d in sorted(documents, key=lambda d: (d.kind, d.title)):
        about = ", ".join(name_of(code) for code in d.countries) or "the initiative"
        guessed = f'<span class="guessed">guessed: {safe(", ".join(d.guessed))}</span>' if d.guessed else ""
        official = f" · official: {safe(d.address)}" if d.address else ""
        cells = (safe(about), KIND_WORDS[d.kind], str(d.year or "–"), str(d.pages), safe(d.language))
        link = f'<a href="/files/{safe(d.id)}" target="_blank" rel="noopener">{safe(d.title)}</a>'
        rows.append(
            f"<tr><td>{link} {guessed}<br><small>{safe(d.publisher)}{official}</small></td>"
            + "".join(f"<td>{cell}</td>" for cell in cells)
            + "</tr>"
        )
    missing = "".join(f"<li>{safe(u.file)}: {safe(u.reason)}</li>" for u in unread)
    heads = "".join(f'<th scope="col">{h}</th>' for h in ("Document", "About", "Kind", "Year", "Pages", "Language"))
    table = f'<table class="library"><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    tail = f"<h3>Could not be read</h3><ul>{missing}</ul>" if missing else ""
    return f"<p>{len(documents)} documents, revision {revision} of the library.</p>{table}{tail}"
