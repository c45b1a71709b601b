"""Watching a folder: temporary names are nothing, a file is taken when it is whole."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from assistant.indexing.watch import is_wanted, settled, wait_until_whole

SUFFIXES = {".pdf", ".txt"}


@pytest.mark.parametrize(
    "name",
    ["a.pdf.part", "a.pdf.crdownload", ".a.pdf", "~$a.pdf", "a.tmp", "a.exe", "a.pdf~", "a.txt.swp", ".~lock.a.txt#"],
)
def test_what_is_not_whole_or_no_document_is_not_waited_for(name: str) -> None:
    assert not is_wanted(name, SUFFIXES)


def test_documents_are(tmp_path: Path) -> None:
    assert is_wanted("Report 2024.PDF", SUFFIXES) and is_wanted("pinned.txt", {".pdf"})


def test_a_file_that_grows_is_waited_for(tmp_path: Path) -> None:
    stop, finished = threading.Event(), []

    def grow() -> None:
        for _ in range(8):
            with (tmp_path / "a.txt").open("a") as file:
                file.write("more ")
            time.sleep(0.05)
        finished.append(time.monotonic())

    writer = threading.Thread(target=grow)
    writer.start()
    time.sleep(0.02)
    wait_until_whole(tmp_path, SUFFIXES, stop, 0.3)
    assert finished and (tmp_path / "a.txt").read_text() == "more " * 8
    writer.join()


def test_a_dropped_file_is_told_once_and_a_partial_one_never(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    stop = threading.Event()
    told: list[list[str]] = []
    rounds = settled(tmp_path, SUFFIXES, stop, 0.2)
    next(rounds)  # the first round comes at once

    def drop() -> None:
        (tmp_path / "b.pdf.part").write_text("half")
        time.sleep(0.8)
        (tmp_path / "b.pdf.part").rename(tmp_path / "b.pdf")

    writer = threading.Thread(target=drop)
    writer.start()
    next(rounds)
    told.append(sorted(file.name for file in tmp_path.iterdir()))
    writer.join()
    assert told == [["b.pdf"]]
    stop.set()
    assert list(rounds) == []
