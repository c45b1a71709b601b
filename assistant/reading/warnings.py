"""What a reader should know about how a PDF was read, in plain words (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.model import Page
from assistant.reading.shapes import Sheet
from assistant.report import Fault, ReadingReport

FEWEST_LETTERS = 8
"""Fewer unseen letters on a page are no message to anybody: crop marks, stray blanks."""
MOST_LOST = 0.05
"""Share of the words another reader finds that may be missing from our text without a warning."""
_REASONS = {
    "colour": "in the colour of its background",
    "tiny": "too small to read",
    "outside": "outside the page",
    "invisible": "drawn invisibly, under something else or on a layer that is switched off",
    "struck": "struck out",
    "steering": "direction or tag characters",
}


def about_pages(sheets: Sequence[Sheet], pages: Sequence[Page], unread: str) -> list[str]:
    """Return warnings on pages without text (`unread` says why scans were not read) and on recognised text."""
    found: list[str] = []
    scans = [sheet.number for sheet in sheets if sheet.scan and not has_text(pages[sheet.number - 1])]
    if scans:
        found.append(f"not read: {page_names(scans)}, scanned without a text layer; {unread}")
    if any(page.ocr for page in pages):
        recognised = page_names([page.number for page in pages if page.ocr])
        found.append(f"scanned: {recognised}; the text was recognised by a machine (OCR) and may be wrong")
    blank = sum(not has_text(page) for page in pages)
    if blank > max(1, 0.2 * len(pages)):
        found.append(f"{blank} of {len(pages)} pages have no text layer")
    return found


def about_letters(sheets: Sequence[Sheet]) -> list[str]:
    """Return one warning for each way in which text was hidden from the reader of the page."""
    found: list[str] = []
    for name, words in _REASONS.items():
        least = 1 if name in ("steering", "struck") else FEWEST_LETTERS
        numbers = [sheet.number for sheet in sheets if dict(sheet.left_out).get(name, 0) >= least]
        if numbers:
            found.append(f"hidden text was left out on {page_names(numbers)}: {words}")
    comments = [sheet.number for sheet in sheets if dict(sheet.left_out).get("comment", 0)]
    if comments:
        found.append(f"comments on {page_names(comments)} are not read")
    return found


def about_faults(faults: Sequence[Fault], report: ReadingReport) -> list[str]:
    """Return warnings on pages read simply or not at all, by whose fault, and on words that were lost."""
    found: list[str] = []
    ours = {fault.page for fault in faults}
    failed = [number for number in report.simply if number in ours]
    if failed:
        found.append(f"{page_names(failed)} read simply, without columns and places: our reader failed, our fault")
    if 0 in ours:
        found.append("the roles of headings and notes were not told over the whole document: our fault")
    others = [number for number in report.simply if number not in ours]
    if others:
        found.append(f"{page_names(others)} read simply, without places and with any hidden text: the drawing fails")
    if report.unreadable:
        found.append(f"{page_names(report.unreadable)} cannot be read by any engine")
    if report.lost > MOST_LOST:
        found.append(f"another reader finds words that are not in our text: {report.lost:.0%} of them")
    return found


def about_untrusted(garbled: Sequence[int], backwards: Sequence[int], unread: str) -> list[str]:
    """Return warnings on pages whose letters are not those seen; `unread` says why they were not recognised."""
    found: list[str] = []
    if garbled:
        why = f"; {unread}" if unread else ""
        found.append(f"never quoted: {page_names(garbled)}, whose fonts do not say which letters they show{why}")
    if backwards:
        found.append(f"never quoted: {page_names(backwards)}, whose text comes out backwards")
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


def has_text(page: Page) -> bool:
    """Return whether a page has a letter or a digit."""
    return any(char.isalnum() for char in page.text)
