# ruff: noqa: E501  (long patterns read better on one line)
"""Where a question says to look: kinds of documents, years of the source, a document by its title.

A year restricts the source only where it stands beside a word for documents ("strategies since 2020"); "how many people
joined since 2020" asks about events, whatever the year of the source.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from assistant.understanding.known import Titles, distinctive, plain

_FIRST, _LAST = 1900, 2100
# Words for sources. "The strategy of 2020" in the singular is a thing that a newer source may describe: no restriction.
_NOUN = (
    r"(?:policy briefs?|the (?:\d{4} )?brief|(?:country )?(?:exchange )?visit reports?|cev reports?|reports|"
    r"(?:national |genomic |genome |genomics |personalised medicine |newer |older |recent )*strategies|"
    r"strategy (?:documents|papers)|documents|sources|texts|papers|publications|briefs)"
)
_PLACE = r"(?:in|from|according to|per|within|by|does|do|did|of|which|what|among|across|through|only)"
_BETWEEN_WORDS = r"(?:\s+(?:the|a|an|all|any|its|their|our|national|official|(?-i:[A-Z][\w'’]+)|\w+ian|\w+ish|published|written|dated)){0,3}\s+"
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("policy-brief", re.compile(r"\bpolicy[ -]briefs?\b|\bthe (?:\d{4} )?brief\b(?! (?:period|time|history|summary))", re.IGNORECASE)),
    ("visit-report", re.compile(r"\b(?:exchange )?visit reports?\b|\bcev reports?\b|\breports? (?:of|on|from) the (?:\w+ )?(?:country )?(?:exchange )?visits?\b", re.IGNORECASE)),
    ("national-strategy", re.compile(rf"\b{_PLACE}{_BETWEEN_WORDS}?(?:national |genomic |genome )*strategies\b(?! (?:for|to|on|against)\b)|\bnational strategy documents?\b|\bstrategies (?:since|before|after|from|of|until|published|written|between|older|newer)\b|(?:^|[,;:] |\b(?:said|says|written|set|set out|stated|named|listed|described|mentioned|laid down|found|defined|planned|foreseen|is|are|what's|according) )(?:in|to|from) (?:its|their|the|[\w-]+['’]s?|(?-i:[A-Z])[\w-]+|the (?-i:[A-Z])[\w-]+) (?:own )?(?:\w+ )?(?:national |genome |genomic )*strategy\b", re.IGNORECASE)),
    ("framework", re.compile(r"\b(?:in|from|according to|do|does) the (?:1\+MG )?framework(?:s|(?: documents?| papers?))\b|\bframework documents?\b", re.IGNORECASE)),
)  # fmt: skip
_YEAR = r"((?:19|20)\d\d)"
_DATED = r"^,?\s*(?:(?:that (?:are|were|is|was) )?(?:dated|published|written|issued|adopted|made|out)\s+){0,2}"
_SPANS: tuple[tuple[str, str], ...] = (
    (rf"(?:between|from) {_YEAR} (?:and|to|until|till|through|-|–) {_YEAR}", "span"),
    (rf"{_YEAR}\s*[-–]\s*{_YEAR}", "span"),
    (rf"since {_YEAR}|from {_YEAR} on(?:wards?)?|(?:in |from )?{_YEAR} (?:or|and) (?:later|newer|after)", "since"),
    (rf"(?:from )?(?:after|newer than|later than|more recent than) {_YEAR}", "after"),
    (rf"(?:from )?(?:before|older than|earlier than|prior to) {_YEAR}", "before"),
    (rf"(?:until|till|up to|by) {_YEAR}|(?:in |from )?{_YEAR} (?:or|and) (?:earlier|older|before)", "until"),
    (rf"(?:of|in|from|for|dated) {_YEAR}", "one"),
)
_SAID = r"\b(?:said|written|wrote|published|stated|reported)\s+"


def kinds_asked(text: str, present: Collection[str] = ()) -> tuple[str, ...] | None:
    """Return the kinds of document a question names as the place to look, those the library has; None for any."""
    kinds = tuple(kind for kind, pattern in _KINDS if pattern.search(text))
    return tuple(kind for kind in kinds if not present or kind in present) or None


def years_asked(text: str) -> tuple[int, int] | None:
    """Return the first and last year of the sources a question asks for, or None."""
    noun = re.compile(rf"\b{_NOUN}(?P<rest>,?\s.*)$", re.IGNORECASE)
    for match in noun.finditer(text):
        found = _span(match.group("rest"))
        if found:
            return found
    before = re.search(rf"\b(?:the )?{_YEAR} (?:{_NOUN}|brief)\b", text, re.IGNORECASE)
    if before:
        return int(before.group(1)), int(before.group(1))
    said = re.search(rf"{_SAID}(?P<rest>.*)$", text, re.IGNORECASE)
    return _span(said.group("rest")) if said else None


def _span(rest: str) -> tuple[int, int] | None:
    """Read a year or a span of years at the beginning of `rest`."""
    rest = re.sub(_DATED, "", rest.strip()).strip()
    for pattern, how in _SPANS:
        match = re.match(pattern, rest, re.IGNORECASE)
        if match:
            years = sorted(int(year) for year in match.groups() if year)
            return _limits(how, years)
    return None


def _limits(how: str, years: list[int]) -> tuple[int, int]:
    first, last = years[0], years[-1]
    return {
        "span": (first, last),
        "since": (first, _LAST),
        "after": (first + 1, _LAST),
        "before": (_FIRST, first - 1),
        "until": (_FIRST, first),
        "one": (first, first),
    }[how]


def documents_asked(text: str, titles: Titles) -> tuple[str, ...] | None:
    """Return the documents whose title a question names as the place to look ("in Genome UK: the future …"), or None.

    A title counts where it stands in quotation marks, or after "in", "according to", "what does … say".
    """
    wanted = plain(text)
    words, padded = wanted.split(), f" {wanted} "
    pairs = dict.fromkeys(f"{first} {second}" for first, second in pairwise(words))
    rows = {row for pair in pairs for row in titles.get(pair, ()) if f" {row[0]} " in padded}
    found = [document for title_words, title, document in sorted(rows) if _named(wanted, title_words, text, title)]
    return tuple(dict.fromkeys(found)) or None


def _named(wanted: str, words: str, text: str, title: str) -> bool:
    place = f" {wanted} ".find(f" {words} ")
    if place < 0 or not distinctive(title):
        return False
    if re.search(rf"[\"“”«»„']\s*{re.escape(title)}", text, re.IGNORECASE):
        return True
    before = wanted[:place].split()[-3:]
    while before and before[-1] in ("the", "report", "document", "paper", "titled", "called", "entitled"):
        before.pop()
    return bool(before) and before[-1] in ("in", "from", "to", "does", "do", "did", "per", "within")
