"""How answers, hits and the library look in a terminal (coloured) and in a pipe (plain)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from assistant.countries import name_of
from assistant.errors import LibraryError
from assistant.model import Answer, Document, Hit, Unread
from assistant.ports import Snapshot
from assistant.words import composed

if TYPE_CHECKING:
    from rich.console import Console

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Return text without control, escape and direction characters: document text must not steer a terminal."""
    return _CONTROL.sub("", text)


def console() -> Console:
    """Return a console that colours in a terminal and prints plain text in a pipe."""
    from rich.console import Console

    return Console(soft_wrap=not sys.stdout.isatty(), highlight=False, emoji=False)


def where_it_will_be(host: str, port: int, to_network: bool) -> list[str]:
    """Return what is said before the chat is served: the addresses to visit, and who else can visit them."""
    from socket import gethostname

    everywhere = host in ("0.0.0.0", "::")  # every address of this machine, and none that a browser can visit
    named = "127.0.0.1" if everywhere else f"[{host}]" if ":" in host else host
    lines = [f"Opening the library … the chat will be at http://{named}:{port}"]
    if everywhere:
        lines.append(f"From other machines: http://{plain(gethostname())}:{port}")
    if to_network:
        lines.append(
            "Warning: the chat has no login and no encryption. Everybody who can reach this machine can ask, "
            "and read every document of the corpus folder."
        )
    return lines


def show_stream(items: Iterable[str | Answer]) -> None:
    """Print an answer; in a terminal a language model's checked sentences appear as they come, then give way to it."""
    from rich.live import Live
    from rich.text import Text

    out = console()
    written = ""
    with Live(Text(""), console=out, transient=True, auto_refresh=False) as live:
        for item in items:
            if isinstance(item, Answer):
                answer = item
                continue
            written += plain(item)
            if out.is_terminal:
                live.update(Text(written), refresh=True)
    show_answer(answer)


def show_answer(answer: Answer) -> None:
    """Print an answer with its sources below."""
    from rich.markup import escape

    out = console()
    if answer.understood.strip() != answer.question.strip():
        out.print(f"[dim]Understood as: {escape(plain(answer.understood))}[/dim]")
    for notice in answer.notices:
        out.print(f"[yellow]{escape(plain(notice))}[/yellow]")
    for line in answer.text.split("\n"):
        text = escape(plain(line))
        out.print(f"[bold]{text}[/bold]" if line.endswith(":") and "“" not in line else text)
    for statement in answer.statements:
        if not statement.supported:
            out.print(f"[dim]Not supported by its source: {escape(plain(statement.text))}[/dim]")
    worded = any(not statement.verbatim for statement in answer.statements)
    if answer.citations:
        out.print("\n[bold]Sources[/bold]")
        for c in answer.citations:
            year = f", {c.year}" if c.year else ""
            section = f" — {c.section}" if c.section else ""
            out.print(escape(plain(f"[{c.number}] {c.title}{year}, page {c.page} ({c.file}){section}")))
            for place in c.also:
                out.print(escape(plain(f"    also in {place.title}, {place.year or 'no year'}, page {place.page}")))
            if worded:
                out.print(escape(plain(f"    “{c.quote}”")))


def show_hits(hits: Sequence[Hit]) -> None:
    """Print search hits, best first."""
    from rich.markup import escape

    out = console()
    if not hits:
        out.print("Nothing found.")
    for rank, hit in enumerate(hits, start=1):
        where = f"{rank}. {hit.document.title}, page {hit.passage.page} ({hit.document.file})"
        out.print(f"[bold]{escape(plain(where))}[/bold]")
        out.print(escape(plain(" ".join(hit.passage.text.split()))) + "\n")


def wanted_documents(snapshot: Snapshot, names: Sequence[str]) -> list[Document]:
    """Return the documents with these ids or files; raises LibraryError naming the first that is not there."""
    known = {composed(name): document for document in snapshot.documents() for name in (document.id, document.file)}
    for name in names:
        if composed(name) not in known:
            raise LibraryError(f"no document {name!r} in the library; assistant status lists them")
    return [known[composed(name)] for name in names]


def show_reading(document: Document) -> None:
    """Print how a document was read: its reading report and its warnings."""
    from rich.markup import escape

    out, report = console(), document.report
    out.print(f"[bold]{escape(plain(document.title))}[/bold] ({escape(plain(document.file))})")
    numbers = {
        "pages without text": report.without_text, "pages read by OCR": report.recognised,
        "pages read simply": report.simply, "unreadable pages": report.unreadable,
    }  # fmt: skip
    languages = ", ".join(f"{code} {share:.0%}" for code, share in report.languages) or "too little text to tell"
    out.print(f"pages: {document.pages}, letters: {report.letters:,}, tables: {report.tables}")
    for name, pages in numbers.items():
        out.print(f"{name}: {', '.join(map(str, pages)) or 'none'}")
    out.print(f"languages: {languages}")
    out.print(
        f"running heads, contents and references: {report.boilerplate:.0%} of the letters, never offered as answers"
    )
    out.print(f"words of a second reader that are not in the text: {report.lost:.1%}")
    if document.guessed:
        out.print(f"guessed: {', '.join(document.guessed)}")
    if report.evidence:
        out.print(escape(plain(f"about {', '.join(map(name_of, document.countries))}: {'; '.join(report.evidence)}")))
    for warning in document.warnings or ("none",):
        out.print(escape(plain(f"warning: {warning}")))


def show_status(snapshot: Snapshot, unread: Sequence[Unread], passed: Sequence[tuple[str, str]] = ()) -> None:
    """Print what the library holds, what it could not read, and what lies in the folder and is not read."""
    from rich.markup import escape
    from rich.table import Table

    from assistant.model import Scope
    from assistant.wiring import due_documents

    out = console()
    documents, passages = snapshot.count(Scope())
    out.print(f"Library revision {snapshot.revision}: {documents} documents, {passages} passages, {len(unread)} unread")
    table = Table(box=None, pad_edge=False)
    for heading in ("document", "about", "kind", "year", "language", "pages", "file", "guessed"):
        table.add_column(heading, overflow="fold")
    for d in sorted(snapshot.documents(), key=lambda d: (d.kind, d.id)):
        about = ", ".join(d.countries) or "initiative"
        row = (d.id, about, d.kind, str(d.year or ""), d.language, str(d.pages), d.file, ", ".join(d.guessed))
        table.add_row(*(escape(plain(cell)) for cell in row))
    out.print(table)
    national = sorted({code for d in snapshot.documents() if d.kind == "national-strategy" for code in d.countries})
    out.print(f"{len(national)} countries with a national document: {', '.join(name_of(code) for code in national)}")
    strangers = [d.file for d in snapshot.documents() if {"title", "kind"} <= set(d.guessed)]
    if strangers:
        out.print(escape(plain(f"{len(strangers)} not in the catalogue, described by guesses: {', '.join(strangers)}")))
    for item in unread:
        out.print(escape(plain(f"unread: {item.file}: {item.reason}")))
    for file, reason in passed:
        out.print(escape(plain(f"passed over: {file}: {reason}")))
    for d in snapshot.documents():
        for what, pages in (("unreadable pages", d.report.unreadable), ("pages read simply", d.report.simply)):
            if pages:
                out.print(escape(plain(f"{what}: {d.file}: {', '.join(map(str, pages))}")))
    due = due_documents(snapshot.documents())
    if due:
        out.print(f"{due} of {documents} documents were read by older reading code; assistant index reads them again")
