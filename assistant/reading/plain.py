"""Text and Markdown files: one page whose text is the decoded file, so that offsets are the file's own.

Left out of that text is only what a reader of the file does not see (comments, struck-out words, tags of HTML inside
Markdown), and the rows of a Markdown table are set as rows are everywhere. What stands before the text, between two
lines of dashes, is what the file says of itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.model import Block, Page, Reading
from assistant.reading.edits import applied, edits_of
from assistant.reading.letters import decoded
from assistant.reading.lines import Found, Grid, blocks_of, with_notes
from assistant.reading.signs import is_tampered

_FACTS = re.compile(
    r"\ufeff?(?:(---|\+\+\+)[ \t]*\r?\n(.*?)\r?\n(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)|((?:%[ \t][^\n]*(?:\n|\Z)){1,3}))",
    re.DOTALL,
)
_FACT = re.compile(r"^([A-Za-z][\w -]{0,30})[ \t]*[:=][ \t]*(.*?)[ \t]*$", re.MULTILINE)
_FOLDED = re.compile(r":[ \t]*[>|][+-]?[ \t]*\n((?:[ \t]+\S.*\n)+)")
"""A value that stands on the lines below its name."""
_LINE = re.compile(r"\s*$|\s|[-#}\]\[]|[A-Za-z][\w -]{0,30}[ \t]*[:=](?:\s|$)")
"""What stands in front matter: a name and a value, what belongs to the one above, a remark."""
_DAY = re.compile(r"((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text file says of itself before its text, and where the text begins."""

    start: int = 0
    title: str = ""
    author: str = ""
    created: str = ""
    language: str = ""


def read_plain(path: Path) -> Reading:
    """Return the reading of a .txt, .md or .rst file; raises UnreadableDocument where it is empty or no text."""
    found = decoded(path.read_bytes(), path.name)
    if not any(char.isalnum() for char in found.text):
        raise UnreadableDocument(path.name, "the file is empty")
    suffix = path.suffix.lower()
    rst = suffix == ".rst" or is_rst(found.text)
    markdown = suffix in (".md", ".markdown") and not rst
    facts = facts_of(found.text)
    body = found.text[facts.start :]
    edits = edits_of(body, markdown=markdown, rst=rst)
    body = found.text[: facts.start] + applied(body, edits)
    hidden = [f"hidden text was left out: {why}" for why in dict.fromkeys(edit.hidden for edit in edits) if why]
    text, blocks = _composed(body, _blocks(body, facts.start, markdown, rst))
    title = facts.title or next((text[b.start : b.end] for b in blocks if b.kind in ("title", "heading")), "")
    blocks, warnings = _without_hidden(text, blocks)
    warnings = tuple(dict.fromkeys((*found.warnings, *hidden, *warnings)))
    page = Page(1, "1", text, with_notes(text, blocks) if markdown or rst else blocks)
    return Reading((page,), " ".join(title.split()), facts.author, facts.created, facts.language, (), warnings)


def _blocks(text: str, start: int, markdown: bool, rst: bool) -> list[Found]:
    """Return the blocks of the text after what the file says of itself."""
    if rst:
        from assistant.reading.rst import rst_blocks

        return rst_blocks(text, start)
    return blocks_of(text, markdown=markdown, start=start)


def is_rst(text: str) -> bool:
    """Return whether a text is marked up as reStructuredText, whatever its name: it has its directives or targets."""
    return len(re.findall(r"^[ \t]*\.\. (?:[\w-]+::|_[^:\n]+:|\|[^|\n]+\| [\w-]+::)", text, re.MULTILINE)) >= 1


def facts_of(text: str) -> Facts:
    """Return what stands before the text: YAML or TOML between marks, or lines that begin with a per cent sign."""
    block = _FACTS.match(text)
    if block is None:
        return Facts()
    if block[3]:
        lines = [line.lstrip("% \t").strip() for line in block[3].splitlines()]
        day = _DAY.search(lines[2]) if len(lines) > 2 else None
        return Facts(block.end(), lines[0], lines[1] if len(lines) > 2 else "", day[0] if day else "")
    inside = _FOLDED.sub(lambda found: f": {' '.join(found[1].split())}\n", block[2] + "\n")
    named = {key.strip().lower(): _bare(value) for key, value in reversed(_FACT.findall(inside))}
    if not named or not all(map(_LINE.match, block[2].splitlines())):
        return Facts()
    day = _DAY.search(next((named[key] for key in ("date", "published", "created", "updated") if named.get(key)), ""))
    language = next((named[key] for key in ("lang", "language", "locale") if named.get(key)), "")
    return Facts(
        block.end(), named.get("title", ""), named.get("author", "") or named.get("publisher", ""),
        day[0] if day else "", language[:20],
    )  # fmt: skip


def _bare(value: str) -> str:
    """Return a value without its quotation marks and the comment behind it; nothing for one that goes on below."""
    value = value.strip()
    if value[:1] in ("'", '"') and value[1:].find(value[0]) >= 0:
        return value[1 : 1 + value[1:].index(value[0])]
    return "" if value in (">", "|", ">-", "|-") or value[:1] in "[{&" else value.split(" #")[0].strip()


def _composed(text: str, found: list[Found]) -> tuple[str, tuple[Block, ...]]:
    """Return (the text with its tables set as rows, its blocks); all other characters stay as they are."""
    parts: list[str] = []
    blocks: list[Block] = []
    place = shift = 0
    for item in found:
        if isinstance(item, Grid):
            set_text, rows = item.composed(item.start + shift)
            parts += [text[place : item.start], set_text]
            blocks += rows
            shift += len(set_text) - (item.end - item.start)
            place = item.end
            continue
        lead = (item.lead[0] + shift, item.lead[1] + shift) if item.lead else None
        blocks.append(replace(item, start=item.start + shift, end=item.end + shift, lead=lead))
    return "".join([*parts, text[place:]]), tuple(blocks)


def _without_hidden(text: str, blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return the blocks with those that unseen signs turn or cut as captions: kept but never offered."""
    out: list[Block] = []
    warnings: list[str] = []
    for block in blocks:
        if is_tampered(text[block.start : block.end]):
            block = Block("caption", block.start, block.end)
            warnings.append("hidden text is not offered: direction, tag or zero-width characters")
        out.append(block)
    return tuple(out), tuple(warnings)
