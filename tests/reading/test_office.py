"""Word files: structure becomes blocks, page breaks pages; what the file hides stays out."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from assistant.errors import UnreadableDocument
from assistant.model import Page
from assistant.reading.guard import read_guarded
from assistant.reading.reader import read_document
from assistant.reading.sentences import split_sentences


def parts(page: Page) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, page.text[block.start : block.end]) for block in page.blocks]


def test_headings_items_tables_and_pages(tmp_path: Path) -> None:
    word = docx.Document()
    word.core_properties.title, word.core_properties.author = "A plan", "Ministry"
    word.add_heading("National plan", 0)
    word.add_heading("Governance", 1)
    word.add_paragraph("A council meets\tmonthly. It has two aims:")
    word.add_paragraph("build trust", style="List Bullet")
    word.add_paragraph("share data", style="List Number")
    table = word.add_table(3, 2)
    for row, cells in enumerate((("Country", "Genomes"), ("Estonia", "210 000"), ("Finland", "500 000"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    word.add_page_break()
    word.add_heading("Money", 2)
    word.add_paragraph("It costs ten million euros.")
    word.add_section(WD_SECTION.NEW_PAGE)
    word.add_heading("References", 1)
    word.add_paragraph("Smith J. A report. 2020.")
    word.save(str(tmp_path / "plan.docx"))
    reading = read_document(tmp_path / "plan.docx")
    assert parts(reading.pages[0]) == [
        ("title", 0, "National plan"),
        ("heading", 1, "Governance"),
        ("paragraph", 0, "A council meets monthly. It has two aims:"),
        ("bullet", 0, "build trust"),
        ("bullet", 0, "share data"),
        ("caption", 0, "Country · Genomes"),
        ("table", 0, "Estonia · 210 000"),
        ("table", 0, "Finland · 500 000"),
    ]
    assert parts(reading.pages[1]) == [("heading", 2, "Money"), ("paragraph", 0, "It costs ten million euros.")]
    assert parts(reading.pages[2]) == [("heading", 1, "References"), ("references", 0, "Smith J. A report. 2020.")]
    assert (reading.title, reading.author) == ("A plan", "Ministry")
    page = reading.pages[0]
    leads = [page.text[slice(*s.lead)] for s in split_sentences(page) if s.lead]
    assert leads == ["It has two aims:"] * 2 + ["Country · Genomes"] * 2
    assert [page.number for page in reading.pages] == [1, 2, 3]
    assert read_guarded(tmp_path / "plan.docx") == reading


def test_what_the_file_hides_stays_out(tmp_path: Path) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("Words that are seen. ")
    paragraph.add_run("Hidden words. ").font.hidden = True
    paragraph.add_run("White words. ").font.color.rgb = RGBColor(255, 255, 255)
    paragraph.add_run("Tiny words. ").font.size = Pt(1)
    paragraph.add_run("More\u200bover seen.")
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    text = OxmlElement("w:delText")
    text.text = "Deleted words."
    run.append(text)
    deleted.append(run)
    paragraph._p.append(deleted)
    word.save(str(tmp_path / "a.docx"))
    reading = read_document(tmp_path / "a.docx")
    assert reading.pages[0].text == "Words that are seen. Moreover seen."
    assert reading.warnings == (
        "hidden text was left out: marked as hidden, white or too small to read",
        "struck-out or deleted text was left out",
    )


def test_white_words_on_a_shaded_ground_are_seen(tmp_path: Path) -> None:
    word = docx.Document()
    run = word.add_paragraph().add_run("White on blue is seen.")
    run.font.color.rgb = RGBColor(255, 255, 255)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:fill"), "000080")
    run._r.get_or_add_rPr().append(shade)
    word.save(str(tmp_path / "a.docx"))
    assert read_document(tmp_path / "a.docx").pages[0].text == "White on blue is seen."


def test_contents_and_made_up_headings(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph().add_run("What we found").bold = True
    word.add_paragraph("Trust is high in Estonia.")
    word.add_heading("Contents", 1)
    word.add_paragraph("1 Trust 3")
    word.save(str(tmp_path / "a.docx"))
    assert [kind for kind, _, _ in parts(read_document(tmp_path / "a.docx").pages[0])] == [
        "heading", "paragraph", "heading", "contents",
    ]  # fmt: skip


def test_damaged_bombs_and_other_office_files(tmp_path: Path) -> None:
    def zipped(name: str, files: dict[str, bytes]) -> str:
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as file:
            for inner, data in files.items():
                file.writestr(inner, data)
        with pytest.raises(UnreadableDocument) as caught:
            read_document(tmp_path / name)
        return caught.value.reason

    assert zipped("a.docx", {"word/document.xml": b"<broken"}) == "the file is damaged or no Word document"
    bomb = zipped("b.docx", {"word/document.xml": b" " * 40_000_000})
    assert bomb == "the file unpacks to far more than it is (a bomb, or too large)"
    assert zipped("e.odt", {"mimetype": b"x", "content.xml": b"<x/>"}) == "the file is damaged or no OpenDocument file"
    assert zipped("g.epub", {"mimetype": b"x"}) == "it is an e-book; save it as PDF or .docx"
    (tmp_path / "f.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"\x01" * 600)
    with pytest.raises(UnreadableDocument, match=r"it is an old or encrypted Office file; save it"):
        read_document(tmp_path / "f.doc")
