"""A run written down: JSON for machines, Markdown and a self-contained HTML page for people, TREC files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.evaluation.bootstrap import interval, interval_of
from assistant.evaluation.explain import MEANING
from assistant.evaluation.figures import (
    by_country,
    by_document,
    by_kind,
    decline_figures,
    expected,
    summary,
    values,
    worst,
)
from assistant.evaluation.html_report import to_html
from assistant.evaluation.run import MEASURES, Row
from assistant.evaluation.trec import write_trec

KIND_COLUMNS = (
    "questions", "recall@5", "country recall@10", "countries cited", "every country cited", "citation page precision",
    "fact coverage", "stand-alone fact coverage", "answered when answerable", "decline recall", "right null", "leaks",
)  # fmt: skip


def as_data(rows: Sequence[Row], names: Mapping[str, str]) -> dict[str, Any]:
    """Return a report as plain data; `names` are fingerprints and the like."""
    test = [row for row in rows if row.question.split == "test"]
    return {
        **names,
        "summary": summary(rows),
        "test": summary(test),
        "development": summary([row for row in rows if row.question.split == "dev"]),
        "intervals": {"all": _intervals(rows), "test": _intervals(test)},
        "kinds": by_kind(rows),
        "countries": by_country(rows),
        "documents": by_document(rows),
        "rows": [_row_data(row) for row in rows],
    }


def _intervals(rows: Sequence[Row]) -> dict[str, list[float]]:
    """Return the 95 % interval of each measure, and of the figures of declining."""
    found = {name: interval(scores) for name in MEASURES if (scores := values(rows, name))}
    for name in decline_figures(rows):
        found[name] = interval_of(rows, lambda drawn, name=name: decline_figures(drawn)[name])  # type: ignore[misc]
    return {name: [round(x, 4) for x in ends] for name, ends in found.items()}


def _row_data(row: Row) -> dict[str, Any]:
    return {
        "id": row.question.id, "kind": row.question.kind, "split": row.question.split,
        "answerable": row.question.answerable, "verdict": row.verdict, "declined": row.declined,
        "scores": dict(row.scores), "cited": [f"{document} p. {page}" for document, page in row.cited],
        "leaks": list(row.leaks), "closeness": round(row.closeness, 4), "words": row.words,
        "milliseconds": row.milliseconds,
    }  # fmt: skip


def write_report(
    rows: Sequence[Row],
    folder: Path,
    names: Mapping[str, str],
    filter_leaks: Sequence[str] | None = None,
    remarks: Sequence[str] = (),
) -> dict[str, Any]:
    """Write report.json, report.md, report.html and the TREC files into the folder; return the data.

    `filter_leaks` are the leaks of the generated country-filter questions, None where they were not asked; `remarks`
    are lines for the reader: gold lines that could not be used, word overlap.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data = {**as_data(rows, names), "filter leaks": filter_leaks, "remarks": list(remarks)}
    (folder / "report.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "report.md").write_text(to_markdown(rows, data), encoding="utf-8")
    (folder / "report.html").write_text(to_html(rows, data), encoding="utf-8")
    write_trec(rows, folder)
    return data


def _cell(figures: Mapping[str, float], name: str) -> str:
    return f"{figures[name]:g}" if name in figures else ""


def _table(first: str, groups: Mapping[str, Mapping[str, float]], columns: Sequence[str]) -> list[str]:
    lines = ["", f"| {first} | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    return lines + [f"| {name} | " + " | ".join(_cell(f, c) for c in columns) + " |" for name, f in groups.items()]


def to_markdown(rows: Sequence[Row], data: Mapping[str, Any]) -> str:
    """Return the report as Markdown."""
    lines = [f"# Evaluation: {data.get('set', '')}", ""]
    lines += [f"Settings {data.get('settings', '')}, encoder {data.get('encoder', '')}.", ""]
    lines += ["| measure | all | development | test | 95 % interval (test) | meaning |", "|---|---|---|---|---|---|"]
    for name in data["summary"]:
        low_high = data["intervals"]["test"].get(name)
        spread = f"{low_high[0]:.3f}–{low_high[1]:.3f}" if low_high else ""
        cells = [_cell(data[part], name) for part in ("summary", "development", "test")]
        lines.append(f"| {name} | {' | '.join(cells)} | {spread} | {MEANING.get(name, '')} |")
    if data["filter leaks"] is not None:
        lines += ["", f"Leaks in 500 generated questions with a country filter: {len(data['filter leaks'])}."]
    lines += _table("kind", data["kinds"], KIND_COLUMNS)
    lines += _table("country", data["countries"], KIND_COLUMNS)
    lines += _table(
        "document", data["documents"], [c for c in KIND_COLUMNS if c not in ("decline recall", "right null")]
    )
    lines += ["", "## The ten worst of the development questions", ""]
    for row in worst(rows):
        came = " ".join(row.text.split())[:300]
        lines.append(
            f"- **{row.question.id}** {row.question.question} — wanted: {expected(row)} — came: {row.verdict}: {came}"
        )
    lines += ["", *(f"- {remark}" for remark in data["remarks"])] if data["remarks"] else []
    return "\n".join(lines) + "\n"
