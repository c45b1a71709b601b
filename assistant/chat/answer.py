"""One question and its answer as HTML: the quotations are the hero, who says so and when stands above them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby

from assistant.chat.compared import MANY, rows_of, table_html
from assistant.chat.feedback import LONGEST_TEXT, WORDS
from assistant.chat.head import head_html, language_of, marked_html, remarks_of
from assistant.chat.html import (
    LANGUAGES,
    SAMPLES,
    digest_badge,
    kind_and_year,
    names,
    page_short,
    page_words,
    plural,
    safe,
)
from assistant.countries import name_of
from assistant.model import Answer, Citation, Statement
from assistant.originals import PROJECT, digest_words


def turn_html(
    answer: Answer,
    turn: int,
    *,
    scope: str = "",
    exports: Mapping[str, str] | None = None,
    address: str = "",
    token: str = "",
) -> str:
    """Return one turn. `scope` says which filters were set; `exports` maps the name of a form to its address.

    `address` is the query under which the answer is found again, `token` its name on the shelf.
    """
    remarks = [f'<p class="remark">{safe(line)}</p>' for line in remarks_of(answer)]
    statements = _statements(answer, turn)
    parts = [
        f'<article class="turn" id="turn-{turn}" data-turn="{turn}" aria-labelledby="asked-{turn}" '
        f'data-address="{safe(address)}">',
        *head_html(answer, turn, scope, lambda citation, text: quote_link(citation, turn, text)),
        *([*remarks, *statements] if answer.verdict == "closest" else [*statements, *remarks]),
        _tools(answer, exports or {}, address, token),
        cards_html(answer, turn),
        "</article>",
    ]
    return "".join(parts)


def waiting_html(question: str, documents: int) -> str:
    """Return the turn that stands there while an answer is made."""
    return (
        f'<article class="turn waiting"><h2 class="asked">{safe(question)}</h2>'
        f'<p class="working" role="status">Searching {plural(documents, "document")}…</p></article>'
    )


def writing_html(question: str, pieces: str) -> str:
    """Return the turn while a language model writes: what is checked so far, replaced by the answer at the end."""
    lines = "".join(f'<p class="statement">{safe(line)}</p>' for line in pieces.splitlines() if line.strip())
    return (
        f'<article class="turn waiting"><h2 class="asked">{safe(question)}</h2>{lines}'
        '<p class="working" role="status">Writing and checking…</p></article>'
    )


def failed_html(question: str, problem: object) -> str:
    """Return the turn that says in plain words that no answer could be made."""
    return (
        f'<article class="turn failed"><h2 class="asked">{safe(question)}</h2>'
        f'<p class="notice" role="alert">{safe(problem)}</p></article>'
    )


def _statements(answer: Answer, turn: int) -> list[str]:
    """Return the quotations; those that only come nearest are folded where there are sure ones beside them."""
    sure = [s for s in answer.statements if s.sure]
    unsure = [s for s in answer.statements if not s.sure]
    parts = _sections(answer, sure or unsure, turn, 1)
    if sure and unsure:
        folded = "".join(_sections(answer, unsure, turn, len(sure) + 1))
        parts.append(f'<details class="unsure"><summary>Less sure ({len(unsure)})</summary>{folded}</details>')
    return parts


def _sections(answer: Answer, shown: Sequence[Statement], turn: int, first: int) -> list[str]:
    """Return the statements by document, those on many countries as a table."""
    by_number = {citation.number: citation for citation in answer.citations}
    rows = rows_of(shown)
    if len(rows) >= MANY:
        shown = [statement for statement in shown if not statement.country]
        table = table_html(rows, by_number, lambda statement: _statement(statement, by_number, turn))
    else:
        table = ""

    def source(statement: Statement) -> tuple[tuple[str, ...], str]:
        cited = [by_number[n] for n in statement.citations if n in by_number]
        spoken_of = (statement.country, *statement.others) if statement.country else ()
        return spoken_of, cited[-1].document if cited else ""

    parts: list[str] = [table] if table else []
    for place, ((spoken_of, document), group) in enumerate(groupby(shown, key=source), start=first):
        statements = list(group)
        cited = [by_number[n] for s in statements for n in s.citations if n in by_number and document]
        parts.append(f'<section class="source" id="turn-{turn}-{place}">')
        if cited:
            parts.append(_who(spoken_of, cited[-1]))
        parts += [_statement(s, by_number, turn) for s in statements]
        parts.append("</section>")
    return parts


def _who(spoken_of: Sequence[str], citation: Citation) -> str:
    """Return the line that says whom the quotations are about and which document speaks."""
    place = f'<strong>{safe(names(spoken_of))}</strong> <span aria-hidden="true">·</span> ' if spoken_of else ""
    country = spoken_of[0] if len(spoken_of) == 1 else ""
    return (
        f'<h3 class="who">{place}{safe(without_name(citation.title, country))} '
        f"<span>{safe(citation.year or '' if citation.digest else kind_and_year(citation.kind, citation.year))}</span>"
        "</h3>"
        + (f'<p class="digest-of">{digest_badge(citation.originals, address=False)}</p>' if citation.digest else "")
    )


def without_name(title: str, country: str) -> str:
    """Return a title without the country's name in front, where the name stands beside it already."""
    rest = title.removeprefix(f"{name_of(country)}: ") if country else title
    return rest[:1].upper() + rest[1:]


