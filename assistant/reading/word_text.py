"""The text of a Word paragraph as its reader sees it: no deleted, struck or hidden words, raised digits raised.

What was left out is counted by kind, so that the document's warnings can name it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.reading.formula import linear
from assistant.reading.raised import lowered, raised
from assistant.reading.signs import steering_signs
from assistant.reading.symbols import LOST, is_symbol_font, symbol, translated

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OPEN, _CLOSE = "\u2061", "\u2062"
"""The ends of a formula, until it is known whether a word touches it."""
GONE = frozenset({W + "del", W + "moveFrom"})
"""Tracked deletions, and the old place of what was moved."""
SKIPPED = GONE | {MC + "Fallback", W + "instrText", W + "delText", W + "delInstrText", W + "pPr", W + "sdtPr", W + "rt"}
LEFT_OUT = {
    "hidden": "hidden text was left out: marked as hidden, white or too small to read",
    "steering": "hidden text was left out: direction or tag characters",
    "struck": "struck-out or deleted text was left out",
    "comments": "comments were left out",
    "lost": "signs of a symbol font could not be read",
    "labels": "words inside charts and drawings are kept as labels and not quoted",
    "wordart": "words drawn as a picture (WordArt) were left out",
    "embedded": "files embedded in the document were not read",
}
"""What a reader of the document should know, by what was counted."""


@dataclass(slots=True)
class Styles:
    """What a run looks like by its own settings, its style and its paragraph's style."""

    elements: dict[str, Any]
    """The style elements by their id."""

    def chain(self, name: str) -> Iterator[Any]:
        """Yield the run properties of a style and of those it is based on."""
        for _ in range(12):
            style = self.elements.get(name)
            if style is None:
                return
            properties = style.find(W + "rPr")
            if properties is not None:
                yield properties
            name = value(style, "basedOn")

    def settings(self, run: Any, paragraph: Any) -> list[Any]:
        """Return the run properties that apply, the nearest first."""
        own = run.find(W + "rPr")
        found = [own] if own is not None else []
        found += self.chain(value(own, "rStyle"))
        found += self.chain(value(paragraph.find(W + "pPr") if paragraph is not None else None, "pStyle"))
        return found


