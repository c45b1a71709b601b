"""PDF files: pypdf opens the file (the only file that knows it), `glyphs` and `layout` make its pages.

pypdf gives what is about the file: passwords, outline, page labels, metadata, and the text of a page that pdfium
cannot read. Its limits are tightened, because a document may be hostile.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf

from assistant.errors import UnreadableDocument
from assistant.model import Page, Reading
from assistant.reading.faults import Attempts, fault_of
from assistant.reading.garbled import is_garbled, not_offered
from assistant.reading.kept import lost_share
from assistant.reading.layout import lay_out
from assistant.reading.limits import MOST_PAGES
from assistant.reading.scans import read_scans
from assistant.reading.shapes import Sheet
from assistant.reading.simple import plain_page
from assistant.reading.warnings import about_faults, about_letters, about_pages, about_untrusted, has_text
from assistant.report import Fault, ReadingReport

MOST_OUTLINE = 5000
SECOND_LOOKS = 1
"""Pages of a document that pypdf reads too, for the share of words that we lose; it is as slow as our own reading."""

_log = logging.getLogger("pypdf")


def read_pdf(path: Path, seconds: float = 60.0, started: Callable[[int], None] = lambda pages: None) -> Reading:
    """Return the reading of a PDF; raises UnreadableDocument with a plain reason.

    `seconds` is the time there is: recognising scanned pages stops early enough to keep what was read. `started` is
    told the number of pages once it is known. A fault of our
    own costs the page it happens on, or, outside of any page, the places and roles of all of them.
    """
    try:
        return _read(path, seconds, started)
    except (UnreadableDocument, MemoryError):
        raise
    except Exception as problem:
        return read_simply(path, "our reader failed on it, which is our fault", (fault_of(problem),))


def _read(path: Path, seconds: float, started: Callable[[int], None]) -> Reading:
    file, problem = _open(path)
    warnings: list[str] = []
    sheets = _sheets(path, file, problem, warnings, started)
    information, outline = _information(file), _outline(file)
    sheets = [replace(sheet, scan=sheet.scan or is_garbled(sheet.engine)) for sheet in sheets]
    sheets, unread = read_scans(path, sheets, information.get("language", ""), seconds)
    attempts = Attempts()
    pages = lay_out(sheets, outline, attempts)
    if not any(map(has_text, pages)):
        reason = "it has no text layer (a scan or a drawing)"
        raise UnreadableDocument(path.name, f"{reason}; {unread}" if unread else reason)
    pages, garbled, backwards = not_offered(pages)
    report = _report(sheets, pages, attempts, _second_texts(file, sheets))
    warnings += [*about_pages(sheets, pages, unread), *about_letters(sheets), *_attachments(file)]
    warnings += [*about_faults(attempts.faults, report), *about_untrusted(garbled, backwards, unread)]
    return _reading(pages, information, outline, warnings, report, attempts.faults)


def read_simply(path: Path, why: str, faults: tuple[Fault, ...] = ()) -> Reading:
    """Return the reading of a PDF without places and roles, each page as an engine puts its text together.

    `why` says in words what kept the file from being read as usual. Raises UnreadableDocument.
    """
    file, problem = _open(path)
    warnings = [f"read simply, without columns, tables and places on the page: {why}"]
    sheets = _sheets(path, file, problem, warnings)
    pages = tuple(plain_page(sheet) for sheet in sheets)
    if not any(map(has_text, pages)):
        raise UnreadableDocument(path.name, why)
    report = _report(sheets, pages, Attempts(), {})
    return _reading(pages, _information(file), _outline(file), warnings, report, faults)


def _reading(
    pages: tuple[Page, ...],
    information: Mapping[str, str],
    outline: tuple[tuple[int, str, int], ...],
    warnings: Sequence[str],
    report: ReadingReport,
    faults: tuple[Fault, ...],
) -> Reading:
    return Reading(
        pages, information.get("title", ""), information.get("author", ""), information.get("created", ""),
        information.get("language", ""), outline, tuple(warnings), report, faults,
    )  # fmt: skip


def _report(
    sheets: Sequence[Sheet], pages: Sequence[Page], attempts: Attempts, second: Mapping[int, str]
) -> ReadingReport:
    """Return what only the PDF reader knows for the reading report."""
    return ReadingReport(
        simply=tuple(s.number for s in sheets if s.fallback or s.number in attempts),
        unreadable=tuple(s.number for s in sheets if s.unreadable),
        lost=lost_share(sheets, pages, second),
    )


def _second_texts(file: Any, sheets: Sequence[Sheet]) -> dict[int, str]:
    """Return the text of a few pages, spread over the document, as pypdf reads them, by page number."""
    seen = [sheet.number for sheet in sheets if sheet.glyphs and not sheet.ocr]
    texts: dict[int, str] = {}
    for number in seen[len(seen) // (2 * SECOND_LOOKS) :: max(1, len(seen) // SECOND_LOOKS)][:SECOND_LOOKS]:
        with contextlib.suppress(Exception):  # a second opinion that cannot be had is none
            texts[number] = file.pages[number - 1].extract_text() or ""
    return texts


def _tighten() -> None:
    _log.setLevel(logging.CRITICAL)
    with contextlib.suppress(Exception):
        pypdf.apply_configuration(stream_parsing_work_maximum_count=200_000)


def _open(path: Path) -> tuple[Any, str]:
    """Return (the open file or None, why not); raises UnreadableDocument where a password is needed."""
    _tighten()
    try:
        file = pypdf.PdfReader(path, strict=False)
        if file.is_encrypted and not file.decrypt(""):
            raise UnreadableDocument(path.name, "the file needs a password")
        count = len(file.pages)
    except UnreadableDocument:
        raise
    except Exception:  # pypdf raises many kinds; pdfium may still open the file
        return None, "the file is damaged"
    if count == 0:
        return None, "it has no pages"
    return file, ""


def _sheets(
    path: Path, file: Any, problem: str, warnings: list[str], started: Callable[[int], None] | None = None
) -> list[Sheet]:
    """Return the pages through pdfium, those it cannot read through pypdf; their text alone where nobody is told."""
    from assistant.reading.paint import open_file

    try:
        document = open_file(path)
        count = len(document)
    except UnreadableDocument as failure:
        if file is None or "password" in failure.reason:
            known = failure.reason if file is not None or "password" in failure.reason else problem
            raise UnreadableDocument(path.name, known) from failure
        document, count = None, len(file.pages)
        warnings.append("read without places on the page: the drawing engine cannot open the file")
    if count == 0:
        raise UnreadableDocument(path.name, "it has no pages")
    if count > MOST_PAGES:
        raise UnreadableDocument(path.name, f"it has {count:,} pages, more than {MOST_PAGES:,}")
    if started is not None:
        started(count)
    labels, layers = _labels(file, count), _has_hidden_layers(file)
    try:
        sheets = [_sheet(document, file, number, started is None, layers) for number in range(1, count + 1)]
    finally:
        if document is not None:
            document.close()
    return [replace(sheet, label=label) for sheet, label in zip(sheets, labels, strict=True)]


def _sheet(document: Any, file: Any, number: int, simply: bool, layers: bool) -> Sheet:
    """Return a page through the first engine that reads it, with places if it can be."""
    from assistant.reading import glyphs

    for read in (glyphs.simple_sheet,) if simply else (glyphs.read_sheet, glyphs.simple_sheet):
        if document is not None:
            with contextlib.suppress(Exception):  # pdfium's messages say nothing ("Success"): the caller words its own
                return read(document, number, layers)
    if file is not None:
        with contextlib.suppress(Exception):  # one page that fails does not stop the rest
            page = file.pages[number - 1]
            text, box = page.extract_text() or "", page.mediabox
            return Sheet(number, float(box.width), float(box.height), (), fallback=text)
    return Sheet(number, 0.0, 0.0, (), unreadable=True)


def _has_hidden_layers(file: Any) -> bool:
    """Return whether the file (None: there is none) has layers that are switched off."""
    with contextlib.suppress(Exception):
        shown = file.trailer["/Root"]["/OCProperties"].get_object()["/D"].get_object()
        return bool(shown.get("/OFF")) or shown.get("/BaseState") == "/OFF"
    return False


def _attachments(file: Any) -> list[str]:
    """Return a warning that names the files attached to this one (None: there is none): they are not read."""
    with contextlib.suppress(Exception):
        names = sorted(file.attachments)
        if names:
            more = f" and {len(names) - 5} more" if len(names) > 5 else ""
            return [f"attached files are not read: {', '.join(names[:5])}{more}"]
    return []


def _labels(file: Any, count: int) -> list[str]:
    plain = [str(number) for number in range(1, count + 1)]
    if file is None:
        return plain
    try:
        labels = [str(label) for label in file.page_labels]
    except Exception:
        return plain
    return [label or number for label, number in zip(labels, plain, strict=True)] if len(labels) == count else plain


def _outline(file: Any) -> tuple[tuple[int, str, int], ...]:
    """Return the outline of the file (None: there is none) as (level from 1, title, physical page from 1)."""
    found: list[tuple[int, str, int]] = []

    def walk(entries: Any, level: int) -> None:
        for entry in entries:
            if len(found) >= MOST_OUTLINE or level > 12:
                return
            if isinstance(entry, list):
                walk(entry, level + 1)
                continue
            with contextlib.suppress(Exception):
                page = file.get_destination_page_number(entry)
                title = " ".join(str(entry.title).split())
                if page is not None and page >= 0 and title:
                    found.append((level, title[:300], page + 1))

    with contextlib.suppress(Exception):
        walk(file.outline, 1)
    return tuple(found)


def _information(file: Any) -> dict[str, str]:
    """Return title, author, day of making and language as the file (None: there is none) states them."""
    found: dict[str, str] = {}
    with contextlib.suppress(Exception):
        data = file.metadata
        if data is not None:
            found["title"] = " ".join(str(data.title or "").split())[:500]
            found["author"] = " ".join(str(data.author or "").split())[:500]
            created = data.creation_date
            found["created"] = created.date().isoformat() if created else ""
    with contextlib.suppress(Exception):
        found["language"] = str(file.trailer["/Root"].get("/Lang", "") or "")[:20]
    return found
