"""Word files (.docx) through python-docx (the only file that knows it).

Headings, items, tables and text boxes come from the file's own structure. Pages are what explicit page breaks make,
for a Word file has no others; runs that are hidden, white or tiny, and deleted text, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableDocument
from assistant.model import Reading
from assistant.reading.builder import Builder, fold, heads
from assistant.reading.signs import steering_signs

DEEPEST = 30
"""Tables in tables, boxes in boxes: no deeper."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset({_W + "del", _W + "moveFrom", _MC + "Fallback", _W + "instrText", _W + "delText"})


class _Word:
    """One walk over a document's body."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.builder = Builder()
        self.hidden = 0
        self.steering = 0
        self.styles = {style.style_id: style for style in document.styles}

    def walk(self, parent: Any, depth: int = 0) -> None:
        """Add the paragraphs and tables below an element, in order."""
        if depth > DEEPEST:
            return
        for child in parent:
            if child.tag == _W + "p":
                self.paragraph(child, depth)
            elif child.tag == _W + "tbl":
                self.table(child, depth)
            elif child.tag == _W + "sdt":
                content = child.find(_W + "sdtContent")
                gallery = child.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
                if gallery is not None and "Contents" in str(gallery.get(_W + "val")):
                    for paragraph in child.iter(_W + "p"):
                        self.builder.add("contents", self.text(paragraph))
                elif content is not None:
                    self.walk(content, depth + 1)
            elif child.tag in (_W + "ins", _W + "moveTo", _W + "customXml", _W + "smartTag"):
                self.walk(child, depth + 1)

    def paragraph(self, element: Any, depth: int) -> None:
        """Add one paragraph, the text boxes anchored in it, and the page breaks around and inside it."""
        properties = element.find(_W + "pPr")
        if _on(properties, "pageBreakBefore"):
            self.builder.new_page()
        kind, level = self.role(element, properties)
        parts = self.text(element).split("\f")
        for index, part in enumerate(parts):
            if index:
                self.builder.new_page()
            self.builder.add(kind, part, level)
        for box in element.iter(_W + "txbxContent"):
            if not any(parent.tag in _SKIPPED for parent in box.iterancestors()):
                for inner in box.iter(_W + "p"):
                    self.builder.add("side", self.text(inner))
        section = properties.find(_W + "sectPr") if properties is not None else None
        if section is not None:
            sort = section.find(_W + "type")
            if sort is None or sort.get(_W + "val") in ("nextPage", "oddPage", "evenPage"):
                self.builder.new_page()

    def role(self, element: Any, properties: Any) -> tuple[Any, int]:
        """Return (kind, heading level) of a paragraph by its style, its outline level, its numbering."""
        style = self.styles.get(_value(properties, "pStyle"))
        name = (style.name or "").lower() if style is not None else ""
        if name in ("title", "subtitle"):
            return ("title", 0) if name == "title" else ("caption", 0)
        if name.startswith(("toc", "table of")):
            return "contents", 0
        if name.startswith("caption"):
            return "caption", 0
        heading = re.match(r"heading (\d)", name)
        outline = _value(properties, "outlineLvl") or self._outline(style)
        if heading or (outline.isdigit() and int(outline) < 9):
            return "heading", min(6, int(heading[1]) if heading else int(outline) + 1)
        if properties is not None and properties.find(_W + "numPr") is not None and _value(properties, "numId") != "0":
            return "bullet", 0
        if name.startswith("list"):
            return "bullet", 0
        return ("heading", 4) if self._is_bold_line(element) else ("paragraph", 0)

    def _outline(self, style: Any) -> str:
        for _ in range(10):
            if style is None:
                return ""
            level = _value(style.element.find(_W + "pPr"), "outlineLvl")
            if level:
                return level
            style = style.base_style
        return ""

    def _is_bold_line(self, element: Any) -> bool:
        """Return whether a paragraph is short, bold throughout and no sentence: a heading that only looks like one."""
        runs = [run for run in element.iter(_W + "r") if any(text.text for text in run.iter(_W + "t"))]
        text = fold(self.text(element, count=False))
        if not runs or len(text.split()) > 12 or text[-1:] in ".,;:!":
            return False
        return all(_on(run.find(_W + "rPr"), "b") for run in runs)

    def text(self, element: Any, *, count: bool = True) -> str:
        """Return a paragraph's visible text; a page break is a form feed."""
        parts: list[str] = []
        for node in _visible(element):
            if node.tag == _W + "r":
                words = "".join(_run(node))
                if _is_hidden(node):
                    self.hidden += len(words.replace(" ", "")) if count else 0
                    words = "\f" if "\f" in words else ""
                self.steering += steering_signs(words) if count else 0
                parts.append(words)
        return "".join(parts)

    def table(self, element: Any, depth: int) -> None:
        """Add a table: rows of cells, or what stands in it where it only serves the layout."""
        rows: list[list[str]] = []
        marked = False
        for row in element.iter(_W + "tr"):
            if next(row.iterancestors(_W + "tbl")) is not element:
                continue
            cells = [cell for cell in row.iter(_W + "tc") if next(cell.iterancestors(_W + "tr")) is row]
            rows.append([" ".join(self.text(p) for p in cell.iter(_W + "p")).replace("\f", " ") for cell in cells])
            marked = marked or (len(rows) == 1 and _on(row.find(_W + "trPr"), "tblHeader"))
        if max((len(row) for row in rows), default=0) < 2:
            for cell in element.iter(_W + "tc"):
                self.walk(cell, depth + 1)
            return
        self.builder.table(rows, head=marked or heads(rows))


