"""An answer that leaves the screen: Markdown with numbered references, date, revision and fingerprint."""

from __future__ import annotations

from datetime import date

from assistant.model import Answer


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
        lines.append(f"{c.number}. “{_line(c.quote)}” — {_line(c.title)}{year}, page {c.label} (`{c.file}`)")
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
