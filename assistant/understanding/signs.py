"""What evidence must have because the question says it: names, figures, years, names with a number, a limit.

These are promises, not statistics: an answer on district 145 is no answer on district 12. All are found by their form
(capitals, digits, a word before a number), so that they work for any subject; nothing here knows a document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understood import Bound, Direction
from assistant.words import content_words

_NUMBERED = re.compile(
    r"\b(?P<whole>(?P<word>[^\W\d_]{3,})\s+(?:(?:no\.?|nr\.?|n°|number)\s*)?"
    r"(?P<number>\d{1,4}[a-z]?(?:[.(/]\d+[a-z]?\)?)*|[IVXL]{1,6}))"
    r"(?![\w%–-]|[.,]\d)(?P<counted>\s+(?:thousand|million|billion|per ?cent|(?-i:[a-z])\w+s)\b)?",
    re.IGNORECASE,
)
"""A word and the number that names one of a series: "district 12", "Article 13(2)", "Annex IV".

A word in the plural after the number is counted by it ("paid 12 hospitals")."""
_NO_SERIES = frozenset(
    """the than about over under above below between from until till since before after around nearly almost least most
    only some these those first last next past and for with per into like total age aged within every year years in on
    by of to at or is are was were have has had does did are der die das und von bis seit vor nach ab im zum les des aux
    une dans entre depuis avant que del dal nel tra fra con per van het een voor tot sinds na vuonna vuosina vuoteen
    january february march april may june july august september october november december""".split()  # noqa: SIM905
)
"""Words before a number that make it a quantity, a date or a year, not one of a series."""
_FIGURE = re.compile(r"(?<![\w.,/–-])(?:\d{1,3}(?:[,.\s'’]\d{3})+|\d+(?:[.,]\d+)?)(?![\w/]|[.,]\d)(?:\s?%)?")
_YEAR = re.compile(r"(?<![\w.,/])(1[89]\d\d|20\d\d|2100)(?![\w/]|[.,]\d)")
_WORD = re.compile(r"[^\W_]+(?:[-'’.+&/][^\W_]+)*\+?")
_DIRECTIONS: tuple[tuple[str, Direction], ...] = (
    (r"more than|over|above|exceeding|larger than|greater than|later than|newer than|after", "above"),
    (r"at least|no less than|not less than|since|from", "at-least"),
    (r"less than|fewer than|under|below|smaller than|earlier than|older than|before", "below"),
    (r"at most|up to|no more than|not more than|until", "at-most"),
)
_BOUND = re.compile(
    r"\b(?:" + "|".join(f"(?P<d{n}>{words})" for n, (words, _) in enumerate(_DIRECTIONS)) + r")\s+(?:the\s+year\s+)?"
    r"(?P<money>[€£$]|EUR|GBP|USD)?\s?(?P<number>\d{1,3}(?:[,.\s]\d{3})+|\d+(?:\.\d+)?)"
    r"(?:\s+(?P<scale>thousand|million|billion))?(?P<unit>(?:\s+[^\W\d_]{3,}){0,2})",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:top|first|main|best|list|name|give)\s+\d{1,2}(?=\s+(?:\w+\s+)?[^\W\d_]+s\b)|"
    r"\b\d{1,2}(?=\s+(?:\w+\s+)?(?:points|examples|reasons|ways|things|facts|bullets|sentences|words|lines)\b)",
    re.IGNORECASE,
)
"""How many things the answer shall have ("the top 5 goals", "3 points on"): no figure that evidence must have."""
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}


@dataclass(frozen=True, slots=True)
class Signs:
    """What a question names; see `Understood`."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    identifiers: tuple[str, ...] = ()
    bound: Bound | None = None


def signs_in(text: str, language: str, countries: Sequence[str]) -> Signs:
    """Return what evidence must have. `countries` are the names of countries as written: the scope guarantees them."""
    bound = bound_in(text)
    rest = _WANTED.sub(" ", text)
    if bound is not None:
        rest = _BOUND.sub(lambda m: " " + m["unit"], rest, count=1)
    identifiers = tuple(m["whole"] for m in _NUMBERED.finditer(rest) if _is_series(m))
    for one in identifiers:
        rest = rest.replace(one, " ", 1)
    years = tuple(dict.fromkeys(int(found) for found in _YEAR.findall(rest)))
    figures = tuple(dict.fromkeys(f.strip() for f in _FIGURE.findall(rest) if not _YEAR.fullmatch(f.strip())))
    return Signs(names_in(rest, language, countries), figures, years, identifiers, bound)


def _is_series(match: re.Match[str]) -> bool:
    """Return whether a number after a word names one of a series; a year, a large number or a quantity does not."""
    number, word = match["number"], match["word"]
    if word.lower() in _NO_SERIES or (match["counted"] and word[0].islower()):
        return False
    if number[0].isdigit():
        return not _YEAR.fullmatch(number) and len(re.match(r"\d+", number).group()) <= 3  # type: ignore[union-attr]
    return number.isupper() and number not in ("I", "L", "X")


def names_in(text: str, language: str, countries: Sequence[str]) -> tuple[str, ...]:
    """Return the proper names and abbreviations of a question, without the countries.

    A capital inside a question tells a name, except in German, where every noun has one: there only abbreviations and
    words with a capital inside count.
    """
    taken = {word.lower() for name in countries for word in _WORD.findall(name)}
    found: list[str] = []
    for place, match in enumerate(_WORD.finditer(text)):
        word = re.sub(r"['’]s$", "", match.group())
        before = text[: match.start()].rstrip()
        opens = place == 0 or before[-1:] in '.?!:“"«„('
        inner = any(letter.isupper() or letter.isdigit() for letter in word[1:])
        if word.lower() in taken or not word[0].isupper() or len(word) < 2:
            continue
        if inner or not (opens or language == "de"):
            found.append(word)
    return tuple(dict.fromkeys(found))


def bound_in(text: str) -> Bound | None:
    """Return the limit a question sets on a number or a year, or None."""
    match = _BOUND.search(text)
    if match is None:
        return None
    direction = next(d for n, (_, d) in enumerate(_DIRECTIONS) if match[f"d{n}"])
    word = next(match[f"d{n}"].lower() for n in range(len(_DIRECTIONS)) if match[f"d{n}"])
    is_year = bool(_YEAR.fullmatch(match["number"])) and not match["money"] and not match["scale"]
    if word in ("since", "from", "until", "before", "after") and not is_year:
        return None
    if is_year and word in ("over", "under", "above", "below", "up to"):
        return None
    value = value_of(match["number"]) * _SCALES.get((match["scale"] or "").lower(), 1.0)
    counted = "" if is_year else match["money"] or " ".join(content_words(match["unit"]))
    return Bound(direction, value, counted.lower(), is_year)


def value_of(number: str) -> float:
    """Return the value of a figure written with points, commas or blanks between thousands, without its per cent."""
    plain = number.strip(" %")
    plain = re.sub(r"[,.\s'’](?=\d{3}(?!\d))", "", plain)
    return float(plain.replace(",", "."))
