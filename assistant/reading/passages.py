"""From pages and sentences to passages: the slices that are searched as a whole (pure).

Passages are cut at headings and between sentences, hold about `passage_tokens` of the encoder's own tokens, and
begin with the last sentence of the one before, so that an answer over a seam is found too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.model import Page, Passage, Sentence, content_key
from assistant.reading.roles import BOX
from assistant.reading.sentences import split_sentences

LONGEST_SENTENCE = 230
SMALLEST = 0.2
"""Share of the wanted size below which a passage joins a neighbour."""
LONGEST_APART = 160
"""Characters of a caption, footnote or running head that may stand between the sentences of one passage."""
_CLAUSE = re.compile(r"[;:,–—]\s|\s[–—]\s|\)\s")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a part of one too long for the encoder, and its tokens."""

    start: int
    end: int
    tokens: int
    sentence: Sentence | None
    lead: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Section:
    """Units of one page under one heading path; side boxes are sections of their own."""

    page: Page
    headings: tuple[str, ...]
    units: tuple[_Unit, ...]
    side: bool


def cut_passages(
    document_id: str,
    pages: Sequence[Page],
    count_tokens: Callable[[Sequence[str]], list[int]],
    *,
    passage_tokens: int = 120,
    overlap_sentences: int = 1,
    outline: Sequence[tuple[int, str, int]] = (),
    language: str = "en",
) -> tuple[Passage, ...]:
    """Return the passages of a document in order; `count_tokens` is called once, for all sentences.

    Every passage is a slice of one page and holds whole sentences; `language` is a two-letter code.
    """
    sentences = [split_sentences(page, language) for page in pages]
    texts = [page.text[s.start : s.end] for page, found in zip(pages, sentences, strict=True) for s in found]
    counts = iter(count_tokens(texts) if texts else [])
    path: list[tuple[int, str]] = []
    passages: list[Passage] = []
    seen: set[str] = set()
    for page, found in zip(pages, sentences, strict=True):
        tokens = [next(counts) for _ in found]
        for section in _sections(page, found, tokens, path, outline, passage_tokens):
            for start, end, inside in _cut(section, passage_tokens, overlap_sentences):
                key = content_key(document_id, page.number, start, page.text[start:end])
                if key not in seen:
                    seen.add(key)
                    text = page.text[start:end]
                    passages.append(
                        Passage(key, document_id, page.number, start, end, text, section.headings, (), inside)
                    )
    return tuple(passages)


def _sections(
    page: Page,
    sentences: Sequence[Sentence],
    tokens: Sequence[int],
    path: list[tuple[int, str]],
    outline: Sequence[tuple[int, str, int]],
    passage_tokens: int,
) -> list[_Section]:
    """Return the page's sections; `path` is the heading path so far and is carried on (in place)."""
    _from_outline(page, path, outline)
    by_block = _by_block(page, sentences, tokens, passage_tokens)
    sections: list[_Section] = []
    units: list[_Unit] = []
    side = False
    aside: str | None = None

    def close() -> None:
        if units:
            names = tuple(title for _, title in path)
            sections.append(_Section(page, (*names, aside) if aside and side else names, tuple(units), side))
            units.clear()

    side_span: tuple[int, int] | None = None
    for index, block in enumerate(page.blocks):
        if block.kind == "heading":
            close()
            title = " ".join(page.text[block.start : block.end].split())
            if _opens_side(page, index):
                aside, side = title, True
            else:
                _push(path, block.level, title)
                aside, side = None, False
            units.extend(by_block[index])
            continue
        if block.kind not in ("paragraph", "bullet", "side", "table"):
            if block.end - block.start > LONGEST_APART:
                close()
            continue
        led = block.lead is None or bool(side_span and block.lead[0] >= side_span[0])
        in_side = block.kind == "side" or (block.kind == "bullet" and side and led)
        if in_side != side:
            close()
            side = in_side
            side_span = None
        if block.kind == "side" and side_span is None:
            side_span = (block.start, block.end)
        if not in_side:
            aside = None
        units.extend(by_block[index])
    close()
    return _joined(sections, passage_tokens)


def _joined(sections: list[_Section], wanted: int) -> list[_Section]:
    """Join a very short section with the one beside it under the same top heading; the longer one gives the path."""
    out: list[_Section] = []
    for section in sections:
        before = out[-1] if out else None
        if before is None or before.side or section.side or before.headings[:1] != section.headings[:1]:
            out.append(section)
            continue
        first, second = (sum(unit.tokens for unit in part.units) for part in (before, section))
        if min(first, second) < SMALLEST * wanted and first + second <= wanted and section.headings:
            path = before.headings if first > second else section.headings
            out[-1] = _Section(section.page, path, (*before.units, *section.units), False)
        else:
            out.append(section)
    return out


def _opens_side(page: Page, index: int) -> bool:
    """Return whether a heading is the head of a side box: the block after it stands in the box.

    Items under the title of a numbered box do, too.
    """
    after = page.blocks[index + 1].kind if index + 1 < len(page.blocks) else ""
    title = page.text[page.blocks[index].start : page.blocks[index].end]
    return after == "side" or (after == "bullet" and BOX.match(title) is not None)


def _push(path: list[tuple[int, str]], level: int, title: str) -> None:
    level = max(1, level)
    while path and path[-1][0] >= level:
        path.pop()
    path.append((level, title))


