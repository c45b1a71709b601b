"""A comparison taken apart: the question as it would be asked of one of its countries alone.

Each country is searched apart, and what else is named must not count for it: the names of the others would draw
whatever speaks of them, and make what answers look further away than in a question on one country.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.countries import Mention, mentions, name_of
from assistant.retrieval.groups import group_named

_BETWEEN = re.compile(
    r"\s*(?:,|and|or|nor|with|to|from|versus|vs\.?|&|/|(?:as )?(?:compared|opposed) (?:with|to)|,\s*(?:and|or)|than)\s*"
    r"(?:(?:which|what|that|those|the one)\s+)?(?:(?:in|of|for|by)\s+)?(?:(?:the|an?)\s+)?",
    re.IGNORECASE,
)

_COMPARE = re.compile(r"^(?:please )?(?:compare|contrast|comparing|comparison of)\s+(?:the\s+)?", re.IGNORECASE)


def asked_of_one(text: str, country: str, countries: Sequence[str], group: str = "") -> str:
    """Return the text with one of the countries in the place of all, or of the group they form."""
    if group:
        text = group_named(text, group, name_of(country))
    named = [m for m in mentions(text, True) if m.strength != "institution" and m.code in countries]
    if not any(m.code == country for m in named):
        return text
    kept = ""
    position = 0
    for start, end in (_cut(text, named, place) for place in range(len(named)) if named[place].code != country):
        kept += text[position : max(start, position)]
        position = max(end, position)
    return _COMPARE.sub("", " ".join((kept + text[position:]).split()))


def _cut(text: str, named: Sequence[Mention], place: int) -> tuple[int, int]:
    """Return what to leave out with a name: what joins it to the one before, or else to the one after it."""
    start, end = named[place].start, named[place].end
    if place and _BETWEEN.fullmatch(text[named[place - 1].end : start]):
        return named[place - 1].end, end
    if place + 1 < len(named) and _BETWEEN.fullmatch(text[end : named[place + 1].start]):
        return start, named[place + 1].start
    return start, end
