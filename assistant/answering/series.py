"""The other one of a series: the first strategy's money is not the second's, the figure of 2018 is not that of 2023."""

from __future__ import annotations

import re

SERIAL = frozenset(["count", "share", "money", "number"])
"""Kinds of things that each one of a series has its own of."""
_ORDINAL = re.compile(r"\b(first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th)\b", re.IGNORECASE)
_SAME = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}
_YEAR = re.compile(r"(?<![\d/.:])((?:19|20)\d\d)(?![\d/:])(?:\s?[–-]\s?((?:19|20)?\d\d)(?!\d))?")
_OPEN = re.compile(r"\b(?:since|from|after)\b[^,;.]{0,20}$", re.IGNORECASE)


def is_another(question: str, text: str) -> bool:
    """Return whether a text speaks of another one of a series, or of another year, than the question names.

    What a question says in brackets is an aside and names nothing.
    """
    question = re.sub(r"\([^)]*\)", " ", question)
    asked = _ordinals(question)
    other = _ordinals(text)
    return bool((asked and other and asked.isdisjoint(other)) or of_another_year(question, text))


def of_another_year(question: str, text: str) -> bool:
    """Return whether a question names a year and a text names years, none of which is it or spans it."""
    asked, told = [span for span, _ in _years(question)], _years(text)
    if not asked or not told:
        return False
    return not any(
        first <= wanted[1] and (wanted[0] <= last or opens) for wanted in asked for (first, last), opens in told
    )


def _ordinals(text: str) -> frozenset[str]:
    return frozenset(_SAME.get(word.lower(), word.lower()) for word in _ORDINAL.findall(text))


def _years(text: str) -> list[tuple[tuple[int, int], bool]]:
    """Return the first and last year of every span of years, and whether it is open ("since 2018")."""
    found = []
    for match in _YEAR.finditer(text):
        first, end = match.group(1), match.group(2) or match.group(1)
        last = int(first[: 4 - len(end)] + end)
        found.append(((int(first), last), bool(_OPEN.search(text[: match.start()]))))
    return found
