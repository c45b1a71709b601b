"""Whether a text names a person: "who is the director" is not answered by an institute that leads something."""

from __future__ import annotations

import re

from assistant.answering.currencies import CODES
from assistant.countries import countries_in
from assistant.words import MONTHS, STOP, content_stems, stem

_ROLE = (
    r"director|head|chair\w*|president|boss|chief|minister|rector|spokes\w+|leader|dean|secretary|commissioner|ceo|"
    r"ambassador"
)
_ASKS = re.compile(
    rf"\bwho (?:is|was|are|were|will be) (?:(?:the|its|their|now|currently|new|first) )*(?:\w+ )?(?:{_ROLE})\b"
    r"|\bwho (?:now |currently )?(?:chairs?|chaired|heads?|headed|directs?|directed|presides?|presided)\b"
    rf"|\b(?:which|what) (?:\w+ )?(?:minister|president|professor|politician|senator|rector|person)\b"
    rf"|\bname of the (?:{_ROLE})\b",
    re.IGNORECASE,
)
_CAPITAL = r"[A-ZÄÖÜÅÉÓŁŠŽČØ][\w’'.-]*"
_RUN = re.compile(rf"{_CAPITAL}(?: (?:(?:van|von|de|den|der|da|di|la) )*{_CAPITAL})+")
_TITLE = re.compile(rf"\b(?:Minister|Professor|Prof\.|Dr\.?|Senator|Mr|Ms|Mrs) (?P<name>{_CAPITAL})")
_OFFICE = re.compile(
    r"\b(?:chaired|headed|led|directed|presided over) by (?:(?:the|its|a|an) )?(?:[A-Za-z]+ ){0,2}"
    r"(?:Minister|Secretary|President|Director|Commissioner|Chancellor|Rector|Dean|Chief|Ombudsman)\b"
)
"""The holder of an office is a person, where the office is what is asked for: "chaired by the Minister of Health"."""
_OF_BODIES = frozenset(
    content_stems(
        "national genome genomes genomic genomics genetic genetics medicine medical health center centre institute "
        "university hospital research council ministry ministers minister agency foundation project programme "
        "initiative data act law laws biobank strategy plan service services society institution authority board "
        "committee commission federal state regional region department directorate office fund network academy "
        "school faculty college partnership infrastructure million europe european union north south east west "
        "northern southern eastern western central public human social care insurance welfare cancer clinic "
        "clinical rare disease diseases precision personalised personalized innovation science sciences digital "
        "security general member states country exchange visit prime deputy senator professor president senior chief "
        "director head company group association federation alliance library technology bioscience life development "
        f"education protection court parliament government report study {MONTHS}"
    )
)
"""Words of institutions, offices and dates: a name that has one of them is no person's."""


_PROPER = re.compile(r"(?<=[\w,;:)“”\"’'] )(?:[A-ZÄÖÜÅÉŁŠŽČ][\w’'.-]+|[A-Z]{2,})")
_BODY = re.compile(
    r"\b(ministr\w+|government|parliament|agency|institute|university|hospital|authority|council|board|committee|"
    r"commission|company|companies|foundation|insurers?|fund|centre|service|doctors?|physicians?|team|group|region\w*|"
    r"municipalit\w+|state|patients?|citizens?|experts?|department|directorate|director|president|chair\w*)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset(content_stems(f"{MONTHS}|Europe|European|Union|{CODES}".replace("|", " ")))
"""Capitalised words that are no one's name."""


def asks_person(question: str) -> bool:
    """Return whether a question wants a person: who heads or chairs something, which minister did it."""
    return bool(_ASKS.search(question))


def names_person(text: str) -> bool:
    """Return whether a text names a person: two names in a row of no institution, a title with a name, an office."""
    if _OFFICE.search(text) or any(stem(match["name"]) not in _OF_BODIES for match in _TITLE.finditer(text)):
        return True
    return any(_is_person(match.group()) for match in _RUN.finditer(text))


def names_somebody(text: str, said: frozenset[str]) -> bool:
    """Return whether a text names a person or a body beside those that the question names (`said`, its stems)."""
    proper = (match.group().rstrip(".").lower() for match in _PROPER.finditer(text))
    if any(stem(word) not in said | _NOBODY for word in proper):
        return True
    return any(stem(match.group()) not in said for match in _BODY.finditer(text))


def _is_person(run: str) -> bool:
    words = [word for word in run.split() if word.lower() not in STOP and len(word.strip(".")) > 1]
    names = [word for word in words if stem(word.strip(".")) not in _OF_BODIES and not word.isupper()]
    return len(names) > 1 and not countries_in(run)
