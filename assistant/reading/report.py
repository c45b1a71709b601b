"""The reading report: what was made of a document, in figures a librarian can check at a glance."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.model import Page, Reading
from assistant.reading.version import READING_VERSION
from assistant.report import ReadingReport

_BOILERPLATE = frozenset({"running", "contents", "references"})
LEAST_LETTERS = 150
"""A page with fewer letters says nothing about its language."""
LONGEST_SAMPLE = 500
MOST_SAMPLES = 16
"""Pages looked at, spread over the document."""
LEAST_SHARE = 0.03
_ENGLISH = frozenset(
    ["the", "and", "that", "with", "are", "this", "which", "from", "has", "their", "its", "were", "been"]
)
ENGLISH_FROM = 0.025
"""A text with such a share of these words is English; in the neighbouring languages hardly any of them is a word."""


def report_of(reading: Reading) -> ReadingReport:
    """Return the report of a reading; languages are told page by page, shares are of letters."""
    pages = reading.pages
    counts = Counter[str]()
    for page in pages:
        for block in page.blocks:
            counts[block.kind] += sum(map(str.isalnum, page.text[block.start : block.end]))
    letters = sum(counts.values())
    boilerplate = sum(counts[kind] for kind in _BOILERPLATE)
    return replace(
        reading.report,
        version=READING_VERSION,
        pages=len(pages),
        without_text=tuple(page.number for page in pages if not any(map(str.isalnum, page.text))),
        recognised=tuple(page.number for page in pages if page.ocr),
        tables=sum(map(_tables, pages)),
        languages=_languages(pages),
        boilerplate=round(boilerplate / letters, 3) if letters else 0.0,
        letters=letters,
    )


def _tables(page: Page) -> int:
    """Return how many tables a page has: rows that follow each other, or share a head, are one."""
    count, before = 0, False
    lead: tuple[int, int] | None = None
    for block in page.blocks:
        row = block.kind == "table"
        if row and (not before or block.lead != lead):
            count += 1
        if row:
            lead = block.lead
        before = row
    return count


def _language(text: str) -> str:
    """Return the two-letter code of a text; most are plainly English, and loading a model takes a third of a second."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if sum(word in _ENGLISH for word in words) >= ENGLISH_FROM * max(1, len(words)):
        return "en"
    from py3langid.langid import classify

    return str(classify(text)[0])


def _languages(pages: Sequence[Page]) -> tuple[tuple[str, float], ...]:
    """Return (two-letter code, share of the letters from 0 to 1), the largest first."""
    samples: list[tuple[str, int]] = []
    for page in pages:
        text = " ".join(page.text[block.start : block.end] for block in page.blocks if block.kind not in _BOILERPLATE)
        letters = sum(map(str.isalpha, text))
        if letters >= LEAST_LETTERS:
            samples.append((text[:LONGEST_SAMPLE], letters))
    samples = samples[:: max(1, len(samples) // MOST_SAMPLES)]
    if not samples:
        return ()
    counts = Counter[str]()
    for text, letters in samples:
        counts[_language(text)] += letters
    total = sum(counts.values())
    shares = [(code, round(count / total, 3)) for code, count in counts.most_common()]
    return tuple((code, share) for code, share in shares if share >= LEAST_SHARE)
