"""What kind of thing a question wants — a date, a number of something, money, a person — and whether a sentence has it.

Only these kinds help to choose and to decide (a study on five public sets found reasons, ways and definitions to hurt).
A year is no number of anything, and neither is the number of a law, an article or a grant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.answering.counting import counts, is_yearly, priced_for, unit_asked
from assistant.countries import mentions
from assistant.model import Expects
from assistant.words import answered_by, content_stems

Want = Literal["date", "count", "share", "money", "number", "who", "none"]

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\b(1[89]\d\d|20\d\d)\b|\b({_MONTHS})\b")
_HAPPENED = re.compile(r"\b(when|day|date|year|month|since) (did|was|were|has|have|had)\b", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(was|were|is|are) to \w+|\b(planned|foreseen|expected|intended|due) (to|for|by|in)\b|\bwould\b", re.IGNORECASE
)
_WORDS = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    r"nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozen|half|third|"
    r"quarter|once|twice|both|single|none"
)
_NUMERAL = re.compile(rf"\d|\b({_WORDS})\b", re.IGNORECASE)
_NOT_COUNTS = re.compile(
    rf"\b\d{{1,2}}(st|nd|rd|th)?( of)? ({_MONTHS})\b|\b({_MONTHS}) \d{{1,2}}(?!\d)"
    r"|\b(1[89]|20)\d\d([–/-]\d{2,4})?\b|\b\d+/\d+\b|\b\d+(st|nd|rd|th)\b"
    r"|\b(no|nr|section|sections|article|articles|art|act|law|decree|directive|regulation|despacho|resolution|grant"
    r"|version|level|page|chapter|figure|table|annex|phase|step|horizon|package|deliverable|recommendation|part|type"
    r"|specialty|paragraph|case)s?\.?\s*\(?[a-z]{0,2}\d[\d./()-]*"
    r"|\b1\+? ?M(G\b|illion Genomes)|\baged? (of )?\d+( (to|and|or) \d+)?|\b(both|single|once|twice|half|third|quarter|none)\b|(?<!\w)\d{{1,2}}\)"
    r"|(?-i:\b[A-Z][A-Za-z]*[-–]?\d+\b|\b[A-Z][a-z]+[A-Z]\w* \d+\b)",
    re.IGNORECASE,
)
_ASKS_ADVICE = re.compile(
    r"\b(should|ought|recommend\w*|advi[cs]e\w*|suggest\w*)\b|\bwhat (can|could|must) (we|one|a country|countries)\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(r"\brecommend|\bpriority actions?\b|\bcalls? to action\b|\bkey messages?\b", re.IGNORECASE)
_SHARE = re.compile(rf"%|\bper ?cent\b|\bpercent|\bshare\b|\bone in\b|\b({_WORDS}) (in|of) ", re.IGNORECASE)
_MONEY = re.compile(
    r"[€£$]|\b(EUR|GBP|USD|DKK|SEK|NOK|CZK|PLN|HUF|RON|BGN|CHF|ISK|euros?|pounds?|dollars?|kroner|kronor|crowns?)\b"
    r"|\d\s?(M€|k€|bn|mn)\b|\bfree of charge\b",
    re.IGNORECASE,
)
_ASKS_MONEY = re.compile(
    r"\bhow much\b.*\b(money|cost|costs|spend|spent|spends|pay|pays|paid|invest\w*|fund\w*|budget|charge\w*|set aside|"
    r"earmark\w*)\b|\bhow (costly|expensive)\b|\bbudgets? (of|had|has|does|did)\b|^\W*budget\b"
    r"|\b(what|which|how (big|large|high))\b[^?]*\b(budget|costs?|price|funding|expenditure|salar\w+|fees?|sum)\b"
    r"|\b(what|how much) (is|are|was|were) (paid|spent|charged)\b|\bwhat (does|did|do|will) [^?]*\b(pay|cost|charge|spend)\b(?! for\b)|\bmoney\b[^?]*\bin total\b|\bstart money\b",
    re.IGNORECASE,
)
_COSTING = re.compile(
    r"\b(?:does|did|will|would|do) (?:the |an? )?([^?,]+?) (?:costs?)\b"
    r"|\b(?:budget|costs?|price|funding) (?:of|for|at) (?:the |an? )?([^?,]+)",
    re.IGNORECASE,
)
_MANY = re.compile(r"\bhow many (?:of the |of |more |new |different )?((?:[\w’'-]+\s*){1,4})", re.IGNORECASE)
_ASKS_SHARE = re.compile(r"\b(what|which) (share|percentage|proportion|fraction)\b|\bwhat part\b|\bper ?cent\b", re.IGNORECASE)
_PEOPLE = frozenset(
    content_stems(
        "people persons individuals participants donors volunteers patients citizens inhabitants residents members "
        "adults children families newborns babies women men staff employees workers experts professionals jurors "
        "europeans"
    )
)
_ANYBODY = frozenset(
    content_stems(
        "people persons individuals participants donors volunteers patients citizens inhabitants residents members"
    )
)
"""Words for people of any kind: whoever is counted answers, while newborns are asked for as newborns."""
_NOUN_ENDS = re.compile(
    r"\b(have|has|had|are|is|was|were|do|does|did|will|would|can|could|must|should|may|might|in|of|at|for|with|on|from|"
    r"the|a|an|to)\b",
    re.IGNORECASE,
)
_QUALIFIES = frozenset(content_stems("genetic genomic clinical national medical whole healthy european"))
_PROPER = re.compile(r"(?<=[\w,;:)“”\"’'] )(?:[A-ZÄÖÜÅÉŁŠŽČ][\w’'.-]+|[A-Z]{2,})")
_BODY = re.compile(
    r"\b(ministr\w+|government|parliament|agency|institute|university|hospital|authority|council|board|committee|"
    r"commission|company|companies|foundation|insurers?|fund|centre|service|doctors?|physicians?|team|group|region\w*|"
    r"municipalit\w+|state|patients?|citizens?|experts?|department|directorate|director|president|chair\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The kind of thing asked for; `things` are the stems of what is counted or costed."""

    want: Want
    things: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    """Stems of what has the cost or budget asked for ("the cost of …"); half of them must stand beside the sum."""
    unit: str = ""
    """The one thing whose price is asked for ("one genome")."""
    yearly: bool = False
    """Whether the sum of each year is asked for."""
    past: bool = False
    """Whether the date of something that has happened is asked for: the date of a plan does not answer."""


