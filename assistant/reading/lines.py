"""The lines of a text file as blocks: headings, items, paragraphs, rows of tables (pure).

Text copied from web pages often has one cell or one item on a line and no sentence signs; such a line is a block of
its own, while lines that were broken in the middle of a sentence make one paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.model import Block, BlockKind
from assistant.reading.roles import is_contents_heading, is_reference_heading
from assistant.reading.spans import Cell, laid_out

_BULLET = re.compile(r"\s*(?:[•‣▪◦●*+–—-]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+(?=\S)")
_MARKED = re.compile(r"(#{1,6})\s+(?=\S)")
_NUMBERED = re.compile(r"(?:[IVX]{1,5}\.|\d{1,2}(?:\.\d{1,2})*\.?)\s+[A-Z]")
_FENCE = re.compile(r"(?:```|~~~)")
_END = re.compile(r"[.!?…:;][”\"’')\]]*$")
_DELIMITERS = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_PIPE = re.compile(r"(?<!\\)\|")
_NO_WORDS = re.compile(
    r"\[[^\]^][^\]]*\]:\s*\S+.*|\{[:%{].*[}%]\}|!\[.*\]|\[toc\]|[-*_=~ ]{3,}|\*\[[^\]]+\]:.*|\|[-+=|: ]+\|",
    re.IGNORECASE,
)
"""A line that is markup and no text: the target of a link, attributes, a rule."""
_TERM = re.compile(r":[ \t]+(?=\S)")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands in the file: its place, its cells, how many rows head it, whether it can be quoted."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 0
    quotable: bool = True

    def composed(self, start: int) -> tuple[str, list[Block]]:
        """Return the rows as text, one under the other, and their blocks, the first at `start`."""
        table = laid_out(self.rows, self.heads)
        lines = [" · ".join(row) for row in ((table.heads, *table.rows) if table.heads else table.rows)]
        blocks: list[Block] = []
        lead: tuple[int, int] | None = None
        for index, line in enumerate(lines):
            span = (start, start + len(line))
            start = span[1] + 1
            if index == 0 and table.heads:
                lead = span
                blocks.append(Block("caption", *span))
            elif any(map(str.isalnum, line)):
                blocks.append(
                    Block("table" if self.quotable else "caption", *span, lead=lead if self.quotable else None)
                )
        return "\n".join(lines), blocks


Found = Block | Grid


@dataclass(slots=True)
class _State:
    """What the lines before say of those after."""

    blocks: list[Found]
    lead: tuple[int, int] | None = None
    references: int = 0
    """The level of the heading that opened a list of references, 0 outside one."""
    contents: bool = False

    def head(self, block: Block, text: str) -> None:
        line = text[block.start : block.end].strip("#*_ :")
        level = max(1, block.level)
        if not self.references or level <= self.references:
            self.references = level if is_reference_heading(line) else 0
        self.contents, self.lead = is_contents_heading(line), None
        self.blocks.append(block)


def blocks_of(text: str, *, markdown: bool = False, start: int = 0) -> list[Found]:
    """Return the blocks of a text from `start` on. Every block is a trimmed slice."""
    lines = [line for line in _lines(text) if line[0] >= start]
    state = _State([])
    index = 0
    while index < len(lines):
        apart = _markdown_part(text, lines, index) if markdown else None
        if apart is not None:
            for found in apart[0]:
                if isinstance(found, Block) and found.kind == "heading":
                    state.head(found, text)
                else:
                    state.blocks.append(found)
            index, state.lead = apart[1], None
            continue
        head = _heading(text, lines, index, markdown, not state.blocks)
        if head is not None:
            state.head(head, text)
            index += 1
        else:
            index = _paragraph(text, lines, index, markdown, state)
    return state.blocks


def _heading(text: str, lines: list[tuple[int, int]], index: int, markdown: bool, first: bool) -> Block | None:
    start, end = lines[index]
    marked = _MARKED.match(text, start, end) if markdown else None
    if not marked and (_BULLET.match(text, start, end) or not is_title(text, lines, index)):
        return None
    head = marked.end() if marked else start
    if marked:
        end = head + len(re.sub(r"\s+#+$|\s*\{[#:.][^}]*\}$", "", text[head:end]))
    level = len(marked[1]) if marked else 1 if _NUMBERED.match(text[start:end]) else 2
    return Block("title", head, end) if first else Block("heading", head, end, level)


def _paragraph(text: str, lines: list[tuple[int, int]], index: int, markdown: bool, state: _State) -> int:
    """Add the paragraph or item that begins on a line; return the line after it."""
    start, end = lines[index]
    bullet = _BULLET.match(text, start, end)
    note = _NOTE.match(text, start, end) if markdown else None
    term = _TERM.match(text, start, end) if markdown else None
    last = index
    while last + 1 < len(lines) and goes_on(text, lines[last], lines[last + 1], markdown):
        last += 1
    end = lines[last][1]
    if note:
        state.blocks.append(Block("side", start, end))
    elif bullet or term:
        before = state.blocks[-1] if state.blocks else None
        if term and isinstance(before, Block) and before.kind in ("paragraph", "caption"):
            state.lead = (before.start, before.end)
        mark = bullet or term
        assert mark is not None
        kind: BlockKind = "references" if state.references else "contents" if state.contents else "bullet"
        state.blocks.append(Block(kind, mark.end(), end, lead=state.lead if kind == "bullet" else None))
    elif state.references:
        state.blocks.append(Block("references", start, end))
    else:
        label = not markdown and len(text[start:end].split()) <= 2 and not _END.search(text[start:end])
        short = state.contents and len(text[start:end].split()) <= 25
        state.blocks.append(Block("contents" if short else "caption" if label else "paragraph", start, end))
        state.lead = lead_at(text, start, end)
    return last + 1


def _markdown_part(text: str, lines: list[tuple[int, int]], index: int) -> tuple[list[Found], int] | None:
    """Return (blocks of a table, a code fence or an underlined heading, the line after it), None for other lines."""
    start, end = lines[index]
    if _FENCE.match(text, start, end):
        last = index + 1
        while last < len(lines) and not _FENCE.match(text, *lines[last]):
            last += 1
        inside = lines[index + 1 : last]
        return [Block("caption", inside[0][0], inside[-1][1])] if inside else [], min(last + 1, len(lines))
    if _NO_WORDS.fullmatch(text, start, end):
        return [], index + 1
    under = text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
    near = index + 1 < len(lines) and text[end : lines[index + 1][0]].count("\n") == 1
    if near and re.fullmatch(r"=+|-{2,}", under) and end - start < 200 and not _BULLET.match(text, start, end):
        return [Block("heading", start, end, 1 if under[0] == "=" else 2)], index + 2
    if not (near and _PIPE.search(text, start, end) and "|" in under and _DELIMITERS.fullmatch(under)):
        return None
    last = index + 2
    while (
        last < len(lines)
        and _PIPE.search(text, *lines[last])
        and text[lines[last - 1][1] : lines[last][0]].count("\n") == 1
    ):
        last += 1
    rows = tuple(pipe_cells(text[slice(*lines[place])]) for place in range(index, last) if place != index + 1)
    return [Grid(start, lines[last - 1][1], rows, int(any(cell.text for cell in rows[0])))], last


def pipe_cells(line: str) -> tuple[Cell, ...]:
    """Return the cells of a row written with upright strokes."""
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return tuple(Cell(" ".join(part.replace("\\|", "|").split())) for part in _PIPE.split(inner))


def with_notes(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with each footnote of Markdown or reStructuredText tied to the sentence that has its mark."""
    from assistant.reading.sentences import sentences_in

    out: list[Block] = []
    for block in blocks:
        name = re.match(r"\[\^?#?([^\]]+)\]", text[block.start : block.end]) if block.kind == "side" else None
        if name is not None:
            mark = re.compile(rf"\[\^?#?{re.escape(name[1])}\]_?(?!:)")
            homes = (b for b in blocks if b is not block and b.kind in ("paragraph", "bullet", "table"))
            spans = (span for b in homes if mark.search(text, b.start, b.end) for span in sentences_in(text, b))
            block = replace(block, lead=next((span for span in spans if mark.search(text, *span)), None))
        out.append(block)
    return tuple(out)


