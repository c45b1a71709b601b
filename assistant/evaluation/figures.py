"""From rows to figures: over all, by kind, by country, by document, and the questions that went worst."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.evaluation import metrics
from assistant.evaluation.run import MEASURES, Row, place


def values(rows: Sequence[Row], name: str) -> list[float]:
    """Return a measure of the rows to which it applies."""
    return [row.scores[name] for row in rows if name in row.scores]


def decline_figures(rows: Sequence[Row]) -> dict[str, float]:
    """Return precision, recall and F1 of declining, over all rows."""
    declined = sum(row.declined for row in rows if not row.question.answerable)
    wrongly = sum(row.declined for row in rows if row.question.answerable)
    silent = sum(not row.question.answerable for row in rows)
    return {
        "decline precision": declined / (declined + wrongly) if declined + wrongly else 0.0,
        "decline recall": declined / silent if silent else 0.0,
        "decline F1": metrics.f1(declined, wrongly, silent - declined),
    }


def summary(rows: Sequence[Row]) -> dict[str, float]:
    """Return the figures over all rows; a measure that applies to no row is left out."""
    figures: dict[str, float] = {"questions": len(rows)}
    for name in MEASURES:
        if name == "declined when silent":
            figures.update(decline_figures(rows))
        elif found := values(rows, name):
            figures[name] = metrics.mean(found)
    times = [row.milliseconds for row in rows]
    figures["leaks"] = float(sum(len(row.leaks) for row in rows))
    figures["words"] = metrics.mean([float(row.words) for row in rows if not row.declined])
    figures["milliseconds p50"] = metrics.percentile(times, 0.5)
    figures["milliseconds p95"] = metrics.percentile(times, 0.95)
    return {name: round(float(value), 4) for name, value in figures.items()}


def _grouped(rows: Sequence[Row], names: Callable[[Row], Sequence[str]]) -> dict[str, dict[str, float]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        for name in dict.fromkeys(names(row)):
            groups.setdefault(name, []).append(row)
    return {name: summary(groups[name]) for name in sorted(groups)}


def by_kind(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Return the figures of each kind of question."""
    return _grouped(rows, lambda row: [row.question.kind])


def by_country(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Return the figures of each country where answers lie; "–" stands for the initiative as a whole."""
    return _grouped(rows, lambda row: row.question.countries or ["–"])


def by_document(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Return the figures of each document with evidence; a question counts for every document that answers it."""
    return _grouped(rows, lambda row: [place(e.document) for e in row.question.evidence])


def worst(rows: Sequence[Row], limit: int = 10) -> list[Row]:
    """Return the development questions that went worst: leaks, wrong decisions, missing facts, wrong pages.

    Test questions are left out, so that nobody tunes on them.
    """

    def badness(row: Row) -> float:
        wrong = float(row.declined == row.question.answerable)
        facts = 1 - row.scores.get("fact coverage", 1.0)
        pages = 1 - row.scores.get("citation page precision", 1.0)
        return 2 * wrong + facts + 0.5 * pages + 3 * bool(row.leaks)

    shown = (r for r in rows if r.question.split == "dev" and badness(r) > 0)
    return sorted(shown, key=lambda r: (-badness(r), r.question.id))[:limit]


def expected(row: Row) -> str:
    """Return in words what a question should have brought."""
    q = row.question
    if not q.answerable:
        return f"to decline ({' or '.join(q.null)})"
    pages = "; ".join(f"{place(e.document)} p. {', '.join(map(str, e.pages))}" for e in q.evidence[:3])
    return f"{q.reference or '; '.join(' / '.join(group) for group in q.facts)} [{pages}]"
