"""What a Word file shows is read, what it does not show is left out and named."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from assistant.errors import UnreadableDocument
from assistant.model import Reading
from assistant.reading.reader import read_document
from assistant.reading.sentences import split_sentences
from tests.reading.word_makers import cell, para, run, table, write_docx

STRUCK = "struck-out or deleted text was left out"
STYLES = (
    '<w:style w:type="character" w:styleId="Old"><w:name w:val="Old"/><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Gone"><w:name w:val="Gone"/><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/><w:rPr><w:dstrike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
    '<w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
)


def read(tmp_path: Path, body: str, **parts: str) -> Reading:
    return read_document(write_docx(tmp_path / "a.docx", body, **parts))


def lines(reading: Reading) -> list[str]:
    return [page.text[b.start : b.end] for page in reading.pages for b in page.blocks]


@pytest.mark.parametrize(
    "gone",
    [
        run("50,000 ", "<w:strike/>"), run("50,000 ", "<w:dstrike/>"), run("50,000 ", '<w:rStyle w:val="Old"/>'),
        "<w:del><w:r><w:delText>50,000 </w:delText></w:r></w:del>", f"<w:moveFrom>{run('50,000 ')}</w:moveFrom>",
        f"<w:ins><w:del>{run('50,000 ')}</w:del></w:ins>",
    ],
)  # fmt: skip
def test_struck_and_deleted_words_are_no_text(tmp_path: Path, gone: str) -> None:
    body = para(run("Finland reads "), gone, f"<w:ins>{run('80,000')}</w:ins>", run(" genomes."))
    reading = read(tmp_path, body, styles=STYLES)
    assert lines(reading) == ["Finland reads 80,000 genomes."]
    assert reading.warnings == (STRUCK,)


def test_struck_styles_rows_and_cells_are_no_text(tmp_path: Path) -> None:
    body = para(run("Kept words."), run("No longer.", '<w:strike w:val="0"/>')) + para(
        run("All data are sold."), settings='<w:pStyle w:val="Gone"/>'
    )
    rows = table(
        cell("Country") + cell("Genomes"),
        "<w:trPr><w:del/></w:trPr>" + cell("Old") + cell("1"),
        cell("New") + cell("2"),
    )
    reading = read(tmp_path, body + rows, styles=STYLES)
    assert lines(reading) == ["Kept words.No longer.", "Country · Genomes", "New · 2"]


def test_a_deleted_end_of_a_paragraph_joins_the_two(tmp_path: Path) -> None:
    body = para(run("Finland reads "), settings="<w:rPr><w:del/></w:rPr>") + para(run("genomes."))
    assert lines(read(tmp_path, body)) == ["Finland reads genomes."]


def test_powers_indices_and_marks_are_no_digits(tmp_path: Path) -> None:
    high, low = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    body = para(
        run("It lists 10"), run("6", high), run(" variants, 450"), run("1", high), run("2", high), run(" genes, CO"),
        run("2", low), run(" and the 1"), run("st", high), run(" plan."),
    )  # fmt: skip
    assert lines(read(tmp_path, body)) == ["It lists 10⁶ variants, 450¹² genes, CO₂ and the 1st plan."]


def test_formulas_signs_fields_and_controls_are_read(tmp_path: Path) -> None:
    fraction = "<m:f><m:num><m:r><m:t>a+1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    power = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE 77</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("seven")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run(' labs')}</w:sdtContent></w:sdt>"
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>"
    sign = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    body = para(
        run("We take"), f"<m:oMath>{fraction}<m:r><m:t>=</m:t></m:r>{power}</m:oMath>", run("in "), field, control,
        empty, run(" at "), sign, run("30x and "), run("b", '<w:rFonts w:ascii="Symbol"/>'), run("."),
    )  # fmt: skip
    reading = read(tmp_path, body)
    assert lines(reading) == ["We take (a+1)/2=x² in seven labs at ≥30x and β."]
    assert reading.warnings == ()


def test_notes_stand_with_their_sentence(tmp_path: Path) -> None:
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{para(run("-"))}</w:footnote>'
        f'<w:footnote w:id="2">{para("<w:r><w:footnoteRef/></w:r>", run(" Law of 2023."))}</w:footnote>'
    )
    ends = f'<w:endnote w:id="3">{para(run("See annex."))}</w:endnote>'
    mark, end = '<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:r><w:endnoteReference w:id="3"/></w:r>'
    body = para(run("First one. Malta pays 450"), mark, run(" euros. Then more."), end)
    (page,) = read(tmp_path, body, footnotes=notes, endnotes=ends).pages
    found = [(page.text[s.start : s.end], page.text[slice(*s.lead)] if s.lead else "") for s in split_sentences(page)]
    assert found == [
        ("First one.", ""), ("Malta pays 450¹ euros.", ""), ("Then more.ⁱ", ""),
        ("¹ Law of 2023.", "Malta pays 450¹ euros."), ("ⁱ See annex.", "Then more.ⁱ"),
    ]  # fmt: skip


def test_merged_cells_stand_under_every_head(tmp_path: Path) -> None:
    two = '<w:gridSpan w:val="2"/>'
    body = table(
        cell("Country") + cell("Genomes 2023", two) + cell("Budget"),
        cell("") + cell("Planned") + cell("Done") + cell(""),
        cell("Latvia", '<w:vMerge w:val="restart"/>') + cell("700") + cell("650") + cell("41"),
        cell("", "<w:vMerge/>") + cell("900") + cell("") + cell("52"),
    )
    assert lines(read(tmp_path, body)) == [
        "Country · Genomes 2023 Planned · Genomes 2023 Done · Budget", "Latvia · 700 · 650 · 41",
        "Latvia · 900 · – · 52",
    ]  # fmt: skip


def test_numbers_before_headings_are_read(tmp_path: Path) -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="12"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Article %1"/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
        '<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>'
    )
    head = '<w:pStyle w:val="H1"/>'
    body = para(run("Consent"), settings=head) + para(run("Words.")) + para(run("Access"), settings=head)
    found = lines(read(tmp_path, body, styles=STYLES, numbering=numbering))
    assert found == ["Article 12 Consent", "Words.", "Article 13 Access"]


def test_headers_comments_and_drawn_words_are_named(tmp_path: Path) -> None:
    header = para(run("This plan replaces the plan of 2019.")) + para(run("Ministry"))
    link = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'
    word = '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="DRAFT"/></v:shape></w:pict>'
    body = para(run("Words."), '<w:r><w:commentReference w:id="1"/></w:r>', f"<w:r>{word}</w:r>") + link
    reading = read(tmp_path, body, header1=header)
    assert [(b.kind, reading.pages[0].text[b.start : b.end]) for b in reading.pages[0].blocks] == [
        ("side", "This plan replaces the plan of 2019."), ("running", "Ministry"), ("paragraph", "Words."),
    ]  # fmt: skip
    assert reading.warnings == ("comments were left out", "words drawn as a picture (WordArt) were left out")


def test_a_file_with_macros_is_read_like_any_other(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", para(run("Finland reads genomes.")))
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    kind = b"openxmlformats-officedocument.wordprocessingml.document.main"
    types = parts["[Content_Types].xml"].replace(kind, b"ms-word.document.macroEnabled.main")
    with zipfile.ZipFile(tmp_path / "a.docm", "w") as file:
        for name, data in {**parts, "[Content_Types].xml": types}.items():
            file.writestr(name, data)
    reading = read_document(tmp_path / "a.docm")
    assert (lines(reading), reading.title) == (["Finland reads genomes."], "")


def test_a_file_without_a_body_is_damaged(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", "")
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name).replace(b"w:body", b"w:bady") for name in file.namelist()}
    with zipfile.ZipFile(path, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)
    with pytest.raises(UnreadableDocument, match="damaged or no Word document"):
        read_document(path)