def _lines(text: str) -> list[tuple[int, int]]:
    """Return the trimmed lines that are not empty, as slices."""
    found: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\r\n]+", text):
        piece = match[0]
        if piece.strip():
            left = match.start() + len(piece) - len(piece.lstrip())
            found.append((left, match.start() + len(piece.rstrip())))
    return found


def goes_on(text: str, line: tuple[int, int], after: tuple[int, int], markdown: bool) -> bool:
    """Return whether the next line belongs to the paragraph: no empty line between, and the sentence runs on.

    A line broken by width goes on in lower case, or (long lines) has no end of a sentence before it.
    """
    if text[line[1] : after[0]].replace("\r\n", "\n").count("\n") > 1:
        return False
    if _BULLET.match(text, *after) or (markdown and (text[after[0]] in "#|>" or _TERM.match(text, *after))):
        return False
    first = text[after[0]]
    if markdown:
        return not (_NO_WORDS.fullmatch(text, *after) or _NOTE.match(text, *after) or _FENCE.match(text, *after))
    ended = bool(_END.search(text[line[0] : line[1]]))
    width = line[1] - line[0]
    if first.islower() and not (ended and width < 40):
        return not ended or width >= 40
    return 55 <= width <= 110 and (not ended or after[1] - after[0] >= 55) and _wrapped(text, line)


def _wrapped(text: str, line: tuple[int, int]) -> bool:
    """Return whether the lines around have been broken at one width (about 55 to 110 signs)."""
    around = [len(part) for part in text[max(0, line[0] - 600) : line[1] + 600].splitlines() if part.strip()]
    longest = max(around, default=0)
    return longest <= 115 and sum(length > longest - 18 for length in around) >= 0.5 * len(around)


def is_title(text: str, lines: list[tuple[int, int]], index: int) -> bool:
    """Return whether a line is a heading: first line, numbered in Roman, or short before something long."""
    start, end = lines[index]
    line = text[start:end]
    words = line.split()
    if len(words) > 14 or _END.search(line) or not line[:1].isupper() or line[-1] in ",-":
        return False
    if _NUMBERED.match(line):
        return True
    before = text[slice(*lines[index - 1])] if index else ""
    apart = not index or text[lines[index - 1][1] : start].replace("\r\n", "\n").count("\n") > 1
    if not apart and not _END.search(before) and len(before.split()) > 6:
        return False
    if index + 1 >= len(lines):
        return False
    after = text[slice(*lines[index + 1])]
    return len(words) <= 8 and len(after) > 1.4 * len(line) and (index == 0 or after[:1].isupper())


def lead_at(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the last sentence of a paragraph that ends with a colon: it introduces the items after it."""
    if text[end - 1] != ":":
        return None
    ends = [match.end() for match in re.finditer(r"[.!?]\s+", text[start:end])]
    return start + (ends[-1] if ends else 0), end
