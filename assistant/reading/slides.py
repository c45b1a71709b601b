"""PowerPoint files (.pptx) through python-pptx (the only file that knows it): one page for each slide.

The title of a slide heads its bullets. Hidden slides and shapes, speaker notes and comments are left out and named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableDocument
from assistant.model import Reading
from assistant.reading.builder import Builder, fold
from assistant.reading.drawings import labels_of
from assistant.reading.formula import linear
from assistant.reading.raised import lowered, raised
from assistant.reading.signs import steering_signs
from assistant.reading.spans import Cell
from assistant.reading.symbols import LOST, is_symbol_font, translated

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
LEFT_OUT = {
    "slides": "hidden slides were left out",
    "hidden": "hidden text was left out: hidden shapes, shapes beside the slide, letters too small to read",
    "steering": "hidden text was left out: direction or tag characters",
    "struck": "struck-out or deleted text was left out",
    "notes": "speaker notes were left out",
    "comments": "comments were left out",
    "lost": "signs of a symbol font could not be read",
    "labels": "words inside charts and drawings are kept as labels and not quoted",
    "embedded": "files embedded in the document were not read",
}
_TITLES = frozenset(["title", "ctrTitle"])
_RUNNING = frozenset(["sldNum", "dt", "ftr", "hdr"])
LONGEST_TITLE = 14
"""Words of the first line of a slide without a title that may stand for one."""


class _Slides:
    """One walk over the slides of a presentation."""

    def __init__(self, width: int, height: int) -> None:
        self.builder = Builder()
        self.counts: Counter[str] = Counter()
        self.size = width, height

    def slide(self, slide: Any, number: int) -> None:
        """Add a slide as a page; a hidden one is an empty page, so that the numbers stay those of the file."""
        if slide._element.get("show") in ("0", "false"):
            self.counts["slides"] += 1
        else:
            shapes = list(self._shapes(slide.shapes._spTree, 0))
            titled = [shape for shape in shapes if _role(shape) in _TITLES and fold(self._plain(shape))]
            for shape in titled:
                self.builder.add("heading", " ".join(text for text, _, _ in self._paragraphs(shape)), 1)
            rest = [shape for shape in shapes if shape not in titled]
            self._head(rest, number, bool(titled))
            for shape in rest:
                self._shape(shape, slide)
            notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
            self.counts["notes"] += bool(notes is not None and notes.text.strip())
            self.counts["comments"] += sum("comments" in rel.reltype for rel in slide.part.rels.values())
        self.builder.new_page(f"slide {number}", empty=True)

    def _head(self, shapes: list[Any], number: int, titled: bool) -> None:
        """Begin a slide without a title under its first short line, for the title before it is not its own."""
        if titled:
            return
        first = next((shape for shape in shapes if shape.tag == P + "sp" and _role(shape) not in _RUNNING), None)
        lines = [text for text, _, _ in self._paragraphs(first)] if first is not None else []
        if len(lines) == 1 and len(lines[0].split()) <= LONGEST_TITLE and lines[0][-1:] not in ".:;":
            shapes.remove(first)
            self.builder.add("heading", lines[0], 1)
        else:
            self.builder.add("heading", f"Slide {number}", 1)

    def _shapes(self, tree: Any, depth: int) -> Iterator[Any]:
        """Yield the shapes that are seen, those of groups among them."""
        for shape in tree if depth < 20 else ():
            if shape.tag == _MC + "AlternateContent":
                choice = shape.find(_MC + "Choice")
                yield from self._shapes(choice if choice is not None else (), depth + 1)
            elif shape.tag == P + "grpSp":
                if not self._unseen(shape):
                    yield from self._shapes(shape, depth + 1)
            elif shape.tag in (P + "sp", P + "graphicFrame") and not self._unseen(shape):
                yield shape

    def _unseen(self, shape: Any) -> bool:
        """Return whether a shape is marked as hidden or lies wholly beside the slide."""
        name = next(shape.iter(P + "cNvPr"), None)
        hidden = name is not None and name.get("hidden") in ("1", "true")
        top = all(up.tag != P + "grpSp" for up in shape.iterancestors())
        place = shape.find(f"{P}spPr/{A}xfrm") if top else None
        place = place if place is not None or not top else shape.find(P + "xfrm")
        if place is not None and place.find(A + "off") is not None and place.find(A + "ext") is not None:
            left, high = (int(place.find(A + "off").get(axis)) for axis in ("x", "y"))
            wide, tall = (int(place.find(A + "ext").get(axis)) for axis in ("cx", "cy"))
            hidden = hidden or left >= self.size[0] or high >= self.size[1] or left + wide <= 0 or high + tall <= 0
        if hidden:
            self.counts["hidden"] += sum(bool((text.text or "").strip()) for text in shape.iter(A + "t"))
        return hidden

    def _shape(self, shape: Any, slide: Any) -> None:
        if shape.tag == P + "sp":
            self._text(shape)
            return
        for table in shape.iter(A + "tbl"):
            self._table(table)
        for node in shape.iter(_C + "chart", _D + "relIds"):
            link = node.get(_R + "id") or node.get(_R + "dm")
            part = slide.part.related_part(link) if link in slide.part.rels else None
            rows = chart_rows(part.blob) if part is not None and node.tag == _C + "chart" else []
            if rows:
                self.builder.table(rows, marked=1)
                continue
            for text in labels_of(part.blob) if part is not None else ():
                self.counts["labels"] += 1
                self.builder.add("caption", text)
        self.counts["embedded"] += sum(1 for _ in shape.iter(P + "oleObj"))

    def _text(self, shape: Any) -> None:
        role, found = _role(shape), list(self._paragraphs(shape))
        for place, (text, level, item) in enumerate(found):
            deeper = place + 1 < len(found) and found[place + 1][1] > level
            if role in _RUNNING:
                self.builder.add("running", text)
            elif item and not (deeper and text.endswith(":")):
                self.builder.add("bullet", text)
            else:
                self.builder.add("paragraph", text)

    def _paragraphs(self, shape: Any) -> Iterator[tuple[str, int, bool]]:
        """Yield (text, level from 0, whether it is an item) of the paragraphs of a shape that have words."""
        listed = _role(shape) in ("body", "obj", "")
        listed = listed and next(shape.iter(P + "ph"), None) is not None
        body = shape.find(P + "txBody")
        for paragraph in body.iterfind(A + "p") if body is not None else ():
            settings = paragraph.find(A + "pPr")
            marks = [] if settings is None else [str(node.tag).removeprefix(A) for node in settings]
            item = "buNone" not in marks and (listed or "buChar" in marks or "buAutoNum" in marks)
            text = fold(self.words(paragraph))
            if any(map(str.isalnum, text)):
                yield text, int((settings.get("lvl") if settings is not None else None) or 0), item

    def _plain(self, shape: Any) -> str:
        return " ".join(text.text or "" for text in shape.iter(A + "t"))

    def words(self, paragraph: Any) -> str:
        """Return what is seen of a paragraph."""
        out = ""
        for node in paragraph.iter(A + "r", A + "br", A + "fld", _M + "oMath"):
            if any(up.tag in (_MC + "Fallback", _M + "oMath") for up in node.iterancestors()):
                continue
            if node.tag == _M + "oMath":
                out += f" {linear(node).strip()} "
            elif node.tag == A + "br":
                out += " "
            else:
                out += self._run(node, out)
        return out

    def _run(self, run: Any, before: str) -> str:
        text = "".join(part.text or "" for part in run.iterfind(A + "t"))
        settings = run.find(A + "rPr")
        if settings is None:
            return text
        latin = settings.find(A + "latin")
        if latin is not None and is_symbol_font(latin.get("typeface") or ""):
            text = translated(latin.get("typeface"), text)
        size, struck = settings.get("sz") or "", settings.get("strike") not in (None, "noStrike")
        if struck or (size.isdigit() and int(size) <= 200):
            self.counts["struck" if struck else "hidden"] += sum(map(str.isalnum, text))
            return ""
        self.counts["lost"] += text.count(LOST)
        self.counts["steering"] += steering_signs(text)
        rise = settings.get("baseline") or "0"
        rise = rise.rstrip("%")
        if rise.lstrip("-").isdigit() and int(rise) != 0:
            return raised(text, before) if int(rise) > 0 else lowered(text, before)
        return text

    def _table(self, table: Any) -> None:
        settings = table.find(A + "tblPr")
        first = settings is not None and settings.get("firstRow") in ("1", "true")
        rows = []
        for row in table.iterfind(A + "tr"):
            cells = [
                cell for cell in row.iterfind(A + "tc") if not {cell.get("hMerge"), cell.get("vMerge")} & {"1", "true"}
            ]
            rows.append([self._cell(cell) for cell in cells])
        self.builder.table(rows, marked=0 if any(cell.columns > 1 for cell in rows[0]) else int(first))

    def _cell(self, cell: Any) -> Cell:
        words = " ".join(self.words(paragraph) for paragraph in cell.iter(A + "p"))
        return Cell(words, int(cell.get("gridSpan") or 1), int(cell.get("rowSpan") or 1))


def chart_rows(blob: bytes) -> list[list[Cell]]:
    """Return the rows of a chart whose values are written on it: names of the series, then one row a category."""
    from assistant.reading.drawings import parsed

    root = parsed(blob)
    if root is None or not any(node.get("val") in ("1", "true") for node in root.iter(_C + "showVal")):
        return []
    series = list(root.iter(_C + "ser"))
    names = [" ".join(v.text or "" for v in one.iterfind(f"{_C}tx//{_C}v")) for one in series]
    groups = [_points(one.find(_C + "cat")) for one in series]
    values = [_points(one.find(_C + "val")) for one in series]
    labels = max(groups, key=len, default={})
    rows = [
        [Cell(text), *(Cell(_number(points.get(place, ""))) for points in values)] for place, text in labels.items()
    ]
    return [[Cell("", head=True), *(Cell(name, head=True) for name in names)], *rows] if rows else []


def _points(node: Any) -> dict[str, str]:
    """Return the stored points of a series by their place."""
    points = node.iter(_C + "pt") if node is not None else ()
    return {str(point.get("idx")): point.findtext(_C + "v") or "" for point in points}


def _number(text: str) -> str:
    try:
        return f"{float(text):.10g}"
    except ValueError:
        return text


def _role(shape: Any) -> str:
    """Return the kind of a placeholder, '' for any other shape (and for a placeholder of no kind)."""
    holder = next(shape.iter(P + "ph"), None)
    return str(holder.get("type") or "") if holder is not None else ""


def read_pptx(path: Path) -> Reading:
    """Return the reading of a .pptx file, one page a slide; raises UnreadableDocument."""
    import pptx

    try:
        show = pptx.Presentation(str(path))
        walk = _Slides(int(show.slide_width or 0) or 10**9, int(show.slide_height or 0) or 10**9)
        for number, slide in enumerate(show.slides, 1):
            walk.slide(slide, number)
    except (KeyError, ValueError, AttributeError, OSError, TypeError, SyntaxError) as problem:
        raise UnreadableDocument(path.name, "the file is damaged or no PowerPoint file") from problem
    pages = walk.builder.pages()
    if not any(block.kind != "heading" for page in pages for block in page.blocks):
        raise UnreadableDocument(path.name, "it has no text")
    data = show.core_properties
    created = data.created.date().isoformat() if data.created else ""
    warnings = tuple(words for name, words in LEFT_OUT.items() if walk.counts[name])
    title = "" if data.title == "PowerPoint Presentation" else data.title or ""
    return Reading(
        pages, fold(title)[:500], fold(data.author or "")[:500], created, (data.language or "")[:20], (), warnings
    )
