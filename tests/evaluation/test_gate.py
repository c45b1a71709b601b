"""The gate: what closes it, what it says, and how a baseline is replaced on purpose."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from assistant.evaluation.gate import (
    GUARDED,
    baseline_text,
    changed,
    check_gate,
    compared,
    results_table,
    slim,
    with_entry,
    with_table,
)

FIGURES = {**dict.fromkeys(GUARDED, 0.9), "quote validity": 1.0, "leaks": 0.0, "milliseconds p50": 5.0}


def row(name: str, verdict: str, **scores: float) -> dict[str, Any]:
    return {"id": name, "verdict": verdict, "scores": {k.replace("_", " "): v for k, v in scores.items()}}


def report() -> dict[str, Any]:
    return {
        "set": "starter", "settings": "s", "encoder": "e", "filter leaks": [],
        "summary": dict(FIGURES), "test": dict(FIGURES), "development": dict(FIGURES),
        "rows": [row("a", "answered", answered_when_answerable=1.0, fact_coverage=0.5),
                 row("b", "closest", answered_when_answerable=0.0, fact_coverage=0.0),
                 row("c", "closest", declined_when_silent=1.0, right_null=1.0)],
    }  # fmt: skip


def test_the_same_run_passes() -> None:
    assert check_gate(report(), slim(report())) == []


@pytest.mark.parametrize("name", GUARDED)
def test_a_fall_beyond_the_tolerance_closes_it_and_one_within_does_not(name: str) -> None:
    worse, slightly = report(), report()
    worse["test"][name] -= GUARDED[name] + 0.001
    slightly["test"][name] -= GUARDED[name] - 0.001
    assert [problem.split(" on ")[0] for problem in check_gate(worse, slim(report()))] == [name]
    assert check_gate(slightly, slim(report())) == []


def test_a_figure_that_vanished_closes_it() -> None:
    data = report()
    del data["test"]["recall@5"]
    assert check_gate(data, slim(report())) == [
        "recall@5 on the test split is missing, the baseline has 0.900 (−0.02 allowed)"
    ]


@pytest.mark.parametrize(
    ("part", "name", "value"), [("summary", "quote validity", 0.999), ("summary", "leaks", 1.0)]
)  # fmt: skip
def test_an_invalid_quote_or_a_leak_closes_it_whatever_the_baseline(part: str, name: str, value: float) -> None:
    data = report()
    data[part][name] = value
    assert len(check_gate(data, slim(data))) == 1


def test_a_leak_through_the_country_filter_closes_it() -> None:
    data = report() | {"filter leaks": ["trust? [EE]: hit fi page 1"]}
    assert check_gate(data, slim(data)) == ["the country filter leaked: trust? [EE]: hit fi page 1 and 0 more"]


def test_without_a_baseline_it_is_closed() -> None:
    assert "no baseline for the set 'starter'" in check_gate(report(), None)[0]


def test_changed_questions_are_said_both_ways() -> None:
    now, then = report(), copy.deepcopy(report())
    now["rows"][0]["scores"]["fact coverage"] = 0.0
    now["rows"][1] = row("b", "answered", answered_when_answerable=1.0, fact_coverage=1.0)
    now["rows"][2]["id"] = "d"
    assert changed(now, then) == [
        "1 worse, 1 better, 2 other of 3 questions",
        "worse: a answered (facts 0.50, pages 0.00) → answered (facts 0.00, pages 0.00)",
        "better: b closest (facts 0.00, pages 0.00) → answered (facts 1.00, pages 0.00)",
        "new: d closest",
        "gone: c",
    ]
    assert changed(then, then) == []


def test_compared_says_how_sure_it_is() -> None:
    now, then = report(), report()
    for number in range(40):
        then["rows"].append(row(f"x{number}", "answered", fact_coverage=number % 2))
        now["rows"].append(row(f"x{number}", "answered", fact_coverage=1.0))
    line = compared(now, then, ["fact coverage", "absent"])
    assert len(line) == 1 and line[0].startswith("fact coverage: +0.4762 [") and line[0].endswith("42 questions *")


def test_a_baseline_keeps_no_times() -> None:
    kept = slim(report())
    assert "milliseconds p50" not in kept["summary"] and "filter leaks" not in kept
    assert kept["rows"][0] == {"id": "a", "verdict": "answered",
                               "scores": {"answered when answerable": 1.0, "fact coverage": 0.5}}  # fmt: skip


def test_a_baseline_is_json_with_a_line_per_question() -> None:
    baseline = {"starter": slim(report()), "official": slim(report())}
    text = baseline_text(baseline)
    assert json.loads(text) == baseline
    assert sum(line.startswith('  {"id"') for line in text.splitlines()) == 6


def test_the_reason_goes_under_the_heading_of_the_changelog() -> None:
    before = "# Changelog\n\n## Unreleased\n\n### Corpus\n\n### Evaluation\n\n- old\n\n### Chat\n"
    assert with_entry(before, "why") == before.replace("- old", "- why\n- old")
    assert with_entry("# Changelog\n\n## Unreleased\n\n### Evaluation\n\n### Chat\n", "why") == (
        "# Changelog\n\n## Unreleased\n\n### Evaluation\n\n- why\n\n### Chat\n"
    )
    assert with_entry("# Changelog\n", "why") == "# Changelog\n### Evaluation\n\n- why\n\n"


def test_the_table_of_the_readme_is_written_between_its_marks() -> None:
    table = results_table({"starter": slim(report()), "official": {"summary": {"recall@5": 1.0}}})
    assert table.splitlines()[0] == "| measure | development | test | official documents |"
    assert "| recall@5 | 0.9 | 0.9 | 1 |" in table.splitlines()
    assert with_table("a\n<!-- results -->\nold\n<!-- /results -->\nb", "T") == (
        "a\n<!-- results -->\nT\n<!-- /results -->\nb"
    )
    assert with_table("no marks", "T") == "no marks"
