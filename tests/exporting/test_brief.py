"""A brief: order, comments and footnotes, in Word, on a page that prints, in Markdown."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from assistant.chat.forms import file_name, stem_of
from assistant.errors import SettingsError
from assistant.model import Answer, Statement
from assistant.originals import Original
from tests.desk import MemoryDesk

DAY = date(2026, 12, 1)


def answers() -> list[tuple[Answer, str]]:
    desk = MemoryDesk()
    estonia = desk.ask("How did Estonia win public trust?")
    digest = tuple(replace(c, digest=True, originals=(Original("Report & annex", 2021),)) for c in estonia.citations)
    doubtful = Statement("Nine centres.", (1,), supported=False)
    estonia = replace(estonia, citations=digest, statements=(*estonia.statements, doubtful))
    return [(desk.ask("What law did Finland draft on the genome centre?"), ""), (estonia, "Ask <them> at the dinner.")]


def test_a_word_brief_has_true_footnotes_numbered_through() -> None:
    pytest.importorskip("docx")
    saved = MemoryDesk().export_brief("Trust & law", answers(), "docx", DAY)
    with zipfile.ZipFile(io.BytesIO(saved)) as file:
        body, notes = file.read("word/document.xml").decode(), file.read("word/footnotes.xml").decode()
        assert "footnotes+xml" in file.read("[Content_Types].xml").decode()
        assert "footnotes.xml" in file.read("word/_rels/document.xml.rels").decode()
    count = body.count("<w:footnoteReference")
    assert count == notes.count("<w:footnoteRef/>") > 1
    assert [f'w:id="{number}"' in body for number in range(1, count + 1)] == [True] * count
    assert "Report &amp; annex (2021)" in notes
    assert notes.count("Seen 2026-12-01.") == count
    assert (
        body.index("genome centre?") < body.index("win public trust?") < body.index("Ask &lt;them&gt; at the dinner.")
    )
    assert "Nine centres" not in body
    assert saved == MemoryDesk().export_brief("Trust & law", answers(), "docx", DAY)


def test_a_page_that_prints_and_markdown_carry_the_same_notes() -> None:
    page = MemoryDesk().export_brief("Trust & law", answers(), "html", DAY).decode()
    text = MemoryDesk().export_brief("Trust & law", answers(), "md", DAY).decode()
    assert "<h1>Trust &amp; law</h1>" in page
    assert "<p>Ask &lt;them&gt; at the dinner.</p>" in page
    assert page.count('<li id="n') == page.count("<sup>") == text.count("]: ")
    assert "Nine centres" not in page + text
    assert text.startswith("# Trust \\& law")
    assert "Answered from the documents." in text


def test_sources_and_forms_of_a_brief() -> None:
    sources = MemoryDesk().export_brief("x", answers(), "ris", DAY).decode()
    assert sources.count("TY  - ") == 2
    with pytest.raises(SettingsError, match="docx"):
        MemoryDesk().export_brief("x", answers(), "exe", DAY)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Qui paie à Liège ?", "qui-paie-a-liege-2026-12-01.docx"),
        ("Ποιος;", "answer-2026-12-01.docx"),
        ("../" * 9 + "b" * 99, "b" * 60 + "-2026-12-01.docx"),
    ],
)
def test_file_names_say_the_question_and_the_day(words: str, name: str) -> None:
    assert file_name(stem_of(words, DAY), "docx") == name
