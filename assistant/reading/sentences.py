"""From a page to its quotable sentences: sentencex finds the ends, our own list mends the usual false ones.

A sentence never crosses a block. Headings, captions, running heads, contents and reference lists give none, but
for a heading that states an objective, a recommendation and the like: no other line says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from assistant.model import Block, Page, Sentence
from assistant.reading.short_forms import abbreviation, closing, first_words

Sort = Literal["prose", "bullet", "row", "side"]
"""What a sentence is part of."""
_SORTS: dict[str, Sort] = {"paragraph": "prose", "bullet": "bullet", "table": "row", "side": "side"}
_TELLS = re.compile(
    r"(?:\d+(?:\.\d+)*\.?\s+)?(?:(?:strategic|specific|key|main|general|policy|priority)\s+)?"
    r"(?:objective|goal|aim|target|priority|pillar|recommendation|lesson|principle|commitment|action|measure)"
    r"(?:\s+(?:area|line))?\s+(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])\b(?:\s?[:–—-]\s+\D{4,}|\s?[.:–—-]?\s+\D{12,})",
    re.IGNORECASE,
)
"""A heading that is a statement of its own: "Objective 1: Equal access to genome sequencing"."""

FEWEST_OF_TITLE = 4
"""Words of the title of a slide, or after the number of a figure, that say something by themselves."""
MOST_OF_SLIDE = 150
"""Words of a PDF page wider than high that is a slide: a table printed across the page has more."""
_FIGURE = re.compile(
    r"(?:figure|figur|figura|figuur|fig\.|chart|graph|graphique|grafik|map|abbildung|abb\.|afbeelding|joonis|kuva|kuvio|"
    r"rysunek|rys\.|obrázek|εικόνα|σχήμα)\s*\d{1,2}(?:\.\d{1,2})*\W+(?=\w)",
    re.IGNORECASE,
)
"""How the caption of a figure begins."""
_BEFORE_NUMBERS = re.compile(
    r"(?<!\w)(?:No|Nos|Nr|nr|Art|Arts|art|para|paras|pp?|ch|[Ss]ec|[Vv]ol|Figs?|[Tt]ab|[Aa]pp|[Rr]efs?|Abs|Bd|lk|max|min)\.$"
)
_NUMBER_FOLLOWS = re.compile(r"(?<!\w)nos?\.$")
"""The small "no." of a law or a grant; without a number behind it, it may be the word."""
_ALWAYS_ENDS = re.compile(r"(?:et al|(?<![\w.])[A-Z]|U\.K|U\.S|E\.U|U\.N|Inc|Ltd|Co|Corp|usw|osv|jne|Ph\.D|M\.Sc)\.$")
_ORDINAL = re.compile(r"(?<![\w.,])\d{1,2}\.$")
_MONTHS = re.compile(
    r"(?:jan|feb|mar|mär|apr|mai|maj|may|jun|jul|aug|sep|okt|oct|nov|dez|dec|des|jaan|veebr|märts|juuni|juuli|detsember)",
    re.IGNORECASE,
)
_CAPITALS = "".join(chr(code) for code in (*range(0x250), *range(0x370, 0x530)) if chr(code).isupper())
_SMALL = "".join(chr(code) for code in (*range(0x250), *range(0x370, 0x530)) if chr(code).islower())
_OPENING = '“"‘«(„¿¡‹'
_QUESTION = re.compile(rf"[;\u037e]\s+(?=[{_CAPITALS}«])")
"""The question mark of Greek."""
_FIRST_WORDS = (
    "The A An This These That Those It They We In On At For From By As To With However Moreover There When While If "
    "Its Der Die Das Es Im In Le La Les Il En "
)
_STARTERS = frozenset(_FIRST_WORDS.split())
_UP = "⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣᵃᵇᶜᵈᵉᶠ"
_END = re.compile(rf"[.!?…][”\"’'»)\]]*(?:[{_UP}][{_UP},–-]*)?$")
_MARKS = re.compile(rf"[{_UP}]+(?:[,–-][{_UP}]+)*|" r"\[\d{1,3}(?:[,–-]\s?\d{1,3})*\]|(?:\[\^[^\]\s]{1,40}\])+")
_MISSED = re.compile(
    rf"[.!?][”\"’»)]?(?:[{_UP}]+(?:[,–-][{_UP}]+)*)?"
    rf"(\s+|(?<=[{_SMALL})][.!?])(?=[{_CAPITALS}][{_SMALL}]))(?=[{_CAPITALS}{_OPENING}\d])"
)
_FLAT_MARK = re.compile(r"[^\W\d_]{2}[.!?][”\"’»)]?\d{1,3}(?:[,–-]\d{1,3})*\s+(?=[" + _CAPITALS + r"“(«])")
"""A reference number after the full stop that the file does not set as a raised one ("in care.12 The")."""


def split_sentences(page: Page, language: str = "en") -> tuple[Sentence, ...]:
    """Return the quotable sentences of a page in order; `language` is a two-letter code.

    Each is a trimmed slice of `page.text`. `open_start` and `open_end` mark one that the page cuts.
    """
    found: list[Sentence] = []
    offered = [block for block in page.blocks if block.kind in _SORTS or tells(page, block)]
    for index, block in enumerate(offered):
        sort = _SORTS.get(block.kind, "bullet")
        whole = sort == "row" or block.kind == "heading"
        spans = [(block.start, block.end)] if whole else list(_spans(page.text, block, language))
        for number, (start, end) in enumerate(spans):
            first, last = number == 0, number == len(spans) - 1
            text = page.text[start:end]
            cut_start = index == 0 and first and sort == "prose" and text[:1].islower()
            end_of_page = index == len(offered) - 1 and last and sort == "prose"
            cut_end = end_of_page and not _END.search(text) and text[-1:] != ":"
            found.append(Sentence(start, end, sort, block.lead, cut_start, cut_end))
    return tuple(found)


def sentences_in(text: str, block: Block, language: str = "en") -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of a block of a page's text."""
    return list(_spans(text, block, language))


