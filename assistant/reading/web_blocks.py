"""The blocks of a web page in order: headings, paragraphs, items, tables with their spans, notes beside their sentence.

Menus, banners and footers are no text of the document; whatever else the page shows is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from assistant.reading.builder import Builder, fold
from assistant.reading.spans import Cell
from assistant.reading.web_text import BLOCKS, Words, notes_in

_SKIPPED = frozenset(["nav", "hr", "option", "menu", "dialog"])
_ROLES = frozenset(["navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar", "alert", "dialog"])
_DOUBTFUL = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|footer|sidebar|cookies?|share|sharing|social|skip|related|"
    r"pagination|pager|newsletter|advert|toolbar|banner|masthead|toc)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[^\s.!?]+\s+){7,}[^.!?]*[.!?]")
LEAST_MAIN = 0.3
"""Share of the page's words that its main part must hold to be taken for the document."""
LINKS = 0.8
"""Share of the letters of a list that stand in links, from which it is a menu."""


class Walk:
    """One walk over a page; `keeps` says of a doubtful part whether it is text of the document after all."""

    def __init__(self, tree: Any, builder: Builder, keeps: Callable[[str], bool]) -> None:
        self.builder = builder
        self.keeps = keeps
        self.words = Words(notes_in(tree))
        self.notes = frozenset(self.words.notes.values())
        self.left_out = 0
        """Sentences in menus, banners and footers."""
        body = tree.find("body") if tree.find("body") is not None else tree
        mains = [node for node in body.iter() if node.tag == "main" or node.get("role") == "main"]
        mains = mains or [
            node for node in body.iter("article") if not any(up.tag == "article" for up in node.iterancestors())
        ]
        inside, whole = (sum(len(fold("".join(node.itertext()))) for node in nodes) for nodes in (mains, [body]))
        self.main = bool(mains) and inside >= LEAST_MAIN * whole
        for node in mains if self.main else [body]:
            self.block(node)

    def block(self, node: Any, depth: int = 0) -> None:
        """Add what stands in an element."""
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or node in self.notes or depth > 150:
            return
        if self._is_furniture(node):
            self.left_out += len(_SENTENCE.findall(" ".join(node.itertext())))
        elif re.fullmatch("h[1-6]", tag):
            self._put("heading", self.words.line(node), int(tag[1]))
        elif tag in ("ul", "ol", "dir"):
            self._list(node)
        elif tag == "table":
            self._table(node, depth)
        elif tag in ("blockquote", "figcaption", "caption", "dt", "dd", "pre", "address"):
            kind = {"dt": "paragraph", "dd": "bullet", "pre": "paragraph", "caption": "caption"}.get(tag, "side")
            if any(child.tag in BLOCKS for child in node.iter() if child is not node):
                self._mixed(node, kind, depth)
            else:
                self._put(kind, self.words.line(node))
        else:
            self._mixed(node, "side" if tag == "aside" else "paragraph", depth)

    def _mixed(self, node: Any, kind: str, depth: int) -> None:
        """Add the blocks inside an element, and as paragraphs the words that stand between them."""
        run: list[Any] = [node.text or ""]
        for child in node:
            own = isinstance(child.tag, str) and (child.tag in BLOCKS or any(c.tag in BLOCKS for c in child.iter()))
            if own:
                self._run(kind, run)
                if (
                    kind in ("side", "bullet")
                    and child.tag in ("p", "div", "span")
                    and not any(c.tag in BLOCKS for c in child)
                ):
                    self._run(kind, [child])
                else:
                    self.block(child, depth + 1)
                run = []
            else:
                run.append(child)
            run.append(child.tail or "")
        self._run(kind, run)

    def _run(self, kind: str, run: list[Any]) -> None:
        for part in re.split(r"\n\s*\n", self.words.of(*run)):
            self._put(kind, part, notes=False)
        self._close_notes()

    def _put(self, kind: Any, text: str, level: int = 0, *, notes: bool = True) -> None:
        self.builder.add(kind, text, level)
        if notes:
            self._close_notes()

    def _close_notes(self) -> None:
        for mark, text in self.words.met:
            self.builder.note(mark, text)
        self.words.met.clear()

    def _list(self, node: Any) -> None:
        inner = "".join((link.get("href") or "")[:1] for link in node.iter("a"))
        kind = "contents" if len(inner) >= 3 and set(inner) == {"#"} and self._is_linked(node) else "bullet"
        for item in node:
            if not isinstance(item.tag, str) or item in self.notes:
                continue
            if item.tag in ("ul", "ol"):
                self._list(item)
                continue
            run: list[Any] = [item.text or ""]
            for child in item:
                if child.tag in ("ul", "ol", "table", "dl", "figure"):
                    self._put(kind, self.words.line(*run))
                    self.block(child)
                    run = []
                else:
                    run.append(child)
                run.append(child.tail or "")
            self._put(kind, self.words.line(*run))

    def _table(self, node: Any, depth: int) -> None:
        cells = cells_of(node)
        nested = next((table for table in node.iter("table") if table is not node), None) is not None
        heads = any(cell.tag == "th" for row in cells for cell in row)
        for caption in node.findall("caption"):
            self._put("caption", self.words.line(caption))
        wide = max((len(row) for row in cells), default=0)
        prose = not heads and any(len(list(cell.iter("p", "ul", "h2", "h3"))) > 3 for row in cells for cell in row)
        if wide < 2 or node.get("role") in ("presentation", "none") or (nested and not heads) or prose:
            for row in cells:
                for cell in row:
                    self._mixed(cell, "paragraph", depth + 1)
            return
        self.builder.table([[cell_of(cell, self.words) for cell in row] for row in cells])
        self._close_notes()

    def _is_furniture(self, node: Any) -> bool:
        """Return whether an element belongs to the site and not to the document."""
        if node.tag in _SKIPPED or node.get("role") in _ROLES:
            return True
        inside = any(up.tag in ("main", "article") for up in node.iterancestors())
        if node.tag in ("footer", "header") and not inside and node.tag != "body":
            return node.tag == "footer" or next(node.iter("h1"), None) is None
        if node.tag == "aside" and not inside:
            return not self._kept(node)
        if self.main or node.tag in ("body", "main", "article", "html"):
            return False
        named = f"{node.get('class') or ''} {node.get('id') or ''}"
        doubtful = bool(_DOUBTFUL.search(named)) or (node.tag in ("ul", "ol") and self._is_linked(node))
        return doubtful and not self._kept(node)

    def _is_linked(self, node: Any) -> bool:
        links = ["".join(link.itertext()).strip() for link in node.iter("a")]
        letters = len(fold("".join(node.itertext())))
        short = sum(len(text.split()) <= 6 for text in links) >= 0.7 * len(links)
        return len(links) >= 3 and short and sum(map(len, links)) >= LINKS * letters

    def _kept(self, node: Any) -> bool:
        return any(self.keeps(text) for text in _starts(node))


def _starts(node: Any) -> Iterator[str]:
    """Yield the beginnings of the longer pieces of text in an element."""
    for text in node.itertext():
        words = fold(text)
        if len(words.split()) >= 6:
            yield words[:60]


def cells_of(table: Any) -> list[list[Any]]:
    """Return the elements that are the cells of a table, row by row, without those of tables inside it."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), table) is table]
    return [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]


def cell_of(cell: Any, words: Words) -> Cell:
    """Return a cell with its words and spans."""
    over = [cell.get(name) or "1" for name in ("colspan", "rowspan")]
    columns, down = (int(text) if text.isdigit() and 0 < int(text) < 1000 else 1 for text in over)
    head = cell.tag == "th" or next(cell.iterancestors("thead"), None) is not None
    return Cell(words.line(cell), columns, down, head)