def _statement(statement: Statement, by_number: Mapping[int, Citation], turn: int) -> str:
    cited = [by_number[n] for n in statement.citations if n in by_number]
    links = "".join(quote_link(c, turn, f"[{c.number}]") for c in cited)
    text = statement.text
    verbatim = statement.verbatim and bool(cited) and cited[-1].quote in text
    cut = begins_inside(text) if verbatim else ""
    if not statement.supported:
        mark = '<span class="unsupported">Not found in the source: do not rely on this sentence</span>'
        return f'<p class="statement doubtful">{safe(text)} {links} {mark}</p>'
    if verbatim:
        tongue = _tongue(cited[-1])
        words = f"{cut}{marked_html(text, tuple(cited))}"
        quoted = f"<span{language_of((cited[-1],))}>{words}</span>" if tongue else words
        return f'<blockquote>{quoted} <span class="numbers">{links}</span>{tongue}</blockquote>'
    return f'<p class="statement">{safe(text)} <span class="numbers">{links}</span></p>'


def _tongue(citation: Citation) -> str:
    """Return the name of the language of a quotation, '' for English."""
    if citation.language == "en":
        return ""
    return f' <span class="tongue">in {safe(LANGUAGES.get(citation.language, citation.language))}</span>'


def begins_inside(text: str) -> str:
    """Return the mark in front of a quotation that begins inside a sentence, as a point of a list does."""
    return '<span class="cut" aria-hidden="true">… </span>' if text[:1].islower() else ""


def _tools(answer: Answer, exports: Mapping[str, str], address: str, token: str) -> str:
    if answer.verdict == "help":
        chips = "".join(
            f'<button type="button" data-ask="{safe(sample)}">{safe(sample)}</button>' for sample in SAMPLES
        )
        return f'<div class="turn-tools">{chips}</div>'
    buttons = [
        f'<button type="button" data-edit="{safe(answer.understood)}">Edit the question</button>',
        f'<button type="button" data-copy="{safe(plain_text(answer))}" data-done="Answer copied">'
        "Copy the answer</button>",
        f'<button type="button" data-link="{safe(address)}">Copy a link</button>',
    ]
    if token and answer.citations:
        buttons.append(f'<button type="button" data-collect="{safe(token)}">Add to the brief</button>')
    looked = [s.country for s in answer.searched if s.country and s.documents]
    if answer.declined and 1 <= len(looked) <= 3:
        buttons += [
            f'<button type="button" data-profile="{safe(c)}">What is found on {safe(name_of(c))}</button>'
            for c in looked
        ]
    links = [f'<a href="{safe(address)}" download>{safe(name)}</a>' for name, address in exports.items()]
    saved = f'<span class="saves">Save as {" ".join(links)}</span>' if links else ""
    return f'<div class="turn-tools">{"".join(buttons)}{saved}{_judge(token) if token else ""}</div>'


def _judge(token: str) -> str:
    """Return where the reader says whether an answer is right; the words are kept beside the library."""
    buttons = "".join(
        f'<button type="button" class="tool" data-judge="{name}" data-token="{safe(token)}">{words}</button> '
        for name, words in WORDS.items()
    )
    return (
        '<details class="judge"><summary>Right or wrong?</summary><label>In a line, if you like '
        f'<input type="text" maxlength="{LONGEST_TEXT}"></label> {buttons}'
        "<small>Kept beside the library with the question; never sent.</small></details>"
    )


