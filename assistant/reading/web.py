"""Saved web pages: the main text through trafilatura (the only file that knows it), nothing fetched.

What the page hides from its reader is taken out first. Where trafilatura finds little, the headings, paragraphs,
items and tables of the whole page are taken.
"""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableDocument
from assistant.model import Reading
from assistant.reading.builder import Builder, fold, heads
from assistant.reading.signs import steering_signs

LARGEST = 30 * 2**20
"""Bytes of a page: larger ones are data, no text."""
_SILENT = ("script", "style", "template", "noscript", "svg", "iframe", "object", "embed", "head/title")
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
    from trafilatura import extract, extract_metadata, load_html

    tree = load_html(data)
    if tree is None:
        raise UnreadableDocument(path.name, "it is not a web page, or it is empty")
    language = str(tree.get("lang") or "")[:20]
    facts = extract_metadata(deepcopy(tree))
    hidden = _take_out_hidden(tree)
    whole = fold(" ".join(tree.itertext()))
    found = extract(deepcopy(tree), output_format="xml", include_comments=False, include_tables=True, favor_recall=True)
    builder = Builder()
    if found:
        _from_extract(found, builder)
    pages = builder.pages()
    if sum(len(page.text) for page in pages) < min(200, 0.95 * len(whole)):
        builder = Builder()
        _from_tree(tree, builder)
        pages = builder.pages()
    if not pages:
        raise UnreadableDocument(path.name, "it has no text")
    warnings = ["hidden text was left out: not shown by the page"] if hidden else []
    if steering_signs(whole):
        warnings.append("hidden text was left out: direction or tag characters")
    title, author, date = (str(getattr(facts, name, None) or "") for name in ("title", "author", "date"))
    return Reading(pages, fold(title)[:500], fold(author)[:500], date[:10], language, (), tuple(warnings))


def _take_out_hidden(tree: Any) -> int:
    """Remove what is no text or is not shown (in place); return how many letters were hidden from the reader."""
    for name in _SILENT:
        for node in tree.findall(f".//{name}"):
            _drop(node)
    letters = 0
    for node in list(tree.iter()):
        if not isinstance(node.tag, str):  # a comment
            _drop(node)
            continue
        style = str(node.get("style") or "")
        white = bool(_WHITE.search(style)) and not _BACKGROUND.search(style) and not _has_background(node)
        if node.get("hidden") is not None or _HIDING.search(style) or white:
            letters += sum(char.isalnum() for char in "".join(node.itertext()))
            _drop(node)
    return letters


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


def _from_extract(found: str, builder: Builder) -> None:
    """Add what trafilatura kept."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    root = etree.fromstring(found.encode(), parser)
    main = root.find("main") if root is not None else None
    for node in main if main is not None else ():
        if node.tag == "head":
            level = str(node.get("rend") or "h2")[-1]
            builder.add("heading", _words(node), int(level) if level.isdigit() else 2)
        elif node.tag == "list":
            _items(node, "item", builder)
        elif node.tag == "table":
            rows = [[_words(cell) for cell in row.iter("cell")] for row in node.iter("row")]
            marked = bool(len(node)) and all(cell.get("role") == "head" for cell in node.iter("row").__next__())
            _add_table(rows, marked, builder)
        elif node.tag == "quote":
            builder.add("side", _words(node))
        else:
            builder.add("paragraph", _words(node))


def _items(node: Any, name: str, builder: Builder) -> None:
    for item in node.iter(name):
        own = [item.text or ""]
        for child in item:
            if child.tag not in ("list", "ul", "ol"):
                own.append(" ".join(child.itertext()))
            own.append(child.tail or "")
        builder.add("bullet", " ".join(own))


def _add_table(rows: list[list[str]], marked: bool, builder: Builder) -> None:
    if max((len(row) for row in rows), default=0) < 2:
        for row in rows:
            for cell in row:
                builder.add("paragraph", cell)
        return
    builder.table(rows, head=marked or heads(rows))


def _from_tree(tree: Any, builder: Builder) -> None:
    """Add headings, paragraphs, items and tables of the whole page, in order."""
    inside: set[Any] = set()
    for node in tree.iter("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "table", "blockquote", "pre", "div"):
        if any(up in inside for up in node.iterancestors()):
            continue
        if node.tag == "div":
            if (node.text or "").strip():
                builder.add("paragraph", node.text)
            continue
        inside.add(node)
        if node.tag[0] == "h":
            builder.add("heading", _words(node), int(node.tag[1]))
        elif node.tag in ("ul", "ol"):
            _items(node, "li", builder)
        elif node.tag == "table":
            lines = list(node.iter("tr"))
            rows = [[_words(cell) for cell in line.iter("td", "th")] for line in lines]
            _add_table(rows, bool(lines) and all(cell.tag == "th" for cell in lines[0].iter("td", "th")), builder)
        else:
            builder.add("side" if node.tag == "blockquote" else "paragraph", _words(node))


def _words(node: Any) -> str:
    return "".join(node.itertext())
