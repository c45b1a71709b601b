# ruff: noqa: E501  (long patterns read better on one line)
"""Whether a text says where: "in Lisbon", "at the hospital", "within the firewall", and not only whose it is."""

from __future__ import annotations

import re

from assistant.countries import mentions
from assistant.words import MONTHS, OPENING

_ASKS = re.compile(
    rf"{OPENING}(?:(?:from|to) )?where\b(?! (?:do|does) (?:we|they|it) stand)"
    r"|\b(?:in|at|to|from) (?:which|what) (?:[a-z]+ )?(?:city|cities|town|towns|place|building|location)\b",
    re.IGNORECASE,
)
_GENERIC = r"countr(?:y|ies)|hospitals?|universit(?:y|ies)|centres?|centers?|institutes?|laborator(?:y|ies)|registers?|registry|registries|portals?|databases?|repositor(?:y|ies)|nodes?|websites?|systems?|platforms?|biobanks?|clinics?|departments?|librar(?:y|ies)|archives?|environments?|firewall|cit(?:y|ies)|regions?|schools?|courses?|network|cloud|supercomputer|infrastructure|facilit(?:y|ies)"
_PLACE = re.compile(
    rf"\b(?:in|at|near|inside|within|across|via|through) (?:the |its |their |a |an |each |all |both |our )?(?:(?-i:[A-ZÄÖÜÅÉÓŁŠŽČØ])[\w’'-]+|(?:[\w’'-]+ ){{0,3}}?(?:{_GENERIC})\b)"
    r"|\b(?:abroad|online|virtually|at home|locally|worldwide|everywhere|seat|headquarters|head office|based|located|hosted)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"\b(?:in|from|to|of|until|since) (?:(?:early|late|mid|spring|summer|autumn|winter) )?(?:{MONTHS})\b",
    re.IGNORECASE,
)


def asks_place(question: str) -> bool:
    """Return whether a question wants a place; where it names no country, the countries themselves may be wanted."""
    return bool(_ASKS.search(question)) and bool(mentions(question, True))


def has_place(text: str) -> bool:
    """Return whether a text says where something is or happens."""
    return bool(_PLACE.search(_TIME.sub(" ", text)))