_EVENTS = frozenset(
    content_stems(
        "sign signed join joined adopt adopted publish published open opened close closed start started begin launch "
        "launched found founded establish established set-up create created end ended finish finished pass passed "
        "enter force approve approved introduce introduced announce announced ban banned recognise recognised "
        "write written"
    )
)
"""What a question can want the date of: a date answers in a sentence that speaks of the same event."""
_RELATIONS = frozenset(
    content_stems(
        "pay pays paid fund funds funded finance finances lead leads led head heads headed director chief boss chair chairs "
        "president coordinate coordinates coordinator minister sign signed own owns owned supervise supervises"
    )
)
"""What somebody is asked for as: a name answers in a sentence that speaks of the same part."""
_MONEY_STEMS = frozenset(
    content_stems("money cost spend pay invest fund budget price expensive per whole total charge salary fee sum year")
)


def asked_of(question: str, expects: Expects, stems: tuple[str, ...], weights: tuple[float, ...]) -> Asked:
    """Return the kind of thing a question asks for; `stems` and `weights` are its topic's words and their idf."""
    if _ASKS_MONEY.search(question):
        things = (s for s, w in zip(stems, weights, strict=True) if w >= 1 and s not in _MONEY_STEMS)
        return Asked("money", tuple(things), _costing(question, stems), unit_asked(question), is_yearly(question))
    many = _MANY.search(question)
    if many:
        return Asked("count", _counted_things(many.group(1), stems))
    if _ASKS_SHARE.search(question):
        return Asked("share")
    if expects == "date":
        events = tuple(s for s in stems if s in _EVENTS)
        return Asked("date", events, past=bool(events and _HAPPENED.search(question)))
    if expects == "number":
        return Asked("number")
    if expects == "who":
        return Asked("who", tuple(s for s in stems if s in _RELATIONS))
    return Asked("none")


