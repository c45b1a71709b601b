"""The small Markdown dialect of the digests: front matter and text, turned into typst source.

Why it exists: the digests are written and reviewed as plain text, and a strict little dialect (headings,
paragraphs, one level of lists, tables, side boxes, italic and bold) can be checked to the letter, where a general
Markdown reader would guess. Text reaches typst as string literals only, so no character of it is ever markup.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KINDS = ("policy-brief", "visit-report", "national-strategy", "framework", "other")
LAYOUTS = ("single", "two-columns", "landscape")
_REQUIRED = {"id": str, "title": str, "subtitle": str, "kind": str, "countries": list, "author": str, "year": int,
             "as_of": str, "language": str}  # fmt: skip
_OPTIONAL = {"layout": str, "front_matter": bool, "contents": bool, "official": str, "official_publisher": str,
             "official_address": str, "digest_of": list, "original_title": str}  # fmt: skip
_FOREIGN = re.compile(r"^(#(?!##? \S)|>|```|    |\t|\s+- |\* |!\[|<\w)|\]\(https?:")
_INLINE = re.compile(
    r"\*\*(?P<bold>(?:\\.|[^*\\])+)\*\*|\*(?P<italic>(?! )(?:\\.|[^*\\])+)\*|(?P<plain>(?:\\.|(?<= )\*(?= )|[^*\\])+)"
)
_ITEM = re.compile(r"^(?:-|(?P<number>\d+)\.) +(?P<text>.*)$")


class DigestError(ValueError):
    """A digest breaks the dialect; the message names the file and, where it helps, the line."""


@dataclass(frozen=True)
class Digest:
    """One digest as written: its front matter (checked) and its body (lines of the dialect, 1-based in the file)."""

    path: Path
    facts: dict[str, Any]
    body: str
    first_line: int

    @property
    def id(self) -> str:
        """The id of the front matter, equal to the file name without ``.md``."""
        return str(self.facts["id"])


@dataclass(frozen=True)
class Block:
    """One block of the body: a heading, paragraph, list, table or side box, in reading order."""

    kind: str
    text: str = ""
    level: int = 0
    start: int = 1
    rows: tuple[tuple[str, ...], ...] = ()
    inner: tuple[Block, ...] = field(default=())


def read_digest(path: Path) -> Digest:
    """Read and check one digest.

    Raises:
        DigestError: the front matter is missing, lacks a field, or has a value outside the spec.
    """
    text = path.read_text(encoding="utf-8")
    match = re.match(r"\+\+\+\n(.*?)\n\+\+\+\n", text, re.DOTALL)
    if match is None:
        raise DigestError(f"{path.name}: no front matter between two lines of +++ at the start")
    try:
        facts = tomllib.loads(match.group(1))
    except tomllib.TOMLDecodeError as error:
        raise DigestError(f"{path.name}: the front matter is not TOML: {error}") from error
    _check_facts(path, facts)
    return Digest(path, facts, text[match.end() :], text[: match.end()].count("\n") + 1)


def _check_facts(path: Path, facts: dict[str, Any]) -> None:
    """Names, types and ranges of the front matter; a wrong field is named with what was seen and wanted."""
    for name in _REQUIRED:
        if name not in facts:
            raise DigestError(f"{path.name}: the front matter lacks {name}")
    for name, value in facts.items():
        known = _REQUIRED.get(name) or _OPTIONAL.get(name)
        if known is None:
            raise DigestError(f"{path.name}: unknown field {name}")
        if type(value) is not known:
            raise DigestError(f"{path.name}: {name} is {value!r}, wanted a {known.__name__}")
    if facts["id"] != path.stem:
        raise DigestError(f"{path.name}: id is {facts['id']!r}, wanted {path.stem!r}")
    if facts["kind"] not in KINDS:
        raise DigestError(f"{path.name}: kind is {facts['kind']!r}, wanted one of {', '.join(KINDS)}")
    if facts.get("layout", "single") not in LAYOUTS:
        raise DigestError(f"{path.name}: layout is {facts['layout']!r}, wanted one of {', '.join(LAYOUTS)}")
    for code in facts["countries"]:
        if not re.fullmatch(r"[A-Z]{2}", str(code)) or code in ("UK", "EL", "EU"):
            raise DigestError(f"{path.name}: country {code!r} is not an ISO 3166-1 code (GB and GR, not UK and EL)")
    if not 1990 <= facts["year"] <= 2100:
        raise DigestError(f"{path.name}: year is {facts['year']}, wanted 1990 to 2100")


def read_blocks(digest: Digest) -> list[Block]:
    """The body's blocks in order.

    Raises:
        DigestError: a line is outside the dialect (another heading level, a link, HTML, a nested list …).
    """
    numbered = list(enumerate(digest.body.split("\n"), start=digest.first_line))
    return list(_blocks(digest.path.name, numbered))


def _blocks(name: str, lines: list[tuple[int, str]]) -> Iterator[Block]:
    """Cut numbered lines into blocks; side boxes are cut again inside."""
    at = 0
    caption = ""
    while at < len(lines):
        number, line = lines[at]
        if not line.strip():
            at += 1
        elif line.startswith("Table: "):
            caption, at = line[7:].strip(), at + 1
        elif line.startswith(":::"):
            end = next((i for i in range(at + 1, len(lines)) if lines[i][1].strip() == ":::"), None)
            title = re.fullmatch(r"::: side (\S.*)", line.strip())
            if end is None or title is None:
                raise DigestError(f"{name}, line {number}: a side box is ':::' 'side Title' … ':::'")
            yield Block("side", title.group(1), inner=tuple(_blocks(name, lines[at + 1 : end])))
            at = end + 1
        else:
            end = at + 1
            while end < len(lines) and _continues(line, lines[end][1]):
                end += 1
            yield _block(name, number, [text for _, text in lines[at:end]], caption)
            caption, at = "", end
    if caption:
        raise DigestError(f"{name}: the caption {caption!r} has no table")


def _continues(first: str, line: str) -> bool:
    """Whether a line belongs to the block that began with ``first``."""
    if not line.strip() or line.startswith((":::", "## ", "### ", "Table: ")) or first.startswith("#"):
        return False
    if first.startswith("|") or line.startswith("|"):
        return first.startswith("|") and line.startswith("|")
    return bool(_ITEM.match(first)) or not _ITEM.match(line)


def _block(name: str, number: int, lines: list[str], caption: str) -> Block:
    """One block from its lines."""
    for offset, line in enumerate(lines):
        if _FOREIGN.search(line):
            raise DigestError(f"{name}, line {number + offset}: not in the dialect: {line[:60]!r}")
    if caption and not lines[0].startswith("|"):
        raise DigestError(f"{name}, line {number}: the caption {caption!r} has no table")
    if lines[0].startswith("#"):
        marks, _, text = lines[0].partition(" ")
        return Block("heading", text.strip(), level=len(marks) - 1)
    if lines[0].startswith("|"):
        return _table(name, number, lines, caption)
    first = _ITEM.match(lines[0])
    if first is None:
        return Block("paragraph", " ".join(line.strip() for line in lines))
    items: list[str] = []
    for line in lines:
        item = _ITEM.match(line)
        if item is None:
            items[-1] += " " + line.strip()
        else:
            items.append(item["text"].strip())
    start = first["number"]
    return Block("bullets" if start is None else "numbers", start=int(start or 1), rows=tuple((i,) for i in items))


def _table(name: str, number: int, lines: list[str], caption: str) -> Block:
    """A pipe table: header, dashes, rows of the same width."""
    rows = [tuple(c.strip() for c in re.split(r"(?<!\\)\|", line.strip().strip("|"))) for line in lines]
    if len(rows) < 3 or not all(re.fullmatch(r":?-+:?", cell) for cell in rows[1]):
        raise DigestError(f"{name}, line {number}: a table is a header row, a row of dashes and rows")
    for offset, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise DigestError(f"{name}, line {number + offset}: {len(row)} cells, the header has {len(rows[0])}")
    return Block("table", caption, rows=(rows[0], *rows[2:]))


def literal(text: str) -> str:
    """A typst string literal that shows ``text`` exactly; as in Markdown, ``\\*`` stands for a plain asterisk."""
    plain = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def inline(text: str) -> str:
    """Text with ``*italic*`` and ``**bold**`` as typst markup made of string literals.

    Raises:
        DigestError: an asterisk has no partner.
    """
    parts: list[str] = []
    at = 0
    while at < len(text):
        match = _INLINE.match(text, at)
        if match is None:
            raise DigestError(f"an asterisk without a partner in {text[:60]!r} (write \\* for a plain one)")
        if match["bold"] is not None:
            parts.append(f"#strong({literal(match['bold'])})")
        elif match["italic"] is not None:
            parts.append(f"#emph({literal(match['italic'])})")
        else:
            parts.append(f"#{literal(match['plain'])}")
        at = match.end()
    return "".join(parts)


def to_typst(blocks: list[Block] | tuple[Block, ...]) -> str:
    """The typst source of the blocks, one paragraph apart."""
    return "\n\n".join(_source(block) for block in blocks) + "\n"


def _source(block: Block) -> str:
    """The typst source of one block."""
    if block.kind == "heading":
        return f"#heading(level: {block.level}, {literal(block.text)})"
    if block.kind == "paragraph":
        return inline(block.text)
    if block.kind == "side":
        return f"#sidebox({literal(block.text)}, [\n{to_typst(block.inner)}])"
    if block.kind == "table":
        return _table_source(block)
    items = "".join(f"  [{inline(item)}],\n" for (item,) in block.rows)
    return f"#list(\n{items})" if block.kind == "bullets" else f"#enum(start: {block.start},\n{items})"


def _table_source(block: Block) -> str:
    """A ruled table; a column of short cells is as wide as they are, the others share the rest by their text."""
    longest = [max(map(len, column)) for column in zip(*block.rows, strict=True)]
    widths = "".join("auto, " if n <= 20 and n < max(longest) else f"{round(3 * n**0.5)}fr, " for n in longest)
    head = "".join(f"[{inline(cell)}], " for cell in block.rows[0])
    cells = "".join("  " + "".join(f"[{inline(cell)}], " for cell in row) + "\n" for row in block.rows[1:])
    caption = literal(block.text) if block.text else "none"
    return f"#ruled(caption: {caption}, weights: ({widths}), head: ({head}), cells: (\n{cells}))"
