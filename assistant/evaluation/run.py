"""Asks every gold question at a desk and measures the answers; no key, no network, no judge."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from assistant.evaluation import metrics
from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.leaks import asked, leaks_of
from assistant.model import Citation
from assistant.ports import Desk

Fold = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Row:
    """What one question scored; None where a measure does not apply."""

    question: GoldQuestion
    verdict: str
    declined: bool
    text: str
    recall: tuple[float, float, float] | None
    reciprocal_rank: float | None
    ndcg: float | None
    page_precision: float | None
    anchor_hit: float | None
    facts: float | None
    quotes_valid: float
    leaks: tuple[str, ...]
    milliseconds: float
    words: int


def evaluate(
    desk: Desk, questions: Sequence[GoldQuestion], fold: Fold, progress: Callable[[int], None] = lambda done: None
) -> list[Row]:
    """Return one row per question, in order."""
    rows = []
    for done, question in enumerate(questions, start=1):
        rows.append(_row(desk, question, fold))
        progress(done)
    return rows


def _place(document: str) -> str:
    return PurePosixPath(document).name.rsplit(".", 1)[0]


def _row(desk: Desk, q: GoldQuestion, fold: Fold) -> Row:
    answer = desk.ask(q.question, q.history)
    hits = desk.search(q.question, 10, q.history)
    wanted = {(_place(e.document), page) for e in q.evidence for page in e.pages}
    ranked = [(_place(hit.document.file), hit.passage.page) for hit in hits]
    quotes = [(_place(c.file), c.page) for c in answer.citations]
    shown = q.answerable and not answer.declined
    text = _squeezed(" ".join((answer.text, *(c.quote for c in answer.citations))), fold)
    facts = [[_squeezed(x, fold) for x in group] for group in q.facts]
    return Row(
        question=q,
        verdict=answer.verdict,
        declined=answer.declined,
        text=answer.text,
        recall=(metrics.recall_at(ranked, wanted, 1), metrics.recall_at(ranked, wanted, 5),
                metrics.recall_at(ranked, wanted, 10)) if q.answerable else None,
        reciprocal_rank=metrics.reciprocal_rank(ranked, wanted) if q.answerable else None,
        ndcg=metrics.ndcg(ranked, wanted) if q.answerable else None,
        page_precision=metrics.mean([float(quote in wanted) for quote in quotes]) if shown and quotes else None,
        anchor_hit=float(any(_squeezed(e.anchor, fold) in text for e in q.evidence)) if shown else None,
        facts=metrics.fact_coverage("" if answer.declined else text, facts) if q.answerable else None,
        quotes_valid=metrics.mean([float(_valid(desk, c, fold)) for c in answer.citations] or [1.0]),
        leaks=leaks_of(asked(q), desk.snapshot(), answer, hits),
        milliseconds=float(answer.milliseconds.get("total", 0.0)),
        words=sum(len(s.text.split()) for s in answer.statements),
    )  # fmt: skip


def _squeezed(text: str, fold: Fold) -> str:
    return re.sub(r"[\s,.\u00a0–-]", "", fold(text).lower())


def _valid(desk: Desk, citation: Citation, fold: Fold) -> bool:
    page = desk.snapshot().page(citation.document, citation.page)
    return fold(page.text[citation.start : citation.end]) == fold(citation.quote)


def summary(rows: Sequence[Row]) -> dict[str, float]:
    """Return the figures over all rows."""
    yes = [r for r in rows if r.question.answerable]
    no = [r for r in rows if not r.question.answerable]
    shown = [r for r in yes if not r.declined]
    declined = sum(r.declined for r in no)
    wrongly = sum(r.declined for r in yes)
    times = [r.milliseconds for r in rows]

    def over(name: str, part: Sequence[Row]) -> float:
        return metrics.mean([v for r in part if (v := getattr(r, name)) is not None])

    figures: dict[str, Any] = {
        "questions": len(rows),
        "recall@1": metrics.mean([r.recall[0] for r in yes if r.recall]),
        "recall@5": metrics.mean([r.recall[1] for r in yes if r.recall]),
        "recall@10": metrics.mean([r.recall[2] for r in yes if r.recall]),
        "MRR@10": over("reciprocal_rank", yes),
        "nDCG@10": over("ndcg", yes),
        "citation page precision": over("page_precision", shown),
        "anchor hit": over("anchor_hit", shown),
        "fact coverage": over("facts", yes),
        "quote validity": over("quotes_valid", rows),
        "answered when answerable": 1 - wrongly / len(yes) if yes else 0.0,
        "decline precision": declined / (declined + wrongly) if declined + wrongly else 0.0,
        "decline recall": declined / len(no) if no else 0.0,
        "decline F1": metrics.f1(declined, wrongly, len(no) - declined),
        "right null": metrics.mean([float(r.verdict in r.question.null) for r in no if r.declined]),
        "leaks": float(sum(len(r.leaks) for r in rows)),
        "words": metrics.mean([float(r.words) for r in shown]),
        "milliseconds p50": metrics.percentile(times, 0.5),
        "milliseconds p95": metrics.percentile(times, 0.95),
    }
    return {name: round(float(value), 4) for name, value in figures.items()}


def by_kind(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Return the figures of each kind of question."""
    kinds = sorted({r.question.kind for r in rows})
    return {kind: summary([r for r in rows if r.question.kind == kind]) for kind in kinds}


def worst(rows: Sequence[Row], limit: int = 10) -> list[Row]:
    """Return the questions that went worst: wrong decision first, then missing facts, then wrong pages."""

    def badness(r: Row) -> tuple[float, str]:
        wrong = float(r.declined == r.question.answerable)
        return (
            2 * wrong + (1 - (r.facts if r.facts is not None else 1.0)) + 0.5 * (1 - (r.page_precision or 1.0)),
            r.question.id,
        )

    return [r for r in sorted(rows, key=lambda r: (-badness(r)[0], badness(r)[1])) if badness(r)[0] > 0][:limit]
