"""Whether a sentence can be quoted by itself: worth a quotation, and not pointing back to the one before."""

from __future__ import annotations

import re
from functools import lru_cache

_LEANS = re.compile(
    r"^(?!this (policy )?(brief|report|document|paper|publication|brochure|roadmap|digest|book|guide)\b)"
    r"(this|these|it|they|he|she|such|its|their|that|those|both|his|her|another|others?|in addition|there|the (former|"
    r"latter|same|act|law|plan|project|programme|study|centre|center|strategy|group|committee|agency|work))\b"
    r"|^(in|since|by|from|until|at|on|with|according to|between|after|before)\b[^,.;:]{1,40},? (it|they)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_MAIL = re.compile(r"\S@\w+[\w.-]*\.\w")
_ADDRESS = re.compile(r"\s*(https?://|www\.)\S+\s*$")
_FIGURE = re.compile(r"[^\W\d_]{4,}[^\d]*?(?::|·)\s*(?:[€£$]|[A-Z]{3}\b)?\s*(?:about |some |over )?\d")
"""A label and its figure: a line of a fact box ("Inhabitants: 5.5 million") or a row of a table ("Nurses · 90")."""
_NUMBERED_THING = re.compile(
    r"\s*(?:tel|phone|telephone|fax|isbn|issn|doi|pages?|version|volume|figure|table|date|contact|room)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def quotable(text: str) -> bool:
    """Whether a slice is worth quoting: a few words with letters, not a bare heading, number, address or contact.

    A label with its figure is, however short.
    """
    words = len(_WORDS.findall(text))
    few = 1 if _FIGURE.match(text) and not _NUMBERED_THING.match(text) else 3
    return words >= few and not _ADDRESS.match(text) and not (words < 16 and _MAIL.search(text))


def leans(text: str) -> bool:
    """Return whether a sentence begins with a word that points back ("It", "This", "The act")."""
    return bool(_LEANS.match(text))
