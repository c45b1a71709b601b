"""What a reader should know about how a PDF was read, in plain words (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.model import Page
from assistant.reading.shapes import Sheet

FEWEST_LETTERS = 8
"""Fewer unseen letters on a page are no message to anybody: crop marks, stray blanks."""
_REASONS = {
    "colour": "in the colour of its background",
    "tiny": "too small to read",
    "outside": "outside the page",
    "invisible": "drawn invisibly",
    "steering": "direction or tag characters",
}


def about_pages(sheets: Sequence[Sheet], pages: Sequence[Page], unread: str) -> list[str]:
    """Return warnings on pages without text (`unread` says why scans were not read) and on recognised text."""
    found: list[str] = []
    scans = [sheet.number for sheet in sheets if sheet.scan and not _has_text(pages[sheet.number - 1])]
    if scans:
        found.append(f"not read: {page_names(scans)}, scanned without a text layer; {unread}")
    if any(page.ocr for page in pages):
        recognised = page_names([page.number for page in pages if page.ocr])
        found.append(f"scanned: {recognised}; the text was recognised by a machine (OCR) and may be wrong")
    blank = sum(not _has_text(page) for page in pages)
    if blank > max(1, 0.2 * len(pages)):
        found.append(f"{blank} of {len(pages)} pages have no text layer")
    return found


def about_letters(sheets: Sequence[Sheet]) -> list[str]:
    """Return one warning for each way in which text was hidden from the reader of the page."""
    found: list[str] = []
    for name, words in _REASONS.items():
        least = 1 if name == "steering" else FEWEST_LETTERS
        numbers = [sheet.number for sheet in sheets if dict(sheet.left_out).get(name, 0) >= least]
        if numbers:
            found.append(f"hidden text was left out on {page_names(numbers)}: {words}")
    return found


def page_names(numbers: Sequence[int]) -> str:
    """Return "page 3" or "pages 3, 5–9", ranges joined, at most ten parts."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    words = [str(first) if first == last else f"{first}–{last}" for first, last in parts[:10]]
    more = " and more" if len(parts) > 10 else ""
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(words)}{more}"


def _has_text(page: Page) -> bool:
    return any(char.isalnum() for char in page.text)
