"""A folder full of hostile files: each ends in the library or in the list with its reason, and the rest goes on."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from assistant.indexing.refresh import ChangeReport, refresh
from assistant.reading.guard import read_many, render_guarded
from assistant.settings import Settings
from assistant.wiring.library import workers_of
from tests.fakes import VOCABULARY, WordEncoder
from tests.hostile import makers
from tests.reading.makers import FIRST, paragraph, show, write_pdf

NO_TEXT = "it has no text layer (a scan or a drawing)"
BOMBS = {
    "deflate.pdf": (makers.deflate_bomb, {NO_TEXT, "it needs more memory than allowed"}),
    "double.pdf": (makers.double_bomb, {NO_TEXT}),
    "tree.pdf": (makers.page_tree_cycle, {NO_TEXT}),
    "count.pdf": (makers.endless_count, {NO_TEXT}),
    "pages.pdf": (makers.one_page_many_times, {"it has 200,000 pages, more than 3,000"}),
    "previous.pdf": (makers.previous_cycle, {NO_TEXT}),
    "deep.pdf": (makers.deep_arrays, {NO_TEXT}),
}
HANGS = {"itself.pdf": makers.self_drawing, "fan.pdf": makers.fan_out}
NAMES = [
    "line\nbreak.txt",
    "quote\"s'.txt",
    "turned \u202etxt.fdp.txt",
    "<img src=x onerror=alert(1)>.txt",
    "semi;colon && $(touch x) `y`.txt",
    "percent%2e%2e.txt",
    " leading and trailing .txt",
    "ünïcödé-日本語.txt",
    "n" * 251 + ".txt",
    "Case.txt",
    "case.txt",
]


def build(corpus: Path, index: Path, seconds: float = 20.0) -> ChangeReport:
    settings = Settings(corpus=corpus, index=index, read_seconds=seconds, workers=1)
    return refresh(corpus, index, workers_of(settings, WordEncoder(VOCABULARY), lambda event: None))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "good.txt").write_text("Estonia built public trust in genomics over decades.")
    return tmp_path / "corpus"


def test_bombs_end_with_a_reason_and_the_rest_goes_on(corpus: Path, tmp_path: Path) -> None:
    for name, (make, _) in BOMBS.items():
        make(corpus / name)
    report = build(corpus, tmp_path / "index")
    assert [change.file for change in report.changes] == ["good.txt"]
    reasons = dict(report.unread)
    assert set(reasons) == set(BOMBS)
    assert {name for name, (_, wanted) in BOMBS.items() if reasons[name] not in wanted} == set()


def test_hanging_files_are_ended_for_text_and_for_the_picture(corpus: Path) -> None:
    hostile = [make(corpus / name) for name, make in HANGS.items()]
    found = dict(read_many([*hostile, corpus / "good.txt"], workers=1, seconds=1))
    reasons = [str(found[path]) for path in hostile]
    assert all("longer than 1 seconds" in why or "the reader stopped on it" in why for why in reasons)
    assert "Estonia" in found[corpus / "good.txt"].pages[0].text  # type: ignore[union-attr]
    from assistant.errors import UnreadableDocument

    with pytest.raises(UnreadableDocument):
        render_guarded(hostile[0], 1, seconds=1)
    good = write_pdf(corpus / "good.pdf", [show("Words.", 60, 700)])
    assert render_guarded(good, 1, scale=0.2).startswith(b"\x89PNG")


def test_a_million_operators_take_bounded_time(corpus: Path) -> None:
    path = makers.million_operators(corpus / "operators.pdf")
    (_, reading) = next(iter(read_many([path], workers=1, seconds=60)))
    assert sum(len(page.text) for page in reading.pages) < 60_000  # type: ignore[union-attr]


def test_wrong_names_broken_files_and_things_that_are_no_files(corpus: Path, tmp_path: Path) -> None:
    whole = write_pdf(tmp_path / "whole.pdf", [paragraph(FIRST, 60, 700)]).read_bytes()
    writer = pypdf.PdfWriter(clone_from=tmp_path / "whole.pdf")
    writer.encrypt("key")
    writer.write(corpus / "locked.pdf")
    (corpus / "really-a-pdf.txt").write_bytes(whole)
    (corpus / "junk-before.pdf").write_bytes(b"\n% some mail header\n" * 3 + whole)
    (corpus / "cut.pdf").write_bytes(whole[: len(whole) // 3])
    (corpus / "nothing.pdf").write_bytes(b"")
    (corpus / "blank.md").write_text(" \n")
    (corpus / "picture.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50)
    (corpus / "program.txt").write_bytes(b"\x7fELF" + bytes(range(256)))
    (corpus / "noise.txt").write_bytes(bytes(range(256)) * 8)
    (corpus / "page.pdf").write_text("<!doctype html><html><body>no PDF</body></html>")
    (corpus / "folder.pdf").mkdir()
    os.mkfifo(corpus / "pipe.pdf")
    report = build(corpus, tmp_path / "index")
    assert {change.file for change in report.changes} == {"good.txt", "really-a-pdf.txt", "junk-before.pdf"}
    assert dict(report.unread) == {
        "locked.pdf": "the file needs a password",
        "cut.pdf": "the file is damaged",
        "nothing.pdf": "the file is empty",
        "blank.md": "the file is empty",
        "picture.pdf": "it is no PDF but a picture, although its name says so",
        "program.txt": "it is a program; such files are not read",
        "noise.txt": "it is no text; such files are not read",
        "page.pdf": "it is no PDF but a web page, although its name says so",
        "folder.pdf": "it is a folder, although its name says that it is a document",
        "pipe.pdf": "it is no file but a device or a pipe",
    }


def test_links_are_not_followed_out_of_the_folder(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Secret words of another folder.")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "b.txt").write_text("More secret words.")
    (corpus / "link.txt").symlink_to(tmp_path / "secret.txt")
    (corpus / "zero.txt").symlink_to("/dev/zero")
    (corpus / "folder").symlink_to(tmp_path / "outside")
    (corpus / "gone.txt").symlink_to(corpus / "not-there.txt")
    (corpus / "loop").symlink_to(corpus)
    report = build(corpus, tmp_path / "index")
    assert [change.file for change in report.changes] == ["good.txt"]
    assert b"Secret" not in (tmp_path / "index" / "library.sqlite3").read_bytes()
    assert {file for file, _ in report.unread} <= {"gone.txt"}


@pytest.mark.skipif(os.name != "posix" or os.getuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_listed(corpus: Path, tmp_path: Path) -> None:
    (corpus / "closed.txt").write_text("Closed words.")
    (corpus / "closed.txt").chmod(0)
    assert dict(build(corpus, tmp_path / "index").unread) == {
        "closed.txt": "the file cannot be opened (Permission denied)"
    }


def test_names_of_every_kind(corpus: Path, tmp_path: Path) -> None:
    for number, name in enumerate(NAMES):
        (corpus / name).write_text(f"Fact number {number} about genomics in Finland.")
    report = build(corpus, tmp_path / "index")
    assert report.unread == ()
    assert {change.file for change in report.changes} == {"good.txt", *NAMES}
    with sqlite3.connect(tmp_path / "index" / "library.sqlite3") as library:
        ids = [identifier for (identifier,) in library.execute("SELECT id FROM documents")]
    assert len(set(ids)) == len(NAMES) + 1
    assert all(identifier.isascii() and "/" not in identifier for identifier in ids)


def test_a_name_that_is_no_text_is_listed(corpus: Path, tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(corpus) + b"/caf\xe9.txt")).write_text("A fact.")
    except OSError:
        pytest.skip("this file system takes only names that are text")
    report = build(corpus, tmp_path / "index")
    assert [change.file for change in report.changes] == ["good.txt"]
    assert [file for file, _ in report.unread] == ["caf\\udce9.txt"]


def test_the_reader_has_no_network(tmp_path: Path) -> None:
    code = (
        "import socket\n"
        "server = socket.socket(); server.bind(('127.0.0.1', 0)); server.listen(); port = server.getsockname()[1]\n"
        "from assistant.reading import worker\n"
        "worker._leave_network()\n"
        "try:\n    socket.create_connection(('127.0.0.1', port), 2)\n    print('open')\n"
        "except OSError as problem:\n    print(problem)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "a reader has no network"
