"""The same question gives the same bytes: in two processes, and with one, two and eight threads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from assistant.settings import Settings
from assistant.wiring import refresh_library

TEXTS = {
    "estonia-visit-2021.txt": "Visit report Estonia\n\nEstonia won public trust through decades of campaigns in films. "
    "The Estonian Biobank holds samples of 200,000 donors.\n",
    "finland-visit-2021.txt": "Visit report Finland\n\nFinland won public trust through dialogues with patients. "
    "Findata grants permits for the secondary use of health data.\n",
}
ASK = """
import json, sys
from dataclasses import asdict, replace
from pathlib import Path
from assistant.settings import Settings
from assistant.wiring import open_desk
desk = open_desk(Settings(corpus=Path(sys.argv[1]), index=Path(sys.argv[2])))
for question in ("How did Estonia win public trust?", "Compare public trust in Estonia and Finland",
                 "Which countries have a biobank?", "What does Malta say about trust?"):
    print(json.dumps(asdict(replace(desk.ask(question), milliseconds={})), sort_keys=True))
"""


def test_two_processes_and_any_number_of_threads_give_the_same_bytes(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    for name, text in TEXTS.items():
        (corpus / name).write_text(text, encoding="utf-8")
    refresh_library(Settings(corpus=corpus, index=index))

    def run(threads: int, seed: str) -> bytes:
        environment = {**os.environ, "ASSISTANT_THREADS": str(threads), "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", ASK, str(corpus), str(index)]
        return subprocess.run(command, env=environment, capture_output=True, check=True, timeout=120).stdout

    first = run(1, "1")
    assert first.count(b"\n") == 4
    assert b"films" in first
    assert run(1, "2") == run(2, "3") == run(8, "4") == first
