"""An answer that leaves the screen, with numbered references, date, revision and fingerprint."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from assistant.contract import answer_to_json
from assistant.model import Answer


@dataclass(frozen=True, slots=True)
class Form:
    """A form an answer can be saved in: its name on the screen, its media type, and how it is written."""

    name: str
    media: str
    write: Callable[[Answer, date], bytes]


def to_markdown(answer: Answer, today: date) -> str:
    """Return the answer with its references; unsupported statements are left out."""
    lines = [f"# {_line(answer.question)}", ""]
    if answer.understood != answer.question:
        lines += [f"Understood as: {_line(answer.understood)}", ""]
    lines += [f"> {_line(s.text)} {''.join(f'[{n}]' for n in s.citations)}\n" for s in answer.statements if s.supported]
    if answer.declined:
        lines += [_line(answer.text), ""]
    if answer.citations:
        lines += ["## References", ""]
    for c in answer.citations:
        year = f", {c.year}" if c.year else ""
        where = f"page {_line(c.label)} ({_line(c.file)})"
        lines.append(f"{c.number}. “{_line(c.quote)}” — {_line(c.title)}{year}, {where}")
    f = answer.fingerprint
    lines += [
        "",
        f"{today.isoformat()} · library revision {f.revision} · settings {f.settings} · encoder {f.encoder}",
        "",
    ]
    return "\n".join(lines)


def _line(text: str) -> str:
    """Return text as one line in which Markdown and HTML mean nothing."""
    for sign in ("\\", "`", "*", "_", "[", "]", "<", ">", "#", "|", "!"):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def to_json(answer: Answer, today: date) -> str:
    """Return the answer as the batch contract has it, with the date of export."""
    return json.dumps({**answer_to_json(answer), "exported": today.isoformat()}, ensure_ascii=False, indent=1)


FORMS: dict[str, Form] = {
    "md": Form("Markdown", "text/markdown; charset=utf-8", lambda a, d: to_markdown(a, d).encode()),
    "json": Form("JSON", "application/json", lambda a, d: to_json(a, d).encode()),
}


def export(answer: Answer, form: str, today: date) -> bytes:
    """Return the answer in one of `FORMS`."""
    return FORMS[form].write(answer, today)
