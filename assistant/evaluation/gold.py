"""Gold questions: loaded, checked against the pages, and split once and for all into development and test."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import QuestionError


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an answer stands: document (id or file base name), acceptable physical pages, words that stand there."""

    document: str
    pages: tuple[int, ...]
    anchor: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """One gold question. `facts` are groups of alternatives, one of each group must be in the answer.

    `countries` says where the answer lies; `asked` whom the words name, given only where the gazetteer cannot say.
    `null` holds the verdicts that are right when the question must be declined: one, or two where the line between
    them is a matter of opinion.
    """

    id: str
    question: str
    kind: str
    countries: tuple[str, ...]
    answerable: bool
    null: tuple[str, ...]
    history: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    reference: str = ""
    asked: tuple[str, ...] | None = None

    @property
    def split(self) -> str:
        """`test` for three in ten questions, by the hash of the id; else `dev`."""
        return "test" if int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % 10 < 3 else "dev"


def load_gold(file: Path) -> tuple[list[GoldQuestion], list[str]]:
    """Return the questions of a file and what is wrong with the lines that cannot be used (numbered)."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        raise QuestionError(f"gold file {file}: {problem.strerror or problem}") from problem
    questions: list[GoldQuestion] = []
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            questions.append(_question(json.loads(line)))
        except (ValueError, KeyError, TypeError) as problem:
            problems.append(f"{file.name} line {number}: {type(problem).__name__} {problem}")
    return questions, problems


def _words(value: object) -> tuple[str, ...]:
    """Return a string or a list of strings as a tuple; None is empty."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(str(v) for v in value)  # type: ignore[attr-defined]


def _question(data: dict[str, Any]) -> GoldQuestion:
    return GoldQuestion(
        id=str(data["id"]),
        question=str(data["question"]),
        kind=str(data["kind"]),
        countries=tuple(data.get("countries", ())),
        answerable=bool(data["answerable"]),
        null=_words(data.get("null")),
        history=tuple(data.get("history", ())),
        evidence=tuple(
            Evidence(str(e["document"]), tuple(int(p) for p in e["pages"]), str(e["anchor"]), str(e.get("country", "")))
            for e in data.get("evidence", ())
        ),
        facts=tuple(tuple(str(x) for x in group) for group in data.get("facts", ())),
        reference=str(data.get("reference", "")),
        asked=None if data.get("asked") is None else tuple(data["asked"]),
    )


def check_gold(
    questions: Sequence[GoldQuestion], page_text: Callable[[str, int], str | None], fold: Callable[[str], str]
) -> list[str]:
    """Return what is wrong: double ids, unknown pages, anchors not on their page, facts not in their evidence."""
    problems: list[str] = []
    seen: set[str] = set()
    for q in questions:
        if q.id in seen:
            problems.append(f"{q.id}: the id is used twice")
        seen.add(q.id)
        if q.answerable != bool(q.evidence):
            problems.append(f"{q.id}: an answerable question needs evidence, one to decline must have none")
        joined = ""
        for e in q.evidence:
            texts = {page: page_text(e.document, page) for page in e.pages}
            if not texts or None in texts.values():
                problems.append(f"{q.id}: {e.document} has no page {', '.join(map(str, e.pages)) or '(none given)'}")
                continue
            folded = {page: fold(text or "").lower() for page, text in texts.items()}
            if not any(fold(e.anchor).lower() in text for text in folded.values()):
                problems.append(f"{q.id}: {e.anchor!r} does not stand on {e.document} page {e.pages}")
            joined += " ".join(folded.values())
        for group in q.facts:
            if not any(fold(x).lower() in joined for x in group):
                problems.append(f"{q.id}: none of {group} stands in the evidence")
    return problems
