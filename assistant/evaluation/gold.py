"""Gold questions: what one is, how a file of them is read, and the split into development and test."""

from __future__ import annotations

import hashlib
import json
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
    them is a matter of opinion. `alone` is a follow-up's wording that needs no turn before.
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
    alone: str = ""

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
        alone=str(data.get("alone", "")),
    )
