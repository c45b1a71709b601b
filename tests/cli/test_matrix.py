"""`assistant matrix` on a small corpus of text files with the real encoder: contract, reuse, changes, refusals."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.evidence import NO_LEVEL

ESTONIA = """Estonia

Estonia won public trust through decades of campaigns in films and soap operas.
Employers and insurers in Estonia may not ask for genetic test results."""
FINLAND = """Finland

Findata, the permit authority of Finland, grants permits for access to health data.
The Finnish Biobank Act came into force on 1 September 2013."""
LATER = """Estonia later

Estonia began a new awareness campaign on genomics with a budget of EUR 2 million."""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments], capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    root = tmp_path_factory.mktemp("matrix")
    (root / "corpus").mkdir()
    (root / "corpus" / "estonia-strategy-2021.txt").write_text(ESTONIA, encoding="utf-8")
    (root / "corpus" / "finland-strategy-2022.txt").write_text(FINLAND, encoding="utf-8")
    options = ("--corpus", str(root / "corpus"), "--index", str(root / "index"))
    assert run("index", *options).returncode == 0
    return options


def filled(place: tuple[str, ...], folder: Path, *more: str, name: str = "m.json") -> dict[str, object]:
    chosen = ("--country", "EE", "--country", "FI", "--country", "LV", "--date", "2026-11-25")
    done = run("matrix", *place, *chosen, "--output", str(folder / name), *more)
    assert done.returncode == 0, done.stderr
    assert NO_LEVEL in done.stdout
    data: dict[str, object] = json.loads((folder / name).read_text(encoding="utf-8"))
    return {**data, "printed": done.stdout}


def test_the_json_then_a_refresh_that_touches_one_country(place: tuple[str, ...], tmp_path: Path) -> None:
    first = filled(place, tmp_path)
    cells = {(c["country"], c["indicator"]): c for c in first["cells"]}
    assert len(cells) == 3 * 49
    assert set(cells[("EE", "mlm-11")]) >= {"country", "indicator", "domain", "quotes", "silence", "searched"}
    (quote,) = cells[("EE", "mlm-11")]["quotes"]
    assert quote["text"] == "Employers and insurers in Estonia may not ask for genetic test results."
    assert (quote["file"], quote["page"], quote["year"]) == ("estonia-strategy-2021.txt", 1, 2021)
    assert [q["text"] for q in cells[("FI", "mlm-43")]["quotes"]] == [
        "Findata, the permit authority of Finland, grants permits for access to health data."
    ]
    assert (cells[("EE", "mlm-43")]["silence"], cells[("EE", "mlm-43")]["searched"]) == ("nothing-found", 1)
    assert (cells[("LV", "mlm-01")]["silence"], cells[("LV", "mlm-01")]["searched"]) == ("no-documents", 0)
    again = filled(place, tmp_path, name="again.json")
    assert "(0 made now, 147 kept)" in str(again["printed"])
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "m.json").read_bytes()

    (Path(place[1]) / "estonia-later-2026.txt").write_text(LATER, encoding="utf-8")
    assert run("index", *place).returncode == 0
    revision = str(first["library"]["revision"])
    done = run("matrix", *place, "--country", "EE", "--country", "FI", "--since", revision)
    assert "Estonia · mlm-20\n" in done.stdout
    assert "  + “Estonia began a new awareness campaign on genomics with a budget of EUR 2 million.”" in done.stdout
    assert "Finland" not in done.stdout
    assert "cells changed between revisions" in done.stdout
    after = filled(place, tmp_path, name="after.json")
    assert "(0 made now, 147 kept)" in str(after["printed"]), "Estonia was made by --since; nothing else had to be"
    untouched = [c for c in after["cells"] if c["country"] != "EE"]
    assert untouched == [c for c in first["cells"] if c["country"] != "EE"]


def test_a_readers_own_grid_is_asked_as_a_question_would_be(place: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "ours.txt").write_text("# Access\nWho grants access to health data?\n", encoding="utf-8")
    data = filled(place, tmp_path, "--grid", str(tmp_path / "ours.txt"))
    found = {c["country"]: c for c in data["cells"]}
    assert found["FI"]["quotes"][0]["text"].startswith("Findata, the permit authority of Finland")
    assert found["EE"]["silence"] == "nothing-found"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--output", "m.pdf"), ".csv, .docx, .md, .json, .ris, .bib, .csl, got 'pdf'"),
        (("--domain", "IX"), "--domain: wanted one of I (Governance and strategy)"),
        (("--since", "99"), "--since 99: no matrix was made at that revision"),
        (("--date", "soon"), "--date: wanted a day such as 2026-11-25, got 'soon'"),
        (("--grid", "missing.csv"), "grid missing.csv: cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    place: tuple[str, ...], options: tuple[str, ...], told: str
) -> None:
    done = run("matrix", *place, "--country", "FI", *options)
    assert done.returncode == 2
    assert done.stderr.startswith("assistant: ")
    assert told in done.stderr


def test_one_answer_as_a_document(place: tuple[str, ...], tmp_path: Path) -> None:
    done = run("ask", *place, "How did Estonia win public trust?", "--output", str(tmp_path / "a.docx"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.docx").read_bytes()[:2] == b"PK"
    done = run("ask", *place, "How did Estonia win public trust?", "--output", str(tmp_path / "a.odt"))
    assert done.returncode == 2
    assert "wanted a file ending in .md, .docx, .json, .ris, .bib, .csl, got 'odt'" in done.stderr
