"""Every file ends read or refused with a plain reason; offsets of text files are the file's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from assistant.errors import UnreadableDocument
from assistant.model import Reading
from assistant.reading.guard import read_guarded, read_many, render_guarded
from assistant.reading.letters import decoded
from assistant.reading.reader import read_document
from assistant.reading.sentences import split_sentences
from tests.reading.makers import FIRST, paragraph, show, write_hostile, write_pdf


def reason(path: Path) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(path)
    assert caught.value.file == path.name
    return caught.value.reason


def test_a_password_is_named(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=write_pdf(tmp_path / "open.pdf", [show("Secret words.", 60, 700)]))
    writer.encrypt("key")
    writer.write(tmp_path / "locked.pdf")
    assert reason(tmp_path / "locked.pdf") == "the file needs a password"


def test_a_file_that_only_forbids_printing_is_read(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=write_pdf(tmp_path / "open.pdf", [show("Readable words.", 60, 700)]))
    writer.encrypt("", owner_password="owner")
    writer.write(tmp_path / "owned.pdf")
    assert read_document(tmp_path / "owned.pdf").pages[0].text == "Readable words."


def test_damaged_empty_and_foreign_files(tmp_path: Path) -> None:
    whole = write_pdf(tmp_path / "whole.pdf", [show("Words.", 60, 700)]).read_bytes()
    (tmp_path / "cut.pdf").write_bytes(whole[:60])
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "page.pdf").write_text("<html>no PDF</html>")
    (tmp_path / "report.docx").write_bytes(b"PK\x03\x04rest")
    (tmp_path / "blank.txt").write_text(" \n\n ")
    assert reason(tmp_path / "cut.pdf") == "the file is damaged"
    assert reason(tmp_path / "empty.pdf") == "the file is empty"
    assert reason(tmp_path / "page.pdf") == "it is no PDF but a web page, although its name says so"
    assert reason(tmp_path / "blank.txt") == "the file is empty"
    assert "cannot be opened" in reason(tmp_path / "missing.pdf")
    assert reason(tmp_path / "report.docx") == "the file is damaged"


def test_a_drawing_is_no_success(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "drawing.pdf", ["0 0 1 rg 50 50 200 200 re f\n"])
    assert reason(path) == "it has no text layer (a scan or a drawing)"


def test_outline_labels_and_metadata(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "plain.pdf", [paragraph(FIRST, 60, 700)] * 3)
    writer = pypdf.PdfWriter(clone_from=path)
    writer.add_outline_item(title="Second part", page_number=1)
    writer.set_page_label(0, 1, style="/r")
    writer.set_page_label(2, 2, style="/D")
    writer.add_metadata({"/Title": "A strategy", "/CreationDate": "D:20230405120000Z"})
    writer.write(tmp_path / "rich.pdf")
    reading = read_document(tmp_path / "rich.pdf")
    assert reading.outline == ((1, "Second part", 2),)
    assert [page.label for page in reading.pages] == ["i", "ii", "1"]
    assert (reading.title, reading.created) == ("A strategy", "2023-04-05")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_file_is_stored_unchanged(tmp_path: Path, encoding: str) -> None:
    text = "Title of it\r\n\r\nFirst sentence – with “signs”.  Second one.\r\n\tThird line here.\r\n"
    path = tmp_path / "notes.txt"
    path.write_bytes(text.encode(encoding))
    page = read_document(path).pages[0]
    assert page.text == text
    found = [page.text[s.start : s.end] for s in split_sentences(page)]
    assert found == ["First sentence – with “signs”.", "Second one.", "Third line here."]


def test_one_cell_a_line_gives_one_sentence_a_line(tmp_path: Path) -> None:
    path = tmp_path / "matrix.txt"
    lines = ["Model of levels", "Governance", "No governance for genomics.", "Elements exist, not in use", "It works"]
    path.write_text("\n".join(lines))
    page = read_document(path).pages[0]
    found = [page.text[s.start : s.end] for s in split_sentences(page)]
    assert set(lines[2:4]) <= set(found)
    assert all("\n" not in text for text in found)


def test_markdown_headings_have_levels(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Plan\n\n## Money\n\nThe plan costs\nten million.\n\n- first aim\n- second aim\n")
    page = read_document(path).pages[0]
    found = [(block.kind, block.level, page.text[block.start : block.end]) for block in page.blocks]
    assert found == [
        ("title", 0, "Plan"),
        ("heading", 2, "Money"),
        ("paragraph", 0, "The plan costs\nten million."),
        ("bullet", 0, "first aim"),
        ("bullet", 0, "second aim"),
    ]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableDocument):
        decoded(b"ab\x00\x01cd", "x.txt")


def test_the_guard_gives_the_same_reading(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [paragraph(FIRST, 60, 700)])
    assert read_guarded(path) == read_document(path)


def test_a_hanging_file_is_ended_and_the_batch_goes_on(tmp_path: Path) -> None:
    hostile = write_hostile(tmp_path / "hostile.pdf")
    good = [write_pdf(tmp_path / f"{n}.pdf", [paragraph(FIRST, 60, 700)]) for n in range(2)]
    assert hostile.stat().st_size < 1000
    found = dict(read_many([hostile, *good], workers=1, seconds=1))
    assert isinstance(found[hostile], UnreadableDocument)
    assert "longer than 1 seconds" in str(found[hostile])
    assert [isinstance(found[path], Reading) for path in good] == [True, True]


def test_a_file_above_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"word " * 300_000)
    with pytest.raises(UnreadableDocument, match="too large"):
        read_guarded(path, largest_mib=1)


def test_the_page_image_marks_the_box_and_survives_a_hang(tmp_path: Path) -> None:
    from io import BytesIO

    from PIL import Image

    good = write_pdf(tmp_path / "a.pdf", [show("Words.", 60, 700)])
    image = Image.open(BytesIO(render_guarded(good, 1, [(100, 200, 150, 220)], 1.0)))
    assert image.size == (595, 842)
    assert image.getpixel((125, 210)) == (255, 232, 92)
    assert image.getpixel((300, 300)) == (255, 255, 255)
    with pytest.raises(UnreadableDocument):
        render_guarded(write_hostile(tmp_path / "hostile.pdf"), 1, seconds=1)
    assert render_guarded(good, 1, scale=0.2).startswith(b"\x89PNG")
    with pytest.raises(UnreadableDocument, match="no page 9"):
        render_guarded(good, 9)


def test_importing_the_guard_is_light() -> None:
    heavy = "('pypdf', 'pypdfium2', 'sentencex', 'PIL')"
    code = f"import sys, assistant.reading.guard; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
