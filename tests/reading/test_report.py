"""The reading report counts what was made of a document, and survives being stored."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from assistant.indexing.schema import document_from_text, document_to_text
from assistant.model import Block, Document, Page, Reading
from assistant.reading import report
from assistant.reading.reader import read_document
from assistant.reading.report import report_of
from assistant.reading.version import READING_VERSION
from assistant.report import ReadingReport, report_from

ENGLISH = "The ministry of health set up a national genomics council in the spring of 2021, and it meets every month. "
GERMAN = "Das Bundesministerium für Gesundheit hat im Frühjahr einen nationalen Beirat für Genommedizin eingerichtet. "


def page(number: int, parts: list[tuple[str, str]], ocr: bool = False) -> Page:
    text, blocks = "", []
    for kind, part in parts:
        blocks.append(Block(kind, len(text), len(text) + len(part)))  # type: ignore[arg-type]
        text += part
    return Page(number, str(number), text, tuple(blocks), ocr=ocr)


def test_the_report_counts() -> None:
    pages = (
        page(1, [("running", "abcde"), ("paragraph", ENGLISH * 3)]),
        page(2, []),
        page(3, [("paragraph", GERMAN * 3), ("references", "fghij")], ocr=True),
        page(4, [("table", "a1"), ("table", "b2"), ("paragraph", "few"), ("table", "c3")]),
    )
    report = report_of(Reading(pages))
    letters = sum(map(str.isalnum, ENGLISH * 3 + GERMAN * 3)) + 10 + 3 + 6
    assert report.letters == letters
    assert report.boilerplate == round(10 / letters, 3)
    assert (report.pages, report.without_text, report.recognised, report.tables) == (4, (2,), (3,), 2)
    assert [code for code, _ in report.languages] == ["de", "en"]
    assert sum(share for _, share in report.languages) == 1.0


def test_an_empty_reading_has_an_empty_report() -> None:
    assert report_of(Reading(())) == ReadingReport(version=READING_VERSION)


def test_a_document_keeps_its_report_in_the_library(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH * 3, encoding="utf-8")
    report = read_document(tmp_path / "a.txt").report
    assert report.languages == (("en", 1.0),)
    document = Document("a", "a.txt", "0" * 64, "A", report=report)
    assert document_from_text(document_to_text(document)) == document
    assert report_from({**json.loads(json.dumps(asdict(report))), "later": 1}) == report


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The strategy of the country was adopted in 2016 and is paid by the state.", "en"),
        ("Die Strategie wurde im Jahr 2020 beschlossen und soll die Versorgung der Patienten verbessern.", "de"),
        ("Strategien blev vedtaget i 2016 og skal være til gavn for patienterne i hele landet.", "da"),
        ("La stratégie a été adoptée en 2016 pour améliorer la prise en charge des patients.", "fr"),
    ],
)
def test_plainly_english_text_needs_no_model_and_other_text_is_told(text: str, code: str) -> None:
    assert report._language(text) == code
