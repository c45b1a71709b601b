"""`index`, `check` and `repair` as commands, on two text files with the real encoder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from assistant.errors import StaleLibrary
from assistant.settings import Settings
from assistant.wiring import change_reports, open_desk
from tests.cli.test_batch import ESTONIA, FINLAND, run


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "estonia-visit-2021.txt").write_text(ESTONIA, encoding="utf-8")
    (folder / "corpus" / "pinned.txt").write_text("# watched\nWho grants permits?\n", encoding="utf-8")
    return folder


def options(root: Path) -> tuple[str, ...]:
    return ("--corpus", str(root / "corpus"), "--index", str(root / "index"))


def test_a_life_of_a_library(root: Path) -> None:
    planned = run("index", *options(root), "--dry-run")
    assert planned.stdout == "new: estonia-visit-2021.txt\n0 unchanged\n"
    assert not (root / "index").exists() or not list((root / "index").glob("library*"))
    assert run("check", *options(root)).returncode == 2
    first = run("index", *options(root))
    assert first.returncode == 0, first.stderr
    assert "added: estonia-visit-2021.txt" in first.stdout
    (root / "corpus" / "finland-visit-2021.txt").write_text(FINLAND, encoding="utf-8")
    second = run("index", *options(root))
    assert "1 of 1 watched questions have other closest passages" in second.stdout
    assert "question “Who grants permits?”: now finland-visit-2021.txt, page 1" in second.stdout
    assert [report.revision for report in change_reports(Settings(index=root / "index"))] == [2, 1]
    checked = run("check", *options(root), "--json")
    assert checked.returncode == 0 and json.loads(checked.stdout)["problems"] == []
    file = root / "index" / "library.sqlite3"
    data = bytearray(file.read_bytes())
    data[-5] ^= 0xFF
    file.write_bytes(data)
    broken = run("check", *options(root))
    assert broken.returncode == 1
    assert "library.sqlite3 is not as it was written" in broken.stdout
    assert run("repair", *options(root)).returncode in (0, 1)
    run("index", *options(root))
    assert run("check", *options(root)).stdout.endswith("no problem found\n")


@pytest.mark.skipif(os.name != "posix", reason="ended by an interrupt")
def test_watching_takes_in_a_dropped_file_and_ends_quietly(root: Path) -> None:
    pytest.importorskip("watchfiles")
    command = [sys.executable, "-u", "-m", "assistant", "index", *options(root), "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        late = threading.Timer(180, process.kill)  # a watch that says nothing fails, and holds nobody up
        late.start()
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        assert next(lines).startswith("Watching ")
        assert "Library revision" in next(line for line in lines if "Library revision" in line)
        (root / "corpus" / "dropped.txt.part").write_text("half", encoding="utf-8")
        (root / "corpus" / "dropped.txt").write_text("Dropped: consent for donors is asked.", encoding="utf-8")
        assert "added: dropped.txt" in next(line for line in lines if "added" in line)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        late.cancel()
        assert process.stderr is not None and "Traceback" not in process.stderr.read()


def test_another_encoder_is_refused_when_asked(root: Path) -> None:
    desk = open_desk(Settings(corpus=root / "corpus", index=root / "index"))
    desk.__dict__["encoder"] = type("Other", (), {"fingerprint": "other"})()
    with pytest.raises(StaleLibrary, match=r"made with encoder \w+, now other is set; run: assistant index --rebuild"):
        desk.ask("Who grants permits?")
