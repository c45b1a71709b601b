"""What the signs of symbol fonts mean: a letter of the font "Symbol" is not the letter with that number (pure)."""

from __future__ import annotations

_SYMBOL = {
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **dict(zip(range(0xA1, 0xC0), "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵", strict=True)),
    **dict(zip(range(0xC0, 0xD8), "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅", strict=True)),
    **dict(zip(range(0xD8, 0xE6), "¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑", strict=True)),
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0xA0: "€",
    0xF1: "〉", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x9F: "•",
    0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
LOST = "\ufffd"
"""What stands for a sign that no table knows."""


def is_symbol_font(font: str) -> bool:
    """Return whether the letters of a font are signs."""
    return font.lower().startswith(("symbol", "wingdings", "webdings", "zapf"))


def symbol(font: str, code: int) -> str:
    """Return the sign of a font at a number (in the private area or not); `LOST` where it is not known."""
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    name = font.lower()
    if name.startswith("symbol"):
        return _SYMBOL.get(low, chr(low) if 0x20 <= low < 0x7F else LOST)
    if name.startswith("wingdings") and name.strip() in ("wingdings",):
        return _WINGDINGS.get(low, LOST)
    return chr(code) if not 0xE000 <= code <= 0xF8FF and not is_symbol_font(font) else LOST


def translated(font: str, text: str) -> str:
    """Return text that is set in a symbol font as the signs that its reader sees; blanks stay."""
    return "".join(char if char.isspace() else symbol(font, ord(char)) for char in text)
