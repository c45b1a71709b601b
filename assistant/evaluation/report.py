"""A run written down: JSON for machines, Markdown and a self-contained HTML page with plots for people, TREC files."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.evaluation import metrics
from assistant.evaluation.run import Row, by_kind, summary, worst

GUARDED: Mapping[str, float] = {
    "recall@5": 0.02, "citation page precision": 0.03, "fact coverage": 0.03, "decline F1": 0.03, "anchor hit": 0.03,
}  # fmt: skip
"""Measures a change may not lower by more than this tolerance, on the test split."""


def as_data(rows: Sequence[Row], names: Mapping[str, str]) -> dict[str, Any]:
    """Return a report as plain data; `names` are fingerprints and the like."""
    return {
        **names,
        "summary": summary(rows),
        "test": summary([r for r in rows if r.question.split == "test"]),
        "development": summary([r for r in rows if r.question.split == "dev"]),
        "intervals": {
            "fact coverage": metrics.interval([r.facts for r in rows if r.facts is not None]),
            "citation page precision": metrics.interval(
                [r.page_precision for r in rows if r.page_precision is not None]
            ),
        },
        "kinds": by_kind(rows),
        "rows": [
            {"id": r.question.id, "verdict": r.verdict, "facts": r.facts, "page_precision": r.page_precision,
             "recall": r.recall, "leaks": r.leaks, "milliseconds": r.milliseconds}
            for r in rows
        ],
    }  # fmt: skip


def write_report(
    rows: Sequence[Row], folder: Path, names: Mapping[str, str], filter_leaks: Sequence[str] | None = None
) -> dict[str, Any]:
    """Write report.json, report.md and report.html into the folder; return the data.

    `filter_leaks` are the leaks of the generated country-filter questions, None where they were not asked.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data = {**as_data(rows, names), "filter leaks": filter_leaks}
    (folder / "report.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "report.md").write_text(to_markdown(rows, data), encoding="utf-8")
    (folder / "report.html").write_text(to_html(rows, data), encoding="utf-8")
    return data


def to_markdown(rows: Sequence[Row], data: Mapping[str, Any]) -> str:
    """Return the report as Markdown."""
    lines = ["# Evaluation", "", "| measure | all | development | test |", "|---|---|---|---|"]
    lines += [f"| {n} | {v:g} | {data['development'][n]:g} | {data['test'][n]:g} |" for n, v in data["summary"].items()]
    names = ("questions", "recall@5", "fact coverage", "citation page precision", "decline recall")
    lines += ["", "| kind | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    lines += [f"| {kind} | " + " | ".join(f"{f[n]:g}" for n in names) + " |" for kind, f in data["kinds"].items()]
    lines += ["", "## The ten worst", ""]
    for r in worst(rows):
        wanted = r.question.reference or "; ".join(" / ".join(g) for g in r.question.facts) or "to decline"
        lines.append(f"- **{r.question.id}** {r.question.question} — wanted: {wanted} — came: {r.verdict}")
    return "\n".join(lines) + "\n"


def to_html(rows: Sequence[Row], data: Mapping[str, Any]) -> str:
    """Return the report as one page with bars drawn as SVG; nothing is loaded from elsewhere."""
    kinds = data["kinds"]
    bars = []
    for place, (kind, figures) in enumerate(kinds.items()):
        value = figures["fact coverage"] if not kind.startswith("decline") else figures["decline recall"]
        y = 24 * place
        bars.append(
            f'<text x="0" y="{y + 15}">{html.escape(kind)}</text><rect x="170" y="{y + 3}" width="{300 * value:.1f}" '
            f'height="16" fill="#3867b5"/><text x="{178 + 300 * value:.1f}" y="{y + 15}">{value:.2f}</text>'
        )
    plot = f'<svg width="560" height="{24 * len(kinds) + 8}" role="img" aria-label="by kind">{"".join(bars)}</svg>'
    table = "".join(
        f"<tr><td>{html.escape(n)}</td><td>{v:g}</td><td>{data['test'][n]:g}</td></tr>"
        for n, v in data["summary"].items()
    )
    bad = "".join(
        f"<li><b>{html.escape(r.question.question)}</b><br>{html.escape(r.verdict)}: {html.escape(r.text[:400])}</li>"
        for r in worst(rows)
    )
    style = "body{font:15px system-ui;max-width:60rem;margin:2rem auto}td{padding:.1rem .8rem}text{font:13px system-ui}"
    return (
        f"<!doctype html><meta charset=utf-8><title>Evaluation</title><style>{style}</style><h1>Evaluation</h1>"
        f"<table><tr><th>measure<th>all<th>test</tr>{table}</table>"
        f"<h2>Facts found (questions to decline: share declined), by kind</h2>{plot}"
        f"<h2>The ten worst</h2><ol>{bad}</ol>\n"
    )


def check_gate(data: Mapping[str, Any], baseline: Mapping[str, Any]) -> list[str]:
    """Return why a run may not land; empty when it may."""
    problems = []
    if data["summary"]["quote validity"] < 1.0:
        problems.append(f"quote validity is {data['summary']['quote validity']}, wanted 1.0")
    if data["summary"]["leaks"] > 0:
        problems.append(f"{data['summary']['leaks']:g} passages about other countries only were shown or found")
    if data.get("filter leaks"):
        problems.append(
            f"the country filter leaked: {data['filter leaks'][0]} and {len(data['filter leaks']) - 1} more"
        )
    for name, tolerance in GUARDED.items():
        seen, wanted = data["test"][name], baseline["test"][name]
        if seen < wanted - tolerance:
            problems.append(
                f"{name} on the test split is {seen:.3f}, the baseline has {wanted:.3f} (−{tolerance} allowed)"
            )
    return problems


def changed(data: Mapping[str, Any], before: Mapping[str, Any]) -> list[str]:
    """Return the questions whose verdict or facts differ between two runs, both ways."""
    old = {row["id"]: row for row in before["rows"]}
    lines = []
    for row in data["rows"]:
        was = old.get(row["id"])
        if was and (was["verdict"], was["facts"]) != (row["verdict"], row["facts"]):
            better = (row["facts"] or 0) > (was["facts"] or 0)
            lines.append(
                f"{'better' if better else 'changed'}: {row['id']} {was['verdict']} {was['facts']} → "
                f"{row['verdict']} {row['facts']}"
            )
    return lines
