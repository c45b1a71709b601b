"""Stretches of a text file that are not what its reader sees, and the text without them (pure).

The text of a page is the file's own, but for these: what a Markdown file hides, strikes out or sets as HTML. Each
edit replaces one stretch; every other character stays as it is in the file.
"""

from __future__ import annotations

import bisect
import html
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assistant.reading.html_tables import tables_in
from assistant.reading.raised import lowered, raised


class Edit(NamedTuple):
    """A stretch of the file, what stands there instead, and why it was left out where it was hidden."""

    start: int
    end: int
    text: str = ""
    hidden: str = ""


_COMMENT, _STRUCK, _SILENT = "in a comment", "struck out", "not shown by the page"
_CODE = re.compile(
    r"^(?P<f>```+|~~~+).*?^(?P=f)[`~]*[ \t]*$|(?P<t>`+)(?!`).*?(?<!`)(?P=t)(?!`)", re.DOTALL | re.MULTILINE
)
_TAG = r"(?:\s[^<>]*)?>"
_HIDDEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL), _COMMENT),
    (re.compile(r"\{>>.*?<<\}", re.DOTALL), _COMMENT),
    (re.compile(rf"<(del|s|strike){_TAG}.*?</\1\s*>", re.DOTALL | re.IGNORECASE), _STRUCK),
    (re.compile(r"<(\w+)\s[^<>]*line-through[^<>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE), _STRUCK),
    (re.compile(r"\{--.*?--\}", re.DOTALL), _STRUCK),
    (re.compile(r"(?<![~\w])~~(?=[^\s~])(?:(?!\n\s*\n).)*?(?<=[^\s~])~~(?!~)", re.DOTALL), _STRUCK),
    (re.compile(r"(?<=\w)~~(?=[^\s~])(?:(?!\n\s*\n).)*?(?<=[^\s~])~~(?!~)", re.DOTALL), _STRUCK),
    (re.compile(rf"<(script|style|svg|template){_TAG}.*?</\1\s*>", re.DOTALL | re.IGNORECASE), ""),
    (re.compile(r"<(\w+)\s[^<>]*(?:display\s*:\s*none|\shidden)[^<>]*>.*?</\1\s*>", re.DOTALL | re.I), _SILENT),
)  # fmt: skip
_RAISED = re.compile(rf"<(sup|sub){_TAG}(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"[ \t]*<(?:br|wbr|td|th|li|p|div)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>")
_PICTURE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)(?:\{[^}\n]*\})?")
_INSERTED = re.compile(r"\{\+\+|\+\+\}")
_ENTITY = re.compile(r"&(?:[a-zA-Z]\w{1,30}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_QUOTED = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.MULTILINE)
_RST_LINK = re.compile(r"(?<=[^`<\s])\s*<[^`>\n]*(?:\n[^`>\n]*)?>(?=`(?:__?)?)")
_RST_COMMENT = re.compile(r"^\.\.[ \t]+(?![\w-]+::|_|\||\[)\S.*(?:\n[ \t]+\S.*|\n[ \t]*(?=\n[ \t]+\S))*", re.MULTILINE)
_SOFT = re.compile(r"\u00ad(?:[ \t]*\r?\n[ \t]*(?=\w))?")


def edits_of(text: str, *, markdown: bool = False, rst: bool = False) -> list[Edit]:
    """Return the edits of a text file in order, none overlapping another; what stands as code is left alone."""
    found = [Edit(match.start(), match.end()) for match in _SOFT.finditer(text)]
    if markdown:
        code = [match.span() for match in _CODE.finditer(text)]
        marks = (edit for edit in _markdown(text) if not any(a <= edit.start < b for a, b in code))
        found = [*marks, *found]
    if rst:
        found = [*_rst(text), *found]
    return in_order(without_gap(text, edit) for edit in found)


def _markdown(text: str) -> Iterator[Edit]:
    """Yield what a Markdown file hides first: of edits that overlap, the first one counts."""
    comments = [Edit(match.start(), match.end(), "", _COMMENT) for match in _HIDDEN[0][0].finditer(text)]
    yield from comments
    yield from (Edit(*found) for found in tables_in(text))
    for pattern, why in _HIDDEN[1:]:
        yield from (Edit(match.start(), match.end(), "", why) for match in pattern.finditer(text))
    for match in _RAISED.finditer(text):
        put = raised if match[1].lower() == "sup" else lowered
        inner = _ANY_TAG.sub("", match[2])
        yield Edit(match.start(), match.end(), put(html.unescape(inner), text[: match.start()][-2:]))
    yield from (Edit(match.start(), match.end(), " ") for match in _BREAK.finditer(text))
    for pattern in (_ANY_TAG, _PICTURE, _INSERTED, _QUOTED):
        yield from (Edit(match.start(), match.end()) for match in pattern.finditer(text))
    for match in _ENTITY.finditer(text):
        sign = html.unescape(match[0])
        if sign != match[0] and sign not in "<>":
            yield Edit(match.start(), match.end(), sign)


def _rst(text: str) -> Iterator[Edit]:
    """Yield the targets of links and the comments of reStructuredText."""
    yield from (Edit(match.start(), match.end()) for match in _RST_LINK.finditer(text))
    for match in _RST_COMMENT.finditer(text):
        if re.search(r"\w\s+\w", match[0]):
            yield Edit(match.start(), match.end(), "", _COMMENT)


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits sorted by place; of those that overlap the one given first stays."""
    starts: list[int] = []
    kept: list[Edit] = []
    for edit in edits:
        place = bisect.bisect_left(starts, edit.start)
        if place and kept[place - 1].end > edit.start:
            continue
        if place < len(kept) and kept[place].start < max(edit.end, edit.start + 1):
            continue
        starts.insert(place, edit.start)
        kept.insert(place, edit)
    return kept


def without_gap(text: str, edit: Edit) -> Edit:
    """Return an edit that takes one of the two blanks round what was hidden with it."""
    alone = edit.hidden and text[edit.start - 1 : edit.start] == " " and text[edit.end : edit.end + 1] == " "
    return edit._replace(end=edit.end + 1) if alone else edit


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with each edit in the place of its stretch; `edits` are in order."""
    parts: list[str] = []
    place = 0
    for edit in edits:
        parts += [text[place : edit.start], edit.text]
        place = edit.end
    return "".join([*parts, text[place:]])
