"""Figures are read alike however they are written, and every figure of the shipped digests is in a dossier."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from dialect import DigestError
from figures import figures, known_figures, names

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
# By its file, for Python has a module of the name "trace" itself.
_spec = importlib.util.spec_from_file_location("corpus_trace", ROOT / "corpus" / "tracing.py")
assert _spec is not None and _spec.loader is not None
tracing = importlib.util.module_from_spec(_spec)
sys.modules["corpus_trace"] = tracing
_spec.loader.exec_module(tracing)


@pytest.mark.parametrize(
    ("line", "language", "keys"),
    [
        ("EUR 1.5 million in 2024, 500,000 people, 15 per cent", "en", ["1500000", "2024", "500000", "15"]),
        ("1,5 million d'euros, 235 000 génomes", "fr", ["1500000", "235000"]),
        ("about £2bn, €30m, 10k and a depth of 30x", "en", ["2000000000", "30000000", "10000", "30"]),
        ("on 16–17 June 2021 and from the 3rd of them", "en", ["16 june", "17 june", "2021", "3"]),
        ("le 1er août 2019", "fr", ["1 august", "2019"]),
        ("Act 552/2019, §64e, HE 110/2022 vp, ISO 17025:2017", "en", ["552/2019", "64e", "110/2022", "17025", "2017"]),
        ("2. B1MG and 1+MG, PFMG2025", "en", ["pfmg2025"]),
        ("At https://www.hse.ie/x-22/. And https://zenodo.org/record/8279620.", "en", ["hse.ie/x-22", "8279620"]),
        ("version 2.50", "en", ["2.5"]),
    ],
)  # fmt: skip
def test_figures_of_a_line(line: str, language: str, keys: list[str]) -> None:
    assert [figure.key for figure in figures(line, language)] == keys


def test_known_figures_hold_each_way_of_reading() -> None:
    known = known_figures(
        "€5–10m for 2019–23, 1.5m people; see https://x.eu/2031/ and zenodo.org/record/77001 (3–4 May)"
    )
    assert known == {
        "5",
        "5000000",
        "10",
        "10000000",
        "2019",
        "2023",
        "23",
        "1.5",
        "1500000",
        "77001",
        "3 may",
        "4 may",
    }


def test_names_leave_out_months_and_common_words() -> None:
    assert names("The Estonian Biobank of March 2024, with TEHIK in 1+MG") == {"estonian", "biobank", "tehik", "1+mg"}


def test_trace_counts_where_figures_stand_and_lists_the_rest() -> None:
    common = tracing.held(
        ["## Estonia", "It has 210,000 donors.", "## Finland", "There are 21 counties and Act 5/2019."]
    )
    lines = [(7, "In 2024 the biobank had 210,000 donors."), (9, "21 counties, and Act 5/2019.")]
    found = tracing.trace("one", lines, "Founded before 2024.", common, "Estonia: a digest")
    assert (found.total, found.own, found.common) == (4, 1, 2)
    assert [(line, figure.key) for line, figure in found.missing] == [(9, "21")]


def test_a_digest_without_a_dossier_of_its_own_uses_every_common_line() -> None:
    found = tracing.trace("one", [(1, "21 and 22")], "", tracing.held(["There are 21 counties."]))
    assert (found.total, found.own, found.common) == (2, 0, 1)


def test_unsure_statements_hold_nothing() -> None:
    text = "- 12 sites. [found: x] Perhaps 13 later. [unsure on the day]\n- 14 sites. [unsure]\n- 15 sites. [known]"
    assert known_figures(tracing.certain(text)) == {"12", "15"}


def test_judge_reports_what_nobody_reviewed_and_what_excuses_nothing() -> None:
    found = tracing.trace("one", [(3, "5 and 6")], "", [])
    allowed = [tracing.Allowed("one", "5", "a sum"), tracing.Allowed("*", "9", "gone")]
    report, faults = tracing.judge([found], allowed)
    assert report == [
        "one: 0 of 2 figures found (0 in the country's dossier, 0 in the common ones)",
        "  line 3: 5: a sum",
        "  line 3: 6: IN NO DOSSIER",
    ]
    assert faults == [
        "one, line 3: 6 (written '6') is in no dossier",
        "trace-allowed.toml: * 9 excuses nothing any more",
    ]


def test_an_exception_needs_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "allowed.toml"
    path.write_text('[[allowed]]\ndigest = "one"\nfigure = "5"\n', encoding="utf-8")
    with pytest.raises(DigestError, match=r"allowed\.toml: entry 1 .* wanted digest, figure and reason"):
        tracing.read_allowed(path)


@pytest.mark.skipif(not (SHARED / "domain").is_dir(), reason="the dossiers are not beside the repository")
def test_every_figure_of_the_digests_is_traced() -> None:
    _, faults = tracing.judge(tracing.trace_all(SHARED), tracing.read_allowed(tracing.ALLOWED))
    assert faults == []
