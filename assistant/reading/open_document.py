"""OpenDocument text, sheets and slides (.odt, .ods, .odp), read from the parts of the file itself.

The libraries for these files give text without the styles, and so struck-out and hidden words with it: the walk is our
own. Deleted, struck and hidden text, comments and notes of the speaker are left out and named.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableDocument
from assistant.model import BlockKind, Reading
from assistant.reading.builder import Builder, fold
from assistant.reading.drawings import parsed
from assistant.reading.open_styles import DRAW, LINK, OFFICE, SHOW, STYLE, TABLE, TEXT, Look
from assistant.reading.raised import lowered, raised
from assistant.reading.sheet_tables import Row, add_tables
from assistant.reading.spans import MOST_COLUMNS, MOST_ROWS, Cell
from assistant.reading.web_text import formula

LARGEST_PART = 100 * 2**20
LEFT_OUT = {
    "slides": "hidden slides or sheets were left out",
    "hidden": "hidden text was left out: marked as hidden or too small to read",
    "struck": "struck-out or deleted text was left out",
    "notes": "speaker notes were left out",
    "comments": "comments were left out",
    "embedded": "charts and files embedded in the document were not read",
}
_SKIPPED = frozenset([TEXT + "tracked-changes", OFFICE + "forms", TEXT + "sequence-decls", TEXT + "ruby-text"])
_APART = frozenset([DRAW + "frame", DRAW + "custom-shape", DRAW + "g", DRAW + "rect", DRAW + "ellipse"])


class _Walk:
    """One walk over a document."""

    def __init__(self, file: zipfile.ZipFile, look: Look) -> None:
        self.file, self.look = file, look
        self.builder = Builder()
        self.counts: Counter[str] = Counter()
        self.notes: list[tuple[str, str]] = []
        self.frames: list[Any] = []

    def body(self, parent: Any, kind: BlockKind = "paragraph", depth: int = 0) -> None:
        """Add the paragraphs, items and tables below an element, in order."""
        for child in parent if depth < 60 else ():
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag in (TEXT + "p", TEXT + "h"):
                self.paragraph(child, kind)
            elif tag == TEXT + "list":
                for item in child.iterfind(TEXT + "list-item"):
                    self.body(item, "side" if kind == "side" else "bullet", depth + 1)
            elif tag == TABLE + "table":
                self.table(child)
            elif tag in (TEXT + "table-of-content", TEXT + "alphabetical-index"):
                for paragraph in child.iter(TEXT + "p"):
                    self.builder.add("contents", self.words(paragraph))
            elif tag in _APART:
                self.frame(child, depth)
            elif tag == TEXT + "tracked-changes":
                self.counts["struck"] += sum(1 for _ in child.iter(TEXT + "deletion"))
            elif tag == TEXT + "section" and child.get(TEXT + "display") == "none":
                self.counts["hidden"] += 1
            elif tag and tag not in _SKIPPED:
                self.body(child, kind, depth + 1)

    def paragraph(self, element: Any, kind: BlockKind) -> None:
        """Add one paragraph, what is anchored in it and the notes whose marks stand in it."""
        style = element.get(TEXT + "style-name") or ""
        if self.look.breaks(style):
            self.builder.new_page()
        level = element.get(TEXT + "outline-level") or "1"
        named = (self.look.styles.get(("paragraph", style)), style)
        parent = named[0].get(STYLE + "parent-style-name") if named[0] is not None else ""
        text = self.words(element)
        if element.tag == TEXT + "h" and kind != "side":
            self.builder.add("heading", text, min(6, int(level) if level.isdigit() else 1))
        elif "Title" in (style, parent):
            self.builder.add("title", text)
        else:
            self.builder.add(kind, text)
        frames, self.frames = self.frames, []
        self.close_notes()
        for frame in frames:
            self.frame(frame, 1)

    def frame(self, element: Any, depth: int) -> None:
        """Add the words of a text box or shape; an embedded formula is read where it stands."""
        for box in [*element.iter(DRAW + "text-box")] or ([element] if element.tag != DRAW + "frame" else []):
            self.body(box, "side", depth + 1)
        self.counts["embedded"] += sum(not self.formula(link) for link in element.iter(DRAW + "object"))

    def close_notes(self) -> None:
        for mark, text in self.notes:
            self.builder.note(mark, text)
        self.notes.clear()

    def words(self, element: Any) -> str:
        """Return what is seen of a paragraph."""
        family = "paragraph"
        place = self.look.place(family, element.get(TEXT + "style-name") or "")
        if place in ("struck", "hidden"):
            self.counts[place] += 1
            return ""
        out: list[str] = []
        self._inside(element, out, 0)
        return "".join(out)

    def _inside(self, element: Any, out: list[str], depth: int) -> None:
        out.append(element.text or "")
        for child in element if depth < 60 else ():
            self._piece(child, out, depth)
            out.append(child.tail or "")

    def _piece(self, child: Any, out: list[str], depth: int) -> None:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in (TEXT + "s", TEXT + "tab", TEXT + "line-break"):
            out.append(" ")
        elif tag == TEXT + "note":
            citation = child.find(TEXT + "note-citation")
            mark = raised(fold("".join(citation.itertext())), "x") if citation is not None else ""
            body = child.find(TEXT + "note-body")
            self.notes.append(
                (mark, " ".join(self.words(p) for p in body.iter(TEXT + "p")) if body is not None else "")
            )
            out.append(mark)
        elif tag in (OFFICE + "annotation", OFFICE + "annotation-end"):
            self.counts["comments"] += tag.endswith("annotation")
        elif tag in (TEXT + "hidden-text", TEXT + "hidden-paragraph"):
            self.counts["hidden"] += 1
        elif tag in _APART:
            links = list(child.iter(DRAW + "object"))
            shown = self.formula(links[0]) if links else ""
            out.append(f" {shown} " if shown else "")
            if not shown:
                self.frames.append(child)
        elif tag == TEXT + "span":
            self._span(child, out, depth)
        elif tag and tag not in _SKIPPED:
            self._inside(child, out, depth + 1)

    def _span(self, span: Any, out: list[str], depth: int) -> None:
        place = self.look.place("text", span.get(TEXT + "style-name") or "")
        inner: list[str] = []
        self._inside(span, inner, depth + 1)
        text = "".join(inner)
        if place in ("struck", "hidden"):
            self.counts[place] += sum(map(str.isalnum, text))
        else:
            put = {"raised": raised, "lowered": lowered}.get(place)
            out.append(put(text, "".join(out)[-2:]) if put else text)

    def formula(self, link: Any) -> str:
        """Return an embedded formula in one line, '' where the object is none."""
        name = str(link.get(LINK + "href") or "").removeprefix("./")
        root = (
            _part(self.file, f"{name}/content.xml") if name else link.find("{http://www.w3.org/1998/Math/MathML}math")
        )
        return formula(root) if root is not None and str(root.tag).endswith("}math") else ""

    def table(self, element: Any) -> None:
        """Add a table of a text or a slide."""
        rows = [[cell for cell in row if cell is not None] for row in self.rows(element)]
        head = element.find(TABLE + "table-header-rows")
        marked = sum(1 for _ in head.iterfind(TABLE + "table-row")) if head is not None else 0
        if max((len(row) for row in rows), default=0) < 2:
            for row in rows:
                for cell in row:
                    self.builder.add("paragraph", cell.text)
        elif rows:
            self.builder.table(rows, marked=marked)
        self.close_notes()

    def rows(self, element: Any) -> Iterator[Row]:
        """Yield the rows of a table that are seen, each with its cells; empty ones at the end are not repeated."""
        count = 0
        for row in element.iter(TABLE + "table-row"):
            if next(row.iterancestors(TABLE + "table")) is not element:
                continue
            if row.get(TABLE + "visibility") in ("collapse", "filter"):
                self.counts["hidden"] += any(cell.tag == TABLE + "table-cell" and len(cell) for cell in row)
                continue
            cells = self.cells(row, element)
            again = int(row.get(TABLE + "number-rows-repeated") or 1) if any(c is None or c.text for c in cells) else 1
            for _ in range(min(again, MOST_ROWS - count)):
                count += 1
                yield cells

    def cells(self, row: Any, table: Any) -> Row:
        gone = _hidden_columns(table)
        found: Row = []
        column = 0
        for cell in row:
            if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                continue
            again = int(cell.get(TABLE + "number-columns-repeated") or 1)
            down, over = (int(cell.get(TABLE + f"number-{name}-spanned") or 1) for name in ("rows", "columns"))
            text = fold(" ".join(self.words(p) for p in cell.iter(TEXT + "p", TEXT + "h")))
            self.counts["comments"] += sum(1 for _ in cell.iterfind(OFFICE + "annotation"))
            for _ in range(min(again, MOST_COLUMNS - column)):
                if column in gone:
                    self.counts["hidden"] += bool(text)
                else:
                    found.append(None if cell.tag == TABLE + "covered-table-cell" else Cell(text, over, down))
                column += 1
        return found

    def sheet(self, table: Any) -> None:
        """Add a sheet as a page; a hidden one is an empty page."""
        name = table.get(TABLE + "name") or ""
        shown = self.look.value("table", table.get(TABLE + "style-name") or "", "table-properties", TABLE + "display")
        if shown == "false":
            self.counts["slides"] += 1
        else:
            self.builder.add("heading", name, 1)
            add_tables(self.builder, list(self.rows(table)))
        self.builder.new_page(f"sheet {name}", empty=True)

    def slide(self, page: Any, number: int) -> None:
        """Add a slide as a page under its title; a hidden one is an empty page."""
        style = page.get(DRAW + "style-name") or ""
        shown = self.look.value("drawing-page", style, "drawing-page-properties", SHOW + "visibility")
        notes = page.find(SHOW + "notes")
        if shown == "hidden":
            self.counts["slides"] += 1
        else:
            self.counts["notes"] += notes is not None and any(
                fold("".join(p.itertext())) for p in notes.iter(TEXT + "p")
            )
            titles = [frame for frame in page.iterfind(DRAW + "frame") if frame.get(SHOW + "class") == "title"]
            title = fold(" ".join(self.words(p) for frame in titles for p in frame.iter(TEXT + "p")))
            self.builder.add("heading", title or f"Slide {number}", 1)
            for child in page:
                if child in titles or child is notes or child.tag not in (*_APART, TABLE + "table"):
                    continue
                listed = child.get(SHOW + "class") in ("outline", "subtitle")
                boxes = [*child.iter(DRAW + "text-box")] or ([] if child.tag == DRAW + "frame" else [child])
                for box in boxes:
                    self.body(box, "bullet" if listed else "paragraph")
                for table in child.iter(TABLE + "table"):
                    self.table(table)
                self.counts["embedded"] += sum(not self.formula(link) for link in child.iter(DRAW + "object"))
            self.counts["comments"] += sum(1 for _ in page.iterfind(OFFICE + "annotation"))
        self.builder.new_page(f"slide {number}", empty=True)


def _hidden_columns(table: Any) -> frozenset[int]:
    gone: set[int] = set()
    place = 0
    for column in table.iter(TABLE + "table-column"):
        again = min(int(column.get(TABLE + "number-columns-repeated") or 1), MOST_COLUMNS)
        if column.get(TABLE + "visibility") in ("collapse", "filter"):
            gone |= set(range(place, place + again))
        place += again
    return frozenset(gone)


def _part(file: zipfile.ZipFile, name: str) -> Any:
    """Return the root of a part of the file, None where there is none."""
    try:
        info = file.getinfo(name)
    except KeyError:
        return None
    return parsed(file.read(info)) if info.file_size <= LARGEST_PART else None


def read_open_document(path: Path) -> Reading:
    """Return the reading of an .odt, .ods or .odp file; raises UnreadableDocument."""
    with zipfile.ZipFile(path) as file:
        manifest = file.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in file.namelist() else b""
        if b"encryption-data" in manifest:
            raise UnreadableDocument(path.name, "the file needs a password")
        root, meta = _part(file, "content.xml"), _part(file, "meta.xml")
        body = root.find(OFFICE + "body") if root is not None else None
        if body is None:
            raise UnreadableDocument(path.name, "the file is damaged or no OpenDocument file")
        look = Look()
        look.read(_part(file, "styles.xml"), root)
        walk = _Walk(file, look)
        for part in body:
            if part.tag == OFFICE + "spreadsheet":
                for table in part.iterfind(TABLE + "table"):
                    walk.sheet(table)
            elif part.tag == OFFICE + "presentation":
                for number, page in enumerate(part.iterfind(DRAW + "page"), 1):
                    walk.slide(page, number)
            else:
                walk.body(part)
        pages = walk.builder.pages()
    if not any(block.kind != "heading" for page in pages for block in page.blocks):
        raise UnreadableDocument(path.name, "it has no text")
    facts = (
        {str(node.tag).rsplit("}", 1)[-1]: fold(node.text or "") for node in meta.iter()} if meta is not None else {}
    )
    warnings = tuple(words for name, words in LEFT_OUT.items() if walk.counts[name])
    title, author = facts.get("title", "")[:500], (facts.get("creator") or facts.get("initial-creator", ""))[:500]
    created, language = facts.get("creation-date", "")[:10], facts.get("language", "")[:20]
    return Reading(pages, title, author, created, language, (), warnings)