def tells(page: Page, block: Block) -> bool:
    """Return whether a heading or caption is a statement: an objective and the like, a slide's title, a figure's."""
    text = page.text[block.start : block.end]
    if block.kind == "caption":
        figure = _FIGURE.match(text)
        return figure is not None and len(text[figure.end() :].split()) >= FEWEST_OF_TITLE
    is_title = len(text.split()) >= FEWEST_OF_TITLE and _is_slide(page)
    return block.kind == "heading" and (is_title or bool(_TELLS.match(text)))


def _is_slide(page: Page) -> bool:
    """Return whether a page is a slide: one of a presentation, or a wide PDF page with few words."""
    return page.label.startswith("slide ") or (
        page.width > 1.2 * page.height > 0 and len(page.text.split()) <= MOST_OF_SLIDE
    )


def _spans(text: str, block: Block, language: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sentence of a block, trimmed; nothing without a letter or a digit."""
    from sentencex import get_sentence_boundaries

    piece = text[block.start : block.end]
    # sentencex takes an empty line for a paragraph's end; blocks are cut already, so every blank is one blank here.
    flat = re.sub(r"\s", " ", piece)
    cuts = [int(item["end_index"]) for item in get_sentence_boundaries(language, flat)]
    cuts.extend(match.end() for match in _MISSED.finditer(flat))
    cuts.extend(match.end() for match in _FLAT_MARK.finditer(flat))
    if language == "el":
        cuts.extend(match.end() for match in _QUESTION.finditer(flat))
    start = 0
    for cut in [*sorted({cut for cut in cuts if 0 < cut < len(flat)}), len(flat)]:
        if cut < len(flat) and not _is_end(flat, start, cut, language):
            continue
        mark = _MARKS.match(flat, cut)  # a reference number after the full stop belongs to the sentence before
        if mark and (mark.end() == len(flat) or flat[mark.end()] == " "):
            cut = mark.end()
        part = flat[start:cut]
        left, right = start + len(part) - len(part.lstrip()), start + len(part.rstrip())
        if any(char.isalnum() for char in part):
            yield block.start + left, block.start + right
        start = cut


def _is_end(text: str, start: int, cut: int, language: str) -> bool:
    """Return whether a sentence really ends before `cut`."""
    before, after = text[start:cut].rstrip(), text[cut:].lstrip()
    if not before or not after:
        return False
    if before.count("(") > before.count(")") and after.find(")") != -1 and len(before) - before.rfind("(") < 200:
        inner = after.find("(")
        if inner == -1 or after.find(")") < inner:
            return False
    word = after.split()[0].strip("“\"'(‘«,")
    if re.fullmatch(r"[\W\d_]+", before) and len(before) < 5:
        return False
    if after[0].islower() and before[-1] not in "!?":
        return False
    if _NUMBER_FOLLOWS.search(before) and after[0].isdigit():
        return False
    starts = word in _STARTERS or word in first_words(language)
    if closing().search(before) and language != "de":
        return after.lstrip(_OPENING)[:1].isupper()
    if abbreviation(language).search(before):
        may_end = _ALWAYS_ENDS.search(before) or _BEFORE_NUMBERS.search(before)
        return may_end is not None and starts
    if _ORDINAL.search(before):
        return not (_MONTHS.match(word) or after[:1].islower()) and starts
    return True
