"""From the characters of a document to its pages in reading order (pure).

Plain text in the file's own order weaves side boxes, columns, headings and running heads into sentences; read this
way, 95 of 100 sentences stand whole and cut right, against 57 to 70. What is not sure stays apart: for a verbatim
quotation a cut sentence is better than an invented one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from assistant.geometry import Box
from assistant.model import Page
from assistant.reading.compose import NO_WORDS, Words, compose, words_of
from assistant.reading.continued import unite_tables
from assistant.reading.directions import straight
from assistant.reading.faults import Attempts
from assistant.reading.grids import take_grids
from assistant.reading.order import in_order, stacks_of
from assistant.reading.paragraphs import join_continuing, paragraphs_of
from assistant.reading.roles import Style, body_style, document_roles, fold_title, page_roles
from assistant.reading.rows import lines_of
from assistant.reading.running import printed_number, running_lines
from assistant.reading.shapes import Glyph, Line, Paragraph, Sheet, Stack
from assistant.reading.simple import plain_page, sound
from assistant.reading.tables import take_tables


def lay_out(
    sheets: Sequence[Sheet], outline: Sequence[tuple[int, str, int]] = (), attempts: Attempts | None = None
) -> tuple[Page, ...]:
    """Return the pages of a document; `outline` entries are (level from 1, title, physical page).

    Nothing is raised but MemoryError: a page on which a step fails is read simply, and `attempts` has the fault.
    """
    attempts = attempts or Attempts()
    sheets = [sheet if sheet.fallback else attempts.at(sheet.number, partial(sound, sheet), sheet) for sheet in sheets]
    sheets = [attempts.at(sheet.number, partial(straight, sheet), sheet) for sheet in sheets]
    pages = [attempts.at(sheet.number, partial(_lines, sheet), list[Line]()) for sheet in sheets]
    none: list[set[int]] = [set() for _ in sheets]
    running = attempts.at(0, lambda: running_lines(sheets, pages), none)
    words = attempts.at(0, lambda: words_of(pages), NO_WORDS)
    flows = [[line for i, line in enumerate(page) if i not in runs] for page, runs in zip(pages, running, strict=True)]
    body = body_style(flows)
    levels = {fold_title(title): level for level, title, _ in outline if fold_title(title)}
    titles: dict[int, set[str]] = {}
    for _, title, number in outline:
        titles.setdefault(number, set()).add(fold_title(title))
    content: list[list[Paragraph]] = []
    for sheet, lines in zip(sheets, flows, strict=True):
        heads = frozenset(titles.get(sheet.number, ()))
        content.append(attempts.at(sheet.number, partial(_paragraphs, sheet, lines, body, heads), list[Paragraph]()))
    attempts.at(0, lambda: document_roles(content, body, levels), None)
    attempts.at(0, lambda: unite_tables(content), None)
    out: list[Page] = []
    for sheet, lines, runs, paragraphs in zip(sheets, pages, running, content, strict=True):
        simple = sheet.fallback or sheet.number in attempts
        whole = partial(_composed, sheet, [lines[i] for i in sorted(runs)], paragraphs, words)
        page = None if simple else attempts.at(sheet.number, whole, None)
        out.append(page or plain_page(sheet))
    return tuple(out)


def _lines(sheet: Sheet) -> list[Line]:
    return lines_of(sheet.glyphs, sheet.areas)


def _paragraphs(sheet: Sheet, lines: Sequence[Line], body: Style, heads: frozenset[str]) -> list[Paragraph]:
    paragraphs = _flow(lines, sheet)
    page_roles(paragraphs, sheet, body, heads)
    return paragraphs


def _composed(sheet: Sheet, heads: Sequence[Line], paragraphs: Sequence[Paragraph], words: Words) -> Page:
    """Return the page of its paragraphs and its running lines."""
    top = [Paragraph([line], "running") for line in heads if line.base < sheet.height / 2]
    foot = [Paragraph([line], "running") for line in heads if line.base >= sheet.height / 2]
    rest = [Paragraph([line], "caption") for line in _turned(sheet.turned)]
    return compose(sheet, [*top, *paragraphs, *rest, *foot], words, printed_number(heads))


def _flow(lines: Sequence[Line], sheet: Sheet) -> list[Paragraph]:
    """Return the paragraphs and table rows of one page, in reading order."""
    tables, rest = take_tables(lines, sheet.rules)
    grids, stacks = take_grids(stacks_of(rest))
    rows: dict[int, list[Paragraph]] = {}
    for table in [*tables, *grids]:
        stack = Stack([line for row in table for line in row.lines])
        stack.lines.sort(key=lambda line: line.base)
        stacks.append(stack)
        rows[id(stack)] = table
    ordered = _by_area(stacks, sheet)
    flow = [rows[id(stack)] if id(stack) in rows else paragraphs_of(stack) for stack in ordered]
    return join_continuing(flow, [stack.area >= 0 for stack in ordered])


def _by_area(stacks: Sequence[Stack], sheet: Sheet) -> list[Stack]:
    """Return the stacks in reading order; what stands in one filled area, or a row of cards, is read in one go."""
    members: dict[int, list[Stack]] = {}
    width, first = sheet.width, _first_cards(sheet.areas)
    for index, stack in enumerate(stacks):
        members.setdefault(first.get(stack.area, stack.area) if stack.area >= 0 else -1 - index, []).append(stack)
    units: list[Stack] = []
    inside: dict[int, list[Stack]] = {}
    for area, group in members.items():
        lines = sorted((line for stack in group for line in stack.lines), key=lambda line: line.base)
        units.append(Stack(lines, area))
        inside[id(units[-1])] = group
    return [
        stack
        for unit in in_order(units, width)
        for stack in (inside[id(unit)] if len(inside[id(unit)]) == 1 else in_order(inside[id(unit)], width))
    ]


def _first_cards(areas: Sequence[Box]) -> dict[int, int]:
    """Return, for each filled area in a row of cards (same top and bottom, little between them), the row's first."""
    first: dict[int, int] = {}
    order = sorted(range(len(areas)), key=lambda index: (round(areas[index][1] / 4), areas[index][0]))
    for before, index in pairwise(order):
        a, b = areas[before], areas[index]
        if abs(a[1] - b[1]) < 4 and abs(a[3] - b[3]) < 4 and -2 < b[0] - a[2] < 40:
            first[index] = first.get(before, before)
    return first


def _turned(glyphs: Sequence[Glyph]) -> list[Line]:
    """Group turned characters by the file's own order; each group is a caption of its own."""
    groups: list[list[Glyph]] = []
    for glyph in glyphs:
        last = groups[-1][-1] if groups else None
        near = last is not None and abs(glyph.left - last.left) + abs(glyph.base - last.base) < 3 * glyph.size
        if near and last is not None and glyph.order == last.order + 1:
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return [Line(group) for group in groups]
