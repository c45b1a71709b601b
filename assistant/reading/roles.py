"""Which role a paragraph plays: title, heading, bullet, side box, caption, contents, references (pure).

Rules and their figures are from measurements on real policy papers: a heading is a whole paragraph of at most 18
words and 6 lines, larger than the body or in another font, without a final full stop.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.model import BlockKind
from assistant.reading.notes import set_notes
from assistant.reading.paragraphs import BULLET, NOTE, NUMBER, is_bold, is_round
from assistant.reading.shapes import Line, Paragraph, Sheet

_CAPTION = re.compile(r"(?:figure|fig\.|table|box|chart|map|abbildung|abb\.|tabelle|tableau|figura|tabell|figur|joonis|kuva)\s*\d{1,2}\b", re.IGNORECASE)  # fmt: skip # noqa: E501
BOX = re.compile(r"(?:box|text ?box|boks|kasten|infobox|encadré)\s*\d{1,2}\b", re.IGNORECASE)
"""The title of a numbered box: it heads what stands in the box."""
_REFERENCES = re.compile(r"(?:\d{1,2}\.?\s+)?(?:references|reference list|bibliography|sources?|sources and further reading|works cited|endnotes|notes and references|literatur(?:verzeichnis)?|quellen|références|bibliographie|referenser|kilder|referencer|viited|lähteet|referencias)\s*:?$", re.IGNORECASE)  # fmt: skip # noqa: E501
_CONTENTS = re.compile(r"(?:table of )?contents?$|inhalt(?:sverzeichnis)?$|table des matières$|sommaire$|innehåll$|innhold$|indhold$|sisukord$|sisällys$|índice$", re.IGNORECASE)  # fmt: skip # noqa: E501
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d{0,4}\s*$|…+\s*\d{1,4}$")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+\S")
_SPEAKS_OF = re.compile(r"\w+\.?\s*\d+\s+(?:shows?|lists?|gives?|presents?|illustrates?|summari[sz]es?|and|of)\b", re.I)
"""A sentence about a figure ("Table 2 shows that …") is no caption."""
_WORD = re.compile(r"[^\W\d_]{2}")
_FINAL = re.compile(r"[.!;,:]$")
_PAGE_NUMBERS = re.compile(r"\d{1,3}(?:\s\d{1,3})*")
_SENTENCES = re.compile(r"[.!?;:](?:\s|$)")
"""What a paragraph has and a list of titles has not."""


@dataclass(frozen=True, slots=True)
class Style:
    """The body's size and font, measured over the whole document."""

    size: float
    font: str


def body_style(pages: Sequence[Sequence[Line]]) -> Style:
    """Return the size and font of most characters of the document."""
    counts: Counter[tuple[float, str]] = Counter()
    for lines in pages:
        for line in lines:
            counts[line.size, line.font] += len(line.glyphs)
    (size, font), _ = max(counts.items(), key=lambda item: item[1], default=((10.0, ""), 0))
    return Style(size, font)


def page_roles(paragraphs: list[Paragraph], sheet: Sheet, body: Style, outline: frozenset[str]) -> None:
    """Set the kind of each paragraph of one page, in reading order (in place)."""
    tinted = _large_areas(paragraphs)
    for index, paragraph in enumerate(paragraphs):
        if paragraph.kind != "paragraph":
            continue
        text = paragraph.plain()
        boxed = paragraph.area >= 0 and paragraph.area not in tinted
        first = index == 0 or paragraphs[index - 1].area != paragraph.area
        more = index + 1 < len(paragraphs) and paragraphs[index + 1].area == paragraph.area
        small = paragraph.size < 0.98 * body.size or len(text.split()) < 30
        if boxed and first and more and BOX.match(text) and len(text.split()) <= 14:
            paragraph.kind = "heading"
        elif _CAPTION.match(text) and small and not _SPEAKS_OF.match(text):
            paragraph.kind = "caption"
        elif _LEADER.search(text) or sum(bool(_LEADER.search(line.plain())) for line in paragraph.lines) > 1:
            paragraph.kind = "contents"
        elif _fold(text) in outline and len(paragraph.lines) <= 6:
            paragraph.kind = "heading"
        elif _is_item(paragraph, text, body):
            paragraph.kind = "bullet"
        elif _footnote(paragraph, text, sheet, body):
            paragraph.kind = "references"
        elif boxed:
            short = len(text.split()) <= 8 and not _FINAL.search(text) and len(paragraph.lines) <= 2
            label = len(text.split()) <= 3 and not _FINAL.search(text)
            paragraph.kind = "heading" if first and more and short else "caption" if label else "side"
        elif _looks_heading(paragraph, text, body):
            paragraph.kind = "heading" if _heads_something(paragraph, paragraphs) else _alone(text)
        elif paragraph.size >= 1.25 * body.size and 5 <= len(text.split()) <= 60:
            paragraph.kind = "side"  # a quotation set apart in large letters
        elif (len(text.split()) <= 3 and not _FINAL.search(text)) or not _WORD.search(text):
            paragraph.kind = "caption"  # a label inside a figure, the numbers of its axis
    _merge_headings(paragraphs)
    set_notes(paragraphs, sheet, body.size)
    _set_cut(paragraphs, sheet)


