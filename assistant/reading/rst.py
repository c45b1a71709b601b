"""reStructuredText as blocks: directives, targets and comments are markup, what stands inside notes is text (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.model import Block
from assistant.reading.lines import Found, Grid, blocks_of
from assistant.reading.spans import Cell

_EXPLICIT = re.compile(r"([ \t]*)\.\.(?:[ \t]+|$)")
_DIRECTIVE = re.compile(r"[ \t]*\.\. ([\w-]+)::[ \t]*")
_NOTE = re.compile(r"[ \t]*\.\. (?=\[(?:#[\w-]*|\d+|\*)\][ \t]+\S)")
_TARGET = re.compile(r"(?:[ \t]*\.\. (?:_|\||\[)|__ )")
_OPTION = re.compile(r"[ \t]+:[\w -]+:(?:[ \t].*)?$")
_FIELD = re.compile(r":[A-Za-z][\w -]*:(?:[ \t]|$)")
_ADORNED = re.compile(r"([=\-~^\"'`#*+.:_<>])\1{2,}[ \t]*$")
_GRID = re.compile(r"[ \t]*\+(?:[-=]+\+)+[ \t]*$")
_SIMPLE = re.compile(r"[ \t]*=+(?: +=+)+[ \t]*$")
_TEXTS = (
    "note warning important tip hint caution danger attention error admonition seealso epigraph pull-quote highlights "
    "topic sidebar container compound versionadded versionchanged deprecated parsed-literal line-block rst-class "
    "list-table table figure only class centered"
)
_OPEN = frozenset(_TEXTS.split())
"""Directives whose inside is text of the document."""
_TITLED = frozenset(["admonition", "topic", "sidebar", "table", "list-table", "figure", "centered"])


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())


def rst_blocks(text: str, start: int) -> list[Found]:
    """Return the blocks of a text from `start` on; every block is a trimmed slice, tables apart."""
    lines = [
        _Line(m.start(), m.start() + len(m[0].rstrip()), m[0].rstrip()) for m in re.finditer(r"[^\n]*\n|[^\n]+", text)
    ]
    lines = [line for line in lines if line.start >= start]
    found: list[Found] = []
    levels: list[str] = []
    place = opened = 0
    while place < len(lines):
        taken = _markup(text, lines, place, levels)
        if taken is None:
            place += 1
            continue
        blocks, after = taken
        _add(found, _prose(text, lines[opened:place]))
        _add(found, blocks)
        place = opened = after
    _add(found, _prose(text, lines[opened:]))
    return found


def _add(found: list[Found], blocks: list[Found]) -> None:
    for block in blocks:
        if isinstance(block, Block) and block.kind in ("heading", "title"):
            block = replace(block, kind="heading" if found else "title", level=max(1, block.level) if found else 0)
        found.append(block)


def _prose(text: str, lines: list[_Line]) -> list[Found]:
    """Return paragraphs and items of lines without markup of their own."""
    kept = [line for line in lines if not line.blank and not _FIELD.match(line.text)]
    if not kept:
        return []
    blocks = blocks_of(text[: kept[-1].end], markdown=True, start=kept[0].start)
    return [replace(b, kind="paragraph", level=0) if isinstance(b, Block) and b.kind in ("title", "heading") else b for b in blocks]  # fmt: skip # noqa: E501


def _markup(text: str, lines: list[_Line], place: int, levels: list[str]) -> tuple[list[Found], int] | None:
    """Return (blocks, the line after) where markup begins on a line: a heading, a directive, a table; else None."""
    line = lines[place]
    after = lines[place + 1] if place + 1 < len(lines) else None
    if _GRID.match(line.text):
        return _grid(text, lines, place)
    if _SIMPLE.match(line.text):
        return _simple(lines, place)
    if _EXPLICIT.match(line.text) or line.text.startswith("__ "):
        return _explicit(text, lines, place)
    if _ADORNED.match(line.text):
        under = lines[place + 2].text if after is not None and place + 2 < len(lines) and not after.blank else ""
        if after is not None and _ADORNED.match(under) and under[0] == line.text[0]:
            return [_heading(after, line.text[0] * 2, levels)], place + 3
        return [], place + 1
    alone = not line.blank and not line.indent and (place == 0 or lines[place - 1].blank)
    if alone and after is not None and _ADORNED.match(after.text):
        return [_heading(line, after.text[0], levels)], place + 2
    return None


def _heading(line: _Line, sign: str, levels: list[str]) -> Block:
    if sign not in levels:
        levels.append(sign)
    return Block("heading", line.start + line.indent, line.end, min(6, levels.index(sign) + 1))


def _explicit(text: str, lines: list[_Line], place: int) -> tuple[list[Found], int]:
    """Return what a directive, a footnote or a target holds that is text."""
    line = lines[place]
    end = place + 1
    while end < len(lines) and (lines[end].blank or lines[end].indent > line.indent):
        end += 1
    while end > place + 1 and lines[end - 1].blank:
        end -= 1
    inside = lines[place + 1 : end]
    note = _NOTE.match(line.text)
    if note:
        last = next((i for i, item in enumerate(inside) if item.blank), len(inside))
        return [Block("side", line.start + note.end(), inside[last - 1].end if last else line.end)], end
    named = _DIRECTIVE.match(line.text)
    if named is None or named[1] not in _OPEN | {"rubric"}:
        return [], end
    title = (line.start + named.end(), line.end)
    blocks: list[Found] = []
    if named[1] == "rubric" and title[0] < title[1]:
        return [Block("heading", *title, 5)], end
    if title[0] < title[1] and named[1] != "figure":
        blocks.append(Block("caption" if named[1] in _TITLED else "paragraph", *title))
    body = [item for item in inside if not _OPTION.match(item.text)]
    while body and body[0].blank:
        body.pop(0)
    if body:
        inner = rst_blocks(text[: body[-1].end], body[0].start)
        blocks += [
            replace(b, kind="paragraph", level=0) if isinstance(b, Block) and b.kind == "title" else b for b in inner
        ]
    return blocks, end


def _grid(text: str, lines: list[_Line], place: int) -> tuple[list[Found], int]:
    """Return a table drawn with +---+ and strokes; where cells run over lines it cannot be quoted."""
    end = place
    while end < len(lines) and lines[end].text.lstrip()[:1] in ("+", "|") and lines[end].text.strip():
        end += 1
    borders = [i for i in range(place, end) if _GRID.match(lines[i].text)]
    rows: list[tuple[Cell, ...]] = []
    heads, wrapped = 0, False
    for above, below in pairwise(borders):
        inside = [line.text.strip().strip("|").split("|") for line in lines[above + 1 : below]]
        width = max((len(parts) for parts in inside), default=0)
        cells = [" ".join(" ".join(p[i] for p in inside if i < len(p)).split()) for i in range(width)]
        wrapped = wrapped or len(inside) > 1
        if cells:
            rows.append(tuple(map(Cell, cells)))
        if "=" in lines[below].text and not heads:
            heads = len(rows)
    if not rows:
        return [], max(end, place + 1)
    grid = Grid(lines[place].start + lines[place].indent, lines[end - 1].end, tuple(rows), heads, not wrapped)
    return [grid], end


def _simple(lines: list[_Line], place: int) -> tuple[list[Found], int]:
    """Return a table whose columns stand under strokes of equals signs."""
    borders = [place]
    end = place + 1
    while end < len(lines) and not (lines[end].blank and (len(borders) > 2 or end + 1 >= len(lines))):
        if _SIMPLE.match(lines[end].text):
            borders.append(end)
            if end + 1 < len(lines) and lines[end + 1].blank:
                end += 1
                break
        end += 1
    columns = [match.span() for match in re.finditer(r"=+", lines[place].text)]
    edges = [(left, after[0]) for (left, _), after in pairwise([*columns, (10_000, 10_000)])]
    rows = [
        tuple(Cell(" ".join(lines[i].text[left:right].split())) for left, right in edges)
        for i in range(place + 1, min(end, borders[-1] + 1))
        if i not in borders and not lines[i].blank and not re.fullmatch(r"[ \t-]+", lines[i].text)
    ]
    if len(borders) < 2 or not rows:
        return [], place + 1
    heads = 1 if len(borders) > 2 else 0
    grid = Grid(lines[place].start, lines[borders[-1]].end, tuple(rows), heads, all(r[0].text for r in rows))
    return [grid], borders[-1] + 1
