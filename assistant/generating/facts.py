"""The hard facts of a sentence that a paraphrase may not change: numbers with their kind, and proper names. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from assistant.countries import Mention, mentions, name_of
from assistant.words import STOP

_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
_RANKS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_UNITS = {word: value for value, word in enumerate(_SMALL.split())}
_TENS = {word: 10 * value for value, word in enumerate(_ROUND.split(), start=2)}
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9, "bn": 1e9, "m": 1e6}
_ORDINALS = {word: value for value, word in enumerate(_RANKS.split(), start=1)}
_SHARES = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
_CURRENCIES = {"€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "pound": "GBP", "pounds": "GBP", "$": "USD"}
_CODES = "EUR|GBP|USD|DKK|SEK|NOK|CZK|PLN|HUF|BGN|RON|CHF|ISK"
_WORDS = "|".join([*_UNITS, *_TENS, "hundred", "thousand", "million", "billion"])
_SPELT = re.compile(rf"\b(?:{_WORDS})(?:(?:[- ]|\sand\s)(?:{_WORDS}))*\b", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![\w.,])\d+(?:\.\d+)?(?:(?:st|nd|rd|th)\b|s\b)?")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)")
_MORE = r"(?:more than|over|above|exceed(?:s|ed|ing)?|at least|no fewer than|no less than|a minimum of|upwards of)"
_LESS = r"(?:fewer than|less than|under|below|at most|up to|no more than|a maximum of|not more than)"
_INITIATIVE = re.compile(r"\b1\s?\+\s?(?:MG|Million Genomes)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. `kind` is plain, percent, ordinal, decade or a currency code; `bound` is +1 for "more than",
    -1 for "at most", else 0."""

    value: float
    kind: str
    start: int
    bound: int = 0

    @property
    def is_year(self) -> bool:
        """Whether it reads as a year."""
        return self.kind == "plain" and self.value == int(self.value) and 1900 <= self.value <= 2100


