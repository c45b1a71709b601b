"""Word files (.docx) through python-docx (the only file that knows it).

Headings, items, tables, notes and text boxes come from the file's own structure. Pages are what explicit page breaks
make, for a Word file has no others; what is hidden, deleted or struck out is left out and named.
"""

from __future__ import annotations

import io
import re
import zipfile
from itertools import takewhile
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableDocument
from assistant.model import BlockKind, Reading
from assistant.reading.builder import Builder, fold
from assistant.reading.drawings import labels_of, parsed
from assistant.reading.raised import raised
from assistant.reading.spans import Cell
from assistant.reading.word_lists import Numbering, roman
from assistant.reading.word_text import GONE, LEFT_OUT, SKIPPED, Styles, Visible, W, on, value

DEEPEST = 30
"""Tables in tables, boxes in boxes: no deeper."""
_THROUGH = frozenset({W + "ins", W + "moveTo", W + "customXml", W + "smartTag"})
_APART = SKIPPED | {W + "txbxContent"}
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_KINDS = re.compile(
    rb"application/vnd\.(?:ms-word|openxmlformats-officedocument\.wordprocessingml)\.(?:document|template)"
    rb"\.(?:\w+\.)?main\+xml"
)
_SENTENCE = re.compile(r"(?:\S+\s+){5,}.*[.!?]$")