def _counted_things(words: str, stems: tuple[str, ...]) -> tuple[str, ...]:
    """Return the stems of what is counted, from the words after "how many"; for "how many Belgians" people."""
    noun = _NOUN_ENDS.split(words)[0].strip()
    if re.fullmatch(r"[A-Z]\w+s", noun) and mentions(noun):
        return tuple(content_stems("people"))
    found = [s for s in content_stems(noun) if s in stems]
    return tuple([s for s in found if s not in _QUALIFIES] or found)[:2]


def holds(asked: Asked, text: str, own: frozenset[str], around: frozenset[str]) -> bool:
    """Return whether a sentence has what is asked for.

    `own` are the stems of the sentence with its lead-in and headings, `around` those of its neighbourhood and title. A
    count must stand in a sentence that speaks of the thing counted, money in the neighbourhood of what it is for.
    """
    if asked.want == "date":
        same_event = not asked.things or any(meets(s, own) for s in asked.things)
        return bool(_DATE.search(text)) and same_event and not (asked.past and _PLANNED.search(text))
    if asked.want == "money":
        return _has_sum_for(asked, text, own, around)
    if asked.want == "count":
        return _has_count_of(asked.things, text, own)
    if asked.want == "share":
        return bool(_SHARE.search(text)) or has_count(text)
    if asked.want == "number":
        return bool(_NUMERAL.search(text))
    if asked.want == "who":
        related = not asked.things or any(meets(s, own) for s in asked.things)
        return related and bool(_PROPER.search(text) or _BODY.search(text))
    return True


def advises(question: str, headings: Sequence[str]) -> bool:
    """Return whether a question asks for advice and the headings say that what follows is advice."""
    return bool(_ASKS_ADVICE.search(question)) and any(_ADVICE.search(heading) for heading in headings)


def has_count(text: str) -> bool:
    """Return whether a number stands in a text that is no date, year, ordinal or number of a law."""
    return bool(_NUMERAL.search(_NOT_COUNTS.sub(" ", text)))


def meets(stem: str, present: frozenset[str]) -> bool:
    """Return whether a stem or a word used for it is present."""
    return stem in present or not present.isdisjoint(answered_by(stem))


def _costing(question: str, stems: tuple[str, ...]) -> tuple[str, ...]:
    """Return the stems of what costs: "the biobank network" of "What did the biobank network cost?"."""
    found = _COSTING.search(question)
    noun = next((group for group in found.groups() if group), "") if found else ""
    return tuple(s for s in content_stems(noun) if s in stems and s not in _MONEY_STEMS)


def _has_sum_for(asked: Asked, text: str, own: frozenset[str], around: frozenset[str]) -> bool:
    """Return whether a text has a sum of money for what is asked, for one of it or for a year where that is asked."""
    if not _MONEY.search(text) or (asked.unit and not priced_for(text, asked.unit)):
        return False
    if asked.yearly and not is_yearly(text):
        return False
    if len(asked.costs) >= 2 and sum(meets(s, own) for s in asked.costs) < 0.5 * len(asked.costs):
        return False
    return not asked.things or any(meets(s, around) for s in asked.things)


def _has_count_of(things: tuple[str, ...], text: str, own: frozenset[str]) -> bool:
    """Return whether a number in a text counts one of the things, or any number where nothing is named."""
    if not things or not has_count(text):
        return not things and has_count(text)

    def is_thing(stem: str) -> bool:
        return any(_counts_as(thing, frozenset([stem])) for thing in things)

    spoken_of = any(_counts_as(thing, own) for thing in things)
    return counts(_NOT_COUNTS.sub(" ", text), _NUMERAL, is_thing, spoken_of)


def _counts_as(stem: str, own: frozenset[str]) -> bool:
    return meets(stem, own) or (stem in _ANYBODY and not own.isdisjoint(_PEOPLE))


_KINDS = {
    "date": frozenset(content_stems("date dates year years day days month months deadline")),
    "number": frozenset(content_stems("number numbers share percentage proportion percent rate figure size amount")),
    "money": frozenset(content_stems("money budget cost sum price")),
}


@lru_cache(maxsize=8192)
def kind_stems(text: str) -> frozenset[str]:
    """Return the words of a question that a date, number or sum in the text answers ("which year", "what share")."""
    found: frozenset[str] = frozenset()
    if _DATE.search(text):
        found |= _KINDS["date"]
    if _NUMERAL.search(text):
        found |= _KINDS["number"]
    if _MONEY.search(text):
        found |= _KINDS["money"]
    return found
