# ruff: noqa: E501  (long patterns read better on one line)
"""About which countries a question asks, and which of those it names are only its topic.

"What did Portugal learn from the Estonian visit?" looks in what is about Portugal; Estonia is the topic. "Which
countries work with Denmark?" asks every country; Denmark is the topic. An institution points to its country only where
the library has passages about that country: else the whole library is searched, and the name itself must be found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.countries import GROUPS, Mention, mentions
from assistant.understanding.everywhere import COUNTRY, KINDS_OF, asks_where, says_everywhere
from assistant.understanding.groups import groups_in
from assistant.understanding.known import Known
from assistant.words import content_words

_ASKED_OF = re.compile(
    rf"\b(?:which|what) {KINDS_OF}{COUNTRY} (?:do|does|did|has|have|is|are|was|were|can|could) (?:the )?$",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"^\s*(?:which|who|what)\b.*\b(?:of|between|among)\b|\bor\b", re.IGNORECASE)
_EXCEPT = re.compile(
    r"\b(?:besides|except(?: for| from)?|other than|apart from|aside from|excluding|not counting|without counting|beyond|else than|but not|in addition to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"\b(compar\w*|differ\w*|versus|vs\.?|contrast\w*|similar\w*|in common|unlike|both|side by side|than|common ground|gap between|alike|better|ahead of)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\bown (?:words?|documents?|account|texts?|view|reports?|voice|sources?|strategy documents?|publications?)\b|"
    r"\b(?:written|published|said) by (?:the )?(?:\w+ )?(?:government|ministry|country) itself\b",
    re.IGNORECASE,
)
_ITSELF = re.compile(
    r"\s+(?:itself|themselves|(?:government|ministry|state|authorities|officials) (?:itself|themselves))\b",
    re.IGNORECASE,
)
_EVENT = re.compile(r"\b(?:visit|workshop|exchange|meeting|conference)\b", re.IGNORECASE)
_LEARN = re.compile(
    r"\b(?:did|do|does|has|have|had|was|were|is|are)\b[^?]*?\b(?:learn\w*|lessons?|takes?|drew|draw|took|taken|inspired?|present\w*|show\w*|adopt\w*|copy|copied|borrow\w*|say|said|says|bring|brought|report\w*|gain\w*)\b.*?\b(?:from|at|during|by|in|on|about|of)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:work\w*|cooperat\w*|co-operat\w*|collaborat\w*|partner\w*|shar\w+ (?:its |their )?data|exchang\w*|agreement\w*|joined forces)\b(?:\s+\w+){0,3}?\s+with\b(?P<rest>.*)",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"\b(?:cop(?:y|ies|ied)|follow(?:s|ed)?|imitat\w+|inspired by|modell?ed on)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\bcompared (?:with|to)\b|\bversus\b|\bvs\b", re.IGNORECASE)
_CAN_LEARN = re.compile(
    r"\b(?:can|could|should|might|may|would)\b[^?]*\b(?:learn|take|draw|borrow|adopt|copy)\b[^?]*?\bfrom\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:say|says|said|write|writes|report|reports|tell|tells|think|thinks)\s+(?:about|of|on)\b", re.IGNORECASE
)
_LIST_GAP = re.compile(r"\s*(?:,|and|or|nor|&|/|,\s*(?:and|or))\s*(?:the\s+|in\s+)?", re.IGNORECASE)
_LIKE = re.compile(
    r"(?<!countries )(?<!states )(?<!nations )(?<!places )\b(?:like|similar to|such as|equivalent (?:to|of)|modell?ed on|as in|counterpart (?:to|of)|comparable (?:to|with)|along the lines of|copy of|based on) (?:the |what )?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Where to look (None: everywhere), group named, whether every country is asked, and the topic countries."""

    countries: tuple[str, ...] | None
    group: str = ""
    everywhere: bool = False
    topics: tuple[str, ...] = ()
    own: bool = False
    """Whether only documents of these countries' own may answer."""
    compare: bool = False


def asked(text: str, language: str = "en", known: Known | None = None, *, foreign_all: bool = False) -> Asked:
    """Return whom a question asks about; `foreign_all`: a question in another language asks which countries."""
    known = known or Known()
    named = [m for m in mentions(text, True, language) if _counts(m, known)]
    groups = groups_in(text)
    everywhere = foreign_all or says_everywhere(text) or (asks_where(text) and not named and not groups)
    excluded = _excluded(text, named)
    own = (bool(_OWN.search(text)) and bool(named or groups)) or any(_ITSELF.match(text[m.end :]) for m in named)
    if groups:
        members = tuple(dict.fromkeys(code for name in groups for code in GROUPS[name]))
        extra = tuple(dict.fromkeys(m.code for m in named if m.code not in excluded and m.code not in members))
        looked = (*(code for code in members if code not in excluded), *extra)
        return Asked(looked, groups[0], everywhere, (), own, not everywhere)
    if everywhere or (excluded and len(excluded) == len({m.code for m in named})):
        found = _of_every_country(text, named, excluded, known)
        if found is not None:
            return found
    named = [m for m in named if m.code not in excluded]
    looked, topics = _parted(text, named)
    looked = _teacher_first(text, named, looked)
    compare = bool(looked and len(looked) > 1)
    return Asked(looked or None, "", False, topics, own, compare)


