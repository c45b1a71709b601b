"""The kind of thing a question asks for (a number, a date, somebody), found by its form in any language.

Used twice: as one of the signs that evidence answers, and to mark the words that answer inside the best quotation.
"""

from __future__ import annotations

import re

from assistant.judging.currencies import CODES, NAMES
from assistant.understood import Intent

_MONTHS = (
    r"jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janv|févr|avr|juin|juil|août|déc|enero|febrero|marzo|abril|"
    r"gennaio|febbraio|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|tammi|helmi|maalis|huhti|touko|"
    r"mär|maj|maio|fev|abril|ago|setembro|outubro|kesä|heinä|elo|syys|loka|marras|joulu|maart|mei|augustus"
)
DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th|\.|er|º)?\s+(?:de\s+|of\s+)?)?(?:{_MONTHS})[\w.]*\s+(?:\d{{1,2}},?\s+)?(?:de\s+)?(?:1[89]|20)\d\d\b"
    r"|\b\d{1,2}[./]\d{1,2}[./](?:1[89]|20)\d\d\b|\b(?:1[89]|20)\d\d-\d\d-\d\d\b|\b(?:1[89]|20)\d\d(?:[–/-]\d{2,4})?\b",
    re.IGNORECASE,
)
_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|twice|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|"
    "elf|zwölf|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|twee|"
    "drie|vijf|zes|zeven|negen|tien|kaksi|kolme|neljä|viisi|kuusi|seitsemän|kahdeksan|yhdeksän|kymmenen"
)
NUMBER = re.compile(
    rf"(?:(?:[€£$]|\b(?:{CODES}))\s?)?(?<![\w.,])\d{{1,3}}(?:[.,\s'’]\d{{3}})+(?:[.,]\d+)?(?!\d)(?:\s?%|\s(?:{NAMES}|million\w*|billion\w*))?"
    rf"|(?:(?:[€£$]|\b(?:{CODES}))\s?)?(?<![\w.,])\d+(?:[.,]\d+)?(?![\w])(?:\s?(?:%|[€£$]|per\s?cent\b|million\w*\b|billion\w*\b|Mio\b|Mrd\b|"
    rf"milliard\w*\b|miljoona\w*\b|miljoen\b|(?:{NAMES})\b))*|\b(?:{_WORDS})\b",
    re.IGNORECASE,
)
_SMALL = r"of|for|and|the|de|des|du|van|für|di|della|et|och|ja"
_CAPITAL = r"[A-ZÀ-Þ]"
_SOMEBODY = re.compile(
    r"(?<![.!?]\s)(?<!^)\b[^\W\d_a-zß-öø-ÿ][\w&'’.-]+"
    rf"(?:\s+(?:{_SMALL})\s+(?={_CAPITAL})|\s+(?={_CAPITAL})|{_CAPITAL}[\w&'’.-]*)*"
)
"""A run of words with capitals that does not open its sentence."""


def spans_of_kind(text: str, intent: Intent) -> list[tuple[int, int]]:
    """Return where the kind of thing asked for stands in a text; [] for questions that ask for no such thing."""
    if intent == "date":
        return [m.span() for m in DATE.finditer(text)]
    if intent == "number":
        dates = [m.span() for m in DATE.finditer(text)]
        found = [m.span() for m in NUMBER.finditer(text)]
        return [s for s in found if not any(low <= s[0] < high for low, high in dates)]
    if intent == "who":
        return [(m.start(), m.start() + len(m.group().rstrip(".'’-"))) for m in _SOMEBODY.finditer(text)]
    return []


def has_kind(text: str, intent: Intent) -> bool:
    """Return whether a text has the kind of thing a question asks for; True where it asks for none in particular."""
    return intent not in ("date", "number", "who") or bool(spans_of_kind(text, intent))
