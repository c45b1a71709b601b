"""What kind of thing a question wants — a date, a number of something, a sum, a person — and of what.

Only these kinds help to choose and to decide (a study on five public sets found reasons, ways and definitions to hurt).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.answering.counting import is_yearly, unit_asked
from assistant.answering.persons import asks_person
from assistant.answering.places import asks_place
from assistant.answering.spans import PROCESSES, asks_age, asks_length
from assistant.countries import mentions
from assistant.model import Expects
from assistant.words import content_stems

Want = Literal["date", "age", "length", "count", "share", "money", "number", "who", "none"]
"""The kinds of things that can be told in a text; "none" for all other questions."""

_HAPPENED = re.compile(r"\b(when|day|date|year|month|since) (did|was|were|has|have|had)\b", re.IGNORECASE)
_ASKS_MONEY = re.compile(
    r"\bhow much\b.*\b(money|cost|costs|spend|spent|spends|pay|pays|paid|invest\w*|fund\w*|budget|charge\w*|set aside|"
    r"earmark\w*)\b|\bhow (costly|expensive)\b|\bbudgets? (of|had|has|does|did)\b|^\W*budget\b"
    r"|\b(what|which|how (big|large|high))\b[^?]*\b(budget|costs?|price|funding|expenditure|salar\w+|fees?|sum)\b"
    r"|\b(what|how much) (is|are|was|were) (paid|spent|charged)\b"
    r"|\bwhat (does|did|do|will) [^?]*\b(pay|cost|charge|spend)\b(?! for\b)|\bmoney\b[^?]*\bin total\b|\bstart money\b",
    re.IGNORECASE,
)
_COSTING = re.compile(
    r"\b(?:does|did|will|would|do) (?:the |an? )?([^?,]+?) (?:costs?)\b"
    r"|\b(?:budget|costs?|price|funding) (?:of|for|at) (?:the |an? )?([^?,]+)",
    re.IGNORECASE,
)
_MANY = re.compile(r"\bhow many (?:of the |of |more |new |different )?((?:[\w’'-]+\s*){1,4})", re.IGNORECASE)
_ASKS_SHARE = re.compile(
    r"\b(what|which) (share|percentage|proportion|fraction)\b|\bwhat part\b|\bper ?cent\b", re.IGNORECASE
)
_NOUN_ENDS = re.compile(
    r"\b(have|has|had|are|is|was|were|do|does|did|will|would|can|could|must|should|may|might|in|of|at|for|with|on|from|"
    r"the|a|an|to)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?:[\w’'-]+ )*?(?:[\w’'-]+(?<![su’'])s|people|men|women|children|staff)(?= |$)", re.IGNORECASE)
"""Words up to the first plural: the verb stands after it ("hospitals take part", "people attended")."""
_QUALIFIES = frozenset(content_stems("genetic genomic clinical national medical whole healthy european"))


@dataclass(frozen=True, slots=True)
class Asked:
    """The kind of thing asked for; `things` are the stems of what is counted, costs, happened or is done."""

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
    person: bool = False
    """Whether somebody by name is asked for: a body that leads something is no director."""
    place: bool = False
    """Whether it is asked where."""
    said: frozenset[str] = frozenset()
    """The stems of a question for somebody: whom it names itself is no answer."""


_EVENTS = frozenset(
    content_stems(
        "sign signed join joined adopt adopted publish published open opened close closed start started begin launch "
        "launched found founded establish established set-up create created end ended finish finished pass passed "
        "enter force approve approved introduce introduced announce announced ban banned recognise recognised "
        "expire expires expired lapse lapses repeal repealed abolish abolished reject rejected cancel cancelled"
    )
)
"""What a question can want the date of: a date answers in a sentence that speaks of the same event."""
_RELATIONS = frozenset(
    content_stems(
        "pay pays paid fund funds funded finance finances lead leads led head heads headed director chief boss chair "
        "chairs president coordinate coordinates coordinator minister sign signed own owns owned supervise supervises"
    )
)
"""What somebody is asked for as: a name answers in a sentence that speaks of the same part."""
_ACTORS = re.compile(
    r"\b(?:which|what) "
    r"(?:(?!countr|(?:do|does|did|is|are|was|were|can|could|may|might|must|shall|should|will|would) )[\w-]+ ){0,2}?"
    r"(compan(?:y|ies)|firms?|business(?:es)?|sponsors?|part(?:y|ies)|foundations?|charit(?:y|ies)|"
    r"insurers?|hospitals?|laborator(?:y|ies)|labs?|banks?|universit(?:y|ies)|ministr(?:y|ies))\b",
    re.IGNORECASE,
)
_MONEY_STEMS = frozenset(
    content_stems("money cost spend pay invest fund budget price expensive per whole total charge salary fee sum year")
)


def asked_of(question: str, expects: Expects, stems: tuple[str, ...], weights: tuple[float, ...]) -> Asked:
    """Return the kind of thing a question asks for; `stems` and `weights` are its topic's words and their idf."""
    if _ASKS_MONEY.search(question):
        things = (s for s, w in zip(stems, weights, strict=True) if w >= 1 and s not in _MONEY_STEMS)
        return Asked("money", tuple(things), _costing(question, stems), unit_asked(question), is_yearly(question))
    if asks_age(question):
        return Asked("age")
    if asks_length(question):
        return Asked("length", tuple(s for s in stems if s in PROCESSES))
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
    if asks_place(question):
        return Asked("none", place=True)
    actors = _actors(question, stems)
    if expects == "who" or actors or asks_person(question):
        return Asked(
            "who",
            actors or tuple(s for s in stems if s in _RELATIONS),
            person=asks_person(question),
            said=frozenset(() if actors else content_stems(question)),
        )
    return Asked("none")


def _actors(question: str, stems: tuple[str, ...]) -> tuple[str, ...]:
    """Return the stem of the kind of body asked for ("which companies sponsor …"), which must be named as such."""
    found = _ACTORS.search(question)
    return tuple(s for s in (content_stems(found.group(1)) if found else ()) if s in stems)


def _counted_things(words: str, stems: tuple[str, ...]) -> tuple[str, ...]:
    """Return the stems of what is counted, from the words after "how many"; for "how many Belgians" people."""
    noun = _NOUN_ENDS.split(words)[0].strip()
    if re.fullmatch(r"[A-Z]\w+s", noun) and mentions(noun):
        return tuple(content_stems("people"))
    plural = _PLURAL.match(noun)
    found = [s for s in content_stems(plural.group() if plural else noun) if s in stems]
    return tuple([s for s in found if s not in _QUALIFIES] or found)[:2]


def _costing(question: str, stems: tuple[str, ...]) -> tuple[str, ...]:
    """Return the stems of what costs: "the biobank network" of "What did the biobank network cost?"."""
    found = _COSTING.search(question)
    noun = next((group for group in found.groups() if group), "") if found else ""
    return tuple(s for s in content_stems(noun) if s in stems and s not in _MONEY_STEMS)