def read_docx(path: Path) -> Reading:
    """Return the reading of a .docx file; raises UnreadableDocument."""
    import docx

    try:
        document = docx.Document(str(path))
    except Exception as problem:  # python-docx raises KeyError, ValueError, BadZipFile, XMLSyntaxError and others
        raise UnreadableDocument(path.name, "the file is damaged or no Word document") from problem
    word = _Word(document)
    word.walk(document.element.body)
    pages = word.builder.pages()
    if not pages:
        raise UnreadableDocument(path.name, "it has no text")
    warnings = []
    if word.hidden:
        warnings.append("hidden text was left out: marked as hidden, white or too small to read")
    if word.steering:
        warnings.append("hidden text was left out: direction or tag characters")
    data = document.core_properties
    created = data.created.date().isoformat() if data.created else ""
    author = "" if data.author == "python-docx" else data.author or ""  # the program that wrote the file, no person
    return Reading(
        pages, fold(data.title or "")[:500], fold(author)[:500], created, (data.language or "")[:20], (),
        tuple(warnings),
    )  # fmt: skip


def _visible(element: Any) -> Iterator[Any]:
    """Yield the runs of a paragraph without deleted text and without what is anchored in it."""
    for child in element:
        if child.tag in _SKIPPED or child.tag == _W + "pPr":
            continue
        if child.tag == _W + "r":
            yield child
        else:
            yield from _visible(child)


def _run(run: Any) -> Iterator[str]:
    for node in run:
        if node.tag == _W + "t":
            yield node.text or ""
        elif node.tag in (_W + "tab", _W + "cr"):
            yield " "
        elif node.tag == _W + "br":
            yield "\f" if node.get(_W + "type") == "page" else " "
        elif node.tag == _W + "noBreakHyphen":
            yield "-"


def _is_hidden(run: Any) -> bool:
    """Return whether a run is marked as hidden, is white without shading, or is at most two points tall."""
    properties = run.find(_W + "rPr")
    if properties is None:
        return False
    size = _value(properties, "sz")
    white = _value(properties, "color").upper() in ("FFFFFF", "FEFEFE", "FDFDFD")
    shaded = any(properties.find(_W + name) is not None for name in ("shd", "highlight"))
    inside = any(parent.find(f"{_W}tcPr/{_W}shd") is not None for parent in run.iterancestors(_W + "tc"))
    shaded = shaded or inside or any(p.find(f"{_W}pPr/{_W}shd") is not None for p in run.iterancestors(_W + "p"))
    return _on(properties, "vanish") or (white and not shaded) or (size.isdigit() and int(size) <= 4)


def _value(properties: Any, name: str) -> str:
    node = properties.find(f".//{_W}{name}") if properties is not None else None
    return str(node.get(_W + "val") or "") if node is not None else ""


def _on(properties: Any, name: str) -> bool:
    node = properties.find(_W + name) if properties is not None else None
    return node is not None and node.get(_W + "val") not in ("0", "false", "off")
