"""PDF files: pypdf opens the file (the only file that knows it), `glyphs` and `layout` make its pages.

pypdf gives what is about the file: passwords, outline, page labels, metadata, and the text of a page that pdfium
cannot read. Its limits are tightened, because a document may be hostile.
"""

from __future__ import annotations

import contextlib
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf

from assistant.errors import UnreadableDocument
from assistant.model import Page, Reading
from assistant.reading.layout import lay_out
from assistant.reading.scans import read_scans
from assistant.reading.shapes import Sheet
from assistant.reading.warnings import about_letters, about_pages

MOST_PAGES = 3000
MOST_OUTLINE = 5000

_log = logging.getLogger("pypdf")


def read_pdf(path: Path, seconds: float = 60.0) -> Reading:
    """Return the reading of a PDF; raises UnreadableDocument with a plain reason.

    `seconds` is the time there is: recognising scanned pages stops early enough to keep what was read.
    """
    _tighten()
    file, problem = _open(path)
    warnings: list[str] = []
    information = _information(file) if file is not None else {}
    outline = _outline(file) if file is not None else ()
    sheets = _sheets(path, file, problem, warnings)
    sheets, unread = read_scans(path, sheets, information.get("language", ""), seconds)
    pages = lay_out(sheets, outline)
    if not any(_has_text(page) for page in pages):
        reason = "it has no text layer (a scan or a drawing)"
        raise UnreadableDocument(path.name, f"{reason}; {unread}" if unread else reason)
    warnings.extend(about_pages(sheets, pages, unread))
    warnings.extend(about_letters(sheets))
    return Reading(
        pages, information.get("title", ""), information.get("author", ""), information.get("created", ""),
        information.get("language", ""), outline, tuple(warnings),
    )  # fmt: skip


def _has_text(page: Page) -> bool:
    return any(char.isalnum() for char in page.text)


def _tighten() -> None:
    _log.setLevel(logging.CRITICAL)
    with contextlib.suppress(Exception):
        pypdf.apply_configuration(stream_parsing_work_maximum_count=200_000)


def _open(path: Path) -> tuple[Any, str]:
    """Return (the open file or None, why not); raises UnreadableDocument where a password is needed."""
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


def _sheets(path: Path, file: Any, problem: str, warnings: list[str]) -> list[Sheet]:
    """Return the pages through pdfium, those it cannot read through pypdf."""
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
    labels = _labels(file, count)
    sheets: list[Sheet] = []
    try:
        for number in range(1, count + 1):
            sheets.append(_sheet(document, file, number, labels[number - 1], warnings))
    finally:
        if document is not None:
            document.close()
    return sheets


def _sheet(document: Any, file: Any, number: int, label: str, warnings: list[str]) -> Sheet:
    from assistant.reading import glyphs

    if document is not None:
        try:
            return replace(glyphs.read_sheet(document, number), label=label)
        except Exception:  # pdfium's messages say nothing ("Success"): word our own
            warnings.append(f"page {number} was read without places on the page")
    text, width, height = "", 0.0, 0.0
    if file is not None:
        try:
            page = file.pages[number - 1]
            text, width, height = page.extract_text() or "", float(page.mediabox.width), float(page.mediabox.height)
        except Exception:  # one page that fails does not stop the rest
            warnings.append(f"page {number} cannot be read")
    return Sheet(number, width, height, (), label=label, fallback=text)


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
    """Return the outline as (level from 1, title, physical page from 1)."""
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
