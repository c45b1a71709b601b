"""Rich text files (.rtf): their commands are few, and a library that drops them all would read struck and hidden words.

A group between braces keeps its settings to itself; a destination (fonts, styles, pictures, comments) is no text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.model import Reading
from assistant.reading.builder import Builder, fold
from assistant.reading.raised import lowered, raised
from assistant.reading.spans import Cell

LEFT_OUT = {
    "hidden": "hidden text was left out: marked as hidden or too small to read",
    "struck": "struck-out or deleted text was left out",
    "comments": "comments were left out",
    "embedded": "files embedded in the document were not read",
}
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_DESTINATIONS = (
    "fonttbl colortbl stylesheet pict info generator listtable listoverridetable rsidtbl themedata xmlnstbl latentstyles "  # noqa: E501
    "datastore colorschememapping filetbl revtbl mmathPr pntext pnseclvl fldinst bkmkstart bkmkend header footer headerl "  # noqa: E501
    "headerr headerf footerl footerr footerf nonshppict objdata private template xe tc ftnsep ftnsepc aftnsep aftnsepc "
    "listtext do shp sp themedata formfield objclass wgrffmtfilter fchars lchars nonesttables"
)
_SILENT = frozenset(_DESTINATIONS.split())
_COMMENTS = frozenset(["annotation", "atnid", "atnauthor", "atntime", "atnref", "atndate", "atnicn"])
_SIGNS = {
    "par": "\n", "line": " ", "tab": " ", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "page": "\f", "sect": "\n", "cell": "\a",  # noqa: E501
    "nestcell": " ", "nestrow": " ",
}  # fmt: skip
_CODEPAGES = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}
_CHARSETS = {
    "128": "cp932", "161": "cp1253", "162": "cp1254", "163": "cp1258", "177": "cp1255", "178": "cp1256", "186": "cp1257",  # noqa: E501
    "204": "cp1251", "222": "cp874", "238": "cp1250", "0": "cp1252",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Set:
    """The settings inside a group."""

    silent: bool = False
    gone: str = ""
    place: str = ""
    skip: int = 1
    font: str = ""
    note: bool = False


class _Reader:
    """One pass over the tokens of a file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.builder = Builder()
        self.counts: Counter[str] = Counter()
        self.facts: dict[str, str] = {}
        self.codepage = "cp1252"
        self.fonts = dict(_fonts(data))
        self.text = ""
        self.raw = b""
        self.cells: list[str] = []
        self.rows: list[list[Cell]] = []
        self.notes: list[tuple[str, str]] = []
        self.outer: list[str] = []
        self.marks = 0
        self.level, self.in_table, self.item = "", False, False

    def run(self) -> None:
        """Read the whole file."""
        here, stack, skip, starred = _Set(), list[_Set](), 0, False
        for token in _TOKEN.finditer(self.data):
            word, number, code, sign, brace, plain = token.groups()
            if skip and (code or plain):  # what stands for a character that was given by its number
                if code:
                    skip -= 1
                    continue
                plain, skip = plain[skip:], max(0, skip - len(plain))
            if brace == b"{":
                stack.append(here)
                starred = False
            elif brace == b"}":
                self.flush(here)
                before, here = here, stack.pop() if stack else _Set()
                if before.note and not here.note:
                    self.end_note()
            elif sign == b"*":
                starred = True
            elif word:
                name = word.decode()
                if name == "u" and number:
                    self.flush(here)
                    self.put(chr(int(number) % 65536), here)
                    skip = here.skip
                else:
                    self.flush(here)
                    here = self.command(name, number.decode() if number else "", here, starred)
                starred = False
            elif code or plain:
                self.raw += bytes.fromhex(code.decode()) if code else plain
            elif sign:
                self.flush(here)
                self.put(
                    {b"~": " ", b"_": "-", b"-": "", b"\n": "\n", b"\r": "\n"}.get(sign, sign.decode("latin-1")), here
                )
        self.flush(here)
        self.paragraph()
        self.table()

    def flush(self, here: _Set) -> None:
        """Turn the bytes so far into letters of their font's code page."""
        if self.raw:
            data, self.raw = self.raw, b""
            self.put(data.decode(self.fonts.get(here.font, "") or self.codepage, "replace"), here)

    def put(self, text: str, here: _Set) -> None:
        if here.silent:
            return
        if here.gone:
            self.counts[here.gone] += sum(map(str.isalnum, text))
            return
        put = {"super": raised, "sub": lowered}.get(here.place)
        text = put(text, self.text[-2:]) if put else text
        for part in re.split(r"([\n\f\a])", text):
            if part in ("\n", "\f") and not here.note:
                self.paragraph()
                if part == "\f":
                    self.builder.new_page()
            elif part == "\a":
                self.cells.append(self.text)
                self.text = ""
            else:
                self.text += " " if part in ("\n", "\f") else part

    def command(self, name: str, number: str, here: _Set, starred: bool) -> _Set:
        """Return the settings after a control word."""
        on = number != "0"
        if name in _COMMENTS:
            self.counts["comments"] += name == "annotation"
            return replace(here, silent=True)
        if name == "footnote":
            self.outer.append(self.text)
            self.text = ""
            return replace(here, note=True, silent=False, gone="", place="")
        if name in _SILENT or (starred and name not in ("shptxt", "shpinst")):
            self.counts["embedded"] += name == "objdata"
            return replace(here, silent=True)
        if name == "chftn" and not here.note:
            self.marks += 1
            self.put(raised(str(self.marks), "x"), here)
        elif name in _SIGNS:
            self.put(_SIGNS[name], here)
        elif name in ("ansicpg", *_CODEPAGES):
            self.codepage = _known(_CODEPAGES.get(name, f"cp{number}"))
        elif name == "row":
            self.rows.append([Cell(fold(cell)) for cell in self.cells])
            self.cells = []
        elif name in ("pard", "plain"):
            here = self.reset(name, here)
        elif name == "intbl":
            self.in_table = True
        elif name == "outlinelevel":
            self.level = number
        elif name in ("ls", "pnlvlblt", "pnlvlbody"):
            self.item = True
        else:
            here = _settings(name, number, on, here)
        return here

    def reset(self, name: str, here: _Set) -> _Set:
        if name == "plain":
            return replace(here, gone="", place="")
        self.level, self.in_table, self.item = "", False, False
        return here

    def end_note(self) -> None:
        text, self.text = self.text, self.outer.pop() if self.outer else ""
        mark = re.search(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+$", self.text)
        if mark is None:
            self.marks += 1
            self.text += raised(str(self.marks), "x")
        self.notes.append((mark[0] if mark else raised(str(self.marks), "x"), text))

    def paragraph(self) -> None:
        """Add the paragraph that ends here; inside a table it is a part of a cell."""
        if self.in_table or self.cells:
            self.text += " " if self.text else ""
            return
        self.table()
        level = int(self.level) + 1 if self.level.isdigit() and int(self.level) < 6 else 0
        self.builder.add("heading" if level else "bullet" if self.item else "paragraph", self.text, level)
        self.text = ""
        for mark, text in self.notes:
            self.builder.note(mark, text)
        self.notes.clear()

    def table(self) -> None:
        rows, self.rows = self.rows, []
        if max((len(row) for row in rows), default=0) > 1:
            self.builder.table(rows)
        else:
            for row in rows:
                for cell in row:
                    self.builder.add("paragraph", cell.text)


def _settings(name: str, number: str, on: bool, here: _Set) -> _Set:
    """Return the settings after a control word that shows, hides or raises text."""
    if name in ("strike", "striked", "deleted", "v"):
        gone = "hidden" if name == "v" else "struck"
        return replace(here, gone=gone if on and (name != "striked" or number == "1") else "")
    if name in ("super", "sub", "nosupersub"):
        return replace(here, place=name if on and name != "nosupersub" else "")
    if name in ("up", "dn") and number.isdigit():
        return replace(here, place=("super" if name == "up" else "sub") if int(number) else "")
    if name == "fs" and number.isdigit():
        tiny = int(number) <= 4
        return replace(here, gone="hidden" if tiny else "" if here.gone == "hidden" else here.gone)
    if name == "uc" and number.isdigit():
        return replace(here, skip=int(number))
    return replace(here, font=number) if name == "f" else here


def _fonts(data: bytes) -> list[tuple[str, str]]:
    """Return (number, code page) of the fonts whose letters are not those of the file."""
    table = re.search(rb"\{\\fonttbl(.*?)\}\s*\}", data, re.DOTALL)
    found = re.findall(rb"\\f(\d+)[^;{}]*?\\fcharset(\d+)", table[1] if table else b"")
    return [
        (number.decode(), _CHARSETS[code.decode()])
        for number, code in found
        if code.decode() in _CHARSETS and code != b"0"
    ]


def _known(codepage: str) -> str:
    try:
        "".encode(codepage)
    except LookupError:
        return "cp1252"
    return codepage


def read_rtf(path: Path) -> Reading:
    """Return the reading of a rich text file; raises UnreadableDocument."""
    data = path.read_bytes()
    reader = _Reader(data)
    reader.run()
    pages = reader.builder.pages()
    if not pages:
        raise UnreadableDocument(path.name, "it has no text")
    info = re.search(rb"\{\\title ([^{}\\]*)\}", data)
    title = fold(info[1].decode(reader.codepage, "replace")) if info else ""
    year = re.search(rb"\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})", data)
    created = "-".join(part.decode().zfill(2) for part in year.groups()) if year else ""
    return Reading(
        pages, title[:500], "", created, "", (), tuple(text for name, text in LEFT_OUT.items() if reader.counts[name])
    )
