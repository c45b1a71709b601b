"""Each form holds the same matrix, carries its stamp and the note on levels, and lets no text do anything."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import docx
import openpyxl
import pytest

from assistant.evidence import NO_LEVEL, Matrix
from assistant.exporting import flat, page, text, word, workbook
from assistant.exporting.frame import Stamp, markdown, neutral, same_bytes, source
from tests.exporting.made import ANSWER, FORMULA, HOSTILE, MATRIX, QUOTES, STAMP

WRITERS: dict[str, Callable[[Matrix, Stamp], bytes]] = {
    "html": page.to_html, "xlsx": workbook.to_xlsx, "csv": flat.to_csv,
    "docx": word.matrix_docx, "md": text.matrix_markdown, "json": flat.to_json,
}  # fmt: skip


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\n@", "＝"])
def test_nothing_a_document_says_becomes_a_formula(start: str) -> None:
    assert neutral(f"{start}1+1") == f"'{start}1+1"


def test_plain_text_and_numbers_stay_as_they_are() -> None:
    assert neutral("12 companies (−3 %)") == "12 companies (−3 %)"
    assert neutral("a\u202eb\x07c") == "abc"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("1. one", "1\\. one"), ("- dash", "\\- dash"), ("<b>&amp;", "\\<b\\>\\&amp;"), ("a_b*c", "a\\_b\\*c"),
        ("two\nlines", "two lines"), ("[x](javascript:y)", "\\[x\\](javascript:y)"),
    ],
)  # fmt: skip
def test_markdown_means_nothing(given: str, wanted: str) -> None:
    assert markdown(given) == wanted


def test_a_source_names_the_printed_page_only_where_it_differs() -> None:
    assert source(QUOTES[0].citation) == "Report old, 2021, page 2 (printed 1)"


@pytest.mark.parametrize("form", WRITERS)
def test_the_same_matrix_gives_the_same_bytes(form: str) -> None:
    assert WRITERS[form](MATRIX, STAMP) == WRITERS[form](MATRIX, STAMP)


def test_a_packed_file_depends_on_the_day_it_names_and_on_no_clock() -> None:
    packed = workbook.to_xlsx(MATRIX, STAMP)
    assert same_bytes(packed, STAMP.day) == packed
    assert same_bytes(packed, date(2026, 1, 1)) != packed


def test_csv_has_a_row_for_each_quotation_and_silence() -> None:
    raw = flat.to_csv(MATRIX, STAMP)
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [(r["code"], r["indicator"], r["strength"]) for r in rows] == [
        ("EE", "a", "direct"), ("EE", "a", "partial"), ("EE", "b", "direct"), ("EE", "c", "partial"),
        ("LV", "a", ""), ("LV", "b", ""), ("LV", "c", ""),
    ]  # fmt: skip
    assert rows[3]["quote"] == f"'{FORMULA}"
    assert [r["silence"] for r in rows[4:]] == ["nothing found in 1 document"] * 2 + ["no documents"]
    assert rows[0]["differs from"] == "Report new (2026)"
    assert {(r["maturity level"], r["exported"], r["library revision"], r["settings"]) for r in rows} == {
        ("not assigned", "2026-11-25", "9", "settings1")
    }


def test_json_is_what_scripts_rely_on() -> None:
    data = json.loads(flat.to_json(MATRIX, STAMP))
    assert data["note"] == NO_LEVEL
    assert data["library"] == {
        "revision": 9, "settings": "settings1", "encoder": "encoder1", "documents": 2, "exported": "2026-11-25",
    }  # fmt: skip
    first, last = data["cells"][0], data["cells"][-1]
    assert {k: first[k] for k in ("country", "indicator", "domain", "silence", "searched", "differing")} == {
        "country": "EE", "indicator": "a", "domain": "I", "silence": None, "searched": 4, "differing": [[0, 1]],
    }  # fmt: skip
    assert first["quotes"][1] == {
        "text": "13 companies take part.", "document": "new", "file": "documents/new.pdf", "page": 3, "label": "ii",
        "year": 2026, "strength": "partial", "title": "Report new", "address": "javascript:alert(1)",
    }  # fmt: skip
    assert (last["quotes"], last["silence"], last["searched"]) == ([], "no-documents", 0)


def test_the_workbook_has_grid_evidence_and_origin_with_filters() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.to_xlsx(MATRIX, STAMP)))
    assert book.sheetnames == ["Matrix", "Evidence", "About"]
    grid, evidence, about = (book[name] for name in book.sheetnames)
    assert [[cell.value for cell in row] for row in grid.iter_rows()] == [
        ["Country", "I · Lead body", "I · Plan", "II · Budget"],
        ["Estonia", "2 quotes from 2 documents, 2021–2026 (direct); sources differ",
         "1 quote from 1 document, 2021 (direct)", "1 quote from 1 document, 2021 (partial)"],
        ["Latvia", "nothing found in 1 document", "nothing found in 1 document", "no documents"],
    ]  # fmt: skip
    assert (grid.auto_filter.ref, evidence.auto_filter.ref) == ("A1:D3", "A1:P8")
    quote = next(cell for cell in evidence["G"] if "HYPERLINK" in str(cell.value))
    assert (quote.value, quote.data_type) == (f"'{FORMULA}", "s")
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    facts = {row[0].value: row[1].value for row in about.iter_rows(max_row=8)}
    assert (facts["Note"], facts["Library revision"], facts["Exported"]) == (NO_LEVEL, 9, "2026-11-25")


def paragraphs(packed: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(packed)).paragraphs]


def test_the_document_numbers_its_references_and_repeats_them_in_the_appendix() -> None:
    lines = paragraphs(word.matrix_docx(MATRIX, STAMP))
    assert lines[:3] == ["Small <grid>", STAMP.line(), NO_LEVEL]
    assert "“12 companies take part.” [1] (Report old, 2021, page 2; direct)" in lines
    assert "Sources differ: Report old (2021), Report new (2026)." in lines
    assert "Nothing found in 1 document: Lead body, Plan." in lines
    assert "No documents: Budget." in lines
    appendix = lines[lines.index("Appendix: evidence") :]
    assert appendix[2] == (
        "[1] Report old, 2021, page 2 (printed 1). File documents/old.pdf. https://example.org/old "
        "Estonia · Lead body · direct."
    )
    assert appendix[3] == "“12 companies take part.”"
    assert sum(line.startswith("[") for line in appendix) == 4


def test_a_quotation_that_serves_two_cells_keeps_its_number() -> None:
    cells = (MATRIX.cells[0], replace(MATRIX.cells[1], quotes=QUOTES[:1]))
    lines = paragraphs(word.matrix_docx(replace(MATRIX, cells=(*cells, *MATRIX.cells[2:])), STAMP))
    assert lines.count("“12 companies take part.” [1] (Report old, 2021, page 2; direct)") == 2
    (head,) = [line for line in lines if line.startswith("[1]")]
    assert head.endswith("Estonia · Lead body · direct; Estonia · Plan · direct.")


def test_an_answer_leaves_without_what_nothing_supports() -> None:
    for written in (
        "\n".join(paragraphs(word.answer_docx(ANSWER, STAMP))), text.answer_markdown(ANSWER, STAMP).decode()
    ):  # fmt: skip
        assert "12 companies take part." in written
        assert "Everybody" not in written
        assert "13 companies" not in written, "a reference only an unsupported statement used is left out too"
        assert "Nothing found for Latvia" in written
        assert "library revision 9 · settings settings1" in written
        assert "https://example.org/old" in written


def test_the_page_escapes_everything_and_loads_nothing() -> None:
    html = page.to_html(MATRIX, STAMP).decode()
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "javascript:" not in html, "an address that is no web address is not linked"
    assert 'href="https://example.org/old"' in html
    assert "\u202e" not in html
    assert "<strong>Sources differ: Report old (2021), Report new (2026).</strong>" in html
    assert "default-src &#x27;none&#x27;" in html or "default-src 'none'" in html
    assert NO_LEVEL in html


def test_markdown_shows_coverage_then_cells_then_silences() -> None:
    lines = text.matrix_markdown(MATRIX, STAMP).decode().split("\n")
    assert "| Estonia | 2/2 (2 doc.) | 1/1 (1 doc.) |" in lines
    assert "| Latvia | 0/2 (0 doc.) | no documents |" in lines
    assert "- “12 companies take part.” — Report old, 2021, page 2 (printed 1); direct" in lines
    assert "*Nothing found in 1 document:* Lead body, Plan." in lines
    assert re.search(r"(?<!\\)<", "\n".join(lines)) is None, f"every < of {HOSTILE!r} is escaped"
