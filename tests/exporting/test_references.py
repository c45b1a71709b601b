"""The sources for reference managers: worked out by hand, read back by a citation processor, and nothing breaks out."""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.bibtex import BibTeX
from citeproc.source.json import CiteProcJSON

from assistant.exporting.frame import Stamp
from assistant.exporting.references import of_answer, of_matrix, records_of, to_bibtex, to_csl, to_ris
from assistant.model import Citation, Document
from tests.exporting.made import ANSWER, DAY, HOSTILE, MATRIX, STAMP, citation

LAW = Document(
    "fi-laki", "fi.pdf", "c" * 64, "Genome Act", "Ministry of Social Affairs & Health", "FI", ("FI",),
    "national-strategy", 2018, "fi", address="https://example.org/laki?a=1&b={2}", original_title="Genomilaki 100 %",
)  # fmt: skip
KNOWN = Stamp(DAY, STAMP.made_of, {"fi-laki": LAW})
CITED = (
    citation(1, "fi-laki", 2018, "Laki tulee voimaan.", 4, "iv"),
    citation(2, "fi-laki", 2018, "Toinen kohta.", 9, "9"),
)
STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-GB">
  <info><title>Small</title><id>small</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout prefix="(" suffix=")"><text variable="title"/>
    <date variable="issued" prefix=", "><date-part name="year"/></date></layout></citation>
  <bibliography><layout>
    <names variable="author" suffix=". "><name/></names><text variable="title" suffix=". "/>
    <text variable="genre" suffix=". "/><text variable="publisher"/>
    <date variable="issued" prefix=", "><date-part name="year"/></date>
    <text variable="page" prefix=", p. " suffix=". "/><text variable="URL"/>
    <date variable="accessed" prefix=" (" suffix=")"><date-part name="year"/><date-part name="month" form="numeric-leading-zeros" prefix="-"/><date-part name="day" form="numeric-leading-zeros" prefix="-"/></date>
  </layout></bibliography>
</style>"""  # noqa: E501
BAD = 'A}, title = {B\n\rER  - \nTY  - BOOK {\\x} "q" 100% #$_~^&'


def test_ris_is_what_stands_here() -> None:
    assert to_ris(CITED, KNOWN).decode().split("\r\n") == [
        "TY  - RPRT", "ID  - fi-laki", "TI  - Genomilaki 100 %", "TT  - Genome Act",
        "PB  - Ministry of Social Affairs & Health", "PY  - 2018", "M3  - National strategy", "SP  - iv, 9", "LA  - fi",
        "UR  - https://example.org/laki?a=1&b=%7B2%7D", "Y2  - 2026/11/25", "N1  - “Laki tulee voimaan.” (p. iv)",
        "N1  - “Toinen kohta.” (p. 9)", "ER  - ", "", "",
    ]  # fmt: skip


def test_bibtex_is_what_stands_here() -> None:
    assert to_bibtex(CITED, KNOWN).decode().split("\n") == [
        "@techreport{fi-laki,",
        "  title = {{Genomilaki 100 \\%}},",
        "  institution = {{Ministry of Social Affairs \\& Health}},",
        "  year = {2018},",
        "  type = {National strategy},",
        "  pages = {iv, 9},",
        "  language = {fi},",
        "  url = {https://example.org/laki?a=1&b=%7B2%7D},",
        "  urldate = {2026-11-25},",
        "  note = {English title: Genome Act},",
        "  annote = {“Laki tulee voimaan.” (p. iv) “Toinen kohta.” (p. 9)},",
        "}",
        "",
    ]


def test_a_citation_processor_writes_the_reference(tmp_path: Path) -> None:
    (item,) = json.loads(to_csl(CITED, KNOWN))
    (tmp_path / "style.csl").write_text(STYLE, encoding="utf-8")
    style = CitationStylesStyle(str(tmp_path / "style.csl"), validate=False)
    source = CiteProcJSON([{k: v for k, v in item.items() if k != "annote"}])
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    cited = Cited([CitationItem(item["id"])])
    bibliography.register(cited)
    assert str(bibliography.cite(cited, print)) == "(Genomilaki 100 %, 2018)"
    (line,) = map(str, bibliography.bibliography())
    assert line == (
        "Genomilaki 100 %. National strategy. Ministry of Social Affairs & Health, 2018, p. iv, 9. "
        "https://example.org/laki?a=1&b=%7B2%7D (2026-11-25)"
    )


def test_bibtex_is_read_back_by_another_program(tmp_path: Path) -> None:
    words = re.sub(r"[{}\\^~]", "", BAD)  # its reader knows no macro that is ended by {}
    hostile = replace(LAW, title=words, original_title="", publisher=words)
    (tmp_path / "refs.bib").write_bytes(to_bibtex(CITED, replace(KNOWN, documents={"fi-laki": hostile})))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # fields that the reader does not know
        source = BibTeX(str(tmp_path / "refs.bib"), encoding="utf-8")
    assert list(source) == ["fi-laki"]


@pytest.mark.parametrize("words", [BAD, HOSTILE, "=1+1", "x" * 5000, "\u2028TY  - BOOK", "\x85ER  - "])
def test_no_words_of_a_document_end_a_field(words: str) -> None:
    hostile = replace(LAW, title=words, original_title=words, publisher=words, author=words, address=f"https://{words}")
    stamp = replace(KNOWN, documents={"fi-laki": hostile})
    cited = [replace(CITED[0], quote=words, label=words)]
    ris = to_ris(cited, stamp).decode()
    assert [line[:6] for line in ris.splitlines() if line[:2] in ("TY", "ER")] == ["TY  - ", "ER  - "]
    bib = to_bibtex(cited, stamp).decode()
    depths = [bib[: place + 1].count("{") - bib[: place + 1].count("}") for place in range(len(bib))]
    assert min(depths) == depths[-1] == 0
    assert depths.index(0, 12) == len(bib) - 2, "the entry ends at its last brace"
    assert len(json.loads(to_csl(cited, stamp))) == 1


def test_records_come_in_the_order_of_the_answer_and_leave_out_what_nothing_supports() -> None:
    assert [r.key for r in records_of(of_matrix(MATRIX), STAMP)] == ["old", "new"]
    (only,) = records_of(of_answer(ANSWER), STAMP)
    assert (only.key, only.address, only.pages) == ("old", "https://example.org/old", ("1",))
    (new,) = records_of([MATRIX.cells[0].quotes[1].citation], STAMP)
    assert new.address == "", "an address that is no web address is left out"


def test_a_body_that_speaks_is_the_author_and_a_country_is_none() -> None:
    body = replace(LAW, author="1+MG Working Group 6")
    (item,) = json.loads(to_csl(CITED, replace(KNOWN, documents={"fi-laki": body})))
    assert item["author"] == [{"literal": "1+MG Working Group 6"}]
    assert "author" not in json.loads(to_csl(CITED, KNOWN))[0]


def test_keys_of_two_documents_are_two() -> None:
    def key(identifier: str) -> str:
        cited: Citation = citation(1, identifier, 2020, "x")
        return records_of([cited], STAMP)[0].key

    assert key("ee-2021") == "ee-2021"
    assert key("łódź a") != key("łódź b")
    assert all(re.fullmatch(r"[A-Za-z0-9.-]+", key(name)) for name in ("łódź a", "Ελλάδα", "a,b{c}"))
