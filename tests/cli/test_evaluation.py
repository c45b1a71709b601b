"""`assistant evaluate` and its kin on a corpus of two text files: exit codes, what is written, what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_batch import ESTONIA, FINLAND

TRUST = {
    "id": "a", "question": "How did Estonia win public trust?", "kind": "why-how", "countries": ["EE"],
    "answerable": True, "facts": [["campaigns"]],
    "evidence": [{"document": "estonia-visit-2021.txt", "pages": [1], "anchor": "campaigns in films"}],
}  # fmt: skip
PERMITS = {
    "id": "b", "question": "Who grants permits in Finland?", "kind": "fact", "countries": ["FI"], "answerable": True,
    "evidence": [{"document": "finland-visit-2021.txt", "pages": [1], "anchor": "Findata grants permits"}],
    "facts": [["Findata"]],
}  # fmt: skip
PORTUGAL = {"id": "c", "question": "What does Portugal do?", "kind": "decline-country", "countries": ["PT"],
            "answerable": False, "null": "no-documents"}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("evaluation")
    (root / "corpus").mkdir()
    (root / "corpus" / "estonia-visit-2021.txt").write_text(ESTONIA, encoding="utf-8")
    (root / "corpus" / "finland-visit-2021.txt").write_text(FINLAND, encoding="utf-8")
    (root / "eval").mkdir()
    (root / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n### Evaluation\n", encoding="utf-8")
    (root / "README.md").write_text("<!-- results -->\n<!-- /results -->\n", encoding="utf-8")
    gold = "\n".join(json.dumps(q) for q in (TRUST, PERMITS, PORTUGAL))
    (root / "small.jsonl").write_text(gold, encoding="utf-8")
    assert run(root, "index").returncode == 0
    return root


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assistant", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=180, check=False)


def report_of(root: Path) -> Path:
    return next((root / "eval" / "reports").iterdir())


def test_a_run_writes_its_report_and_a_baseline_is_made_on_purpose(place: Path) -> None:
    done = run(place, "evaluate", "--set", "small.jsonl", "--update-baseline", "a first one", "--gate")
    assert done.returncode == 0, done.stderr
    assert "questions: 3" in done.stdout and "leaks: 0" in done.stdout and "gate passed" in done.stdout
    assert {file.name for file in report_of(place).iterdir()} >= {"report.json", "report.md", "report.html"}
    assert "new evaluation baseline (small): a first one" in (place / "CHANGELOG.md").read_text(encoding="utf-8")
    assert set(json.loads((place / "eval" / "baseline.json").read_text(encoding="utf-8"))) == {"small"}
    again = run(place, "evaluate", "--set", "small.jsonl", "--gate", "--compare", str(report_of(place) / "report.json"))
    assert again.returncode == 0 and again.stdout.count("no question changed") == 2


def test_a_fallen_figure_closes_the_gate_with_exit_code_2(place: Path) -> None:
    file = place / "eval" / "baseline.json"
    kept = file.read_text(encoding="utf-8")
    raised = json.loads(kept)
    raised["small"]["test"]["recall@5"] = 1.5
    file.write_text(json.dumps(raised), encoding="utf-8")
    done = run(place, "evaluate", "--set", "small.jsonl", "--gate")
    file.write_text(kept, encoding="utf-8")
    assert done.returncode == 2
    assert "the gate is closed: recall@5 on the test split is" in done.stderr


def test_a_broken_line_is_named_and_the_rest_is_asked(place: Path) -> None:
    lines = [json.dumps(TRUST), "{broken", json.dumps({**PERMITS, "facts": [["Fimea"]]})]
    (place / "broken.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = run(place, "evaluate", "--set", "broken.jsonl")
    assert done.returncode == 1
    assert "broken.jsonl line 2: JSONDecodeError" in done.stdout
    assert "b: none of ('Fimea',) stands in the evidence" in done.stdout
    assert "questions: 2" in done.stdout
    checked = run(place, "check-gold", "--set", "broken.jsonl")
    assert checked.returncode == 1 and "broken.jsonl line 2" in checked.stdout


def test_a_part_of_a_set_can_be_asked_but_not_gated(place: Path) -> None:
    done = run(place, "evaluate", "--set", "small.jsonl", "--kind", "fact")
    assert done.returncode == 0 and "questions: 1" in done.stdout
    assert "country filter" not in done.stdout
    refused = run(place, "evaluate", "--set", "small.jsonl", "--limit", "1", "--gate")
    assert refused.returncode == 2 and "need the whole set" in refused.stderr
    assert run(place, "evaluate", "--split", "both").returncode == 2


def test_missing_official_documents_are_skipped_loudly(place: Path) -> None:
    for command in ("evaluate", "check-gold"):
        done = run(place, command, "--official", "nowhere")
        assert done.returncode == 0 and done.stderr.startswith("SKIPPED: the official documents are not in nowhere")