@dataclass(slots=True)
class Visible:
    """Gives the visible text of paragraphs and counts what it leaves out."""

    styles: Styles
    note: Callable[[str, str, str], str] = lambda kind, number, mark: ""
    """Returns the mark of a footnote or endnote: (kind, id in the file, mark of its own or '')."""
    counts: Counter[str] = field(default_factory=Counter)

    def text(self, paragraph: Any, *, count: bool = True) -> str:
        """Return a paragraph's visible text; a page break is a form feed."""
        kept = Counter(self.counts)
        out: list[str] = []
        group: list[str] = []
        level = ""
        for piece, place in self._pieces(paragraph):
            if place != level:
                out.append(_set("".join(group), level, "".join(out)[-2:]))
                group, level = [], place
            group.append(piece)
        out.append(_set("".join(group), level, "".join(out)[-2:]))
        if not count:
            self.counts = kept
        apart = re.sub(rf"(?<=[\w%)]){_OPEN}|{_CLOSE}(?=\w)", " ", "".join(out))
        return apart.replace(_OPEN, "").replace(_CLOSE, "")

    def _pieces(self, paragraph: Any) -> Iterator[tuple[str, str]]:
        """Yield (text, "superscript", "subscript" or "") of the parts of a paragraph in order."""
        for node in self._visible(paragraph):
            if node.tag == W + "r":
                yield self._run(node, paragraph)
            else:
                yield f"{_OPEN}{linear(node).strip()}{_CLOSE}", ""

    def _visible(self, element: Any) -> Iterator[Any]:
        """Yield runs and formulas without what is deleted and without what is anchored."""
        for child in element:
            if child.tag in GONE:
                words = [n for n in child.iter(W + "delText", W + "t") if (n.text or "").strip()]
                self.counts["struck"] += len(words)
            elif child.tag in (W + "r", M + "oMath"):
                yield child
            elif child.tag == W + "sdt" and child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
                continue
            elif child.tag not in SKIPPED:
                yield from self._visible(child)

    def _run(self, run: Any, paragraph: Any) -> tuple[str, str]:
        settings = self.styles.settings(run, paragraph)
        font = next((f for f in (_font(properties) for properties in settings[:2]) if f), "")
        words = "".join(self._signs(run, font))
        hidden, struck = is_hidden(run, settings), any(_set_on(settings, name) for name in ("strike", "dstrike"))
        if hidden or struck:
            self.counts["hidden" if hidden else "struck"] += sum(map(str.isalnum, words))
            return ("\f" if "\f" in words else ""), ""
        self.counts["steering"] += steering_signs(words)
        self.counts["lost"] += words.count(LOST)
        place = next((v for v in (value(properties, "vertAlign") for properties in settings) if v), "")
        return words, "" if place == "baseline" else place

    def _signs(self, run: Any, font: str) -> Iterator[str]:
        own_mark = any(node.get(W + "customMarkFollows") in ("1", "true", "on") for node in run)
        for node in run:
            name = str(node.tag).removeprefix(W)
            if name == "t":
                text = node.text or ""
                private = any("\uf000" <= char <= "\uf0ff" for char in text)
                yield translated(font, text) if private or is_symbol_font(font) else text
            elif name in ("tab", "cr", "ptab"):
                yield " "
            elif name == "br":
                yield "\f" if node.get(W + "type") == "page" else " "
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "sym":
                code = node.get(W + "char") or "0"
                yield symbol(node.get(W + "font") or "", int(code, 16))
            elif name in ("footnoteReference", "endnoteReference"):
                yield self.note(name.removesuffix("Reference"), node.get(W + "id") or "", "*" if own_mark else "")
            elif name == "commentReference":
                self.counts["comments"] += 1
            elif name == "fldChar":
                yield _chosen(node)
            elif name == "ruby":
                yield "".join(text.text or "" for text in node.iterfind(f"{W}rubyBase//{W}t"))


def _set(text: str, level: str, before: str) -> str:
    if level == "superscript":
        return raised(text, before)
    return lowered(text, before) if level == "subscript" else text


def _chosen(node: Any) -> str:
    """Return the entry chosen in a drop-down form field, which is shown but not stored as text."""
    entries, chooser = node.findall(f"{W}ffData/{W}ddList/{W}listEntry"), node.find(f"{W}ffData/{W}ddList")
    place = value(chooser, "result") or value(chooser, "default") or "0"
    return str(entries[int(place)].get(W + "val") or "") if place.isdigit() and int(place) < len(entries) else ""


def _font(properties: Any) -> str:
    fonts = properties.find(W + "rFonts")
    return str(fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "") if fonts is not None else ""


def _set_on(settings: list[Any], name: str) -> bool:
    """Return whether a switch is on: the nearest setting that has it counts."""
    return next((on(properties, name) for properties in settings if properties.find(W + name) is not None), False)


def is_hidden(run: Any, settings: list[Any]) -> bool:
    """Return whether a run is marked as hidden, is white without shading, or is at most two points tall."""
    if _set_on(settings, "vanish"):
        return True
    own = run.find(W + "rPr")
    size, white = value(own, "sz"), value(own, "color").upper() in ("FFFFFF", "FEFEFE", "FDFDFD")
    shaded = own is not None and any(own.find(W + name) is not None for name in ("shd", "highlight"))
    around = (f"{W}tcPr/{W}shd", W + "tc"), (f"{W}pPr/{W}shd", W + "p"), (".", W + "txbxContent")
    shaded = shaded or any(up.find(path) is not None for path, tag in around for up in run.iterancestors(tag))
    return (white and not shaded) or (size.isdigit() and int(size) <= 4)


def value(properties: Any, name: str) -> str:
    """Return the value of a setting, '' where there is none."""
    node = properties.find(W + name) if properties is not None else None
    return str(node.get(W + "val") or "") if node is not None else ""


def on(properties: Any, name: str) -> bool:
    """Return whether a switch is set and not set to off."""
    node = properties.find(W + name) if properties is not None else None
    return node is not None and node.get(W + "val") not in ("0", "false", "off")
