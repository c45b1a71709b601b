"""Numbers and dates in the forms of Europe as one word: 1 250 000 is 1.250.000 is 1,25 Mio.; 3.3.2021 is 2021-03-03.

The word of a whole number is its digits, that of a date its year, month and day in eight digits after a "d". A form
that can be read in two ways ("1.250") is given in both.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from assistant.lexicon import fold

SPACES = " \u00a0\u2009\u202f"
AROUND = 24
"""Characters beside a number in which its month or its power of ten stands."""
_DIGITS, _CENTURY = re.compile(r"\d+"), re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_GROUPED = re.compile(rf"(?<![\w.,])\d{{1,3}}(?:([{SPACES}.,'’])\d{{3}})(?:\1\d{{3}})*(?![\w]|[.,]\d)")
_SCALED = re.compile(rf"(?<![\w.,])(\d+(?:[.,]\d+)?)[{SPACES}-]?([^\W\d_]+)")
_DAY = r"(0?[1-9]|[12]\d|3[01])"
_MONTH = r"(0?[1-9]|1[0-2])"
_NUMERIC = re.compile(rf"(?<![\d.]){_DAY}([./-])\s?{_MONTH}\2\s?((?:19|20)\d\d)(?!\d)")
_ISO = re.compile(rf"(?<!\d)((?:19|20)\d\d)([-./])\s?{_MONTH}\2\s?{_DAY}(?!\d)")
_NAME, _YEAR, _TH = r"([^\W\d_]{3,})", r"((?:19|20)\d\d)(?!\d)", "(?:th|st|nd|rd)?"
_DAY_FIRST = re.compile(rf"(?<!\d){_DAY}(?:\.|er|º|{_TH})\s+(?:de |of )?{_NAME}\.?,?\s+(?:de )?{_YEAR}")
_MONTH_BEFORE = re.compile(rf"(?<=[^\W\d_]\s){_DAY}{_TH},?\s+{_YEAR}")
_YEAR_FIRST = re.compile(rf"(?<!\d){_YEAR}\.?\s+(?:m\.\s|gada\s)?(?:{_DAY}\.\s)?{_NAME}(?:\s{_DAY})?")
_SCALES = {
    3: """thousand tusind tausend tusen tuhat tuhatta mila mille mil duizend χιλιάδες tisíc tisíce tysięcy tys tis
    tūkst tūkstoši ezer mii tisoč tisuća хиляди хил tsd k""",
    6: """million millions mio mln m millió million millioner millionen millonen miljoen miljoner miljoona
    miljoonaa miljon miljonit milj mill millón millones milhão milhões milione milioni milionów miliony
    milion milionů milionu milióna miliónov milijona milijonov milijun milijuna milijonai milijonų miljoni
    miljonu milioane εκατομμύρια εκατ млн милиона милион miljuni""",
    9: """billion billions bn milliard milliards milliarden mrd mld miljard miljarder miljardi miljardia miliardi
    miliardo miliard miliardów miliardy miliarde milliárd milijard milijarda milijardov mljrd δισεκατομμύρια
    δισ млрд""",
}
"""Words for powers of ten; "billion" is a thousand million, as in the documents' English."""


def figure_words(text: str) -> list[str]:
    """Return the words of the numbers and dates of a text that its plain words do not already give, each once."""
    text = _near_digits(text)
    if not text:
        return []
    dates = _dates(text) if _CENTURY.search(text) else ()
    return list(dict.fromkeys((*_grouped(text), *_scaled(text), *dates)))


def _near_digits(text: str) -> str:
    """Return the stretches of a text around its digits, one a line: most of a page has none."""
    spans: list[list[int]] = []
    for found in _DIGITS.finditer(text):
        low, high = max(0, found.start() - AROUND), found.end() + AROUND
        if spans and low <= spans[-1][1]:
            spans[-1][1] = high
        else:
            spans.append([low, high])
    return "\n".join(text[low:high] for low, high in spans)


def _grouped(text: str) -> Iterator[str]:
    for found in _GROUPED.finditer(text):
        yield re.sub(r"\D", "", found.group())


def _scaled(text: str) -> Iterator[str]:
    for found in _SCALED.finditer(text):
        power = _powers().get(fold(found.group(2)))
        if power is None:
            continue
        value = Decimal(found.group(1).replace(",", ".")).scaleb(power)
        if value == value.to_integral_value():
            yield str(int(value))


def _dates(text: str) -> Iterator[str]:
    for found in _NUMERIC.finditer(text):
        yield _date(found[4], found[3], found[1])
    for found in _ISO.finditer(text):
        yield _date(found[1], found[3], found[4])
    for found in _DAY_FIRST.finditer(text):
        yield from (_date(found[3], month, found[1]) for month in months(found[2]))
    for found in _MONTH_BEFORE.finditer(text):
        before = text[max(0, found.start() - 20) : found.start()].split()
        yield from (_date(found[2], month, found[1]) for month in months(before[-1]))
    for found in _YEAR_FIRST.finditer(text):
        if day := found[2] or found[4]:
            yield from (_date(found[1], month, day) for month in months(found[3]))


def _date(year: str, month: str | int, day: str) -> str:
    return f"d{int(year)}{int(month):02}{int(day):02}"


@lru_cache(maxsize=1)
def _powers() -> dict[str, int]:
    return {fold(word): power for power, words in _SCALES.items() for word in words.split()}


@lru_cache(maxsize=1)
def _months() -> dict[str, tuple[int, ...]]:
    table: dict[str, set[int]] = {}
    text = (files("assistant") / "data" / "months.toml").read_text(encoding="utf-8")
    for names in tomllib.loads(text).values():
        for number, ways in enumerate(names.split(), 1):
            for name in ways.split("/"):
                table.setdefault(fold(name.split("_")[0]), set()).add(number)
    return {name: tuple(sorted(numbers)) for name, numbers in table.items()}


def months(word: str) -> tuple[int, ...]:
    """Return the month a word names in any language of Europe; two where languages differ ("listopadu")."""
    return _months().get(fold(word), ())
