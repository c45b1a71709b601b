"""Whether a number belongs to what is asked about: "27 countries" is no number of genomes, "EUR 6 million" for a centre
is not what one test costs. The right kind of number of the wrong thing is the likeliest wrong answer there is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.answering.currencies import CODES, NAMES
from assistant.words import content_stems

_TOKEN = re.compile(r"\d[\d.,]*\d|\d|[^\W_]+(?:[-'’.][^\W_]+)*|[^\w\s]")
_ENDS_THE_PHRASE = re.compile(
    r"(with|in|for|at|by|from|that|which|who|to|on|as|between|until|since|under|through|is|are|was|were|be|been|has|have"
    r"|had|took|takes?|would|will|can|could|may|but|[^\w%])",
    re.IGNORECASE,
)
"""Words that close the phrase a number opens; right after a number they say that its noun is left out."""
_FILLS = re.compile(
    r"(of|the|and|or|per|cent|percent|%|more|than|about|such|other|new|different|further)", re.IGNORECASE
)
_REACH = 6
"""So many words after a number may pass before the noun it counts ("11 international expert Working Groups")."""
_AMOUNT = re.compile(
    rf"(?:[€£$]|\b(?:{CODES}))\s?\d[\d.,]*(?: (?:million|billion|thousand))?"
    rf"|\b\d[\d.,]*\s(?:million |billion )?(?:{NAMES})\b",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\b(?:one|a single|each|per|a|every) (?:whole |single )?(genome|exome|test|sample|patient|person|participant|"
    r"donor|profile|panel|child|newborn|baby|infant|member|day|sequence|family)\b",
    re.IGNORECASE,
)
_YEARLY = re.compile(r"\b(yearly|annual|annually|(per|a|each|every) year)\b", re.IGNORECASE)
_ALIKE = ({"child", "newborn", "baby", "infant"}, {"person", "patient", "participant", "donor", "member"})
"""Units of a price that stand for one another: the price of a newborn's genome is given per child."""


def counts(text: str, numeral: re.Pattern[str], is_thing: Callable[[str], bool], spoken_of: bool) -> bool:
    """Return whether some number of a sentence counts the thing asked for.

    The noun stands within a few words after its number; where it is left out ("13,100 by May 2025"), `spoken_of` says
    whether the sentence is about the thing at all.
    """
    tokens = _TOKEN.findall(_AMOUNT.sub(" . ", text))
    return any(
        numeral.search(token) and _counted(tokens[place + 1 :], numeral, is_thing, spoken_of)
        for place, token in enumerate(tokens)
    )


def _counted(after: Sequence[str], numeral: re.Pattern[str], is_thing: Callable[[str], bool], spoken_of: bool) -> bool:
    """Return whether the words after a number name the thing, or name nothing in a sentence that speaks of it."""
    named = False
    for token in after[:_REACH]:
        if _ENDS_THE_PHRASE.fullmatch(token):
            break
        if any(is_thing(stem) for stem in content_stems(token)):
            return True
        named = named or not (_FILLS.fullmatch(token) or numeral.search(token))
    return spoken_of and not named


def unit_asked(question: str) -> str:
    """Return the thing whose single price is asked for ("one genome", "per patient"), '' where none is."""
    found = _UNIT.search(question)
    return found.group(1).lower() if found else ""


def priced_for(text: str, unit: str) -> bool:
    """Return whether a text speaks of one such thing, as a price for one must."""
    alike = next((units for units in _ALIKE if unit in units), {unit})
    return any(match.group(1).lower() in alike for match in _UNIT.finditer(text))


def is_yearly(text: str) -> bool:
    """Return whether a text speaks of each year."""
    return bool(_YEARLY.search(text))
