"""Pages nobody typeset: whatever boxes characters come in, nothing is raised and nothing is lost or doubled."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from assistant.geometry import unpack
from assistant.model import Page
from assistant.reading import layout
from assistant.reading.faults import Attempts
from assistant.reading.layout import lay_out
from assistant.reading.sentences import split_sentences
from assistant.reading.shapes import Glyph, Line, Paragraph, Sheet, Stack
from assistant.reading.warnings import about_faults
from assistant.report import ReadingReport

WIDTH, HEIGHT = 595.0, 842.0
LETTERS = "abcdeghjkmnpqrstuvwxyzABCDEF"
"""No digits, hyphens and bullets: raised digits change their form, hyphens may go, signs are no part of an item."""
places = st.floats(-50, 900, allow_nan=False)
sizes = st.sampled_from([0.0, -3.0, 0.5, 6.0, 9.0, 10.0, 10.0, 10.0, 14.0, 30.0, 400.0])


@st.composite
def glyphs(draw: st.DrawFn, most: int = 60) -> tuple[Glyph, ...]:
    """Characters anywhere, of any size, upright or turned over, in runs or alone."""
    made: list[Glyph] = []
    for _ in range(draw(st.integers(0, most // 10))):
        left, base, size = draw(places), draw(st.one_of(places, st.sampled_from([100.0, 112.0, 124.0]))), draw(sizes)
        step, font = draw(st.sampled_from([0.0, 0.5, -0.5, 1.0, 3.0])), draw(st.sampled_from(["F", "F-Bold"]))
        for char in draw(st.text(LETTERS, min_size=1, max_size=10)):
            right = left + abs(size) * draw(st.sampled_from([0.0, 0.5]))
            space = draw(st.booleans())
            made.append(Glyph(char, left, right, base, base - 0.8 * size, base + 0.2 * size, size, font, 0, space))
            left += step * abs(size)
    return tuple(glyph._replace(order=order) for order, glyph in enumerate(made))


lengths = st.sampled_from([0.5, 1.0, 60.0, 400.0])
boxes = st.builds(lambda x, y, w, h: (x, y, x + w, y + h), places, places, lengths, lengths)
sheets = st.builds(
    lambda found, turned, areas, rules: Sheet(1, WIDTH, HEIGHT, found, turned, tuple(areas), tuple(rules)),
    glyphs(), glyphs(20), st.lists(boxes, max_size=4), st.lists(boxes, max_size=12),
)  # fmt: skip


def letters_of(sheet: Sheet) -> Counter[str]:
    return Counter(glyph.char for glyph in (*sheet.glyphs, *sheet.turned))


def holds(page: Page, sheet: Sheet) -> None:
    """Assert the invariants of a page: every character once, spans that slice, boxes on the page."""
    assert Counter(char for char in page.text if char.isalpha()) == letters_of(sheet)
    end = 0
    for block in page.blocks:
        assert end <= block.start <= block.end <= len(page.text)
        end = block.end
        if block.lead:
            assert page.text[slice(*block.lead)].strip()
    for sentence in split_sentences(page):
        text = page.text[sentence.start : sentence.end]
        assert text and text == text.strip()
    for run in unpack(page.geometry) if page.geometry else ():
        assert 0 <= run.top <= run.bottom <= page.height + 0.1
        for left, right in zip(run.lefts, run.rights, strict=True):
            assert 0 <= left <= right <= page.width + 0.1


@settings(max_examples=150, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(sheets, min_size=1, max_size=4))
def test_any_characters_make_pages(found: list[Sheet]) -> None:
    numbered = [replace(sheet, number=number) for number, sheet in enumerate(found, 1)]
    attempts = Attempts()
    pages = lay_out(numbered, [(1, "abc", 1)], attempts)
    assert attempts.faults == ()
    for page, sheet in zip(pages, numbered, strict=True):
        holds(page, sheet)


@pytest.mark.parametrize("count", [0, 1, 5000])
def test_no_character_one_and_thousands_on_one_line(count: int) -> None:
    row = tuple(Glyph("a", 5.0 * i, 5.0 * i + 5, 100, 92, 102, 10, "F", i, i % 5 == 0) for i in range(count))
    attempts = Attempts()
    (page,) = lay_out([Sheet(1, WIDTH, HEIGHT, row)], (), attempts)
    assert (attempts.faults, page.text.count("a")) == ((), count)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_read_sideways_keeps_its_boxes(turn: int) -> None:
    row = tuple(Glyph("a", 5.0 * i, 5.0 * i + 5, 100, 92, 102, 10, "F", i, False) for i in range(9))
    sheet = Sheet(1, WIDTH, HEIGHT, row, turn=turn)
    (page,) = lay_out([sheet])
    holds(page, sheet)


def test_lines_stacks_and_paragraphs_cannot_be_empty() -> None:
    for kind in (Line, Stack, Paragraph):
        with pytest.raises(ValueError, match="has"):
            kind([])


def test_a_fault_costs_the_page_not_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def words(number: int) -> tuple[Glyph, ...]:
        text = "Page one stands." if number == 1 else "Page two stands."
        chars = [(i, char) for i, char in enumerate(text) if char != " "]
        return tuple(
            Glyph(char, 50.0 + 5 * i, 55.0 + 5 * i, 100, 92, 102, 10, "F", order, i > 0 and text[i - 1] == " ")
            for order, (i, char) in enumerate(chars)
        )

    whole = layout.page_roles

    def fails(paragraphs: list[Paragraph], sheet: Sheet, *rest: object) -> None:
        if sheet.number == 2:
            raise IndexError("secret words of the page")
        whole(paragraphs, sheet, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(layout, "page_roles", fails)
    attempts = Attempts()
    pages = lay_out([Sheet(n, WIDTH, HEIGHT, words(n)) for n in (1, 2)], (), attempts)
    assert [page.text for page in pages] == ["Page one stands.", "Page two stands."]
    assert [bool(page.geometry) for page in pages] == [True, False]
    (fault,) = attempts.faults
    assert (fault.page, fault.error) == (2, "IndexError")
    assert fault.where[-1].startswith("reading/test_any_page.py:") and "secret" not in repr(fault)
    assert about_faults(attempts.faults, ReadingReport(simply=(2,))) == [
        "page 2 read simply, without columns and places: our reader failed, our fault"
    ]
