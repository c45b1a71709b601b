"""Whether a change may land: guarded figures against the baseline, what changed, and how a baseline is replaced."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.evaluation.bootstrap import paired_difference

GUARDED: Mapping[str, float] = {
    "recall@5": 0.02, "passage recall@5": 0.03, "country recall@10": 0.05, "citation page precision": 0.03,
    "fact coverage": 0.03, "anchor hit": 0.03, "decline F1": 0.03, "answered when answerable": 0.04,
    "right null": 0.06, "second reader": 0.005,
}  # fmt: skip
"""Measures a change may not lower by more than this tolerance, on the test split (one question is about 0.01)."""


def check_gate(data: Mapping[str, Any], baseline: Mapping[str, Any] | None) -> list[str]:
    """Return why a run may not land; empty when it may. `baseline` is the entry of the same set."""
    problems = []
    if data["summary"].get("quote validity", 1.0) < 1.0:
        problems.append(f"quote validity is {data['summary']['quote validity']}, wanted 1.0")
    if data["summary"]["leaks"] > 0:
        problems.append(f"{data['summary']['leaks']:g} passages about other countries only were shown or found")
    if data.get("filter leaks"):
        problems.append(
            f"the country filter leaked: {data['filter leaks'][0]} and {len(data['filter leaks']) - 1} more"
        )
    if baseline is None:
        return [*problems, f"there is no baseline for the set {data['set']!r}; make one with --update-baseline REASON"]
    for name, tolerance in GUARDED.items():
        wanted = baseline["test"].get(name)
        seen = data["test"].get(name)
        if wanted is not None and (seen is None or seen < wanted - tolerance):
            shown = "missing" if seen is None else f"{seen:.3f}"
            problems.append(
                f"{name} on the test split is {shown}, the baseline has {wanted:.3f} (−{tolerance} allowed)"
            )
    return problems


def slim(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a baseline keeps of a report: figures, and each question's verdict and scores, no times, no texts."""
    kept = {name: data[name] for name in ("settings", "encoder")}
    for part in ("summary", "development", "test"):
        kept[part] = {name: v for name, v in data[part].items() if not name.startswith("milliseconds")}
    kept["rows"] = [{"id": row["id"], "verdict": row["verdict"], "scores": row["scores"]} for row in data["rows"]]
    return kept


def baseline_text(baseline: Mapping[str, Any]) -> str:
    """Return a baseline of sets as JSON with one line per question, so that a diff of two is readable."""
    sets = []
    for name in sorted(baseline):
        figures = {key: value for key, value in baseline[name].items() if key != "rows"}
        head = json.dumps(figures, indent=1, ensure_ascii=False).removesuffix("\n}")
        rows = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in baseline[name]["rows"])
        sets.append(f'{json.dumps(name)}: {head},\n "rows": [\n{rows}\n ]}}')
    return "{" + ",\n".join(sets) + "}\n"


def _goodness(row: Mapping[str, Any]) -> tuple[float, float, float]:
    scores = row["scores"]
    right = scores.get("answered when answerable", scores.get("declined when silent", 0.0))
    return right, scores.get("fact coverage", scores.get("right null", 0.0)), scores.get("citation page precision", 0.0)


def changed(data: Mapping[str, Any], before: Mapping[str, Any]) -> list[str]:
    """Return the questions that went better, worse or otherwise than before, and those only one run has."""
    old = {row["id"]: row for row in before["rows"]}
    lines: dict[str, list[str]] = {"worse": [], "better": [], "other": []}
    for row in data["rows"]:
        was = old.pop(row["id"], None)
        if was is None:
            lines["other"].append(f"new: {row['id']} {row['verdict']}")
            continue
        now_good, then_good = _goodness(row), _goodness(was)
        if now_good == then_good and row["verdict"] == was["verdict"]:
            continue
        way = "better" if now_good > then_good else "worse" if now_good < then_good else "other"
        lines[way].append(f"{way}: {row['id']} {_words(was, then_good)} → {_words(row, now_good)}")
    lines["other"] += [f"gone: {name}" for name in old]
    counts = ", ".join(f"{len(found)} {way}" for way, found in lines.items())
    every = [*lines["worse"], *lines["better"], *lines["other"]]
    return [f"{counts} of {len(data['rows'])} questions", *every] if every else []


def _words(row: Mapping[str, Any], good: tuple[float, float, float]) -> str:
    if "declined when silent" in row["scores"]:
        return str(row["verdict"])
    return f"{row['verdict']} (facts {good[1]:.2f}, pages {good[2]:.2f})"


def compared(data: Mapping[str, Any], before: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    """Return one line per measure: the mean difference over the questions both runs have, and its 95 % interval."""
    old = {row["id"]: row["scores"] for row in before["rows"]}
    lines = []
    for name in names:
        pairs = [(row["scores"][name], old[row["id"]][name]) for row in data["rows"]
                 if name in row["scores"] and name in old.get(row["id"], {})]  # fmt: skip
        if pairs:
            mean, low, high = paired_difference([new for new, _ in pairs], [was for _, was in pairs])
            sure = "" if low <= 0 <= high else " *"
            lines.append(f"{name}: {mean:+.4f} [{low:+.4f}, {high:+.4f}] over {len(pairs)} questions{sure}")
    return lines


def with_entry(changelog: str, entry: str, heading: str = "### Evaluation") -> str:
    """Return the changelog with an entry first under a heading of the newest section; makes the heading if needed."""
    match = re.search(rf"^{re.escape(heading)}[ \t]*\n+", changelog, re.MULTILINE)
    if match:
        rest = changelog[match.end() :]
        gap = "" if rest.startswith("- ") else "\n"
        return f"{changelog[: match.start()]}{heading}\n\n- {entry}\n{gap}{rest}"
    section = re.search(r"^## .*\n+", changelog, re.MULTILINE)
    at = section.end() if section else len(changelog)
    return f"{changelog[:at]}{heading}\n\n- {entry}\n\n{changelog[at:]}"


def results_table(baseline: Mapping[str, Any]) -> str:
    """Return the results as a Markdown table: the starter set by split, and the official set where it was run."""
    columns = [("development", baseline.get("starter", {}).get("development", {})),
               ("test", baseline.get("starter", {}).get("test", {})),
               ("official documents", baseline.get("official", {}).get("summary", {}))]  # fmt: skip
    shown = [(name, figures) for name, figures in columns if figures]
    names = dict.fromkeys(name for _, figures in shown for name in figures)
    lines = ["| measure | " + " | ".join(name for name, _ in shown) + " |", "|---" * (len(shown) + 1) + "|"]
    for name in names:
        cells = (f"{figures[name]:.3f}".rstrip("0").rstrip(".") if name in figures else "" for _, figures in shown)
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def with_table(readme: str, table: str) -> str:
    """Return the README with the table between its marks; unchanged where the marks are missing."""
    before, mark, after = readme.partition("<!-- results -->")
    _, end, tail = after.partition("<!-- /results -->")
    return f"{before}{mark}\n{table}\n{end}{tail}" if mark and end else readme
