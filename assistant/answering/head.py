# ruff: noqa: E501  (long patterns read better on one line)
"""The thing a question asks for by name: "the software" in "Which software does the centre use?".

Other words of a question may be put in other ways; where the very thing asked for is named nowhere in the evidence, what
was found tells of its surroundings. Words for parts of anything ("pillars", "steps", "role") are spared: every list
answers those.
"""

from __future__ import annotations

import re

from assistant.answering.wanted import Wanted, has
from assistant.words import OPENING, content_stems, content_words, stem

_PHRASE = r"(?P<head>[\w'’-]+(?: [\w'’-]+){0,3}?)"
_HEADS = (
    re.compile(rf"{OPENING}(?:what|which) (?:is|are|was|were) (?:the |its |their |any )?{_PHRASE} (?:of|in|for|to|by|that|which|with|from|on|at|between|behind|under|against|among|used|within)\b", re.IGNORECASE),
    re.compile(rf"\b(?:say|says|said|state|states|do|does|doing|done|tell us|find|found|know|known|written|rules?|laws?) (?:about|on|regarding|concerning) (?:the |its |their )?{_PHRASE}(?: (?:of|in|for|to|by|that|with|from|on|at)\b|\W*$)", re.IGNORECASE),
    re.compile(rf"{OPENING}(?:which|what) {_PHRASE} (?:do|does|did|are|is|has|have|had|can|could|was|were|will|would|should|must|takes?|took)\b", re.IGNORECASE),
)  # fmt: skip
_TO_DO = re.compile(
    rf"\b(?:do|does|did|done|doing) (?:to|about|against) \w+ (?:the |its |their )?{_PHRASE}(?: (?:of|in|for|to|by|that|with|from|on|at|among)\b|\W*$)",
    re.IGNORECASE,
)
_SPEAKER = re.compile(
    r"\bwhat (?:do|did|does|have|has) (?:the |an? |its |their )?(?:[\w'’-]+ ){0,2}?(?P<head>parliaments?|governments?|ministers?|insurers|doctors|physicians|nurses|scientists|employers|industry|companies|courts?|churches|press|media|unions|parties|party|opposition) (?:say|said|think|thought|believe|argue|claim|feel|fear|complain|demand|criticise)\b",
    re.IGNORECASE,
)
"""Whose word is asked for: what others say is not what the parliament said."""
_FINDER = r"survey|evaluation|assessment|audit|review|inquiry|poll|questionnaire|consultation|study|analysis|trial|pilot|experiment|investigation"
_FOUND = re.compile(
    rf"\bwhat (?:did|does|do|have|has) (?:the |a |an |its |their )?(?:[\w'’-]+ ){{0,2}}?(?P<head>{_FINDER})s?\b[^?]*\b(?:show|shown|find|found|reveal|conclude|say|said|recommend|suggest|discover|report|tell|bring|prove)\w*\b"
    rf"|\b(?:results?|findings?|outcomes?|conclusions?) of (?:the |a |an |its |their )?(?:[\w'’-]+ ){{0,3}}?(?P<of>{_FINDER})s?\b",
    re.IGNORECASE,
)
"""What finds something out: where nothing of that kind is named, what was found is not what it found."""
_SPARED = frozenset(
    content_stems(
        "role kind type sort form way part arm pillar element step stage phase component block strand axis axes piece layer "
        "track branch line area field aspect factor task function feature characteristic property condition requirement "
        "criterion criteria rule principle level place name reason thing item point state status situation position number "
        "amount share size percentage date year people person body institution organisation country money cost price budget "
        "aim goal purpose idea plan view fact figure example benefit advantage effect impact result difference relation "
        "basis issue question matter case use meaning background content contents topic theme subject lesson challenge "
        "barrier problem approach answer experience activity action measure work progress main key"
    )
)


def head_of(question: str) -> str:
    """Return the stem of the thing asked for, '' where the question names none or only a word for parts of anything."""
    finder = _FOUND.search(question)
    if finder:
        return stem(finder["head"] or finder["of"])
    for pattern in (*_HEADS, _TO_DO):
        found = pattern.search(question)
        words = content_words(found["head"]) if found else []
        if words:
            head = stem(words[-1])
            return "" if head in _SPARED else head
    return ""


def speaker_of(question: str) -> str:
    """Return the stem of whoever's word is asked for ("What did the parliament say"), '' where nobody's is."""
    found = _SPEAKER.search(question)
    return stem(found["head"]) if found else ""


def missing_head(question: str, wanted: Wanted, around: frozenset[str]) -> str:
    """Return the thing asked for, or whose word is, as the question writes it, where the evidence never names it."""
    for head in (speaker_of(question), head_of(question)):
        if head and head in wanted.stems and not has(head, around):
            return next((word for word in re.findall(r"[\w'’-]+", question) if stem(word) == head), "")
    return ""
