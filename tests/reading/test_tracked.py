"""Letter-spaced words are put together; blanks of the file's own and rows of single signs stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.reading.reader import read_document
from assistant.reading.shapes import Glyph
from assistant.reading.tracked import joined
from tests.reading.makers import FIRST, paragraph, write_pdf


def row(text: str, gap: float = 2.0, word: float = 6.5) -> list[Glyph]:
    """Return letters 5 points wide with a blank before each: `gap` apart, `word` where the text has a blank."""
    glyphs: list[Glyph] = []
    left, wide = 0.0, False
    for char in text:
        if char == " ":
            wide = True
            continue
        left += word if wide else gap
        glyphs.append(Glyph(char, left, left + 5, 100.0, 92.0, 102.0, 10.0, "F", len(glyphs), bool(glyphs)))
        left, wide = left + 5, False
    return glyphs


def written(glyphs: list[Glyph]) -> str:
    return "".join((" " if glyph.space else "") + glyph.char for glyph in glyphs)


@pytest.mark.parametrize(
    ("glyphs", "wanted"),
    [
        (row("POLICY BRIEF 14"), "POLICY BRIEF 14"),
        (row("ABCDE"), "A B C D E"),
        (row("1234567"), "1 2 3 4 5 6 7"),
        (row("ABCDEFG", gap=6.0), "A B C D E F G"),
    ],
)
def test_alike_gaps_part_no_words(glyphs: list[Glyph], wanted: str) -> None:
    assert written(joined(glyphs, {glyph.order for glyph in glyphs})) == wanted


def test_a_blank_of_the_file_stays() -> None:
    glyphs = row("POLICYBRIEF")
    assert written(joined(glyphs, {glyph.order for glyph in glyphs} - {6})) == "POLICY BRIEF"


def test_a_spaced_line_of_a_page_is_read_in_words(tmp_path: Path) -> None:
    line = "BT /F1 10 Tf 3 Tc 1 0 0 1 60 760 Tm (POLICY BRIEF OF OSLO) Tj ET\n"
    page = read_document(write_pdf(tmp_path / "made.pdf", [line + paragraph(FIRST, 60, 700)])).pages[0]
    assert page.text == "POLICY BRIEF OF OSLO\n\n" + " ".join(FIRST)
