"""Reports: same inputs, same bytes; TREC files that ir-measures reads to the same figures; a page that stands alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import ir_measures
import pytest
from ir_measures import RR, Success, nDCG

from assistant.evaluation.explain import MEANING
from assistant.evaluation.figures import by_country, by_document, summary, worst
from assistant.evaluation.report import write_report
from assistant.evaluation.run import MEASURES, Row, evaluate
from assistant.judging.verify import fold
from tests.evaluation.gold import ALL
from tests.evaluation.test_run import Scripted

NAMES = {"settings": "s", "encoder": "e", "set": "small"}


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return evaluate(Scripted("ee", "fi"), ALL, fold)


def test_same_inputs_same_bytes(rows: list[Row], tmp_path: Path) -> None:
    again = evaluate(Scripted("ee", "fi"), ALL, fold)
    write_report(rows, tmp_path / "a", NAMES, ())
    write_report(again, tmp_path / "b", NAMES, ())
    names = sorted(file.name for file in (tmp_path / "a").iterdir())
    assert names == ["pages.qrels", "pages.run", "passages.qrels", "passages.run", "report.html", "report.json",
                     "report.md"]  # fmt: skip
    assert all((tmp_path / "a" / n).read_bytes() == (tmp_path / "b" / n).read_bytes() for n in names)


@pytest.mark.parametrize(("unit", "prefix"), [("pages", ""), ("passages", "passage ")])
def test_trec_files_give_the_figures_of_the_report(rows: list[Row], tmp_path: Path, unit: str, prefix: str) -> None:
    data = write_report(rows, tmp_path, NAMES)
    found = ir_measures.calc_aggregate(
        [Success @ 1, Success @ 5, RR @ 10, nDCG @ 10],
        list(ir_measures.read_trec_qrels(str(tmp_path / f"{unit}.qrels"))),
        list(ir_measures.read_trec_run(str(tmp_path / f"{unit}.run"))),
    )
    names = {Success @ 1: "recall@1", Success @ 5: "recall@5", RR @ 10: "MRR@10", nDCG @ 10: "nDCG@10"}
    for measure, name in names.items():
        assert data["summary"][prefix + name] == pytest.approx(found[measure], abs=1e-4)


def test_the_page_loads_nothing_and_escapes_everything(rows: list[Row], tmp_path: Path) -> None:
    write_report(rows, tmp_path, {**NAMES, "settings": "<script>"}, (), ["line 3: <b>"])
    page = (tmp_path / "report.html").read_text()
    assert not re.search(r"<(script|link|img|iframe)\b|https?://|@import|url\(", page)
    assert "line 3: &lt;b&gt;" in page
    assert page.count("<svg") == 4


def test_figures_by_hand(rows: list[Row]) -> None:
    figures = summary(rows)
    assert figures["questions"] == 4
    assert figures["decline recall"] == figures["decline precision"] == figures["decline F1"] == 0.0
    assert figures["countries cited"] == 1.0
    assert figures["citation page precision"] == pytest.approx((0.5 + 1 + 0.5) / 3, abs=1e-4)
    assert figures["fact coverage"] == pytest.approx((0.5 + 1 + 1) / 3, abs=1e-4)
    assert figures["leaks"] == 4.0
    assert set(by_country(rows)) == {"EE", "FI", "LV"}
    assert {name: f["questions"] for name, f in by_document(rows).items()} == {"ee": 2, "fi": 2}


def test_the_worst_are_development_questions_only(rows: list[Row]) -> None:
    listed = worst(rows)
    assert listed and all(row.question.split == "dev" for row in listed)


def test_report_json_holds_every_question(rows: list[Row], tmp_path: Path) -> None:
    write_report(rows, tmp_path, NAMES)
    data = json.loads((tmp_path / "report.json").read_text())
    assert [row["id"] for row in data["rows"]] == ["t1", "t2", "t3", "t4"]
    assert data["rows"][0]["cited"] == ["ee p. 1", "fi p. 1"]


def test_every_figure_of_a_report_is_explained(rows: list[Row], tmp_path: Path) -> None:
    assert set(MEASURES) - {"declined when silent"} <= set(MEANING)
    assert set(write_report(rows, tmp_path, NAMES)["summary"]) <= set(MEANING)
