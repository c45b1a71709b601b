"""What the latest refreshes changed, in plain words: which documents, what it means for watched questions (pure).

The kept reports are written for whoever looks after the library. Their lines are read here and said anew; what is not
known here, counts above all, stands folded below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from assistant.chat.html import plural, safe

CHANGES = {
    "added": "New",
    "changed": "With a new text",
    "renamed": "Under another file name",
    "metadata": "Described anew in the catalogue",
    "removed": "Gone",
    "emptied": "Emptied",
    "unread": "Could not be read",
    "unreadable pages": "With pages that could not be read",
    "pages read simply": "With pages read without their layout",
}
MOST_NAMED = 8
"""Of more documents than that, a line names the first and says how many more there are."""
_DOCUMENT = re.compile(rf"({'|'.join(CHANGES)}): (.+)")
_COUNTS = re.compile(r" \(\+\d+ −\d+ =\d+ passages\)$")
_QUESTION = re.compile(r"question (.+?): ((?:now |no longer |other passages ).+)")
_HEAD = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC, from revision \d+\.")


def changes_html(reports: Sequence[tuple[int, str]], titles: Mapping[str, str] | None = None) -> str:
    """Return the reports of the latest refreshes, the newest open; '' where there is none.

    `titles` maps a file to the title of its document, where the library still holds it.
    """
    if not reports:
        return ""
    items = "".join(
        f"<details{' open' if place == 0 else ''}><summary>{safe(_when(revision, text))}</summary>"
        f"{report_html(text, titles or {})}</details>"
        for place, (revision, text) in enumerate(reports)
    )
    return (
        '<section class="changes"><h2>What changed</h2><p class="count">A question asked while new documents come in '
        f"is answered from the version before or after, never from half of one.</p>{items}</section>"
    )


def _when(revision: int, text: str) -> str:
    found = _HEAD.search(text)
    if not found:
        return f"Version {revision} of the library"
    day = datetime.fromisoformat(found.group(1))
    return f"{day.day} {day:%B %Y}, {found.group(2)} UTC"


def report_html(text: str, titles: Mapping[str, str]) -> str:
    """Return one report: documents by what became of them, questions, and the rest folded."""
    documents: dict[str, list[str]] = {}
    questions: list[str] = []
    rest: list[str] = []
    for line in lines_of(text):
        document, question = _DOCUMENT.fullmatch(line), _QUESTION.fullmatch(line)
        if document:
            file = _COUNTS.sub("", document.group(2))
            documents.setdefault(document.group(1), []).append(titles.get(file, file))
        elif question:
            questions.append(f"<strong>{safe(question.group(1))}</strong>: {safe(_places(question.group(2), titles))}")
        else:
            rest.append(line)
    said = [f"<li>{safe(CHANGES[name])}: {_named(documents[name])}</li>" for name in CHANGES if name in documents]
    parts = [f"<ul>{''.join(said)}</ul>"] if said else ["<p>No document came, went or changed.</p>"]
    if questions:
        parts.append(
            f"<p>{plural(len(questions), 'watched question')} now {'finds' if len(questions) == 1 else 'find'} other "
            f"passages:</p><ul>{''.join(f'<li>{question}</li>' for question in questions)}</ul>"
        )
    if rest:
        lines = "".join(f"<li>{safe(line)}</li>" for line in rest)
        parts.append(f'<details class="figures-of"><summary>Counts</summary><ul>{lines}</ul></details>')
    return "".join(parts)


def lines_of(text: str) -> list[str]:
    """Return what a report says, without its Markdown and its heading."""
    lines = [line.strip().removeprefix("- ").removeprefix("* ").strip("`").strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith("# ") and not _HEAD.fullmatch(line)]


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    whole = f"{plural(len(names), 'document')} — " if len(names) > 1 else ""
    return whole + "; ".join(f"<em>{safe(name)}</em>" for name in names[:MOST_NAMED]) + more


def _places(text: str, titles: Mapping[str, str]) -> str:
    """Return "now a.txt, page 1" with the titles of the documents instead of their files."""
    for file, title in sorted(titles.items(), key=lambda item: -len(item[0])):
        text = text.replace(f"{file}, page", f"“{title}”, page")
    return text.replace("now ", "now also ", 1) if text.startswith("now ") else text
