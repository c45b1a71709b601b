"""The measures of the matrix worked out by hand, and the gold cells proved against the shipped pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import QuestionError
from assistant.evaluation import cells as measure
from assistant.evaluation.cells import GoldCell, Judgements, Place
from assistant.judging.verify import fold
from assistant.matrix.grid import load_grid
from assistant.model import Reading, Scope
from assistant.reading.guard import read_many
from tests.desk import small_matrix

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "eval" / "gold" / "matrix.jsonl"
RIGHT = GoldCell("EE", "trust-1", "trust", False, "test", (Place("ee", (1,), "won public trust"),))
SILENT = GoldCell("EE", "law-1", "law", True, "test")


def test_a_cell_is_right_on_its_page_or_in_true_silence() -> None:
    rows = measure.judge(small_matrix(Scope()), [RIGHT, SILENT], Judgements(), fold)
    assert [r.right for r in rows] == [True, True]
    assert rows[0].quotes == ((True, True, True),)
    assert measure.figures(rows) == {
        "cells": 2, "cell right": 1.0, "evidence found": 1.0, "silence kept": 1.0, "quotes": 1,
        "false evidence": 0.0, "off the named pages": 0.0, "not judged": 0,
    }  # fmt: skip


def test_missed_evidence_and_a_quotation_in_true_silence_are_wrong() -> None:
    missed = GoldCell("EE", "law-2", "law", False, "test", (Place("ee", (1,), "consent"),))
    broken = replace(RIGHT, silent=True, evidence=())
    rows = measure.judge(small_matrix(Scope()), [missed, broken], Judgements(), fold)
    assert [r.right for r in rows] == [False, False]
    figures = measure.figures(rows)
    assert (figures["cell right"], figures["false evidence"]) == (0.0, 1.0)
    assert measure.worst(rows) == [rows[1], rows[0]], "false evidence is worse than silence"


def test_a_quotation_nobody_judged_counts_as_false_and_a_judged_one_as_it_was_judged() -> None:
    other = replace(RIGHT, evidence=(Place("ee", (1,), "words of another sentence"),))
    place = ("EE", "trust-1", "ee", 1)
    for said, wanted in ((None, (1.0, 1)), (True, (0.0, 0)), (False, (1.0, 0))):
        judged = Judgements({} if said is None else {place: [("through campaigns", said)]})
        figures = measure.figures(measure.judge(small_matrix(Scope()), [other], judged, fold))
        assert (figures["false evidence"], figures["not judged"]) == wanted


def test_no_judgement_makes_a_quotation_right_where_silence_is_true() -> None:
    judged = Judgements({("EE", "trust-1", "ee", 1): [("through campaigns", True)]})
    rows = measure.judge(small_matrix(Scope()), [replace(RIGHT, silent=True, evidence=())], judged, fold)
    assert measure.figures(rows)["false evidence"] == 1.0


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "m.jsonl"
    file.write_text('\n{"country": "EE"}\n')
    with pytest.raises(QuestionError, match=r"m\.jsonl line 2: KeyError 'indicator'"):
        measure.load_cells(file)


def test_the_check_names_what_is_wrong() -> None:
    wrong = [
        replace(RIGHT, indicator="x"), RIGHT, RIGHT, replace(SILENT, silent=False),
        GoldCell("EE", "law-2", "law", False, "test", (Place("ee", (2,), "won public trust"),)),
    ]  # fmt: skip
    told = measure.check_cells(
        wrong, ["trust-1", "law-1", "law-2"], lambda d, p: "won public trust" if p == 1 else None, fold
    )
    assert told == [
        "EE x: no such indicator",
        "EE trust-1: the cell stands twice",
        "EE law-1: a silent cell has no evidence, another has some",
        "EE law-2: 'won public trust' does not stand on ee (2,)",
    ]


def test_the_gold_cells_stand_on_the_shipped_pages_and_cover_the_grid() -> None:
    gold = measure.load_cells(GOLD)
    files = sorted({e.document for cell in gold for e in cell.evidence})
    paths = [ROOT / "corpus" / "documents" / f"{name}.pdf" for name in files]
    pages = {
        path.stem: {page.number: page.text for page in reading.pages}
        for path, reading in read_many(paths)
        if isinstance(reading, Reading)
    }
    known = [i.id for i in load_grid(ROOT / "corpus" / "indicators.toml").indicators]
    assert measure.check_cells(gold, known, lambda d, p: pages.get(d, {}).get(p), fold) == []
    assert len(gold) >= 150
    assert len({cell.country for cell in gold}) >= 12
    assert len({cell.domain for cell in gold}) == 8
    assert 0.4 <= sum(cell.silent for cell in gold) / len(gold) <= 0.6
    assert {cell.split for cell in gold} == set(measure.SPLITS)
