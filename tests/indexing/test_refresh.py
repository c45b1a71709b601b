"""Refresh: work in proportion to the change, one transaction a document, nothing lost, nothing left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import AssistantError, LibraryBusy, NoLibrary, StaleLibrary, UnreadableDocument
from assistant.indexing.changes import lines_of
from assistant.indexing.library import LibraryWriter
from assistant.indexing.refresh import ChangeReport, DocumentChange, Workers, refresh
from assistant.indexing.snapshot import LibrarySnapshot, SnapshotHolder
from assistant.model import Document, Reading, Scope
from assistant.report import Fault, ReadingReport
from tests.indexing.conftest import CountingEncoder

Bring = Callable[[], ChangeReport]


def texts(index: Path) -> list[str]:
    snapshot = LibrarySnapshot(index)
    found = sorted(p.text for p in snapshot.passages(range(snapshot.count(Scope())[1])))
    snapshot.close()
    return found


def test_first_build(bring: Bring, tmp_path: Path) -> None:
    report = bring()
    assert report.changes == (
        DocumentChange("a", "a.txt", "added", 2, 0, 0),
        DocumentChange("b", "b.txt", "added", 1, 0, 0),
    )
    assert (report.before, report.after, report.embeddings) == (0, 2, 3)
    assert texts(tmp_path / "index") == [
        "A biobank has donors.",
        "A law on consent was passed.",
        "Trust needs a campaign.",
    ]


def test_nothing_changed_embeds_nothing(bring: Bring) -> None:
    bring()
    report = bring()
    assert (report.changes, report.embeddings, report.before) == ((), 0, report.after)


def test_a_changed_paragraph_embeds_only_itself(bring: Bring, corpus: Path, encoder: CountingEncoder) -> None:
    bring()
    encoder.embedded.clear()
    (corpus / "a.txt").write_text("Trust needs a campaign.\n\nA biobank has many donors.", encoding="utf-8")
    report = bring()
    assert report.changes == (DocumentChange("a", "a.txt", "changed", 1, 1, 1),)
    assert encoder.embedded == ["A biobank has many donors."]


def test_pages_that_were_not_read_as_usual_are_told_apart(corpus: Path, tmp_path: Path, workers: Workers) -> None:
    def read(paths: Sequence[Path]) -> Iterator[tuple[Path, Reading | AssistantError]]:
        for path, reading in workers.read(paths):
            assert isinstance(reading, Reading)
            if path.name == "a.txt":
                fault, report = Fault(1, "IndexError", ("roles.py:1 f",)), ReadingReport(simply=(1,), unreadable=(7,))
                yield path, replace(reading, report=report, faults=(fault,))
            else:
                yield path, UnreadableDocument(path.name, "the file is damaged")

    def described(file: str, sha256: str, reading: Reading, taken: Sequence[str]) -> Document:
        return replace(workers.describe(file, sha256, reading, taken), report=reading.report)

    failing = replace(workers, read=read, describe=described)
    report = refresh(corpus, tmp_path / "index", failing)
    assert lines_of(report)[1:] == [
        "unread: b.txt: the file is damaged",
        "unreadable pages: a.txt: 7",
        "pages read simply: a.txt: 1 (our fault; see crash-reports)",
    ]
    (crash,) = (tmp_path / "index" / "crash-reports").iterdir()
    said = json.loads(crash.read_text(encoding="utf-8"))
    assert said["faults"] == [{"page": 1, "error": "IndexError", "where": ["roles.py:1 f"]}]
    assert set(said) == {"file", "versions", "faults"} and "campaign" not in crash.read_text(encoding="utf-8")
    (corpus / "a.txt").unlink()
    refresh(corpus, tmp_path / "index", failing)
    assert list((tmp_path / "index" / "crash-reports").iterdir()) == []


def test_a_newer_reading_code_makes_documents_due(corpus: Path, tmp_path: Path, workers: Workers) -> None:
    refresh(corpus, tmp_path / "index", workers)

    def described(file: str, sha256: str, reading: Reading, taken: Sequence[str]) -> Document:
        return replace(workers.describe(file, sha256, reading, taken), report=ReadingReport(version=2))

    newer = replace(workers, describe=described, reading=2)
    report = refresh(corpus, tmp_path / "index", newer)
    assert (report.due, report.embeddings, {change.change for change in report.changes}) == (2, 0, {"changed"})
    assert "read again, because the reading code is newer: 2 documents" in lines_of(report)
    assert refresh(corpus, tmp_path / "index", newer).changes == ()


def test_a_renamed_file_embeds_nothing(bring: Bring, corpus: Path, tmp_path: Path) -> None:
    bring()
    (corpus / "a.txt").rename(corpus / "c.txt")
    report = bring()
    assert report.changes == (DocumentChange("a", "c.txt", "renamed", kept=2),)
    assert report.embeddings == 0
    assert LibrarySnapshot(tmp_path / "index").document("a").file == "c.txt"


def test_what_is_removed_cannot_be_found_in_the_files(bring: Bring, corpus: Path, tmp_path: Path) -> None:
    (corpus / "b.txt").write_text("Zanzibarquux consent.", encoding="utf-8")
    bring()
    (corpus / "b.txt").unlink()
    assert bring().changes == (DocumentChange("b", "b.txt", "removed", gone=1),)
    assert texts(tmp_path / "index") == ["A biobank has donors.", "Trust needs a campaign."]
    assert all(b"zanzibarquux" not in f.read_bytes().lower() for f in (tmp_path / "index").rglob("*") if f.is_file())


def test_a_file_that_cannot_be_read_is_listed_and_tried_again(bring: Bring, corpus: Path, tmp_path: Path) -> None:
    (corpus / "a.txt").write_text("", encoding="utf-8")
    report = bring()
    assert report.unread == (("a.txt", "it is empty"),)
    assert [c.id for c in report.changes] == ["b"]
    assert [(u.file, u.reason) for u in LibrarySnapshot(tmp_path / "index").unread()] == [("a.txt", "it is empty")]
    (corpus / "a.txt").write_text("Trust.", encoding="utf-8")
    assert [c.id for c in bring().changes] == ["a"]
    assert LibrarySnapshot(tmp_path / "index").unread() == ()


def test_a_document_that_became_empty_leaves_nothing(bring: Bring, corpus: Path, tmp_path: Path) -> None:
    bring()
    (corpus / "b.txt").write_text("", encoding="utf-8")
    bring()
    assert texts(tmp_path / "index") == ["A biobank has donors.", "Trust needs a campaign."]


def test_another_encoder_refuses_to_mix(bring: Bring, corpus: Path, tmp_path: Path, workers: Workers) -> None:
    bring()
    workers.encoder.fingerprint = "words-2"  # type: ignore[misc]
    with pytest.raises(StaleLibrary, match="encoder words-1, now words-2 is set; run: assistant index --rebuild"):
        refresh(corpus, tmp_path / "index", workers)


def test_only_one_writer(bring: Bring, tmp_path: Path) -> None:
    bring()
    with LibraryWriter(tmp_path / "index"), pytest.raises(LibraryBusy, match="another process is writing"):
        LibraryWriter(tmp_path / "index")


def test_no_library_yet(tmp_path: Path) -> None:
    with pytest.raises(NoLibrary, match="run: assistant index"):
        LibrarySnapshot(tmp_path / "nowhere")


def test_a_snapshot_keeps_its_revision_and_the_holder_gives_the_new_one(
    bring: Bring, corpus: Path, tmp_path: Path
) -> None:
    bring()
    holder = SnapshotHolder(tmp_path / "index")
    old = holder.current()
    assert holder.current() is old
    (corpus / "b.txt").write_text("A register holds data.", encoding="utf-8")
    bring()
    new = holder.current()
    assert (old.revision, new.revision) == (2, 3)
    assert "A law on consent was passed." in [p.text for p in old.passages(range(3))]
    assert "A register holds data." in [p.text for p in new.passages(range(3))]


@pytest.mark.parametrize("stop_at", range(1, 5))
def test_killed_at_any_commit_the_library_is_whole(corpus: Path, tmp_path: Path, stop_at: int) -> None:
    """Kill −9 in the middle of the n-th transaction; the next refresh completes to the same as a build from nothing."""
    script = f"""
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from tests.indexing import conftest as c
from assistant.indexing.refresh import Workers, refresh
count = 0
def hook(name):
    global count
    count += 1
    if count == {stop_at}:
        os.kill(os.getpid(), signal.SIGKILL)
w = Workers(c.read, c.describe, lambda d, s: replace(d, file=s.file), c.cut, c.CountingEncoder(), frozenset({{".txt"}}),
            "tokens=120 overlap=1", fault=hook)
refresh(Path({str(corpus)!r}), Path({str(tmp_path / "index")!r}), w)
"""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False
    )
    assert done.returncode == -9
    from tests.indexing import conftest

    workers = Workers(
        conftest.read, conftest.describe, lambda d, s: replace(d, file=s.file), conftest.cut,
        conftest.CountingEncoder(), frozenset({".txt"}), "tokens=120 overlap=1",
    )  # fmt: skip
    refresh(corpus, tmp_path / "index", workers)
    refresh(corpus, tmp_path / "fresh", workers)
    assert texts(tmp_path / "index") == texts(tmp_path / "fresh")
