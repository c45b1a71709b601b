"""Footnotes of PDF pages stand with the sentence that has their mark, and are quoted where they say something."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.reading.notes import says_something
from assistant.reading.reader import read_document
from assistant.reading.sentences import split_sentences
from tests.reading.makers import SECOND, paragraph, show, write_pdf


def raised(text: str, left: float, height: float) -> str:
    return show(text, left, height, 6)


@pytest.mark.parametrize(
    ("note", "says"),
    [
        ("¹ Of these genomes twelve are given out on request only.", True),
        ("7 The sum does not hold the costs of the laboratories.", True),
        ("* Without the three regions that have not yet answered.", True),
        ("¹ Health Institute (2019), Trust in genomes, Tallinn.", False),
        ("² See the annual report of the national genome centre.", False),
        ("³ https://example.org/a-long-report of the centre in Turku.", False),
        ("⁴ Regulation on data of health, OJ L 119, of the Union.", False),
        ("⁵ Table of costs and benefits of the national centre", False),
        ("⁶ Without three regions.", False),
    ],
)
def test_a_note_says_something_or_names_a_source(note: str, says: bool) -> None:
    assert says_something(note) is says


def test_a_note_can_be_quoted_and_is_led_by_its_sentence(tmp_path: Path) -> None:
    text = show("The Danish panel covers 450 genes of rare disease.", 60, 700) + raised("7", 291, 703)
    foot = raised("7", 60, 92) + show("Of these genes twelve are reported on request only.", 70, 90, 8)
    foot += raised("8", 60, 80) + show("Health Institute (2019), Trust in genomes, Tallinn.", 70, 78, 8)
    (page,) = read_document(write_pdf(tmp_path / "made.pdf", [text + paragraph(SECOND, 60, 660) + foot])).pages
    (note,) = [block for block in page.blocks if block.kind == "side"]
    assert page.text[note.start : note.end] == "⁷ Of these genes twelve are reported on request only."
    assert note.lead is not None
    assert page.text[slice(*note.lead)] == "The Danish panel covers 450 genes of rare disease.⁷"
    assert [page.text[b.start : b.end][:8] for b in page.blocks if b.kind == "references"] == ["⁸ Health"]
    assert page.text[note.start : note.end] in [page.text[s.start : s.end] for s in split_sentences(page)]


def test_small_print_above_the_notes_is_text(tmp_path: Path) -> None:
    small = show("Twelve posts are planned for the national centre of genomes.", 60, 250, 8)
    foot = raised("1", 60, 92) + show("Without the posts that the three regions pay for.", 74, 90, 8)
    (page,) = read_document(write_pdf(tmp_path / "made.pdf", [paragraph(SECOND, 60, 700) + small + foot])).pages
    kinds = {page.text[block.start : block.end].split()[0]: block.kind for block in page.blocks}
    assert kinds == {"Finland": "paragraph", "Twelve": "paragraph", "¹": "side"}
