"""Whether a sentence has the kind of thing a question wants, and has it of what is asked about.

A year is no number of anything, and neither is the number of a law, an article or a grant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering.asking import Asked
from assistant.answering.counting import counts, is_yearly, priced_for
from assistant.answering.currencies import CODES, NAMES
from assistant.answering.persons import names_person, names_somebody
from assistant.answering.places import has_place
from assistant.answering.spans import has_age, has_length
from assistant.words import MONTHS, answered_by, content_stems

_DATE = re.compile(rf"\b(1[89]\d\d|20\d\d)\b|\b({MONTHS})\b|\b\d{{1,2}}:\d\d\b")
_FROM = re.compile(rf"\b(?:from|since|as of|starting(?: in)?) (?:\d{{1,2}} )?(?:(?:{MONTHS}) )?(?:19|20)\d\d\b")
_BEGIN = frozenset(content_stems("start begin begins started launch"))
"""What begins is told with its first day: "from January 2027"."""
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
    rf"\b(\d{{1,2}} ?(and|to|or|[-–/]) ?)?\d{{1,2}}(st|nd|rd|th)?( of)? ({MONTHS})\b"
    rf"|\b({MONTHS}) \d{{1,2}}( ?(and|to|or|[-–/]) ?\d{{1,2}})?(?!\d)"
    r"|\b(1[89]|20)\d\d([–/-]\d{2,4})?\b|\b\d+/\d+\b|\b\d+(st|nd|rd|th)\b"
    r"|\b(no|nr|section|sections|article|articles|art|act|law|decree|directive|regulation|despacho|resolution|grant"
    r"|version|level|page|chapter|figure|table|annex|phase|step|horizon|package|deliverable|recommendation|part|type"
    r"|specialty|paragraph|case)s?\.?\s*\(?[a-z]{0,2}\d[\d./()-]*"
    r"|\b1\+? ?M(G\b|illion Genomes)|(?<!\w)\d{{1,2}}\)"
    r"|\baged? (of )?\d+( (to|and|or) \d+)?|\b(both|single|once|twice|half|third|quarter|none)\b"
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
    rf"[€£$]|\b({CODES}|{NAMES})\b"
    r"|\d\s?(M€|k€|bn|mn)\b|\bfree of charge\b|\bno (budget|money|funding|cost|costs|charge|fee|fees)\b",
    re.IGNORECASE,
)
_PEOPLE = frozenset(
    content_stems(
        "people persons individuals participants donors volunteers patients citizens inhabitants residents members "
        "adults children families newborns babies women men staff employees workers experts professionals jurors "
        "europeans delegates attendees visitors guests"
    )
)
_ANYBODY = frozenset(
    content_stems(
        "people persons individuals participants donors volunteers patients citizens inhabitants residents members"
    )
)
"""Words for people of any kind: whoever is counted answers, while newborns are asked for as newborns."""
_EXACT = frozenset(content_stems("minister nurse midwife hospital"))
"""What no related word stands for: a ministry is no minister, a doctor no nurse, a clinical trial no hospital."""
_KINDS = {
    "date": frozenset(content_stems("date dates year years day days month months deadline")),
    "number": frozenset(content_stems("number numbers share percentage proportion percent rate figure size amount")),
    "money": frozenset(content_stems("money budget cost sum price")),
}
"""Words of a question that any date, number or sum says."""


def holds(asked: Asked, text: str, own: frozenset[str], around: frozenset[str], unit: str = "") -> bool:
    """Return whether a sentence has what is asked for.

    `own` are the stems of the sentence with its lead-in and headings, `around` those of its neighbourhood and title. A
    count must stand in a sentence that speaks of the thing counted, money in the neighbourhood of what it is for.
    `unit` is the caption and heading row of a table: they say in what the numbers of its rows are given.
    """
    if asked.want == "date":
        same_event = not asked.things or any(meets(s, own) for s in asked.things)
        same_event = same_event or (not _BEGIN.isdisjoint(asked.things) and bool(_FROM.search(text)))
        return bool(_DATE.search(text)) and same_event and not (asked.past and _only_planned(text, asked.things))
    if asked.want == "age":
        return has_age(text)
    if asked.want == "length":
        return has_length(text, of_years=not asked.things)
    if asked.want == "money":
        return _has_sum_for(asked, f"{text} {unit}" if has_count(text) else text, own, around)
    if asked.want == "count":
        return _has_count_of(asked.things, text, own)
    if asked.want == "share":
        return bool(_SHARE.search(text))
    if asked.want == "number":
        return bool(_NUMERAL.search(text))
    if asked.want == "who":
        related = not asked.things or any(s in own if s in _EXACT else meets(s, own) for s in asked.things)
        if asked.person:
            return related and names_person(text)
        return related and names_somebody(text, asked.said)
    return not asked.place or has_place(text)


def _only_planned(text: str, events: Sequence[str]) -> bool:
    """Return whether a text speaks of a plan and not, before that, of the event ("started in 2020, was planned to")."""
    plan = _PLANNED.search(text)
    if not plan:
        return False
    before = frozenset(content_stems(text[: plan.start()]))
    return not any(meets(event, before) for event in events)


def advises(question: str, headings: Sequence[str]) -> bool:
    """Return whether a question asks for advice and the headings say that what follows is advice."""
    return bool(_ASKS_ADVICE.search(question)) and any(_ADVICE.search(heading) for heading in headings)


def has_count(text: str) -> bool:
    """Return whether a number stands in a text that is no date, year, ordinal or number of a law."""
    return bool(_NUMERAL.search(_NOT_COUNTS.sub(" ", text)))


def meets(stem: str, present: frozenset[str]) -> bool:
    """Return whether a stem or a word used for it is present."""
    return stem in present or not present.isdisjoint(answered_by(stem))


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

    if not _ANYBODY.isdisjoint(things):
        text = text.replace("European ", " ")  # "three European countries" are no Europeans
    spoken_of = any(_counts_as(thing, own) for thing in things)
    return counts(_NOT_COUNTS.sub(" ", text), _NUMERAL, is_thing, spoken_of)


def _counts_as(stem: str, own: frozenset[str]) -> bool:
    if stem in _EXACT:
        return stem in own
    return meets(stem, own) or (stem in _ANYBODY and not own.isdisjoint(_PEOPLE))


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