def _counts(mention: Mention, known: Known) -> bool:
    """Whether a mention says where to look.

    A country by name always does. One meant by an institution does where the library speaks about that country, and
    where the library does not know the institution at all (then nothing on that country is what there is to say).
    """
    if mention.strength != "institution" or known.holds is None or known.holds(mention.code):
        return True
    frequency = known.frequency
    return frequency is not None and any(frequency(word) == 0 for word in content_words(mention.surface))


def _before(text: str, mention: Mention) -> str:
    """Return the words right before a mention."""
    return text[max(0, mention.start - 120) : mention.start]


def _excluded(text: str, named: Sequence[Mention]) -> set[str]:
    """Return the countries after "besides", "except" and the like, the whole list of them."""
    found: set[str] = set()
    before: Mention | None = None
    for mention in named:
        follows = before is not None and before.code in found and _LIST_GAP.fullmatch(text[before.end : mention.start])
        if follows or _EXCEPT.search(_before(text, mention)):
            found.add(mention.code)
        before = mention
    return found


def _of_every_country(text: str, named: Sequence[Mention], excluded: set[str], known: Known) -> Asked | None:
    """Read "which countries …" together with the countries it names; None when it is about those after all."""
    others = [m for m in named if m.code not in excluded]
    codes = tuple(dict.fromkeys(m.code for m in others))
    if excluded:
        rest = tuple(code for code in sorted(known.countries) if code not in excluded) or None
        return Asked(rest, "", True, codes)
    if not codes:
        return Asked(None, "", True)
    if _ASKED_OF.search(_before(text, others[0])) or (_EVENT.search(text) and _at_event(text, others)):
        return None  # "which countries does Germany work with", "which countries spoke at the Finnish visit"
    if len(codes) > 1 and _ONE_OF.search(text) and _listed(text, others):
        return None  # "which of Estonia, Finland and Sweden …"
    return Asked(None, "", True, codes)


def _at_event(text: str, named: Sequence[Mention]) -> bool:
    first = named[0]
    beside = text[max(0, first.start - 25) : first.end + 40]
    return bool(_EVENT.search(beside))


def _listed(text: str, named: Sequence[Mention]) -> bool:
    """Whether the countries named stand in one list ("A, B and C", "A or B")."""
    gaps = [text[a.end : b.start] for a, b in pairwise(named)]
    return bool(gaps) and all(_LIST_GAP.fullmatch(gap) for gap in gaps)


def _parted(text: str, named: Sequence[Mention]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part the countries to look in from those that are only the topic."""
    codes = tuple(dict.fromkeys(m.code for m in named))
    if len(codes) < 2:
        return codes, ()
    topics = {m.code for m in named if _LIKE.search(_before(text, m))}
    if not _BESIDE.search(text):
        topics |= _topic_of(text, named, _LEARN, event=True)
    if not says_compare(text):
        topics |= _topic_of(text, named, _WITH, event=False) | _topic_of(text, named, _FOLLOWS, event=False)
    looked = tuple(code for code in codes if code not in topics)
    if not topics or not looked:
        return codes, ()
    return looked, tuple(code for code in codes if code in topics)


def _teacher_first(text: str, named: Sequence[Mention], looked: tuple[str, ...]) -> tuple[str, ...]:
    """Return the countries to look in; of "what can A learn from B" B first, since its lessons are asked for."""
    found = _CAN_LEARN.search(text)
    taught = {m.code for m in named if found and m.start >= found.end()}
    return tuple(sorted(looked, key=lambda code: code not in taught)) if taught else looked


def _topic_of(text: str, named: Sequence[Mention], pattern: re.Pattern[str], *, event: bool) -> set[str]:
    """Return the countries after the pattern's preposition, when one country at least stands before it."""
    match = pattern.search(text)
    if not match:
        return set()
    start = match.start("rest")
    rest = match.group("rest")
    if event and not (
        _EVENT.search(rest)
        or re.search(r"\b(?:learn|lesson|inspir|adopt|cop(?:y|ied)|borrow)", text[:start])
        or _SAYS.search(text)
    ):
        return set()
    before = {m.code for m in named if m.end <= start}
    after = [m for m in named if m.start >= start]
    if event and _EVENT.search(rest):
        after = [m for m in after if m.end <= start + (_EVENT.search(rest) or match).end()] or after
    found = {m.code for m in after} - before
    return found if before else set()


def says_compare(text: str) -> bool:
    """Whether a question's words compare."""
    return bool(_COMPARE.search(text))