class _Word:
    """One walk over a document's body."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.builder = Builder()
        self.styles = {str(style.get(W + "styleId")): style for style in document.styles.element.iterfind(W + "style")}
        self.visible = Visible(Styles(self.styles), self.mark)
        self.numbering = Numbering(_part(document, "/numbering"), self.styles)
        self.notes = {kind: _part(document, f"/{kind}s") for kind in ("footnote", "endnote")}
        self.numbers = {"footnote": 0, "endnote": 0}
        self.open: list[tuple[str, str]] = []
        """The notes whose marks stand in the part that is read: (mark, text)."""
        self.carried = ""
        """The words before a deleted end of a paragraph."""
        self.boxed = False

    def walk(self, parent: Any, depth: int = 0) -> None:
        """Add the paragraphs and tables below an element, in order."""
        if depth > DEEPEST:
            return
        for child in parent:
            if child.tag == W + "p":
                self.paragraph(child, depth)
            elif child.tag == W + "tbl":
                self.table(child, depth)
            elif child.tag == W + "sdt":
                content = child.find(W + "sdtContent")
                gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
                if gallery is not None and "Contents" in str(gallery.get(W + "val")):
                    for paragraph in child.iter(W + "p"):
                        self.builder.add("contents", self.visible.text(paragraph))
                elif content is not None and child.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
                    self.walk(content, depth + 1)
            elif child.tag in _THROUGH:
                self.walk(child, depth + 1)
            elif child.tag == W + "altChunk":
                self.visible.counts["embedded"] += 1
            elif child.tag in GONE:
                self.visible.counts["struck"] += 1

    def paragraph(self, element: Any, depth: int) -> None:
        """Add one paragraph, the text boxes anchored in it, and the page breaks around and inside it."""
        properties = element.find(W + "pPr")
        if on(properties, "pageBreakBefore"):
            self.builder.new_page()
        kind, level = self.role(element, properties)
        text = self.carried + self.visible.text(element)
        mark = properties.find(W + "rPr") if properties is not None else None
        gone = mark is not None and any(mark.find(tag) is not None for tag in GONE)
        self.carried = text if gone else ""
        label = self.numbering.label(properties) if fold(text) and not gone else ""
        if label and (kind in ("heading", "title") or re.search(r"[^\W\d_]{3}", label)):
            text = f"{label} {text}"
        for index, part in enumerate([] if gone else text.split("\f")):
            if index:
                self.builder.new_page()
            self.builder.add(kind, part, level)
        self.close_notes()
        self.anchored(element, depth)
        section = properties.find(W + "sectPr") if properties is not None else None
        if section is not None and value(section, "type") in ("", "nextPage", "oddPage", "evenPage"):
            self.builder.new_page()

    def anchored(self, element: Any, depth: int) -> None:
        """Add the text boxes of a paragraph, the labels of its charts and diagrams; count what cannot be read."""
        outer = self.boxed
        for node in element.iter(W + "txbxContent", W + "object", "{urn:schemas-microsoft-com:vml}textpath"):
            inside = [up.tag for up in takewhile(lambda up: up is not element, node.iterancestors())]
            if any(tag in SKIPPED for tag in inside) or W + "txbxContent" in inside:
                continue
            if node.tag == W + "txbxContent":
                self.boxed = True
                self.walk(node, depth + 1)
                self.boxed = outer
            else:
                self.visible.counts["embedded" if node.tag == W + "object" else "wordart"] += 1
        for node in element.iter():
            name = str(node.tag).rsplit("}", 1)[-1]
            link = node.get(_R + "id") if name == "chart" else node.get(_R + "dm") if name == "relIds" else None
            part = self.document.part.related_parts.get(link) if link else None
            for text in labels_of(part.blob) if part is not None else ():
                self.visible.counts["labels"] += 1
                self.builder.add("caption", text)

    def role(self, element: Any, properties: Any) -> tuple[BlockKind, int]:
        """Return (kind, heading level) of a paragraph by its style, its outline level, its numbering."""
        style = self.styles.get(value(properties, "pStyle"))
        name = value(style, "name").lower()
        if self.boxed:
            return "side", 0
        if name in ("title", "subtitle"):
            return ("title", 0) if name == "title" else ("caption", 0)
        if name.startswith(("toc", "table of")):
            return "contents", 0
        if name.startswith("caption"):
            return "caption", 0
        heading = re.match(r"heading (\d)", name)
        outline = value(properties, "outlineLvl") or self._outline(style)
        if heading or (outline.isdigit() and int(outline) < 9):
            return "heading", min(6, int(heading[1]) if heading else int(outline) + 1)
        own = properties.find(W + "numPr") if properties is not None else None
        if name.startswith("list") or (own is not None and value(own, "numId") != "0"):
            return "bullet", 0
        return ("heading", 4) if self._is_bold_line(element) else ("paragraph", 0)

    def _outline(self, style: Any) -> str:
        for _ in range(10):
            if style is None:
                return ""
            level = value(style.find(W + "pPr"), "outlineLvl")
            if level:
                return level
            style = self.styles.get(value(style, "basedOn"))
        return ""

    def _is_bold_line(self, element: Any) -> bool:
        """Return whether a paragraph is short, bold throughout and no sentence: a heading that only looks like one."""
        runs = [run for run in element.iter(W + "r") if any(text.text for text in run.iter(W + "t"))]
        plain = Visible(self.visible.styles)
        text = fold(plain.text(element))
        if not runs or len(text.split()) > 12 or text[-1:] in ".,;:!":
            return False
        return all(on(run.find(W + "rPr"), "b") for run in runs)

    def table(self, element: Any, depth: int) -> None:
        """Add a table: rows of cells, or what stands in it where it only serves the layout."""
        rows = [
            row for row in element.iter(W + "tr")
            if next(row.iterancestors(W + "tbl")) is element and not _is_gone(row.find(W + "trPr"))
        ]  # fmt: skip
        laid: list[list[Cell]] = []
        above: dict[int, tuple[int, int]] = {}
        marked = 0
        for row in rows:
            line, column = [], 0
            before = value(row.find(W + "trPr"), "gridBefore")
            if before.isdigit():
                line, column = [Cell("", int(before))], int(before)
            for cell in (c for c in row.iter(W + "tc") if next(c.iterancestors(W + "tr")) is row):
                wide = value(cell.find(W + "tcPr"), "gridSpan")
                width = int(wide) if wide.isdigit() else 1
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and merge.get(W + "val") != "restart" and column in above:
                    over, place = above[column]
                    first = laid[over][place]
                    laid[over][place] = Cell(first.text, first.columns, first.rows + 1, first.head)
                else:
                    above[column] = (len(laid), len(line))
                    line.append(Cell(self.cell(cell), width))
                column += width
            laid.append(line)
            if marked == len(laid) - 1 and on(row.find(W + "trPr"), "tblHeader"):
                marked += 1
        if max((len(row) for row in laid), default=0) < 2:
            self.open.clear()
            for cell in (c for row in rows for c in row.iter(W + "tc") if next(c.iterancestors(W + "tr")) is row):
                self.walk(cell, depth + 1)
            return
        self.builder.table(laid, marked=marked)
        self.close_notes()

    def cell(self, element: Any) -> str:
        if _is_gone(element.find(W + "tcPr")):
            return ""
        found = (p for p in element.iter(W + "p") if not any(up.tag in _APART for up in p.iterancestors()))
        return " ".join(map(self.visible.text, found)).replace("\f", " ")

    def mark(self, kind: str, number: str, own: str) -> str:
        """Return the mark of a footnote or endnote and remember its text, which follows the part that has the mark."""
        root = self.notes.get(kind)
        note = next((n for n in root if n.get(W + "id") == number), None) if root is not None else None
        if note is None:
            return own
        if not own:
            self.numbers[kind] += 1
            count = self.numbers[kind]
            own = raised(str(count), "x") if kind == "footnote" else "".join(raised(c, "x") for c in roman(count))
        plain = Visible(self.visible.styles)
        self.open.append((own, " ".join(plain.text(p) for p in note.iter(W + "p")).replace("\f", " ")))
        self.visible.counts += plain.counts
        return own

    def close_notes(self) -> None:
        """Add the notes whose marks stand in what was added last."""
        for mark, text in self.open:
            self.builder.note(mark, text)
        self.open.clear()

    def running(self, parts: str) -> None:
        """Add the distinct headers or footers of the sections; a whole sentence in one is text of the document."""
        seen: dict[str, None] = {}
        for section in self.document.sections:
            for name in (parts, f"first_page_{parts}", f"even_page_{parts}"):
                part = getattr(section, name)
                if not part.is_linked_to_previous:
                    for paragraph in part._element.iter(W + "p"):
                        seen[fold(self.visible.text(paragraph).replace("\f", " "))] = None
        for text in seen:
            self.builder.add("side" if _SENTENCE.match(text) else "running", text)


def read_docx(path: Path) -> Reading:
    """Return the reading of a .docx file; raises UnreadableDocument."""
    try:
        document = _opened(path)
    except Exception as problem:  # python-docx raises KeyError, ValueError, BadZipFile, XMLSyntaxError and others
        raise UnreadableDocument(path.name, "the file is damaged or no Word document") from problem
    if document.element.find(W + "body") is None:
        raise UnreadableDocument(path.name, "the file is damaged or no Word document")
    word = _Word(document)
    word.running("header")
    word.walk(document.element.body)
    word.running("footer")
    pages = word.builder.pages()
    if not pages:
        raise UnreadableDocument(path.name, "it has no text")
    counts = word.visible.counts
    warnings = tuple(words for name, words in LEFT_OUT.items() if counts[name])
    data = document.core_properties
    created = data.created.date().isoformat() if data.created else ""
    author = "" if data.author == "python-docx" else data.author or ""  # the program that wrote the file, no person
    title = "" if data.title == "Word Document" else data.title or ""  # what python-docx says where the file is silent
    return Reading(pages, fold(title)[:500], fold(author)[:500], created, (data.language or "")[:20], (), warnings)


def _opened(path: Path) -> Any:
    """Return the document of a Word file; one with macros or a template is opened as a plain one."""
    import docx

    try:
        return docx.Document(str(path))
    except ValueError:
        plain = io.BytesIO()
        with zipfile.ZipFile(path) as file, zipfile.ZipFile(plain, "w") as copy:
            for name in file.namelist():
                data = file.read(name)
                copy.writestr(name, _KINDS.sub(_PLAIN, data) if name == "[Content_Types].xml" else data)
        return docx.Document(plain)


def _part(document: Any, ending: str) -> Any:
    """Return the root of a part of the file (numbering, footnotes), None where it has none."""
    part = next(
        (
            rel.target_part
            for rel in document.part.rels.values()
            if not rel.is_external and rel.reltype.endswith(ending)
        ),
        None,
    )
    return parsed(part.blob) if part is not None else None


def _is_gone(properties: Any) -> bool:
    return properties is not None and any(properties.find(W + name) is not None for name in ("del", "cellDel"))
