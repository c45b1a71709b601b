"""The numbers that Word puts before headings and items: "Article 5" stands on the page, but not in the text (pure)."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from assistant.reading.word_text import W, value

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


class Numbering:
    """Counts the numbered paragraphs of a document in order."""

    def __init__(self, root: Any, styles: dict[str, Any]) -> None:
        self.styles = styles
        self.counts: dict[str, Counter[int]] = {}
        self.levels: dict[str, dict[int, Any]] = {}
        self.lists: dict[str, str] = {}
        for shape in root.iterfind(W + "abstractNum") if root is not None else ():
            name = str(shape.get(W + "abstractNumId"))
            self.levels[name] = {int(level.get(W + "ilvl") or 0): level for level in shape.iterfind(W + "lvl")}
        for number in root.iterfind(W + "num") if root is not None else ():
            self.lists[str(number.get(W + "numId"))] = value(number, "abstractNumId")

    def place(self, properties: Any) -> tuple[str, int] | None:
        """Return (list, level from 0) of a paragraph by its own settings or its style's; None for none."""
        for _ in range(12):
            if properties is None:
                return None
            own = properties.find(W + "numPr")
            if own is not None:
                number, level = value(own, "numId"), value(own, "ilvl") or "0"
                return (number, int(level)) if number not in ("", "0") and level.isdigit() else None
            style = self.styles.get(value(properties, "pStyle") or value(properties.getparent(), "basedOn"))
            properties = style.find(W + "pPr") if style is not None else None
        return None

    def label(self, properties: Any) -> str:
        """Return what stands before a paragraph ("Article 5", "2.1"), '' for bullets and for no number; counts it."""
        place = self.place(properties)
        name = self.lists.get(place[0], "") if place else ""
        levels = self.levels.get(name, {})
        if place is None or place[1] not in levels:
            return ""
        counts, depth = self.counts.setdefault(name, Counter()), place[1]
        start = value(levels[depth], "start")
        counts[depth] = counts[depth] + 1 if depth in counts else int(start) if start.isdigit() else 1
        for below in [level for level in counts if level > depth]:
            del counts[below]
        if value(levels[depth], "numFmt") == "bullet":
            return ""

        def shown(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            number = counts.get(level) or 1
            return _spoken(number, value(levels[level], "numFmt") if level in levels else "")

        return re.sub(r"%(\d)", shown, value(levels[depth], "lvlText")).strip()


def _spoken(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        return roman(number).upper() if form == "upperRoman" else roman(number)
    return "" if form == "none" else str(number).zfill(2) if form == "decimalZero" else str(number)


def roman(number: int) -> str:
    """Return a number from 1 on in small Roman letters."""
    out = ""
    for amount, letters in _ROMAN:
        out += letters * (number // amount)
        number %= amount
    return out
