"""How well the check of a language model's statements tells supported from altered: pairs with a known answer."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import QuestionError
from assistant.evaluation.metrics import mean, percentile
from assistant.model import Hit, Scope
from assistant.ports import Snapshot

Check = Callable[[str, Hit], tuple[bool, str]]
"""A statement and the passage it cites → (supported, the reason where not)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement with the passage it cites, and whether that passage supports it."""

    id: str
    kind: str
    supported: bool
    document: str
    anchor: str
    statement: str
    cited_document: str = ""
    cited_anchor: str = ""

    @property
    def half(self) -> str:
        """Return dev or test; all statements on one sentence are in one half."""
        return "dev" if hashlib.sha256(self.anchor.encode()).digest()[0] % 2 == 0 else "test"


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair and what the check said of it, in how many milliseconds."""

    pair: Pair
    supported: bool
    reason: str
    milliseconds: float

    @property
    def right(self) -> bool:
        """Whether the check agrees with the pair."""
        return self.supported == self.pair.supported


def load_pairs(file: Path) -> list[Pair]:
    """Return the pairs of a file of JSON lines; raises QuestionError naming the line."""
    pairs = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            pairs.append(Pair(**json.loads(line)))
        except (ValueError, TypeError) as problem:
            raise QuestionError(f"{file}, line {number}: {problem}") from problem
    return pairs


def anchored(snapshot: Snapshot, document: str, anchor: str) -> Hit:
    """Return the passage of a document that holds the words; raises QuestionError when none or its sentence is cut."""
    wanted = _squeezed(anchor)
    for passage in _of(snapshot, document):
        for sentence in passage.passage.sentences:
            text = passage.passage.text[sentence.start - passage.passage.start : sentence.end - passage.passage.start]
            if wanted in _squeezed(text):
                return passage
    raise QuestionError(f"no passage of {document} has a sentence with the words {anchor!r}")


def _of(snapshot: Snapshot, document: str) -> list[Hit]:
    found = snapshot.document(document)
    rows = range(snapshot.count(Scope())[1])
    return [Hit(p, found, 1.0) for p in snapshot.passages(rows) if p.document == document]


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def judge_pairs(pairs: Sequence[Pair], snapshot: Snapshot, check: Check, clock: Callable[[], float]) -> list[Judged]:
    """Return every pair with the verdict of the check; `clock` gives seconds."""
    judged = []
    for pair in pairs:
        hit = anchored(snapshot, pair.cited_document or pair.document, pair.cited_anchor or pair.anchor)
        begun = clock()
        supported, reason = check(pair.statement, hit)
        judged.append(Judged(pair, supported, reason, 1000 * (clock() - begun)))
    return judged


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """Return the shares over pairs: altered ones marked, faithful ones wrongly marked; milliseconds a statement."""
    altered = [j for j in judged if not j.pair.supported]
    faithful = [j for j in judged if j.pair.supported]
    return {
        "altered": len(altered),
        "altered marked": round(mean([float(not j.supported) for j in altered]), 4),
        "faithful": len(faithful),
        "faithful wrongly marked": round(mean([float(not j.supported) for j in faithful]), 4),
        "milliseconds p50": round(percentile([j.milliseconds for j in judged], 0.5), 1),
        "milliseconds p95": round(percentile([j.milliseconds for j in judged], 0.95), 1),
    }


def by_kind(judged: Sequence[Judged]) -> Mapping[str, tuple[int, float]]:
    """Return how many pairs of each kind there are and the share judged rightly."""
    kinds = sorted({j.pair.kind for j in judged})
    return {k: (len(some), mean([float(j.right) for j in some])) for k in kinds if (some := _kind(judged, k))}


def _kind(judged: Sequence[Judged], kind: str) -> list[Judged]:
    return [j for j in judged if j.pair.kind == kind]
