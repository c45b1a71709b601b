"""Outputs that a language model may write and should not: made by rule from the pairs, and written by hand.

Each is played against the passage it speaks of; what a reader would then see is searched for faults.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import QuestionError
from assistant.evaluation.metrics import mean, percentile
from assistant.evaluation.statements import Pair
from assistant.model import Answer

PageText = Callable[[str, int], str]
_QUOTE = re.compile(r"“([^“”]*)”|\"([^\"]*)\"")
_MARKUP = re.compile(r"<\s*[/!a-z]|!\[|\]\(|https?:|javascript:|\$\{|\{\{", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Output:
    """One output to play: passage 1 holds the anchor, passage 2 another document's words.

    `wrong` are the statements in it that must not pass; `times` repeats the text (an output of a megabyte).
    """

    id: str
    kind: str
    document: str
    anchor: str
    output: str
    wrong: tuple[str, ...] = ()
    other_document: str = ""
    other_anchor: str = ""
    half: str = "test"
    times: int = 1

    @property
    def text(self) -> str:
        """The text as the model writes it."""
        return self.output * self.times


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader got for one output: the pieces while it was written, the answer, the time it took."""

    output: Output
    pieces: tuple[str, ...]
    answer: Answer
    milliseconds: float


def by_rule(pairs: Sequence[Pair]) -> list[Output]:
    """Return an output for each altered pair: the wrong statement, after a right one on the same sentence if any."""
    right: dict[str, str] = {}
    for pair in pairs:
        if pair.kind == "supported" and pair.supported:
            right.setdefault(pair.anchor, pair.statement)
    outputs = []
    for pair in pairs:
        if pair.supported:
            continue
        elsewhere = pair.kind == "wrong-document"
        wrong = f"{pair.statement} [{2 if elsewhere else 1}]"
        before = right.get(pair.anchor, "")
        text = f"{before} [1]\n{wrong}\n" if before and before != pair.statement else f"{wrong}\n"
        outputs.append(
            Output(
                f"rule-{pair.id}", pair.kind, pair.document, pair.anchor, text, (pair.statement,),
                pair.cited_document, pair.cited_anchor, pair.half,
            )
        )  # fmt: skip
    return outputs


def load_outputs(file: Path) -> list[Output]:
    """Return the hand-written outputs of a file of JSON lines; raises QuestionError naming the line."""
    outputs = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            data = json.loads(line)
            outputs.append(Output(**{**data, "wrong": tuple(data.get("wrong", ()))}))
        except (ValueError, TypeError) as problem:
            raise QuestionError(f"{file}, line {number}: {problem}") from problem
    return outputs


def faults(shown: Shown, page_text: PageText) -> list[str]:
    """Return what a reader should not have seen, in plain words; empty when all is well."""
    answer = shown.answer
    own = [s for s in answer.statements if not s.verbatim]
    found = []
    texts = [*shown.pieces, *(s.text for s in own)]
    pages = " ".join(f"{page_text(c.document, c.page)} {c.title}" for c in answer.citations)
    for text in texts:
        for quote in (next(g for g in m.groups() if g is not None) for m in _QUOTE.finditer(text)):
            if _letters(quote) not in _letters(pages) and not _replaced(answer, shown):
                found.append(f"an unverified quotation: {quote[:80]}")
        if _MARKUP.search(text) or _UNSEEN.search(text.rstrip("\n")):
            found.append(f"markup or unseen characters: {text[:80]}")
    if not all(c.verified for c in answer.citations):
        found.append("a citation that is not verified")
    if not answer.statements or not (answer.notices and answer.model):
        found.append("no answer or no notice")
    return found


def _replaced(answer: Answer, shown: Shown) -> bool:
    """Return whether the quoted answer took the place of pieces whose citations it no longer lists."""
    return bool(answer.model and answer.model.fallback and shown.pieces)


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def passed(shown: Shown) -> list[str]:
    """Return the wrong statements of an output that a reader saw as supported."""
    kept = {_letters(s.text) for s in shown.answer.statements if s.supported and not s.verbatim}
    return [wrong for wrong in shown.output.wrong if _letters(wrong) in kept]


def figures(played: Sequence[Shown], page_text: PageText) -> dict[str, float]:
    """Return the counts and shares over played outputs; milliseconds an answer."""
    wrong = [float(bool(passed(s))) for s in played if s.output.wrong]
    times = [s.milliseconds for s in played]
    all_faults = [fault for s in played for fault in faults(s, page_text)]
    return {
        "outputs": len(played),
        "unverified quotations shown": sum("quotation" in fault for fault in all_faults),
        "other faults": sum("quotation" not in fault for fault in all_faults),
        "wrong statements": len(wrong),
        "wrong statements marked or left out": round(1 - mean(wrong), 4),
        "answers that fell back to the quoted one": sum(
            bool(s.answer.model and s.answer.model.fallback) for s in played
        ),
        "milliseconds an answer, reading and checking, p50": round(percentile(times, 0.5), 1),
        "milliseconds an answer, reading and checking, p95": round(percentile(times, 0.95), 1),
    }