def _from_outline(page: Page, path: list[tuple[int, str]], outline: Sequence[tuple[int, str, int]]) -> None:
    """Take the heading path from the outline where no heading of that page was seen as one."""
    seen = {_fold(page.text[b.start : b.end]) for b in page.blocks if b.kind in ("heading", "title")}
    flat = _fold(page.text)
    for level, title, number in outline:
        if number == page.number and _fold(title) not in seen and _fold(title) not in flat:
            _push(path, level, title)


def _fold(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _by_block(
    page: Page, sentences: Sequence[Sentence], tokens: Sequence[int], passage_tokens: int
) -> dict[int, list[_Unit]]:
    """Return the units of each block, by the block's index."""
    found: dict[int, list[_Unit]] = {index: [] for index in range(len(page.blocks))}
    spans = [(block.start, block.end, index) for index, block in enumerate(page.blocks)]
    place = 0
    for sentence, count in zip(sentences, tokens, strict=True):
        while place < len(spans) and spans[place][1] <= sentence.start:
            place += 1
        if place < len(spans):
            found[spans[place][2]].extend(_units(page, sentence, count, passage_tokens))
    return found


def _units(page: Page, sentence: Sentence, count: int, passage_tokens: int) -> list[_Unit]:
    """Return one unit, or several parts where the sentence alone is longer than the encoder can take."""
    limit = int(min(passage_tokens * 1.9, LONGEST_SENTENCE))
    if count <= limit:
        return [_Unit(sentence.start, sentence.end, count, sentence, sentence.lead)]
    text = page.text[sentence.start : sentence.end]
    parts = max(2, -(-count // max(20, passage_tokens - 10)))
    cuts, start = [], 0
    for number in range(1, parts):
        wanted = len(text) * number // parts
        reach = len(text) // (2 * parts)
        clause = [m.end() for m in _CLAUSE.finditer(text, start + 1) if abs(m.end() - wanted) < reach]
        blank = text.find(" ", wanted) + 1
        cut = min(clause, key=lambda end: abs(end - wanted)) if clause else blank
        if start < cut < len(text):
            cuts.append(cut)
            start = cut
    edges = [0, *cuts, len(text)]
    units = []
    for first, last in pairwise(edges):
        part = text[first:last]
        left, right = sentence.start + first, sentence.start + first + len(part.rstrip())
        share = max(1, round(count * len(part) / len(text)))
        whole = Sentence(left, right, sentence.kind, sentence.lead, first > 0, last < len(text))
        units.append(_Unit(left, right, share, whole, sentence.lead))
    return units


def _cut(section: _Section, wanted: int, overlap: int) -> list[tuple[int, int, tuple[Sentence, ...]]]:
    """Return (start, end, sentences) of the passages of one section."""
    groups = _groups(section.units, wanted)
    out: list[tuple[int, int, tuple[Sentence, ...]]] = []
    for index, group in enumerate(groups):
        units = list(group)
        if overlap and index:
            before = [unit for unit in groups[index - 1][-overlap:] if unit.lead is None and unit.tokens > 2]
            before = [unit for unit in before if unit.sentence is None or unit.sentence.kind in ("prose", "side")]
            room = int(wanted * 1.6) - sum(unit.tokens for unit in units)
            while before and sum(unit.tokens for unit in before) > min(room, wanted // 2):
                before = before[1:]
            units = [*before, *units]
        units = _with_lead(units, section.units, wanted)
        inside = tuple(unit.sentence for unit in units if unit.sentence is not None)
        out.append((units[0].start, units[-1].end, inside))
    return out


def _with_lead(units: list[_Unit], every: Sequence[_Unit], wanted: int) -> list[_Unit]:
    """Put the sentence that introduces a bullet list directly before its first bullets, where it fits."""
    lead = units[0].lead
    if lead is None:
        return units
    first = next((i for i, unit in enumerate(every) if unit.start == units[0].start), 0)
    before = every[first - 1] if first else None
    if before is None or not before.start <= lead[0] < before.end:
        return units
    return [before, *units] if before.tokens + sum(unit.tokens for unit in units) <= 1.7 * wanted else units


def _led_by(units: Sequence[_Unit], index: int) -> int:
    """Return the tokens of the bullets that a sentence introduces."""
    total, after = 0, index + 1
    while units[index].lead is None and after < len(units) and units[after].lead is not None:
        total += units[after].tokens
        after += 1
    return total


def _groups(units: Sequence[_Unit], wanted: int) -> list[list[_Unit]]:
    """Fill groups to about `wanted` tokens; a short rest goes into the group before it."""
    groups: list[list[_Unit]] = []
    size = 0
    for index, unit in enumerate(units):
        led = _led_by(units, index)
        full = size + unit.tokens > wanted * 1.08 or (led > 0 and size + unit.tokens + led > wanted * 1.2)
        if groups and not full:
            groups[-1].append(unit)
            size += unit.tokens
        else:
            groups.append([unit])
            size = unit.tokens
    if len(groups) > 1:
        last, before = (sum(unit.tokens for unit in group) for group in (groups[-1], groups[-2]))
        if last < SMALLEST * wanted and last + before <= 1.5 * wanted:
            groups[-2:] = [groups[-2] + groups[-1]]
    return groups
