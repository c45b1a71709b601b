"""Limits a question sets are compared as numbers: "more than 100,000 genomes" keeps 120,000 and drops 27,000.

A figure must stand beside the word counted; a year is any year of the sentence. "Which countries have no …" keeps
sentences that deny.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.judging.denials import NO
from assistant.judging.spans import Span, lead_of
from assistant.understood import Bound, Understood
from assistant.words import content_stems

_FIGURE = re.compile(
    r"(?P<money>[€£$]|\b(?:EUR|GBP|USD))?\s?(?<![\w.,])(?P<number>\d{1,3}(?:[,.\s]\d{3})+|\d+(?:[.,]\d+)?)(?!\d)"
    r"\s*(?P<scale>thousand|million|billion|Mio|Mrd|miljo\w+|million\w*|milliard\w*)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_SCALES = (("thousand", 1e3), ("milliard", 1e9), ("mi", 1e6), ("billion", 1e9), ("mrd", 1e9))


def within(spans: Sequence[Span], understood: Understood) -> list[Span]:
    """Return the spans that keep to the limit the question sets, all where it sets none, in the same order."""
    kept = list(spans)
    if understood.bound is not None:
        kept = [
            span for span in kept if keeps(understood.bound, f"{lead_of(span.hit.passage, span.sentence)} {span.text}")
        ]
    if understood.denied and understood.all_countries:
        kept = [span for span in kept if NO.search(span.text)]
    return kept


def keeps(bound: Bound, text: str) -> bool:
    """Return whether a text has a figure (or a year) within the limit, beside the word that is counted."""
    if bound.is_year:
        return any(bound.holds(int(year)) for year in _YEAR.findall(text))
    unit = frozenset(content_stems(bound.unit))
    if unit and unit.isdisjoint(content_stems(text)):
        return False
    return any(bound.holds(value) for value in figures(text))


def figures(text: str) -> list[float]:
    """Return the values of the figures of a text that are no years, with their scale ("1.2 million")."""
    found = []
    for match in _FIGURE.finditer(text):
        number, scale = match["number"], (match["scale"] or "").lower()
        if not scale and not match["money"] and _YEAR.fullmatch(number):
            continue
        plain = re.sub(r"[,.\s](?=\d{3}(?!\d))", "", number).replace(",", ".")
        factor = next((value for start, value in _SCALES if scale.startswith(start)), 1.0)
        found.append(float(plain) * factor)
    return found
