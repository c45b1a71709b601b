"""Right-to-left writing comes out in the order in which it is read, with every letter in its place."""

from __future__ import annotations

from assistant.geometry import boxes_of, unpack
from assistant.reading.layout import lay_out
from assistant.reading.shapes import Glyph, Sheet

WIDE = 6.0
"""Points of every letter."""


def line(words: list[str], start: float, base: float, order: int, *, leftward: bool) -> list[Glyph]:
    """Return words in the order of reading, each written in its own direction, the line to the left or to the right."""
    glyphs: list[Glyph] = []
    x = start
    for word in words:
        own = "\u0590" <= word[0] <= "\u06ff"
        left = x - WIDE * len(word) if leftward else x
        for place, char in enumerate(word):
            at = left + WIDE * (len(word) - 1 - place if own else place)
            first = place == 0 and bool(glyphs)
            glyphs.append(Glyph(char, at, at + WIDE, base, base - 8, base + 2, 10, "F", order, first))
            order += 1
        x = left - 3 if leftward else left + WIDE * len(word) + 3
    return glyphs


def sheet(*lines: list[Glyph]) -> Sheet:
    return Sheet(1, 600, 800, tuple(glyph for one in lines for glyph in one))


def test_a_page_in_hebrew_with_numbers_and_names() -> None:
    first = line(["שלום", "2024", "EU", "עולם"], 540, 100, 0, leftward=True)
    second = line(["ספר", "גדול", "מאוד."], 540, 112, len(first), leftward=True)
    (page,) = lay_out([sheet(first, second)])
    assert page.text == "שלום 2024 EU עולם ספר גדול מאוד."
    place = page.text.index("2024")
    (box,) = boxes_of(unpack(page.geometry), place, place + 4)
    assert (box[0], box[2]) == (first[4].left, first[7].right)
    assert boxes_of(unpack(page.geometry), 0, 1)[0][2] == 540


def test_two_columns_are_read_from_the_right() -> None:
    words = ["אחד", "שתיים", "שלוש", "ארבע", "חמש"]
    lines = [line(words, 560, 100 + 12 * i, 100 * i, leftward=True) for i in range(4)]
    others = ["שש", "שבע", "שמונה", "תשע", "עשר"]
    lines += [line(others, 260, 100 + 12 * i, 400 + 100 * i, leftward=True) for i in range(4)]
    (page,) = lay_out([sheet(*lines)])
    assert page.text.index("אחד") < page.text.index("שש")
    assert page.text.count("אחד שתיים שלוש ארבע חמש") == 4


def test_a_hebrew_name_in_an_english_line() -> None:
    parts = line(["The", "biobank"], 60, 100, 0, leftward=False)
    name = line(["שלום", "עולם"], 178, 100, len(parts), leftward=True)
    name[0] = name[0]._replace(space=True)
    rest = line(["is", "old."], 181, 100, len(parts) + len(name), leftward=False)
    rest[0] = rest[0]._replace(space=True)
    (page,) = lay_out([sheet(parts, name, rest)])
    assert page.text == "The biobank שלום עולם is old."
