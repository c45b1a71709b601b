"""What a text denies: the words that stand behind "no", "not" and their kin, in their clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.words import content_stems

NO = re.compile(
    r"\b(?:no|not(?! (?:only|least)\b)|never|none|neither|nor|without|lacks?|lacking|absence|absent|cannot|yet to)\b"
    r"|n['’]t\b|\b(?:nicht|kein\w*|ohne|ne|pas|aucun\w*|sans|non|nessun\w*|senza|niet|geen|zonder|ei|eivät|ilman)\b",
    re.IGNORECASE,
)
"""Words that deny, in eight languages."""
_CLAUSE_ENDS = re.compile(r"[.;:,]")


def denied_stems(text: str, most: int, words: re.Pattern[str] = NO) -> Iterator[list[str]]:
    """Yield for each word that denies the first stems behind it, up to the end of its clause."""
    for match in words.finditer(text):
        yield content_stems(_CLAUSE_ENDS.split(text[match.end() :], maxsplit=1)[0])[:most]


def denies(text: str, asked: frozenset[str]) -> bool:
    """Return whether a text says no to what is asked: a denial stands before two of its stems, in their clause."""
    wanted = min(2, len(asked))
    return wanted > 0 and any(len(asked.intersection(stems)) >= wanted for stems in denied_stems(text, 6))
