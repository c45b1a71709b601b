"""Every example runs as a reader runs it, and llms.txt leads to things that are there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAID = {
    "ask.py": "films and soap operas",
    "questions_at_once.py": "EE  ",
    "references.py": "references.ris: 1 documents\nreferences.bib: 1 documents",
    "langchain_chain.py": "It was won through campaigns [1].",
    "langgraph_agent.py": "[1] visits/estonia-visit-2021.txt, page 1, verified: True",
    "mcp_client.py": "on its page: True",
}
"""What each prints, among other things, of the small library."""


def test_there_are_six_and_each_is_run() -> None:
    assert sorted(file.name for file in (ROOT / "examples").glob("*.py")) == sorted(SAID)


@pytest.mark.parametrize("name", SAID)
def test_an_example_runs(name: str, place: Path, tmp_path: Path) -> None:
    more = [str(tmp_path)] if name == "references.py" else []
    done = subprocess.run(
        [sys.executable, str(ROOT / "examples" / name), str(place / "corpus"), *more], capture_output=True, text=True,
        timeout=240, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert SAID[name] in done.stdout, done.stdout
    for file in tmp_path.glob("references.*"):
        assert b"finland-visit-2021" in file.read_bytes()


def test_llms_txt_leads_to_what_is_there() -> None:
    text = (ROOT / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# Genomic policy assistant\n\n> ")
    links = re.findall(r"^- \[[^\]]+\]\(([^)]+)\): ", text, re.MULTILINE)
    assert len(links) == text.count("\n- ") > 8
    assert [link for link in links if not (ROOT / link).is_file()] == []
    assert {Path(link).name for link in links if link.startswith("examples/")} == set(SAID)
