"""Letters and their accents drawn apart: made one letter again (pure).

Old typesetting programs draw "é" as an acute and an e on the same spot. Read as they stand they are "´e", and neither
search nor reader finds "décembre" in "d´ecembre".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from assistant.reading.shapes import Glyph

_COMBINING = {
    "\u00b4": "\u0301", "\u02ca": "\u0301", "`": "\u0300", "\u02cb": "\u0300", "\u00a8": "\u0308", "\u02c6": "\u0302",
    "^": "\u0302", "\u02dc": "\u0303", "~": "\u0303", "\u00b8": "\u0327", "\u02c7": "\u030c", "\u02d8": "\u0306",
    "\u02d9": "\u0307", "\u02da": "\u030a", "\u02dd": "\u030b", "\u00af": "\u0304", "\u02c9": "\u0304",
    "\u02db": "\u0328",
}  # fmt: skip
_SPACING = frozenset(_COMBINING)
_MARKS = _SPACING | frozenset(map(chr, range(0x300, 0x370)))
_DOTLESS = {"\u0131": "i", "\u0237": "j"}


def accented(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the characters with each accent that stands over (or under) a letter made one with it."""
    marks = [index for index, glyph in enumerate(glyphs) if glyph.char in _MARKS]
    if not marks:
        return list(glyphs)
    out: list[Glyph | None] = list(glyphs)
    for index in marks:
        for other in (index + 1, index - 1):
            letter = out[other] if 0 <= other < len(out) else None
            whole = _whole(letter, glyphs[index]) if letter is not None else ""
            if letter is not None and whole:
                first = glyphs[min(index, other)]
                out[other] = letter._replace(char=whole, order=first.order, space=first.space)
                out[index] = None
                break
    return [glyph for glyph in out if glyph is not None]


def _whole(letter: Glyph, mark: Glyph) -> str:
    """Return the accented letter that both are, '' where they are not one."""
    if not letter.char.isalpha() or abs(letter.order - mark.order) != 1 or abs(letter.base - mark.base) > letter.size:
        return ""
    after = letter.order > mark.order
    combining = _COMBINING.get(mark.char, mark.char)
    over = letter.left - 0.1 * letter.size <= (mark.left + mark.right) / 2 <= letter.right + 0.1 * letter.size
    drawn_apart = mark.char in _SPACING
    if (drawn_apart and not over) or (not drawn_apart and after) or (after and letter.space):
        return ""
    whole = unicodedata.normalize("NFC", _DOTLESS.get(letter.char, letter.char) + combining)
    return whole if len(whole) == 1 else ""
