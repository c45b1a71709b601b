# ruff: noqa: E501  (long patterns read better on one line)
"""Countries named as a group: "the Nordics", "the countries that signed"; who belongs to it stands in `countries`."""

from __future__ import annotations

import re

_GROUPS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("non-signatories", r"\bnon-?signator\w+\b|\b(?:countries|states) (?:that|which) (?:have |did )?(?:not|never) (?:signed|sign|joined|join)\b|\b(?:have|has|did) not (?:signed|sign|joined|join)\b.*\b(?:declaration|1\+MG)\b|\boutside (?:the )?(?:1\+MG|declaration|initiative)\b"),
        ("nordic", r"\bnordics?\b"),
        ("scandinavian", r"\bscandinavians?\b|\bscandinavia\b"),
        ("baltic", r"\bbaltics?\b|\bbaltic (?:states|countries)\b"),
        ("benelux", r"\bbenelux\b|\blow countries\b"),
        ("hosts", r"\b(?:host(?:ing)?|visited) (?:countries|states)\b|\bhosts of (?:the|these) (?:\w+ ){0,2}visits?\b|\b(?:countries|states) (?:that|which) hosted (?:the|a) (?:\w+ ){0,2}visits?\b|\bthe three hosts\b|\bvisit hosts\b"),
        # Signatories as a set of countries to look in; "what must a signatory do" is about the initiative.
        ("signatories", r"\b(?:which|any|all|most|each|every|among|across|in|compare|between|(?:what|how|where) (?:do|did|have)) (?:of the |the |all |other )*signator(?:ies|y (?:countries|states?))\b|\b(?:countries|states) (?:that|which|who) (?:have )?signed\b"),
        ("iberian", r"\biberian?\b"),
        ("visegrad", r"\bvisegr[aá]d\b|\bV4\b"),
        ("german-speaking", r"\bgerman-speaking\b|\bDACH\b"),
        ("mediterranean-islands", r"\b(?:two )?mediterranean island (?:states|countries)\b|\bmediterranean islands\b|\bisland states\b"),
    )
)  # fmt: skip
_GROUP_WORDS = re.compile(
    r"\b(?:nordic|scandinavian|baltic|benelux|iberian|visegr[aá]d|german-speaking|host(?:ing)?|visited|island) (?=countr(?:y|ies)|states?)",
    re.IGNORECASE,
)


def groups_in(text: str) -> tuple[str, ...]:
    """Return the names of the country groups a text names, in a fixed order; the first of them gives its name."""
    plain = text.replace("among the countries that", "")  # a follow-up to "which countries …" is worded so
    found = [name for name, pattern in _GROUPS if pattern.search(plain)]
    if "non-signatories" in found and "signatories" in found:
        found.remove("signatories")
    return tuple(found)


def without_groups(text: str) -> str:
    """Return the text without the adjectives of groups: "which Nordic countries" asks those, not every country."""
    return _GROUP_WORDS.sub("", text)