@lru_cache(maxsize=4096)
def numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of a text, in digits or in words, in order; those inside a name ("B1MG", "1+MG") are none."""
    text = unicodedata.normalize("NFKC", text)
    text = _INITIATIVE.sub(lambda m: "x" * len(m.group()), text)
    text = _GROUPED.sub(lambda m: re.sub(r"\D", "", m.group()), text)
    found = [n for m in _DIGITS.finditer(text) if (n := _digits(text, m))]
    found += [n for m in _SPELT.finditer(text) if (n := _spelt(text, m))]
    found += [
        Number(float(value), "ordinal", m.start())
        for word, value in _ORDINALS.items()
        for m in re.finditer(rf"\b{word}\b(?!-)", text, re.IGNORECASE)
        if not re.search(r"\b(?:a|one|two|three|four)[ -]$", text[: m.start()], re.IGNORECASE)
    ]
    for word, share in _SHARES.items():
        for m in re.finditer(rf"\b(a |one |two[ -]|three[ -]|)({word}s?)\b(?: of)?", text, re.IGNORECASE):
            times = {"two": 2, "three": 3}.get(m.group(1).strip(" -").lower(), 1)
            if m.group(1) or word == "half":
                found.append(Number(round(times * share, 1), "percent", m.start(), _bound(text, m.start())))
    return tuple(sorted(found, key=lambda n: n.start))


def _digits(text: str, match: re.Match[str]) -> Number | None:
    word = match.group()
    if re.search(r"\d(?:st|nd|rd|th)$", word):
        return Number(float(word[:-2]), "ordinal", match.start())
    if word.endswith("s"):
        return Number(float(word[:-1]), "decade", match.start())
    return _scaled(text, float(word), match.start(), match.end())


def _spelt(text: str, match: re.Match[str]) -> Number | None:
    words = [w for w in re.split(r"[- ]|\sand\s", match.group().lower()) if w and w != "and"]
    total = current = 0.0
    for word in words:
        if word in _SCALES:
            current = max(current, 1.0) * _SCALES[word]
            if _SCALES[word] >= 1e3:
                total, current = total + current, 0.0
        else:
            current += _UNITS.get(word, _TENS.get(word, 0))
    alone = words == ["one"] and not re.match(r"\s*(?:%|per cent|percent|of \d)", text[match.end() :])
    before = re.search(r"[\d.]\s*$", text[: match.start()])
    if alone or words == ["zero"] or before or all(w in _SCALES for w in words):
        return None
    return _scaled(text, total + current, match.start(), match.end())


def _scaled(text: str, value: float, start: int, end: int) -> Number:
    rest = text[end : end + 40]
    scale = re.match(r"[\s-]*(hundred|thousand|millions?|billion|bn|m)\b", rest, re.IGNORECASE)
    if scale:
        value *= _SCALES[scale.group(1).lower()]
        rest = rest[scale.end() :]
    kind = "plain"
    before = re.search(rf"(€|£|\$|\b(?:{_CODES}))\s*$", text[:start])
    after = re.match(rf"\s*(?:(%|per cent|percent)|(€|£|\$|euros?\b|pounds?\b|(?:{_CODES})\b))", rest, re.IGNORECASE)
    if before:
        kind = _CURRENCIES.get(before.group(1), before.group(1))
    elif after and after.group(1):
        kind = "percent"
    elif after:
        kind = _CURRENCIES.get(after.group(2).lower(), after.group(2).upper())
    return Number(round(value, 4), kind, start, _bound(text, start))


def _bound(text: str, start: int) -> int:
    before = re.sub(rf"(?:€|£|\$|\b(?:{_CODES}))\s*$", "", text[max(0, start - 40) : start])
    before = re.sub(r"(?:about|around|some|a)\s*$", "", before).rstrip()
    if re.search(rf"\b{_LESS}$", before, re.IGNORECASE):
        return -1
    return 1 if re.search(rf"\b{_MORE}$", before, re.IGNORECASE) else 0


def agree(said: Number, source: Number) -> bool:
    """Return whether a number of a statement may rest on one of its source: value, kind and bound."""
    if abs(said.value - source.value) > 0.051 * (said.kind == "percent" and said.value % 1 > 0) + 1e-6:
        return False
    if said.kind != source.kind and (said.kind, source.kind) not in (("ordinal", "plain"), ("plain", "ordinal")):
        return said.kind == "plain" and source.kind not in ("percent", "decade")
    return said.bound in (0, source.bound)


_NAME = re.compile(r"(?<![\w-])(?:[A-ZÀ-Þ]|\d\+)[\w’'.+&-]*[\w+]|(?<![\w-])[a-z]{1,2}[A-Z]\w*")
_COMMON = """european union europe eu member members state states i ii iii iv v vi english section article no phase"""
_ALSO = frozenset(["UK", "Britain", "Great Britain", "Czech Republic", "Slovak Republic", "Holland"])
_EVERYDAY = frozenset(_COMMON.split()) | frozenset(_CODES.lower().split("|"))


@lru_cache(maxsize=4096)
def names(text: str) -> tuple[tuple[int, str], ...]:
    """Return (place, word) of each capitalised word that is part of a proper name, months too; countries are none.

    The first word of a sentence counts only where it is known or its form shows a name: an acronym, a name behind it.
    """
    skip = {p for m in mentions(text) if _whole_country(m) for p in range(m.start, m.end)}
    found = []
    for match in _NAME.finditer(text):
        word = match.group().removesuffix("'s").removesuffix("’s").rstrip(".")
        if (
            match.start() in skip
            or (word.lower() in STOP and word != "May")
            or word.lower() in _EVERYDAY
            or len(word) < 2
        ):
            continue
        if _opens(text, match.start()) and not _looks_like_a_name(text, match):
            continue
        found.append((match.start(), word))
    return tuple(found)


def _whole_country(mention: Mention) -> bool:
    """Return whether a mention is a country or its adjective; a capital, a nation within it or a body is a name."""
    if mention.strength == "adjective":
        return mention.surface not in ("English", "Scottish", "Welsh")
    return mention.strength == "name" and (
        mention.surface in _ALSO or mention.surface.split()[-1] == name_of(mention.code).split()[-1]
    )


def _opens(text: str, place: int) -> bool:
    return not re.search(r"\w", text[:place]) or bool(re.search(r"(?:[.!?]\s+|: )[“\"(]?$", text[:place]))


def _looks_like_a_name(text: str, match: re.Match[str]) -> bool:
    word = match.group()
    known = any(m.start == match.start() for m in mentions(text))
    return known or sum(c.isupper() for c in word) > 1 or bool(re.match(r"\s+[A-ZÀ-Þ]\w", text[match.end() :]))


def opening_word(text: str) -> str:
    """Return the first word of a statement where it begins with a capital and may or may not be a name, else ''."""
    match = re.match(r"\W*([A-ZÀ-Þ][\w’'-]+)", text)
    word = match.group(1) if match else ""
    return "" if (word.lower() in STOP and word != "May") or (match and mentions(match.group())) else word