def plain_text(answer: Answer) -> str:
    """Return what "Copy the answer" copies: question, answer and numbered references. Unsupported lines stay out."""
    lines = [answer.question, ""]
    lines += [answer.headline, ""] if answer.headline else []
    for s in (s for s in answer.statements if s.supported):
        text = f"“{s.text}”" if s.verbatim else s.text  # a language model's wording is no quotation
        lines.append(f"{text} {''.join(f'[{n}]' for n in s.citations)}")
    lines += [*answer.remarks, ""]
    lines += [f"[{c.number}] {', '.join(_where(c))}" for c in answer.citations]
    return "\n".join(lines).strip()


def quote_link(citation: Citation, turn: int | str, text: str, style: str = "") -> str:
    """Return the button that opens the page with the quotation marked; `text` is already safe HTML."""
    title = safe(f"“{citation.quote}” — {citation.title}, {page_words(citation.page, citation.label)}")
    number = f' data-number="{citation.number}"' if not style else ""
    named = f' aria-label="Source {citation.number}: {title}"' if not style else ""
    return (
        f'<button type="button" class="cite {style}" title="{title}"{named}{number} '
        f'data-card="card-{turn}-{citation.number}" data-view="{safe(view_json(citation))}">{text}</button>'
    )


def view_json(citation: Citation) -> str:
    """Return what the page viewer needs to show a citation."""
    return json.dumps({
        "document": citation.document, "page": citation.page, "label": citation.label, "title": citation.title,
        "boxes": [list(box) for box in citation.boxes], "quote": citation.quote,
        "start": citation.start, "end": citation.end, "section": citation.section,
        "about": kind_and_year(citation.kind, citation.year, digest=citation.digest),
        "file": citation.file.rsplit(".", 1)[-1].lower(),
        "reference": reference(citation),
    }, ensure_ascii=False)  # fmt: skip


def reference(citation: Citation) -> str:
    """Return a reference to paste: “quote” (title, year, p. n), of a digest with what it is a digest of."""
    return f"“{citation.quote}” ({', '.join(_where(citation))})"


def _where(c: Citation) -> list[str]:
    """Return title, year and page of a citation, and who speaks in a digest, by a name that is known elsewhere too."""
    digest = digest_words(c.originals, by=f"the {PROJECT}") if c.digest else ""
    year = str(c.year) if c.year else ""
    return [part for part in (c.title, year, page_short(c.page, c.label), digest) if part]


def cards_html(answer: Answer, turn: int) -> str:
    """Return the sources of an answer as an ordered list of cards; the script moves it into the evidence pane."""
    cards = [card_html(c, f"card-{turn}-{c.number}", str(c.number)) for c in answer.citations]
    count = len(answer.citations)
    return f'<template class="cards" data-sources="{count}">{"".join(cards)}</template>'


def card_html(c: Citation, identifier: str, number: str, style: str = "", note: str = "") -> str:
    """Return one source as a card: number, document, quotation, where it stands."""
    marks = '<span class="verified">word for word</span>' if c.verified else ""
    marks += '<span class="by-ocr">read by text recognition: check the page</span>' if c.ocr else ""
    marks += f'<span class="note">{safe(note)}</span>' if note else ""
    about = f" · about {safe(names(c.countries))}" if c.countries else ""
    section = f'<div class="section">{safe(c.section)}</div>' if c.section else ""
    digest = f'<div class="digest-of">{digest_badge(c.originals)}</div>' if c.digest else ""
    badge = f"<b>{number}</b>" if number else '<b class="none">not part of the answer</b>'
    return (
        f'<li class="card {style}" id="{identifier}" tabindex="0" data-view="{safe(view_json(c))}">'
        f'<div class="card-head">{badge} {safe(c.title)}</div>'
        f'<div class="card-quote"><span{language_of((c,))}>“{marked_html(c.quote, (c,))}”</span>{_tongue(c)}</div>'
        f'<div class="where">{safe(kind_and_year(c.kind, c.year, digest=c.digest))} · '
        f"{safe(page_words(c.page, c.label))}{about} {marks}</div>{section}{digest}</li>"
    )
