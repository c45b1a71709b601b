"""Text and Markdown files: one page whose text is the decoded file, unchanged, so that offsets are the file's own.

Text copied from web pages often has one cell or one item on a line and no sentence signs; such a line is a block of
its own, while lines that were broken in the middle of a sentence make one paragraph.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.model import Block, Page, Reading
from assistant.reading.signs import is_tampered

_BULLET = re.compile(r"\s*(?:[•‣▪◦●*+–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
_MARKED = re.compile(r"(#{1,6})\s+(?=\S)")
_NUMBERED = re.compile(r"(?:[IVX]{1,5}\.|\d{1,2}(?:\.\d{1,2})*\.?)\s+[A-Z]")
_REFERENCES = re.compile(r"(?:references|bibliography|sources|literature)\s*:?$", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TABLE_ROW = re.compile(r"\|.*\|$")
_TABLE_LINE = frozenset("|:- \t")
_FENCE = re.compile(r"(?:```|~~~)")
_END = re.compile(r"[.!?…:;][”\"’')\]]*$")


def read_plain(path: Path) -> Reading:
    """Return the reading of a .txt or .md file; raises UnreadableDocument where it is empty or no text."""
    text = decode(path.read_bytes(), path.name)
    if not any(char.isalnum() for char in text):
        raise UnreadableDocument(path.name, "the file is empty")
    blocks = blocks_of(text, markdown=path.suffix.lower() in (".md", ".markdown"))
    title = next((text[b.start : b.end] for b in blocks if b.kind in ("title", "heading")), "")
    blocks, warnings = _without_hidden(text, blocks)
    return Reading((Page(1, "1", text, blocks),), title=title, warnings=warnings)


def _without_hidden(text: str, blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return the blocks with those that a reader would not see, or not so, as captions: kept but never offered."""
    out: list[Block] = []
    warnings: list[str] = []
    comments = [match.span() for match in _COMMENT.finditer(text)]
    for block in blocks:
        commented = any(start <= block.start and block.end <= end for start, end in comments)
        tampered = is_tampered(text[block.start : block.end])
        if commented or tampered:
            block = Block("caption", block.start, block.end)
            warnings.append("direction, tag or zero-width characters" if tampered else "in a comment")
        out.append(block)
    return tuple(out), tuple(f"hidden text is not offered: {reason}" for reason in dict.fromkeys(warnings))


def decode(data: bytes, name: str) -> str:
    """Return the file's characters: UTF-8, UTF-16 with its mark, else Windows-1252. Line ends stay as they are."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\x00" in text[:10_000]:
        raise UnreadableDocument(name, "it is not a text file")
    return text


def blocks_of(text: str, *, markdown: bool = False) -> tuple[Block, ...]:
    """Return the blocks of a text: headings, bullets, paragraphs. Every block is a trimmed slice."""
    blocks: list[Block] = []
    lines = _lines(text)
    lead: tuple[int, int] | None = None
    references = False
    index = 0
    while index < len(lines):
        start, end = lines[index]
        apart = _markdown_part(text, lines, index) if markdown else None
        if apart is not None:
            blocks.extend(apart[0])
            index, lead = apart[1], None
            continue
        marked = _MARKED.match(text, start, end) if markdown else None
        bullet = _BULLET.match(text, start, end)
        if marked or (not bullet and _is_title(text, lines, index)):
            head = marked.end() if marked else start
            level = len(marked[1]) if marked else 1 if _NUMBERED.match(text[start:end]) else 2
            kind = "title" if not blocks else "heading"
            blocks.append(Block("title" if kind == "title" else "heading", head, end, 0 if kind == "title" else level))
            references, lead = bool(_REFERENCES.match(text[head:end])), None
            index += 1
            continue
        last = index
        while last + 1 < len(lines) and _goes_on(text, lines[last], lines[last + 1], markdown):
            last += 1
        end = lines[last][1]
        start = bullet.end() if bullet else start
        if references:
            blocks.append(Block("references", start, end))
        elif bullet:
            blocks.append(Block("bullet", start, end, lead=lead))
        else:
            label = not markdown and len(text[start:end].split()) <= 2 and not _END.search(text[start:end])
            blocks.append(Block("caption" if label else "paragraph", start, end))
            lead = _lead(text, start, end)
        index = last + 1
    return tuple(blocks)


def _markdown_part(text: str, lines: list[tuple[int, int]], index: int) -> tuple[list[Block], int] | None:
    """Return (blocks of a table, a code fence or an underlined heading, the line after it), None for other lines."""
    start, end = lines[index]
    if _FENCE.match(text, start, end):
        last = index + 1
        while last < len(lines) and not _FENCE.match(text, *lines[last]):
            last += 1
        inside = lines[index + 1 : last]
        return [Block("caption", inside[0][0], inside[-1][1])] if inside else [], min(last + 1, len(lines))
    under = text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
    underlined = re.fullmatch(r"=+|-{3,}", under) and text[end : lines[index + 1][0]].count("\n") == 1
    if underlined and end - start < 120:
        return [Block("heading", start, end, 1 if under[0] == "=" else 2)], index + 2
    if not (_TABLE_ROW.match(text, start, end) and "--" in under and set(under) <= _TABLE_LINE):
        return None
    blocks = [Block("caption", start, end)]
    last = index + 2
    while last < len(lines) and _TABLE_ROW.match(text, *lines[last]):
        blocks.append(Block("table", *lines[last], lead=(start, end)))
        last += 1
    return blocks, last


def _lines(text: str) -> list[tuple[int, int]]:
    """Return the trimmed lines that are not empty, as slices."""
    found: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\r\n]+", text):
        piece = match[0]
        if piece.strip():
            left = match.start() + len(piece) - len(piece.lstrip())
            found.append((left, match.start() + len(piece.rstrip())))
    return found


def _goes_on(text: str, line: tuple[int, int], after: tuple[int, int], markdown: bool) -> bool:
    """Return whether the next line belongs to the paragraph: no empty line between, and the sentence runs on.

    A line broken by width goes on in lower case, or (long lines) has no end of a sentence before it.
    """
    if text[line[1] : after[0]].replace("\r\n", "\n").count("\n") > 1:
        return False
    if _BULLET.match(text, *after) or (markdown and text[after[0]] in "#|>"):
        return False
    first = text[after[0]]
    if markdown:
        return True
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


def _is_title(text: str, lines: list[tuple[int, int]], index: int) -> bool:
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


def _lead(text: str, start: int, end: int) -> tuple[int, int] | None:
    if text[end - 1] != ":":
        return None
    ends = [match.end() for match in re.finditer(r"[.!?]\s+", text[start:end])]
    return start + (ends[-1] if ends else 0), end
