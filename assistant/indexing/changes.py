"""The change report of a refresh: what came, went and changed, as values, as text, and as the files that are kept.

A report names files and counts. It quotes no text, so that a document that leaves, leaves the reports too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.indexing import crashes

FOLDER = "changes"
ORDER = ("added", "changed", "renamed", "metadata", "removed", "emptied")


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What became of one document: passages added, gone, kept. `change` is one of `ORDER`."""

    id: str
    file: str
    change: str
    added: int = 0
    gone: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class PageTrouble:
    """Pages (from 1) of a document that was read: those read `simply`, without their layout, and the `unreadable`."""

    file: str
    simply: tuple[int, ...] = ()
    unreadable: tuple[int, ...] = ()
    ours: bool = False
    """Whether our own reader failed: there is a crash report."""


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """A watched question whose closest passages are others than before; places are "file, page 3"."""

    id: str
    question: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What a refresh did. `questions` are the watched questions with other evidence, `watched` how many there are.

    `due` is how many documents were read again because the reading code is newer than their text.
    """

    before: int
    after: int
    changes: tuple[DocumentChange, ...]
    unread: tuple[tuple[str, str], ...]
    embeddings: int
    seconds: float
    questions: tuple[QuestionChange, ...] = ()
    watched: int = 0
    notes: tuple[str, ...] = ()
    pages: tuple[PageTrouble, ...] = ()
    due: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A change report that is kept: the revision it led to, and its Markdown text."""

    revision: int
    text: str


def list_reports(index: Path, limit: int = 50) -> list[KeptReport]:
    """Return the kept change reports, newest first, at most `limit`."""
    files = [file for file in (index / FOLDER).glob("*.md") if file.stem.isdecimal()]
    newest = sorted(files, key=lambda file: int(file.stem), reverse=True)[:limit]
    return [KeptReport(int(file.stem), file.read_text(encoding="utf-8", errors="replace")) for file in newest]


def summary(report: ChangeReport) -> str:
    """Return the last line of a report: counts and cost."""
    return (
        f"Library revision {report.after}: {_number(len(report.changes), 'document')} changed, "
        f"{len(report.unread)} unread, {_number(report.embeddings, 'passage')} embedded in {report.seconds:.1f} s"
    )


def lines_of(report: ChangeReport) -> list[str]:
    """Return what happened, one line each: documents, unread files, watched questions, notes."""
    rank = {name: place for place, name in enumerate(ORDER)}
    lines = [
        f"{c.change}: {c.file} (+{c.added} −{c.gone} ={c.kept} passages)"
        for c in sorted(report.changes, key=lambda c: (rank.get(c.change, len(rank)), c.file))
    ]
    if report.due:
        lines.append(f"read again, because the reading code is newer: {_number(report.due, 'document')}")
    lines += [f"unread: {file}: {reason}" for file, reason in sorted(report.unread)]
    for trouble in sorted(report.pages, key=lambda trouble: trouble.file):
        lines += page_lines(trouble)
    if report.watched:
        lines.append(f"{len(report.questions)} of {report.watched} watched questions have other closest passages")
        lines += [f"question “{_one_line(q.question) or q.id}”: {_moved(q)}" for q in report.questions]
    return [*lines, *report.notes]


def page_lines(trouble: PageTrouble) -> list[str]:
    """Return what is to be said of a document's pages that were not read as usual."""
    lines = []
    if trouble.unreadable:
        lines.append(f"unreadable pages: {trouble.file}: {_numbers(trouble.unreadable)}")
    if trouble.simply:
        whose = f" (our fault; see {crashes.FOLDER})" if trouble.ours else ""
        lines.append(f"pages read simply: {trouble.file}: {_numbers(trouble.simply)}{whose}")
    return lines


def _numbers(pages: tuple[int, ...]) -> str:
    more = f" and {len(pages) - 12} more" if len(pages) > 12 else ""
    return ", ".join(map(str, pages[:12])) + more


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _moved(change: QuestionChange) -> str:
    came = [place for place in change.after if place not in change.before]
    went = [place for place in change.before if place not in change.after]
    said = [f"now {'; '.join(came)}"] if came else []
    said += [f"no longer {'; '.join(went)}"] if went else []
    return ", ".join(said) or "other passages of the same pages"


def markdown_of(report: ChangeReport, now: datetime | None = None) -> str:
    """Return the report as Markdown; text from outside stands in code spans, so that it is never markup."""
    when = (now or datetime.now(UTC)).strftime("%Y-%m-%d %H:%M UTC")
    head = [f"# Library revision {report.after}", "", f"{when}, from revision {report.before}.", ""]
    body = [f"- {_code(line)}" for line in lines_of(report)]
    return "\n".join([*head, *body, "", f"{summary(report)}.", ""])


def _code(line: str) -> str:
    plain = "".join(c if c.isprintable() else " " for c in line).replace("`", "'")
    return f"`{plain}`"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
