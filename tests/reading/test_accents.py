"""Letters drawn apart from their accents are one letter in the text."""

from __future__ import annotations

import pytest

from assistant.reading.accents import accented
from assistant.reading.shapes import Glyph


def row(*parts: tuple[str, float]) -> list[Glyph]:
    """Return characters of a line, each 5 points wide, from (character, left edge)."""
    return [Glyph(c, left, left + 5, 100, 92, 102, 10, "F", i, c == "m") for i, (c, left) in enumerate(parts)]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ((("h", 0), ("´", 4.8), ("e", 5), ("m", 10)), "hém"),
        ((("n", 0), ("¸", 5), ("c", 5), ("a", 10)), "nça"),
        ((("c", 5), ("¸", 5), ("a", 10)), "ça"),
        ((("¨", 5), ("ı", 5)), "ï"),
        ((("e", 5), ("\u0301", 9)), "é"),
        ((("ˇ", 0.2), ("s", 0), ("ˇ", 5.3), ("c", 5)), "šč"),
        ((("x", 0), ("~", 5), ("y", 10)), "x~y"),  # a sign of its own, beside the letters
        ((("`", 0), ("1", 0)), "`1"),
    ],
)
def test_accents_and_letters_on_one_spot(parts: tuple[tuple[str, float], ...], text: str) -> None:
    assert "".join(glyph.char for glyph in accented(row(*parts))) == text


def test_a_blank_before_the_accent_stays() -> None:
    letters = row(("a", 0), ("´", 9), ("e", 9))
    found = accented([letters[0], letters[1]._replace(space=True), letters[2]])
    assert [(glyph.char, glyph.space) for glyph in found] == [("a", False), ("é", True)]
