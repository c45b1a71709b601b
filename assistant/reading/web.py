"""Saved web pages: what the page shows, in order; nothing is fetched. Only this file knows trafilatura.

What the page hides from its reader or strikes out is taken out first. trafilatura tells title, author and date, and
judges the parts that may belong to the site and not to the document.
"""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableDocument
from assistant.model import Reading
from assistant.reading.builder import Builder, fold
from assistant.reading.css import styled
from assistant.reading.letters import declared_in, decoded
from assistant.reading.signs import steering_signs
from assistant.reading.web_blocks import Walk

LARGEST = 30 * 2**20
"""Bytes of a page: larger ones are data, no text."""
_SILENT = ("script", "style", "template", "noscript", "svg", "iframe", "object", "embed", "head/title")
_FRAMES = ("iframe", "object", "embed", "frame")
_STRUCK = frozenset(["del", "s", "strike"])
_LINE_THROUGH = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*(?:\.0+)?\s*(?:;|$)"
    r"|font-size\s*:\s*(?:0|1px|1pt|0?\.\d+(?:px|pt|em|rem)|0+(?:px|pt|em|rem|%))\s*(?:;|$|!)"
    r"|(?:left|top|text-indent|margin-left)\s*:\s*-\d{4,}|clip\s*:\s*rect\(\s*(?:0|1)",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?:^|;)\s*color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgba?\(\s*255\s*,\s*255\s*,\s*255|transparent\b)", re.IGNORECASE
)
_BACKGROUND = re.compile(r"background(?:-color|-image)?\s*:", re.IGNORECASE)


def read_html(path: Path) -> Reading:
    """Return the reading of a saved web page; raises UnreadableDocument."""
    data = path.read_bytes()
    if len(data) > LARGEST:
        raise UnreadableDocument(path.name, f"it is too large for a web page ({len(data) / 2**20:.0f} MiB)")
    found = decoded(data, path.name, declared_in(data))
    reading = reading_of(found.text, path.name)
    return Reading(
        reading.pages, reading.title, reading.author, reading.created, reading.language,
        warnings=(*found.warnings, *reading.warnings),
    )  # fmt: skip


def reading_of(text: str, name: str) -> Reading:
    """Return the reading of a page of HTML; `name` is the file's, for messages. Raises UnreadableDocument."""
    from trafilatura import extract, extract_metadata, load_html

    tree = load_html(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    if tree is None:
        raise UnreadableDocument(name, "it is not a web page, or it is empty")
    language = str(tree.get("lang") or "")[:20]
    facts = extract_metadata(deepcopy(tree))
    frames = sum(bool(node.get("src") or node.get("data")) for node in tree.iter(*_FRAMES))
    styled(tree)
    hidden, struck = take_out_hidden(tree)
    kept: list[str] = []

    def keeps(start: str) -> bool:
        if not kept:
            kept.append(fold(extract(deepcopy(tree), include_comments=False, favor_recall=True) or ""))
        return start in kept[0]

    builder = Builder()
    walk = Walk(tree, builder, keeps)
    pages = builder.pages()
    if not pages:
        raise UnreadableDocument(name, "it has no text")
    steering = steering_signs("".join(tree.itertext()))
    warnings = (
        (hidden, "hidden text was left out: not shown by the page"),
        (steering, "hidden text was left out: direction or tag characters"),
        (struck, "struck-out or deleted text was left out"),
        (walk.left_out, "sentences in menus, banners or footers of the page were left out"),
        (frames, "other pages shown inside the page were not read"),
    )
    title, author, date = (str(getattr(facts, name, None) or "") for name in ("title", "author", "date"))
    said = tuple(words for count, words in warnings if count)
    return Reading(pages, fold(title)[:500], fold(author)[:500], date[:10], language, (), said)


def take_out_hidden(tree: Any) -> tuple[int, int]:
    """Remove what is no text, not shown or struck out (in place); return how many letters were hidden, and struck."""
    for name in _SILENT:
        for node in tree.findall(f".//{name}"):
            _drop(node)
    letters = [0, 0]
    for node in list(tree.iter()):
        if not isinstance(node.tag, str):  # a comment
            _drop(node)
            continue
        style = str(node.get("style") or "")
        white = bool(_WHITE.search(style)) and not _BACKGROUND.search(style) and not _has_background(node)
        closed = node.tag == "dialog" and node.get("open") is None
        struck = node.tag in _STRUCK or bool(_LINE_THROUGH.search(style))
        if struck or closed or node.get("hidden") is not None or _HIDING.search(style) or white:
            letters[struck] += sum(char.isalnum() for char in "".join(node.itertext()))
            _drop(node)
    return letters[0], letters[1]


def _has_background(node: Any) -> bool:
    return any(_BACKGROUND.search(str(up.get("style") or "")) or up.get("bgcolor") for up in node.iterancestors())


def _drop(node: Any) -> None:
    """Remove an element and keep the text after it."""
    parent = node.getparent()
    if parent is None:
        return
    before = node.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (node.tail or "")
    else:
        parent.text = (parent.text or "") + (node.tail or "")
    parent.remove(node)
