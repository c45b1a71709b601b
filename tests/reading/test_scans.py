"""Scanned pages: recognised where tesseract is installed, named as unread where it is not."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pytest

from assistant.errors import UnreadableDocument
from assistant.geometry import boxes_of, unpack
from assistant.reading.paint import render_page
from assistant.reading.reader import read_document
from assistant.reading.sentences import split_sentences
from tests.reading.makers import FIRST, SECOND, paragraph, show, write_pdf


def scanned(folder: Path) -> Path:
    """Make a PDF whose first page has text and whose second is the picture of a page."""
    import pypdf
    from PIL import Image

    drawn = write_pdf(folder / "drawn.pdf", [show("Trust and data", 60, 760, 18) + paragraph(SECOND, 60, 700)])
    image = Image.open(BytesIO(render_page(drawn, 1, scale=2.5))).convert("L")
    image.save(folder / "picture.pdf", resolution=180)
    writer = pypdf.PdfWriter(clone_from=write_pdf(folder / "text.pdf", [paragraph(FIRST, 60, 700)]))
    writer.append(folder / "picture.pdf")
    writer.write(folder / "mixed.pdf")
    return folder / "mixed.pdf"


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_scanned_page_is_recognised_with_its_boxes(tmp_path: Path) -> None:
    reading = read_document(scanned(tmp_path))
    first, second = reading.pages
    assert (first.ocr, second.ocr) == (False, True)
    assert [second.text[s.start : s.end] for s in split_sentences(second)] == list(SECOND)
    assert reading.warnings == ("scanned: page 2; the text was recognised by a machine (OCR) and may be wrong",)
    start = second.text.index("Hospitals")
    (box,) = boxes_of(unpack(second.geometry), start, start + 9)
    assert box == pytest.approx((60, 842 - 676 - 8, 102, 842 - 676 + 2), abs=3)


def test_without_tesseract_the_page_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scanned(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    reading = read_document(path)
    assert reading.pages[0].text == " ".join(FIRST)
    assert reading.pages[1].text == ""
    assert reading.warnings == (
        "not read: page 2, scanned without a text layer; install tesseract-ocr to have them recognised",
    )


def test_a_scan_throughout_is_no_success_without_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scanned(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableDocument, match=r"no text layer.*install tesseract-ocr"):
        read_document(tmp_path / "picture.pdf")


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_recognition_stops_in_time(tmp_path: Path) -> None:
    reading = read_document(scanned(tmp_path), seconds=1.0)
    assert reading.pages[0].text == " ".join(FIRST)
    assert reading.warnings == (
        "not read: page 2, scanned without a text layer; recognising all of them takes too long; raise read_seconds",
    )
