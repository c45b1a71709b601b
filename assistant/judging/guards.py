"""The promises that are no statistics: what a question names must stand in the evidence, or it is not called answered.

Names, figures, years and identifiers are compared as written, with accents and case endings folded. What is missing is
told to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.countries import fold
from assistant.judging.spans import Span, lead_of
from assistant.understood import Understood

SHORTEST = 4
"""So many letters of a name at least must agree; case endings behind them may differ."""
_DIGITS = re.compile(r"\d+")
_RUN = re.compile(r"\d+(?:[.,'’\s]\d+)*")
_JOINS = frozenset(
    """and or to und oder bis et ou y e ed ja och og en no nr number n a b c d i ii iii iv v vi""".split()  # noqa: SIM905
)
"""What stands between a word and its number in a list, or as its part."""


def evidence_text(spans: Sequence[Span]) -> str:
    """Return what is shown and what stands above it: quotations, lead-ins, headings, titles, the source's own names."""
    parts: list[str] = []
    for span in spans:
        document, passage = span.hit.document, span.hit.passage
        parts += [span.text, lead_of(passage, span.sentence), *passage.headings, document.title, document.publisher,
                  str(document.year or ""), document.original_title]  # fmt: skip
    return " \n ".join(dict.fromkeys(part for part in parts if part))


def missing(understood: Understood, text: str, *, same_language: bool = True) -> tuple[str, ...]:
    """Return what the question names and the evidence text lacks, as the question writes it.

    Names are not compared across languages, where they are translated; figures and years always are.
    """
    folded = _plain(text)
    words, figures = folded.split(), _figures(text)
    names = understood.names if same_language else ()
    lacking = [name for name in names if not _named(name, folded, words)]
    lacking += [figure for figure in understood.numbers if _figure(figure) not in figures]
    lacking += [str(year) for year in understood.years_named if str(year) not in folded]
    lacking += [one for one in understood.identifiers if not _identified(one, folded, same_language)]
    return tuple(dict.fromkeys(lacking))


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text).lower()).split())


def _named(name: str, text: str, words: Sequence[str]) -> bool:
    """Return whether a name stands in the text: whole for abbreviations, by its beginning for longer words.

    "COVID-19" is found as "Covid19" and "HTA" as "HTAs", but no name across words that only stand side by side.
    """
    plain = _plain(name)
    if not plain or f" {plain} " in f" {text} ":
        return True
    whole = plain.replace(" ", "")
    if any(word in (whole, f"{whole}s") for word in words):
        return True
    if any(c.isdigit() for c in whole) and any(f"{a}{b}" == whole for a, b in pairwise(words)):
        return True
    start = plain[: max(SHORTEST, len(plain) - 2)]
    return len(plain) > SHORTEST and any(word.startswith(start) for word in words)


def _figures(text: str) -> frozenset[str]:
    """Return the digits of the figures of a text, with and without what stands between thousands or decimals.

    "1 250 000" gives 1250000 too and "3,5" gives 35; in "2019 120,000" both figures are found.
    """
    found: set[str] = set()
    for run in _RUN.findall(text):
        groups = _DIGITS.findall(run)
        found.update("".join(groups[low:high]) for low in range(len(groups)) for high in range(low + 1, low + 5))
    return frozenset(found)


def _figure(figure: str) -> str:
    return "".join(c for c in figure if c.isdigit())


def _identified(identifier: str, text: str, same_language: bool) -> bool:
    """Return whether a name with a number stands in the text: in another language its number alone must.

    The number may stand in a list ("districts 11 and 12") or before its word, never after another one ("district 145
    has 12").
    """
    plain = _plain(identifier)
    if f" {plain} " in f" {text} ":
        return True
    word, *rest = plain.split()
    number = next((token for token in rest if token[0].isdigit()), rest[-1])
    tokens = text.split()
    places = [place for place, token in enumerate(tokens) if token == number]
    if not same_language:
        return bool(places)
    return any(word[:5] == tokens[at][:5] for place in places for at in _beside(tokens, place))


def _beside(tokens: Sequence[str], place: int) -> Iterator[int]:
    """Yield the places of the words that a number belongs to: the one behind it, the one before its list."""
    if place + 1 < len(tokens):
        yield place + 1
    at = place - 1
    while at > max(0, place - 8) and (tokens[at].isdigit() or tokens[at] in _JOINS):
        at -= 1
    if at >= 0:
        yield at
