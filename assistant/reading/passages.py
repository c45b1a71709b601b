"""From pages and sentences to passages: the slices that are searched as a whole (pure).

Passages are cut at headings and between sentences, hold about `passage_tokens` of the encoder's own tokens, and
begin with the last sentence of the one before, so that an answer over a seam is found too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.model import Page, Passage, Sentence, content_key
from assistant.reading.continued import heads_before
from assistant.reading.sections import SMALLEST, Section, Unit, sections_of
from assistant.reading.sentences import split_sentences


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
    heads = heads_before(pages)
    for page, found in zip(pages, sentences, strict=True):
        tokens = [next(counts) for _ in found]
        head = heads.get(page.number, "")
        for section in sections_of(page, found, tokens, path, outline, passage_tokens, head):
            for start, end, inside in _cut(section, passage_tokens, overlap_sentences):
                key = content_key(document_id, page.number, start, page.text[start:end])
                if key not in seen:
                    seen.add(key)
                    text = page.text[start:end]
                    passages.append(
                        Passage(key, document_id, page.number, start, end, text, section.headings, (), inside)
                    )
    return tuple(passages)


def _cut(section: Section, wanted: int, overlap: int) -> list[tuple[int, int, tuple[Sentence, ...]]]:
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


def _with_lead(units: list[Unit], every: Sequence[Unit], wanted: int) -> list[Unit]:
    """Put the sentence that introduces a bullet list directly before its first bullets, where it fits."""
    lead = units[0].lead
    if lead is None:
        return units
    first = next((i for i, unit in enumerate(every) if unit.start == units[0].start), 0)
    before = every[first - 1] if first else None
    if before is None or not before.start <= lead[0] < before.end:
        return units
    return [before, *units] if before.tokens + sum(unit.tokens for unit in units) <= 1.7 * wanted else units


def _led_by(units: Sequence[Unit], index: int) -> int:
    """Return the tokens of the bullets that a sentence introduces."""
    total, after = 0, index + 1
    while units[index].lead is None and after < len(units) and units[after].lead is not None:
        total += units[after].tokens
        after += 1
    return total


def _groups(units: Sequence[Unit], wanted: int) -> list[list[Unit]]:
    """Fill groups to about `wanted` tokens; a short rest goes into the group before it."""
    groups: list[list[Unit]] = []
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
