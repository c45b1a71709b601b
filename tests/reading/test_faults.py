"""What our own reader fails on costs a page, or the places on the pages, and is told apart from damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import UnreadableDocument
from assistant.model import Reading
from assistant.reading import pdf
from assistant.reading.guard import read_guarded
from assistant.reading.kept import lost_words
from assistant.reading.limits import seconds_for
from assistant.reading.reader import read_document, read_simply
from assistant.reading.worker import from_message, to_message
from assistant.report import Fault
from tests.reading.makers import FIRST, paragraph, show, write_hostile, write_pdf


def test_a_fault_outside_of_any_page_leaves_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*given: object) -> list[str]:
        raise KeyError("a word of the text")

    monkeypatch.setattr(pdf, "about_pages", fails)
    file = write_pdf(tmp_path / "made.pdf", [paragraph(FIRST, 60, 700), show("Second page.", 60, 700)])
    reading = read_document(file)
    assert [" ".join(page.text.split()) for page in reading.pages] == [" ".join(FIRST), "Second page."]
    assert "our fault" in reading.warnings[0]
    assert reading.report.simply == (1, 2)
    (fault,) = reading.faults
    assert (fault.page, fault.error) == (0, "KeyError")
    assert "a word" not in repr(fault)


def test_bare_text_is_read_where_reading_stopped(tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "made.pdf", [paragraph(FIRST, 60, 700)])
    reading = read_simply(file, "it takes longer than 60 seconds to read")
    assert " ".join(reading.pages[0].text.split()) == " ".join(FIRST)
    assert reading.pages[0].geometry == b""
    assert "longer than 60 seconds" in reading.warnings[0]


def test_what_cannot_be_read_simply_either_keeps_its_first_reason(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="longer than 1 seconds"):
        read_guarded(write_hostile(tmp_path / "hostile.pdf"), seconds=1)


def test_a_long_document_may_take_longer() -> None:
    assert [seconds_for(pages, 60.0) for pages in (1, 240, 241, 1000, 99_999)] == [60.0, 60.0, 60.25, 250.0, 750.0]


def test_faults_travel_from_the_worker() -> None:
    reading = Reading((), faults=(Fault(3, "IndexError", ("a.py:1 f", "b.py:2 g")),))
    assert from_message(*to_message(reading)).faults == reading.faults


@pytest.mark.parametrize(
    ("ours", "other", "lost"),
    [
        ("the quick brown fox", "the quick brown fox", (0, 4)),
        ("the quick fox", "the quick brown fox", (1, 4)),
        ("genomemedicine and care", "genome medi-\ncine and care", (0, 4)),  # glued here, divided there
        ("one word", "word word one", (1, 3)),
        ("", "of a to", (0, 0)),
    ],
)
def test_words_of_a_second_reader(ours: str, other: str, lost: tuple[int, int]) -> None:
    assert lost_words(ours, other) == lost
