"""A brief for a meeting: collected answers in the reader's order, with comments, each quotation with its footnote.

What no evidence supports stays out. A footnote names document, year, page, address and the day it was looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from assistant.exporting.frame import Stamp, markdown, plain, source
from assistant.exporting.text import supported, worded_by
from assistant.model import Answer, Citation, Statement

VERDICTS = {
    "answered": "Answered from the documents",
    "partly": "Answered in part",
    "closest": "Closest passages: they may not answer",
    "nothing-near": "Nothing near in the documents",
    "no-documents": "No document on this",
    "help": "",
}
_STYLE = """
@page{margin:2.2cm}body{font:11.5pt/1.5 Georgia,"Times New Roman",serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
h1,h2{font-family:system-ui,sans-serif;line-height:1.25;break-after:avoid}h1{font-size:1.5rem}h2{font-size:1.15rem}
blockquote{margin:.5rem 0;padding-left:.8rem;border-left:3px solid #1d57a5;break-inside:avoid}
.said,.stamp{font-family:system-ui,sans-serif;font-size:.88rem;color:#444}sup a{text-decoration:none}
ol{font-size:.9rem;padding-left:1.6rem;overflow-wrap:anywhere}
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """One answer of a brief, with what the reader says of it."""

    answer: Answer
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A statement and the footnotes, counted through the brief, that carry it."""

    statement: Statement
    notes: tuple[tuple[int, Citation], ...]

    @property
    def text(self) -> str:
        """The statement as it is printed; a quotation in quotation marks."""
        return f"“{self.statement.text}”" if self.statement.verbatim else self.statement.text


@dataclass(frozen=True, slots=True)
class Section:
    """A piece ready to be written: the question in whole words, the verdict in words, lines, what is said beside."""

    question: str
    verdict: str
    comment: str
    lines: tuple[Line, ...]
    remarks: tuple[str, ...]


def sections_of(pieces: Sequence[Piece]) -> list[Section]:
    """Return the sections of a brief; footnotes are numbered through."""
    made, number = [], 0
    for piece in pieces:
        statements, citations = supported(piece.answer)
        by_number = {citation.number: citation for citation in citations}
        lines = []
        for statement in statements:
            cited = [by_number[n] for n in statement.citations if n in by_number]
            lines.append(Line(statement, tuple((number + place, c) for place, c in enumerate(cited, 1))))
            number += len(cited)
        answer = piece.answer
        remarks = (*answer.remarks, *worded_by(answer))
        made.append(Section(answer.understood, VERDICTS[answer.verdict], piece.comment, tuple(lines), remarks))
    return made


def footnote(citation: Citation, stamp: Stamp) -> str:
    """Return a footnote: title, year, page, who speaks in a digest, address, the day it was looked up."""
    address = stamp.address(citation.document)
    return f"{source(citation)}.{f' {address}.' if address else ''} Seen {stamp.day.isoformat()}."


def to_markdown(title: str, pieces: Sequence[Piece], stamp: Stamp) -> bytes:
    """Return a brief as Markdown with footnotes [^1]."""
    lines, notes = [f"# {markdown(title)}", ""], []
    for section in sections_of(pieces):
        lines += [f"## {markdown(section.question)}", "", f"*{section.verdict}.*", ""]
        lines += [markdown(section.comment), ""] if section.comment else []
        for line in section.lines:
            numbers = "".join(f"[^{number}]" for number, _ in line.notes)
            lines += [f"{'> ' if line.statement.verbatim else ''}{markdown(line.text)}{numbers}", ""]
            notes += [f"[^{number}]: {markdown(footnote(c, stamp))}" for number, c in line.notes]
        lines += [f"{markdown(remark)}\n" for remark in section.remarks]
    return "\n".join([*lines, f"*{markdown(stamp.line())}*", "", *notes, ""]).encode()


def to_html(title: str, pieces: Sequence[Piece], stamp: Stamp) -> bytes:
    """Return a brief as one web page that prints well; nothing is loaded, all text is escaped."""
    parts = [
        '<!doctype html><html lang="en"><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{_safe(title)}</title><style>{_STYLE}</style><main><h1>{_safe(title)}</h1>",
    ]
    notes: list[str] = []
    for section in sections_of(pieces):
        parts.append(f'<h2>{_safe(section.question)}</h2><p class="said">{section.verdict}.</p>')
        parts += [f"<p>{_safe(section.comment)}</p>"] if section.comment else []
        for line in section.lines:
            links = "".join(f'<sup><a id="r{n}" href="#n{n}">{n}</a></sup>' for n, _ in line.notes)
            tag = "blockquote" if line.statement.verbatim else "p"
            language = line.notes[-1][1].language if line.notes else "en"
            parts.append(f'<{tag}><span lang="{_safe(language)}">{_safe(line.text)}</span>{links}</{tag}>')
            notes += [f'<li id="n{n}">{_safe(footnote(c, stamp))} <a href="#r{n}">↑</a></li>' for n, c in line.notes]
        parts += [f'<p class="said">{_safe(remark)}</p>' for remark in section.remarks]
    parts += [f"<h2>Notes</h2><ol>{''.join(notes)}</ol>"] if notes else []
    return "\n".join([*parts, f'<p class="stamp">{_safe(stamp.line())}</p></main></html>\n']).encode()


def _safe(text: str) -> str:
    return escape(plain(text), quote=True)
