"""Measures the check of a language model's statements on the library, and writes what came out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.model import Answer, Fingerprint, Hit, Scope, Statement
from assistant.ports import Snapshot
from assistant.settings import Settings
from assistant.wiring.desk import open_desk
from assistant.wiring.model import judge_for

if TYPE_CHECKING:
    from assistant.evaluation.adversarial import Output, Shown
    from assistant.evaluation.statements import Judged, Pair
    from assistant.generating.check import Judge
    from assistant.generating.generate import Writes
    from assistant.generating.prompt import Prompt, Usage

PAIRS, OUTPUTS = Path("eval/model/pairs.jsonl"), Path("eval/model/adversarial.jsonl")


class Scripted:
    """A model that writes one given text, in pieces."""

    def __init__(self, text: str) -> None:
        self.text = text

    def write(self, prompt: Prompt, seconds: float) -> Iterator[str | Usage]:
        """Yield the text, with the limit on length that a real call has."""
        from assistant.errors import ModelError
        from assistant.generating.chat_model import Limits

        for place in range(0, len(self.text), 64):
            if place > Limits().characters:
                raise ModelError("the model wrote far too much")
            yield self.text[place : place + 64]


def play(output: Output, model: Writes, judge: Judge, snapshot: Snapshot) -> Shown:
    """Return what a reader sees when the model writes this output on its passage and another one."""
    from assistant.evaluation.adversarial import Shown
    from assistant.generating.generate import Group, Task, word

    hits = hits_of(output, snapshot)
    country = hits[0].passage.countries[0] if hits[0].passage.countries else ""
    task = Task(
        "What do the documents say?", quoted(hits[0], country, snapshot), (Group(country, hits),), model, judge,
        snapshot, "openai:scripted", "this machine",
    )  # fmt: skip
    pieces: list[str] = []
    answer = None
    begun = time.process_time()
    for item in word(task):
        if isinstance(item, Answer):
            answer = item
        else:
            pieces.append(item)
    assert answer is not None
    return Shown(output, tuple(pieces), answer, 1000 * (time.process_time() - begun))


def hits_of(output: Output, snapshot: Snapshot) -> tuple[Hit, ...]:
    """Return the passage an output speaks of, then one of another document."""
    from assistant.evaluation.statements import anchored

    first = anchored(snapshot, output.document, output.anchor)
    if output.other_anchor:
        return first, anchored(snapshot, output.other_document, output.other_anchor)
    # Documents stand in the order in which they were read, so the first rows may all be of one country.
    every = range(snapshot.count(Scope())[1])
    other = next(
        p
        for rows in (every[:40], every[40:])
        for p in snapshot.passages(rows)
        if p.document != output.document and set(p.countries).isdisjoint(first.passage.countries)
    )
    return first, Hit(other, snapshot.document(other.document), 0.5)


def quoted(hit: Hit, country: str, snapshot: Snapshot) -> Answer:
    """Return the quoted answer that stands when the model fails: the first sentence of the passage."""
    from assistant.composing.cite import citation_of

    sentence = hit.passage.sentences[0]
    citation = citation_of(snapshot, hit, sentence.start, sentence.end, 1)
    assert citation is not None
    statement = Statement(citation.quote, (1,), country)
    text = f"“{citation.quote}” [1]"
    return Answer("", "", "answered", text, (statement,), (citation,), fingerprint=Fingerprint("", "", 0))


def measure_checks(settings: Settings, target: Path) -> str:
    """Judge every pair, play every output, write the report and return it; raises QuestionError for a stale pair."""
    from assistant.evaluation import adversarial, statements
    from assistant.generating.protocol import Draft

    desk = open_desk(settings)
    snapshot = desk.snapshot()
    judge = judge_for(desk.encoder, snapshot)

    def check(statement: str, hit: Hit) -> tuple[bool, str]:
        finding = judge.check(Draft(statement, (1,)), {1: hit})
        return finding.supported, finding.reason

    pairs = statements.load_pairs(PAIRS)
    judged = statements.judge_pairs(pairs, snapshot, check, time.process_time)
    outputs = [*adversarial.load_outputs(OUTPUTS), *adversarial.by_rule(pairs)]
    played = [play(output, Scripted(output.text), judge, snapshot) for output in outputs]
    report = _report(pairs, judged, played, snapshot)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(report, encoding="utf-8")
    return report


def _report(pairs: Sequence[Pair], judged: Sequence[Judged], played: Sequence[Shown], snapshot: Snapshot) -> str:
    from assistant.evaluation import adversarial, statements

    def page_text(document: str, page: int) -> str:
        return snapshot.page(document, page).text

    lines = [
        "# The check of a language model's statements", "",
        f"Made by `assistant check-statements` on library revision {snapshot.revision}, encoder "
        f"{snapshot.encoder_fingerprint}. Times are processor time of all threads.", "",
        "## Pairs: a statement and the passage it cites", "",
        f"{len(pairs)} pairs; rules and thresholds were made on the development half only.", "",
        "| measure | development | held out |", "|---|---|---|",
    ]  # fmt: skip
    halves = [[j for j in judged if j.pair.half == half] for half in ("dev", "test")]
    dev, test = (statements.figures(half) for half in halves)
    lines += [f"| {name} | {value:g} | {test[name]:g} |" for name, value in dev.items()]
    lines += ["", "| kind | development: pairs, judged rightly | held out: pairs, judged rightly |", "|---|---|---|"]
    kinds = [statements.by_kind(half) for half in halves]
    for kind in sorted({*kinds[0], *kinds[1]}):
        cells = [f"{k[kind][0]}, {k[kind][1]:.3f}" if kind in k else "–" for k in kinds]
        lines.append(f"| {kind} | {cells[0]} | {cells[1]} |")
    lines += [
        "",
        "## Outputs played to the end",
        "",
        "| measure | by hand | by rule, development | by rule, held out |",
    ]
    lines.append("|---|---|---|---|")
    hand = [s for s in played if s.output.id.startswith("hand")]
    rule = [s for s in played if not s.output.id.startswith("hand")]
    parts = [hand, *([s for s in rule if s.output.half == half] for half in ("dev", "test"))]
    columns = [adversarial.figures(part, page_text) for part in parts]
    lines += [f"| {name} | {' | '.join(f'{column[name]:g}' for column in columns)} |" for name in columns[0]]
    return "\n".join(lines) + "\n"
