"""One door for every format: which reader reads a file is decided by its content first, its name second."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from assistant import archives
from assistant.errors import UnreadableDocument
from assistant.model import Reading
from assistant.reading.report import report_of
from assistant.reading.sniff import MAIL, RICH, sniff
from assistant.reading.stuffing import without_stuffing
from assistant.reading.warnings import page_names

Started = Callable[[int], None]
_TAKEN = (
    ".pdf .txt .md .markdown .rst .docx .docm .pptx .pptm .xlsx .xlsm .odt .ods .odp .rtf .csv .eml .mht .mhtml .html "
    ".htm .xhtml .zip .doc .ppt .xls .epub .msg"
)
SUFFIXES: frozenset[str] = frozenset(_TAKEN.split())
"""Lower-case suffixes of the files that are taken up; those that cannot be read are listed with the reason."""
_TEXT = frozenset({".txt", ".md", ".markdown", ".rst"})
_WEB = frozenset({".html", ".htm", ".xhtml"})
_MAIL = frozenset({".eml", ".mht", ".mhtml"})
_NAMES = {"pdf": "a PDF", "zip": "a ZIP archive", "html": "a web page", "": "a text file"}


def read_document(path: Path, seconds: float = 60.0, started: Started = lambda pages: None) -> Reading:
    """Return what is in a file, with its report; raises UnreadableDocument with a reason in plain words.

    `path` may lead into a ZIP file ("reports.zip/estonia.pdf"). `seconds` is the time there is; only the recognition
    of scans looks at it. `started` is told the number of a PDF's pages before they are read. Runs in this process: use
    `guard.read_guarded` for files that come from outside.
    """
    return _finished(_unpacked(path, lambda file: _read(file, seconds, started)))


def read_simply(path: Path, why: str) -> Reading:
    """Return the bare text of a PDF that could not be read as usual, which `why` tells; raises UnreadableDocument."""

    def read(file: Path) -> Reading:
        from assistant.reading.pdf import read_simply as read_pdf_simply

        if sniff(_start(file)) != "pdf":
            raise UnreadableDocument(path.name, why)
        return read_pdf_simply(file, why)

    return _finished(_unpacked(path, read))


def _finished(reading: Reading) -> Reading:
    """Return the reading without stuffed passages, with its report."""
    pages, stuffed = without_stuffing(reading.pages)
    if stuffed:
        warning = f"repeated or keyword-stuffed text is not offered on {page_names(stuffed)}"
        reading = replace(reading, pages=pages, warnings=(*reading.warnings, warning))
    return replace(reading, report=report_of(reading))


def _unpacked(path: Path, read: Callable[[Path], Reading]) -> Reading:
    """Return what `read` makes of a file, taken out of its archive first where `path` leads into one."""
    if path.exists() or archives.archive_of(path) is None:
        return read(path)
    data = archives.unpack(path)
    with tempfile.TemporaryDirectory(prefix="assistant-") as folder:
        inner = Path(folder) / f"member{path.suffix}"
        inner.write_bytes(data)
        try:
            return read(inner)
        except UnreadableDocument as problem:
            raise UnreadableDocument(path.name, problem.reason) from problem


def _read(path: Path, seconds: float, started: Started) -> Reading:
    start = _start(path)
    kind, suffix = sniff(start), path.suffix.lower()
    if kind == "pdf":
        from assistant.reading.pdf import read_pdf

        return read_pdf(path, seconds, started)
    if kind == "zip":
        return _read_zipped(path, suffix)
    if suffix == ".pdf":
        raise UnreadableDocument(path.name, f"it is no PDF but {_NAMES.get(kind, kind)}, although its name says so")
    if kind == "html" and suffix not in _MAIL:
        from assistant.reading.web import read_html

        return read_html(path)
    if kind == RICH:
        from assistant.reading.rich_text import read_rtf

        return read_rtf(path)
    if kind == MAIL or (suffix in _MAIL and kind in ("", "html")):
        from assistant.reading.mail import read_mail

        return read_mail(path)
    if kind:
        wanted = "save it as PDF or .docx" if "Office" in kind else "such files are not read"
        raise UnreadableDocument(path.name, f"it is {kind}; {wanted}")
    return _read_text(path, suffix)


def _read_text(path: Path, suffix: str) -> Reading:
    """Return the reading of a file that may be text, by its name."""
    if suffix in _WEB:
        from assistant.reading.web import read_html

        return read_html(path)
    if suffix == ".csv":
        from assistant.reading.delimited import read_csv

        return read_csv(path)
    if suffix not in _TEXT:
        raise UnreadableDocument(path.name, f"it is a text file, although its name ends in {suffix or 'nothing'}")
    from assistant.reading.plain import read_plain

    return read_plain(path)


def _start(path: Path) -> bytes:
    """Return the first bytes; raises UnreadableDocument where the file is empty or cannot be opened."""
    if path.is_dir():
        raise UnreadableDocument(path.name, "it is a folder, although its name says that it is a document")
    if path.exists() and not path.is_file():
        raise UnreadableDocument(path.name, "it is no file but a device or a pipe")
    try:
        with path.open("rb") as file:
            start = file.read(2048)
    except OSError as problem:
        raise UnreadableDocument(path.name, f"the file cannot be opened ({problem.strerror or problem})") from problem
    if not start.strip(b"\x00 \r\n\t"):
        raise UnreadableDocument(path.name, "the file is empty")
    return start


def _read_zipped(path: Path, suffix: str) -> Reading:
    """Return the reading of a Word file; says what any other zipped file is."""
    try:
        with archives.opened(path) as file:
            names = frozenset(file.namelist())
    except UnreadableDocument as problem:
        what = "the archive" if suffix == archives.SUFFIX else "the file"
        raise UnreadableDocument(path.name, problem.reason.replace("the archive", what)) from problem
    if "word/document.xml" in names:
        from assistant.reading.office import read_docx

        return read_docx(path)
    if any(name.startswith("ppt/") for name in names):
        from assistant.reading.slides import read_pptx

        return read_pptx(path)
    if any(name.startswith("xl/") for name in names):
        from assistant.reading.sheets import read_xlsx

        return read_xlsx(path)
    if "mimetype" in names and "content.xml" in names:
        from assistant.reading.open_document import read_open_document

        return read_open_document(path)
    if "mimetype" in names or suffix == ".epub":
        raise UnreadableDocument(path.name, "it is an e-book; save it as PDF or .docx")
    if suffix == archives.SUFFIX:
        archives.members(path, SUFFIXES)  # says what is wrong with it
        raise UnreadableDocument(path.name, "it is an archive; its members are read one by one")
    raise UnreadableDocument(path.name, f"it is a ZIP archive, although its name ends in {suffix or 'nothing'}")
