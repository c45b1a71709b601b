"""The figures of a text in one spelling (numbers, amounts, days of a month, identifiers, addresses), to compare texts.

Why it exists: "EUR 1.5 million" and "€1.5m", "500,000" and "500 000", "16–17 June" and "17 juin" are the same figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
_MONTH = {name: MONTHS[i % 12] for i, name in enumerate(MONTHS + FRENCH)} | {name[:3]: name for name in MONTHS}
_SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "millions": 6, "bn": 9, "billion": 9, "milliard": 9,
           "milliards": 9}  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|(?<![\w/.])www\.)[^\s)\]>\"”,;]+|(?<![\w./])10\.\d{4,}/[^\s)\]>\"”,;]+")
_DAY = re.compile(
    rf"(?<![\w.,])(?:(\d{{1,2}})(?:\s?[–-]\s?| (?:and|to|et|au) ))?(\d{{1,2}})(?:er)? ({'|'.join(_MONTH)})(?!\w)",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"(?<![\w.,/])(?:\d+(?:[/-]\d+)*/\d+(?:/[A-Z]+)?|[A-Za-z]+[.-]?\d+(?:[./-]?\w*\d\w*)*|\d+\+MG|\d+[a-jln-rt-w])"
    r"(?![\w/]|[.,]\d)"
)
_NUMBER = {
    "en": r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?",
    "fr": r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:,\d+)?",
}
_SCALE = r"(?:\+?[ \u00a0\u202f-]?(thousand|millions?|milliards?|billion)|(k|m|bn)|st|nd|rd|th|s|x)?(?![A-Za-z0-9])"
_AMOUNT = {tongue: re.compile(rf"(?<![\w.,])({number}){_SCALE}", re.IGNORECASE) for tongue, number in _NUMBER.items()}
_JOINED = re.compile(r"\s?[–-]\s?[€£$]?| (?:to|and|or) [€£$]?")
_ITEM = re.compile(r"^\s*\d+\. ")
_RECORD = re.compile(r"zenodo\.org/records?/(\d+)")
_NAME = re.compile(r"(?<!\w)(?:[A-ZÀ-Þ][\w&-]{2,}|1\+MG)")
_COMMON_WORDS = """
about act after all also among and another answer any both but des each first for found from genome genomes genomic
genomics had has have health how its known les medicine more most national new nor not one only other others
personalised programme project safest seen since some strategy table than that the their there these they this those
three total two under une until european when where which while with
"""
_SHORT_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)[–/-](\d\d)(?!\d)")


@dataclass(frozen=True)
class Figure:
    """A figure: its normalised spelling, the text as written, and whether it is a mark (compared letter by letter)."""

    key: str
    text: str
    mark: bool = False

    def held_by(self, known: frozenset[str], text: str) -> bool:
        """Whether a text's figures hold this one, or, for a mark, the plain text has it and no longer one."""
        if not self.mark:
            return self.key in known
        return re.search(rf"(?<![\w]){re.escape(self.key)}(?![\w])", text) is not None


def plain(text: str) -> str:
    """Return the text in small letters, without line breaks or the scheme of addresses, to look marks up in."""
    return re.sub(r"\s+", " ", re.sub(r"https?://(?:www\.)?|\bwww\.", "", text.casefold()))


def names(text: str) -> frozenset[str]:
    """Return the words of three letters or more that begin with a capital, but for months and common words."""
    return (
        frozenset(word.casefold() for word in _NAME.findall(_ADDRESS.sub(" ", text)))
        - _MONTH.keys()
        - {*_COMMON_WORDS.split()}
    )


def figures(line: str, language: str = "en") -> list[Figure]:
    """Return the figures of one line of a digest in reading order of their kind; a list's own number is none."""
    rest = _ITEM.sub("", line)
    found: list[Figure] = []

    def address(match: re.Match[str]) -> str:
        text = match.group().rstrip(".:'")
        record = _RECORD.search(text)
        found.append(Figure(record[1], text) if record else Figure(plain(text).rstrip("/"), text, mark=True))
        return " "

    def mark(match: re.Match[str]) -> str:
        if sum(letter.isdigit() for letter in match.group()) > 1 or match.group()[:-1].isdigit():
            found.append(Figure(plain(match.group()), match.group(), mark=True))
        return " "

    rest = _MARK.sub(mark, _days(_ADDRESS.sub(address, rest), found))
    found += [Figure(_key(m, language), m.group().strip()) for m in _AMOUNT[_tongue(language)].finditer(rest)]
    return found


def known_figures(text: str) -> frozenset[str]:
    """Return the keys of every number, amount and day of an English text; of addresses only the number of a record."""
    days: list[Figure] = []
    rest = _ADDRESS.sub(" ", text)
    years = {f"{long[:2]}{short}" for long, short in _SHORT_YEAR.findall(rest)}
    rest = _days(rest, days)
    keys = {figure.key for figure in days} | years | set(_RECORD.findall(text))
    before: re.Match[str] | None = None
    for match in re.finditer(rf"(?<!\d)(?<!\d[.,])({_NUMBER['en']}){_SCALE}", rest, re.IGNORECASE):
        keys |= {_key(match, "en"), _value(match.group(1), "en")}
        if before and _JOINED.fullmatch(rest[before.end() : match.start()]):  # "5–10m": the 5 is 5m too
            keys.add(_value(before.group(1), "en", _power(match)))
        before = match
    return frozenset(keys)


def _days(text: str, found: list[Figure]) -> str:
    """Add the days of a month ("17 june", both of a range) and return the text without them."""

    def day(match: re.Match[str]) -> str:
        month = _MONTH[match.group(3).casefold()]
        found.extend(Figure(f"{int(one)} {month}", match.group()) for one in match.group(1, 2) if one)
        return " "

    return _DAY.sub(day, text)


def _tongue(language: str) -> str:
    """The way of writing numbers: French, or English for every other language."""
    return "fr" if language == "fr" else "en"


def _power(match: re.Match[str]) -> int:
    """The power of ten of the word or letter after a number."""
    return _SCALES.get((match.group(2) or match.group(3) or "").casefold(), 0)


def _key(match: re.Match[str], language: str) -> str:
    """The value of a matched amount, scale included."""
    return _value(match.group(1), language, _power(match))


def _value(number: str, language: str, power: int = 0) -> str:
    """The number times ten to the power, in plain digits without separators or trailing zeros of a fraction."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", number)
    bare = bare.replace(",", ".") if _tongue(language) == "fr" else bare.replace(",", "")
    value = (Decimal(bare).scaleb(power)).normalize()
    return format(value, "f")
