"""Twenty answers as a delegate would read them: the figures say how often, this says how it feels."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from assistant.evaluation.gold import GoldQuestion
from assistant.model import Answer
from assistant.ports import Desk


def choose(questions: Sequence[GoldQuestion], count: int = 20) -> list[GoldQuestion]:
    """Return development questions of all kinds by turns, in an order that depends on the ids alone."""
    kinds: dict[str, list[GoldQuestion]] = {}
    for q in sorted(questions, key=lambda q: hashlib.sha256(f"sample {q.id}".encode()).hexdigest()):
        if q.split == "dev":
            kinds.setdefault(q.kind, []).append(q)
    chosen: list[GoldQuestion] = []
    for turn in range(max(map(len, kinds.values()), default=0)):
        chosen += [kinds[kind][turn] for kind in sorted(kinds) if turn < len(kinds[kind])]
    return chosen[:count]


def to_markdown(desk: Desk, questions: Sequence[GoldQuestion]) -> str:
    """Ask the questions and return what a delegate reads, as Markdown; nothing of the expected answers is shown."""
    lines = [
        "# Sample answers",
        "",
        "Development questions of every kind, chosen by the hash of their ids, never by how the answer reads. "
        "Written by `assistant samples`.",
    ]
    for number, q in enumerate(questions, start=1):
        lines += ["", f"## {number}. {q.question}", ""]
        lines += [f"*Asked before:* {turn}  " for turn in q.history]
        lines += _answer(desk.ask(q.question, q.history))
    return "\n".join(lines) + "\n"


def _answer(answer: Answer) -> list[str]:
    lines = [f"*Understood as:* {answer.understood}", ""] if answer.understood != answer.question else []
    lines += [f"> {line}" if line else ">" for line in answer.text.splitlines()]
    lines += ["", *(f"- {notice}" for notice in answer.notices)] if answer.notices else []
    cited = [(c.number, f"{c.title} ({c.year or 'no year'}), page {c.label}") for c in answer.citations]
    lines += ["", *(f"[{number}] {source}  " for number, source in cited)] if cited else []
    return [*lines, "", f"*Verdict: {answer.verdict}*"]
