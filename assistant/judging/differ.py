"""Do two sources differ? The same thing with another number, or yes in one and no in the other.

It is a rule of words, for showing two quotations side by side with their years; which of them holds is for the reader.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.judging.denials import denied_stems
from assistant.words import MONTHS, content_stems

_COUNTED = re.compile(
    r"(?<![\w.,-])(\d{1,3}(?:[,. ]\d{3})+|\d+(?:\.\d+)?)(?![\d-])\s+"
    r"(?:(million|billion)\s+)?([^\W\d_]{3,})\s*([^\W\d_]{3,})?"
)
_NO = re.compile(r"\b(?:no|not|neither|nor|never|none|without|lacks?|lacking)\b", re.IGNORECASE)
_NO_THING = frozenset(
    re.findall(r"\w+", f"per and the for from until years year month months days times {MONTHS}".lower())
)
SHARED = 0.3
"""Two sentences speak of the same thing when so many of the smaller one's stems stand in both."""


def differing(quotes: Sequence[tuple[str, str]]) -> tuple[tuple[int, int], ...]:
    """Return the pairs of places whose (document, text) come from two documents and differ in number or yes and no."""
    pairs = []
    for j in range(len(quotes)):
        for i in range(j):
            if quotes[i][0] != quotes[j][0] and _differ(quotes[i][1], quotes[j][1]):
                pairs.append((i, j))
    return tuple(pairs)


def _differ(first: str, second: str) -> bool:
    a, b = frozenset(content_stems(first)), frozenset(content_stems(second))
    mine, others = counted(first), counted(second)
    things = [thing for thing in mine.keys() & others.keys() if mine[thing].isdisjoint(others[thing])]
    if len(things) > 1:  # both words of "pharmaceutical companies"
        return True
    if not a or not b or len(a & b) < 3 or len(a & b) / min(len(a), len(b)) < SHARED:
        return False
    return bool(things) or _denies(first, b, second) or _denies(second, a, first)


def _denies(text: str, other: frozenset[str], other_text: str) -> bool:
    """Return whether a denial in the text ("neither a genome act nor …") covers what the other says without one."""
    if _NO.search(other_text):
        return False
    return any(sum(stem in other for stem in covered) > 1 for covered in denied_stems(text, 3, _NO))


def counted(text: str) -> dict[str, set[str]]:
    """Return what is counted in a text: stem of the thing (its last word) → the numbers, years and dates left out."""
    found: dict[str, set[str]] = {}
    for number, scale, first, second in _COUNTED.findall(text):
        words = [word.lower() for word in (first, second) if word]
        if words[0] in _NO_THING or (re.fullmatch(r"(19|20)\d\d", number) and not scale):
            continue
        value = re.sub(r"[,. ](?=\d{3})", "", number) + (f" {scale.lower()}" if scale else "")
        for stem in content_stems(" ".join(words)):
            found.setdefault(stem, set()).add(value)
    return found