def _set_cut(paragraphs: Sequence[Paragraph], sheet: Sheet) -> None:
    """Keep paragraphs from being quoted whose lines the edge of the page cuts: half words say what nobody wrote."""
    if not dict(sheet.left_out).get("outside"):
        return
    for paragraph in paragraphs:
        lines = [
            line for line in paragraph.lines if line.left < 0.8 * line.size or line.right > sheet.width - line.size
        ]
        if lines and paragraph.kind in ("paragraph", "bullet", "side"):
            paragraph.kind = "caption"


def _merge_headings(paragraphs: list[Paragraph]) -> None:
    """Join a heading's lines that stand further apart than lines of text do (in place)."""
    index = 1
    while index < len(paragraphs):
        first, second = paragraphs[index - 1], paragraphs[index]
        near = 0 <= second.top - first.bottom < 0.9 * first.size and abs(first.size - second.size) < 0.3
        same = first.kind == second.kind == "heading" and first.font == second.font and first.area == second.area
        if near and same and not NUMBER.match(second.plain()) and not _NUMBERED.match(second.plain()):
            first.lines.extend(second.lines)
            del paragraphs[index]
        else:
            index += 1


def _alone(text: str) -> BlockKind:
    return "side" if len(text.split()) >= 5 else "caption"


def _large_areas(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Return the areas that hold most of the page's letters: a tinted page, no side box."""
    counts: Counter[int] = Counter()
    for paragraph in paragraphs:
        counts[paragraph.area] += sum(len(line.glyphs) for line in paragraph.lines)
    total = sum(counts.values())
    return frozenset(area for area, count in counts.items() if area >= 0 and count > 0.6 * total)


def _looks_heading(paragraph: Paragraph, text: str, body: Style) -> bool:
    words = len(text.split())
    if not 1 <= words <= 18 or len(paragraph.lines) > 8 or not re.search(r"[^\W\d_]{3}|[^\W\d_]\W*\d", text):
        return False
    if text[:1] in '“"«„‘' and text.rstrip()[-1:] in '”"»“’':
        return False  # somebody's words set apart
    if _FINAL.search(text.rstrip()) and not (NUMBER.match(text) and words <= 3):
        return False
    size = paragraph.size
    if size >= 1.15 * body.size:
        return True
    whole = all(line.share_of(line.font) > 0.9 for line in paragraph.lines)
    bold = whole and is_bold(paragraph.font) and not is_bold(body.font)
    if bold and size >= 0.95 * body.size:
        return len(paragraph.lines) <= 3
    capitals = text.isupper() and words >= 2
    return capitals and size >= 0.95 * body.size and len(paragraph.lines) <= 2


def _heads_something(paragraph: Paragraph, paragraphs: Sequence[Paragraph]) -> bool:
    """Return whether text of its column stands close below; what heads nothing is a quotation set apart."""
    for other in paragraphs:
        if other is paragraph:
            continue
        head = other.lines[0]  # a paragraph may go on in another column
        shared = min(head.right, paragraph.right) - max(head.left, paragraph.left)
        near = -2 <= head.top - paragraph.bottom < max(4.0 * paragraph.size, 40.0)
        if near and shared > 0.3 * min(head.width, paragraph.right - paragraph.left):
            return len(paragraph.lines) < 5 or other.size < 0.9 * paragraph.size
    return False


def _footnote(paragraph: Paragraph, text: str, sheet: Sheet, body: Style) -> bool:
    if paragraph.size >= 0.9 * body.size:
        return False
    low = paragraph.top > 0.66 * sheet.height
    return (low or _under_rule(paragraph, sheet)) and NOTE.match(text) is not None


def _is_item(paragraph: Paragraph, text: str, body: Style) -> bool:
    """Return whether a paragraph is an item of a list; a numbered line that looks like a heading is none."""
    if BULLET.match(text) or is_round(paragraph.lines[0]):
        return True
    return NUMBER.match(text) is not None and not _looks_heading(paragraph, text, body)


def _under_rule(paragraph: Paragraph, sheet: Sheet) -> bool:
    """Return whether a short ruling that begins where the paragraph does stands close above it: a footnote's."""
    return any(
        abs(left - paragraph.left) < 12 and 40 < right - left < 0.45 * sheet.width and 0 < paragraph.top - bottom < 20
        for left, _, right, bottom in sheet.rules
    )


def document_roles(pages: list[list[Paragraph]], body: Style, outline: dict[str, int]) -> None:
    """Set title, heading levels, contents and reference lists over the whole document (in place)."""
    _set_title(pages, body)
    heads = [paragraph for page in pages for paragraph in page if paragraph.kind == "heading" and paragraph.area < 0]
    sizes = sorted({round(paragraph.size * 2) / 2 for paragraph in heads}, reverse=True)
    for page in pages:
        for paragraph in page:
            if paragraph.kind == "heading":
                paragraph.level = _level(paragraph, sizes, outline)
    _set_references(pages)
    going_on = False
    for page in pages:
        going_on = _set_contents(page, going_on)


def _set_references(pages: list[list[Paragraph]]) -> None:
    level: int | None = None  # of the heading of the reference list we are in
    for page in pages:
        for paragraph in page:
            if paragraph.kind in ("heading", "title"):
                if level is None or paragraph.level <= level:
                    level = paragraph.level if _REFERENCES.match(paragraph.plain().strip()) else None
            elif level is not None and paragraph.kind in ("paragraph", "bullet", "caption"):
                paragraph.kind = "references"


def _set_contents(page: list[Paragraph], going_on: bool) -> bool:
    """Mark what follows a contents heading, up to the first real paragraph (in place); return whether it goes on.

    `going_on` says that the contents of the page before end with it: they go on where this page is one of numbers too.
    """
    numbers = sum(_PAGE_NUMBERS.fullmatch(paragraph.plain().strip()) is not None for paragraph in page)
    inside = going_on and numbers >= 3
    for paragraph in page:
        text = paragraph.plain().strip()
        if paragraph.kind in ("heading", "title") and _CONTENTS.match(text):
            inside = True
        elif inside and paragraph.kind == "table" and re.search(r"\d{1,3}$", text):
            paragraph.kind = "contents"
        elif inside and len(text.split()) > 35 and _SENTENCES.search(text):
            inside = False
        elif inside and paragraph.kind not in ("table", "title"):
            paragraph.kind = "contents"
    return inside


def _set_title(pages: list[list[Paragraph]], body: Style) -> None:
    for number, page in enumerate(pages[:2]):
        free = [paragraph for paragraph in page if paragraph.kind in ("heading", "caption", "side", "paragraph")]
        free = [paragraph for paragraph in free if not _CONTENTS.match(paragraph.plain().strip())]
        free = [paragraph for paragraph in free if number == 0 or not _NUMBERED.match(paragraph.plain())]
        big = [paragraph for paragraph in free if len(paragraph.plain().split()) <= 40]
        best = max(big, key=lambda p: (round(p.size), -p.top), default=None)
        if best is not None and best.size >= 1.3 * body.size and len(best.plain()) > 3:
            best.kind, best.level = "title", 0
            return


def _level(paragraph: Paragraph, sizes: Sequence[float], outline: dict[str, int]) -> int:
    text = paragraph.plain()
    if _fold(text) in outline:
        return min(6, max(1, outline[_fold(text)]))
    numbered = _NUMBERED.match(text)
    if (numbered and len(numbered[1]) < 3) or (numbered and "." in numbered[1]):
        return min(6, numbered[1].count(".") + 1)
    size = round(paragraph.size * 2) / 2
    return min(6, 1 + sum(other > size + 0.25 for other in sizes))


def _fold(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def fold_title(text: str) -> str:
    """Return a title's letters and digits in lower case: how outline entries and headings are compared."""
    return _fold(text)


def is_reference_heading(text: str) -> bool:
    """Return whether a heading opens a list of references."""
    return _REFERENCES.match(text.strip()) is not None


def is_contents_heading(text: str) -> bool:
    """Return whether a heading opens a table of contents."""
    return _CONTENTS.match(text.strip()) is not None
