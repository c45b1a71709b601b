"""Which words of a second reader are not in our text: the check that nothing on a page was lost (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.model import Page
from assistant.reading.shapes import Sheet

LEAST_LETTERS = 3
"""Letters of a word that is counted: shorter ones are found in any text."""
FEWEST_WORDS = 40
"""Of fewer words of the second reader nothing is said."""
_DIVIDED = re.compile(r"[-\u00ad\ufffe\x02]\s*\n\s*|[\u00ad\ufffe\x02]")


def lost_words(ours: str, other: str) -> tuple[int, int]:
    """Return (words of the other text that ours lacks, words of the other text).

    Words are held against our letters without blanks, so that neither a divided nor a glued word counts as lost.
    """
    letters = re.sub(r"[\W_]+", "", _fold(ours))
    words = Counter(word for word in re.findall(r"[^\W_]+", _fold(other)) if len(word) >= LEAST_LETTERS)
    return sum(max(0, count - letters.count(word)) for word, count in words.items()), words.total()


def lost_share(sheets: Sequence[Sheet], pages: Sequence[Page], second: Mapping[int, str]) -> float:
    """Return the share of words (0 to 1) that our pages lack: of the engine's own text, or of the second reader's.

    The larger one counts. Pages with letters that nobody sees are left out, for the others read those as well.
    """
    engine, other = Counter[str](), Counter[str]()
    for sheet, page in zip(sheets, pages, strict=True):
        if sheet.fallback or sheet.ocr or any(count for _, count in sheet.left_out):
            continue
        for counts, text in ((engine, sheet.engine), (other, second.get(sheet.number, ""))):
            lost, words = lost_words(page.text, text)
            counts.update(lost=lost, words=words)
    shares = [counts["lost"] / counts["words"] for counts in (engine, other) if counts["words"] >= FEWEST_WORDS]
    return round(max(shares, default=0.0), 4)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", _DIVIDED.sub("", text)).lower()
