"""The questions a refresh watches: corpus/pinned.txt, and the gold questions whose evidence lies in the corpus."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from assistant.settings import Settings

PINNED = "pinned.txt"


def watched_questions(settings: Settings) -> list[tuple[str, str]]:
    """Return (id, text) of the pinned questions, then of the gold questions; each text once, follow-ups left out.

    A gold question without evidence in the corpus has no closest passages that mean anything.
    """
    found: dict[str, str] = {}
    present = (
        {path.stem for path in settings.corpus.rglob("*") if path.is_file()} if settings.corpus.is_dir() else set()
    )
    for number, line in enumerate(_lines(settings.corpus / PINNED), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            found.setdefault(line.strip(), f"pinned {number}")
    gold = settings.corpus.resolve().parent / "eval" / "gold"
    for file in sorted(gold.glob("*.jsonl")) if gold.is_dir() else ():
        for line in _lines(file):
            identifier, text = _question(line, present)
            if text:
                found.setdefault(text, identifier)
    return [(identifier, text) for text, identifier in found.items()]


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _question(line: str, present: Collection[str]) -> tuple[str, str]:
    """Return (id, text), empty for what is no question of its own; `assistant evaluate` says what is wrong with it."""
    try:
        data = json.loads(line)
    except ValueError:
        return "", ""
    if not isinstance(data, dict) or not isinstance(data.get("question"), str) or data.get("history"):
        return "", ""
    evidence = data.get("evidence")
    named = [item.get("document") for item in evidence if isinstance(item, dict)] if isinstance(evidence, list) else []
    if not any(name in present for name in named):
        return "", ""
    return str(data.get("id", "")), data["question"].strip()
