"""The plan in every category, the change report, the watched questions, the rebuild beside the old library."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.errors import LibraryBusy, StaleLibrary
from assistant.indexing import export, schema
from assistant.indexing.carriers import encoder_named
from assistant.indexing.changes import (
    ChangeReport,
    DocumentChange,
    KeptReport,
    QuestionChange,
    lines_of,
    list_reports,
    markdown_of,
    summary,
)
from assistant.indexing.check import check_library
from assistant.indexing.late_encoder import LateEncoder
from assistant.indexing.library import LibraryWriter
from assistant.indexing.plan import FileState, Known, plan, stamp_of, state_of
from assistant.indexing.rebuild import rebuild
from assistant.indexing.refresh import Workers, refresh
from assistant.indexing.scan import make_plan
from assistant.indexing.snapshot import LibrarySnapshot, SnapshotHolder
from assistant.model import Document, Scope
from assistant.settings import Settings
from tests.indexing.conftest import CountingEncoder

Bring = Callable[[], ChangeReport]


def state(file: str, sha256: str) -> FileState:
    return FileState(file, sha256, 1, "1")


def known(identifier: str, file: str, sha256: str) -> Known:
    return Known(identifier, file, sha256, 1, "1")


def test_two_files_that_change_places_are_renamed() -> None:
    found = plan([state("a", "2"), state("b", "1")], [known("a", "a", "1"), known("b", "b", "2")])
    assert found.renamed == ((state("a", "2"), "b"), (state("b", "1"), "a"))
    assert (found.changed, found.new, found.removed) == ((), (), ())


def test_an_old_version_put_aside_is_renamed_and_its_successor_new() -> None:
    found = plan([state("a", "2"), state("old/a", "1")], [known("a", "a", "1")])
    assert (found.renamed, found.new) == (((state("old/a", "1"), "a"),), (state("a", "2"),))


def test_unreadable_files_are_never_taken_for_each_other() -> None:
    found = plan([state("b", "unreadable")], [known("a", "a", "unreadable")])
    assert (found.renamed, found.removed) == ((), ("a",))


def test_a_file_too_fresh_to_be_trusted_has_no_stamp(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    info = file.stat()
    newest = max(info.st_mtime_ns, info.st_ctime_ns)
    assert stamp_of(info, newest + 1_999_999_999) == ""
    assert stamp_of(info, newest + 2_000_000_000) == f"{info.st_mtime_ns}-{info.st_ino}-{info.st_ctime_ns}"


def test_a_file_put_in_place_with_the_old_size_and_time_is_read_again(tmp_path: Path) -> None:
    for name, text in (("a.txt", "old"), ("b.txt", "new")):
        (tmp_path / name).write_text(text)
        os.utime(tmp_path / name, ns=(1, 1))
    before = state_of(tmp_path / "a.txt", tmp_path, {})
    assert before is not None
    os.replace(tmp_path / "b.txt", tmp_path / "a.txt")
    after = state_of(tmp_path / "a.txt", tmp_path, {"a.txt": Known("a", "a.txt", before.sha256, 3, before.stamp)})
    assert after is not None and after.sha256 != before.sha256


def test_a_file_that_is_gone_meanwhile_has_no_state(tmp_path: Path) -> None:
    assert state_of(tmp_path / "a.txt", tmp_path, {}) is None


def test_new_metadata_is_taken_over_without_reading(
    bring: Bring, corpus: Path, tmp_path: Path, workers: Workers
) -> None:
    bring()

    def later(document: Document, found: FileState) -> Document:
        return replace(document, publisher="Ministry") if document.id == "a" else document

    renewed = replace(workers, redescribe=later, read=lambda paths: iter(()) if not paths else pytest.fail("read"))
    connection = schema.connect(tmp_path / "index", write=False)
    todo = make_plan(corpus, connection, workers.suffixes, later)
    connection.close()
    assert [(s.file, i) for s, i in todo.metadata] == [("a.txt", "a")]
    assert [s.file for s, _ in todo.unchanged] == ["b.txt"]
    report = refresh(corpus, tmp_path / "index", renewed)
    assert report.changes == (DocumentChange("a", "a.txt", "metadata", kept=2),)
    assert report.embeddings == 0
    assert LibrarySnapshot(tmp_path / "index").document("a").publisher == "Ministry"
    assert check_library(tmp_path / "index").problems == ()


def test_a_new_title_is_embedded_anew(bring: Bring, corpus: Path, tmp_path: Path, workers: Workers) -> None:
    bring()
    renewed = replace(
        workers,
        redescribe=lambda d, s: replace(d, title="Other"),
        describe=lambda *given: replace(workers.describe(*given), title="Other"),
    )
    report = refresh(corpus, tmp_path / "index", renewed)
    assert [c.change for c in report.changes] == ["changed", "changed"]
    assert report.embeddings == 3


def test_the_plan_of_a_library_that_is_not_there(corpus: Path, workers: Workers) -> None:
    todo = make_plan(corpus, None, workers.suffixes, workers.redescribe)
    assert [s.file for s in todo.new] == ["a.txt", "b.txt"]
    assert not todo.is_empty


def test_three_hundred_renames_embed_nothing_and_are_one_revision(
    corpus: Path, tmp_path: Path, workers: Workers, encoder: CountingEncoder
) -> None:
    for number in range(300):
        (corpus / f"n{number}.txt").write_text(f"Trust number {number}.", encoding="utf-8")
    first = refresh(corpus, tmp_path / "index", workers)
    encoder.embedded.clear()
    (corpus / "moved").mkdir()
    for number in range(300):
        (corpus / f"n{number}.txt").rename(corpus / "moved" / f"m{number}.txt")
    report = refresh(corpus, tmp_path / "index", workers)
    assert (encoder.embedded, report.embeddings) == ([], 0)
    assert (len(report.changes), report.after) == (300, first.after + 1)


def test_report_lines_and_markdown() -> None:
    report = ChangeReport(
        3, 5, (DocumentChange("b", "b.txt", "removed", gone=2), DocumentChange("a", "a`.txt", "added", 1)),
        (("c.txt", "it is empty"),), 1, 0.25,
        (QuestionChange("s1", "Who pays?", ("b.txt, page 1",), ("a.txt, page 1",)),), 7, ("a note",),
    )  # fmt: skip
    assert lines_of(report) == [
        "added: a`.txt (+1 −0 =0 passages)",
        "removed: b.txt (+0 −2 =0 passages)",
        "unread: c.txt: it is empty",
        "1 of 7 watched questions have other closest passages",
        "question “Who pays?”: now a.txt, page 1, no longer b.txt, page 1",
        "a note",
    ]
    text = markdown_of(report, datetime(2026, 1, 2, 3, 4, tzinfo=UTC))
    assert text.startswith("# Library revision 5\n\n2026-01-02 03:04 UTC, from revision 3.\n\n- `added: a'.txt")
    assert text.endswith("2 documents changed, 1 unread, 1 passage embedded in 0.2 s.\n")
    assert summary(report).startswith("Library revision 5: 2 documents changed")


def test_reports_are_kept_newest_first(bring: Bring, corpus: Path, tmp_path: Path) -> None:
    assert list_reports(tmp_path / "index") == []
    bring()
    (corpus / "b.txt").unlink()
    bring()
    bring()
    kept = list_reports(tmp_path / "index")
    assert [report.revision for report in kept] == [3, 2]
    assert isinstance(kept[0], KeptReport) and "removed: b.txt" in kept[0].text
    assert [report.revision for report in list_reports(tmp_path / "index", limit=1)] == [3]


def test_a_watched_question_with_other_evidence_is_named(corpus: Path, tmp_path: Path, workers: Workers) -> None:
    asked = replace(workers, questions=lambda: [("q1", "law consent"), ("q2", "campaign trust"), ("q3", "donor")])
    for number in range(30):
        (corpus / f"n{number}.txt").write_text("A nurse and a register.", encoding="utf-8")
    first = refresh(corpus, tmp_path / "index", asked)
    assert (first.questions, first.watched) == ((), 3)
    (corpus / "new.txt").write_text("The law on consent.", encoding="utf-8")
    second = refresh(corpus, tmp_path / "index", asked)
    assert [question.id for question in second.questions] == ["q1"]
    assert "new.txt, page 1" in second.questions[0].after and "new.txt, page 1" not in second.questions[0].before
    (corpus / "new.txt").unlink()
    third = refresh(corpus, tmp_path / "index", asked)
    assert [(q.id, "new.txt, page 1" in q.before, "new.txt, page 1" in q.after) for q in third.questions] == [
        ("q1", True, False)
    ]
    (corpus / "n3.txt").rename(corpus / "elsewhere.txt")
    assert refresh(corpus, tmp_path / "index", asked).questions == ()


def test_watching_by_difference_equals_watching_afresh(corpus: Path, tmp_path: Path, workers: Workers) -> None:
    words = ["trust", "law", "nurse", "donor", "budget", "data", "panel", "centre"]
    asked = replace(workers, questions=lambda: [(word, f"{word} {words[i - 1]}") for i, word in enumerate(words)])
    for step in range(6):
        for number in range(step * 7, step * 7 + 9):
            text = f"{words[number % 8]} {words[(number * step) % 8]} {words[(number + step) % 8]}."
            (corpus / f"n{number % 30}.txt").write_text(text, encoding="utf-8")
        (corpus / f"n{step}.txt").unlink(missing_ok=True)
        found = refresh(corpus, tmp_path / "index", asked)
    refresh(corpus, tmp_path / "fresh", asked)
    (corpus / "last.txt").write_text("donor budget.", encoding="utf-8")
    found = refresh(corpus, tmp_path / "index", asked)
    afresh = refresh(corpus, tmp_path / "fresh", asked)
    assert {q.id: set(q.after) for q in found.questions} == {q.id: set(q.after) for q in afresh.questions}
    assert found.questions


def test_a_rebuild_answers_meanwhile_and_goes_on_where_it_stopped(
    bring: Bring, corpus: Path, tmp_path: Path, workers: Workers, encoder: CountingEncoder
) -> None:
    (corpus / "0.txt").write_text("\n\n".join(f"Trust in {number}." for number in range(50)), encoding="utf-8")
    bring()
    holder = SnapshotHolder(tmp_path / "index")
    old, before = holder.current(), len(encoder.embedded)
    seen: list[int] = []

    def stop(name: str) -> None:
        if name == "COMMIT":
            seen.append(holder.current().count(Scope())[1])
        if len(seen) == 3:  # the tables and the first document are in
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(corpus, tmp_path / "index", replace(workers, fault=stop))
    assert set(seen) == {before} and holder.current() is old
    encoder.embedded.clear()
    report = rebuild(corpus, tmp_path / "index", workers)
    assert len(encoder.embedded) == 3  # what was built beside the old library is not built again
    assert (report.before, report.after) == (3, 4)
    assert holder.current().revision == 4
    assert not (tmp_path / "index" / ".rebuild").exists()
    assert check_library(tmp_path / "index").problems == ()


def test_a_rebuild_with_another_encoder_replaces_a_stale_library(
    bring: Bring, corpus: Path, tmp_path: Path, workers: Workers
) -> None:
    bring()
    workers.encoder.fingerprint = "words-2"  # type: ignore[misc]
    with pytest.raises(StaleLibrary, match="run: assistant index --rebuild"):
        refresh(corpus, tmp_path / "index", workers)
    rebuild(corpus, tmp_path / "index", workers)
    assert LibrarySnapshot(tmp_path / "index").encoder_fingerprint == "words-2"


def test_a_rebuild_over_a_file_that_is_no_library(bring: Bring, corpus: Path, tmp_path: Path, workers: Workers) -> None:
    bring()
    (tmp_path / "index" / schema.FILE).write_bytes(b"nonsense" * 4000)
    rebuild(corpus, tmp_path / "index", workers)
    assert check_library(tmp_path / "index").problems == ()


def test_an_index_of_an_unknown_format_is_refused(bring: Bring, tmp_path: Path) -> None:
    bring()
    with LibraryWriter(tmp_path / "index") as writer, writer.transaction():
        writer.set("format", "99")
    with pytest.raises(StaleLibrary, match="has format 99, wanted"):
        bring()


def as_format_1(index: Path) -> None:
    """Lay the library out as the first format did: smaller database pages, another number."""
    connection = sqlite3.connect(index / schema.FILE, isolation_level=None)
    for statement in (
        "PRAGMA journal_mode=DELETE", "PRAGMA page_size=4096", "VACUUM", "PRAGMA journal_mode=WAL",
        "UPDATE meta SET value = '1' WHERE name = 'format'",
    ):  # fmt: skip
        connection.execute(statement)
    connection.close()


def test_a_library_of_the_first_format_says_how_and_is_rebuilt(
    bring: Bring, corpus: Path, tmp_path: Path, workers: Workers
) -> None:
    bring()
    as_format_1(tmp_path / "index")
    with pytest.raises(StaleLibrary, match="has format 1, wanted 3; run: assistant index --rebuild"):
        bring()
    with pytest.raises(StaleLibrary, match="run: assistant index --rebuild"):
        LibrarySnapshot(tmp_path / "index")
    holding = schema.connect(tmp_path / "index", write=False)
    holding.execute("BEGIN")
    schema.meta_of(holding)
    with pytest.raises(LibraryBusy, match="stop it and run: assistant index --rebuild"):
        rebuild(corpus, tmp_path / "index", workers)
    holding.close()
    assert rebuild(corpus, tmp_path / "index", workers).after > 2
    assert check_library(tmp_path / "index").problems == ()


def test_the_late_encoder_knows_itself_before_it_is_loaded(encoder: CountingEncoder) -> None:
    late = LateEncoder(Settings(), lambda: pytest.fail("loaded"))
    known = encoder_named(Settings().encoder)
    assert known is not None
    assert (late.dimension, late.fingerprint) == (384, export.fingerprint_of(known.sha256, export.shape_named(known)))
    other = LateEncoder(Settings(encoder="some/model"), lambda: encoder)
    assert (other.dimension, other.fingerprint) == (encoder.dimension, "words-1")
    assert other.count_tokens(["a b"]) == [2] and other.token_limit == 256
    assert (other.encode_query("trust") == encoder.encode_query("trust")).all()
    assert len(other.encode_passages([""], ["trust"], [[(0, 5)]])) == 1


def test_segments_catch_up_while_a_large_corpus_comes_in(
    bring: Bring, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.indexing.refresh.DERIVE_EVERY", 50)
    for number in range(4):
        text = "\n\n".join(f"Trust {number} in {place}." for place in range(50))
        (corpus / f"n{number}.txt").write_text(text, encoding="utf-8")
    bring()
    found = check_library(tmp_path / "index")
    assert (found.problems, found.passages) == ((), 203)
    connection = sqlite3.connect(tmp_path / "index" / schema.FILE)
    assert sum(n for (n,) in connection.execute("SELECT passages FROM segments")) >= 200
    connection.close()
