# ruff: noqa: E501  (long patterns read better on one line)
"""Whether a question stands alone, or cannot be read without the turns before.

It cannot where it opens like a continuation ("And in Finland?"), where a pronoun or "there" points back beyond it, or
where it is too short to name a subject ("Since when?"). Everything else takes nothing from the history.
"""

from __future__ import annotations

import re

from assistant.countries import mentions
from assistant.understanding.groups import groups_in
from assistant.understanding.language import more_words
from assistant.understanding.rewording import ROLE
from assistant.words import content_words

_CONTINUES = re.compile(
    rf"^\W*(?:and|or|but|then|also|now|{'|'.join(more_words())}|same|the same|likewise|what about|how about|what else|who else|anything else|more|tell me more)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^\W*(?:(?:and|but|so|now|please|ok(?:ay)?)\b\W*)*(?:who|whom|whose|what|when|where|why|how|which|is|are|was|were|does|do|did|has|have|had|can|could|will|would|should|may|must|compare|list|name|tell|give|show|describe|explain|summari[sz]e|in (?:which|what)|since when|by when|for (?:whom|which|what)|on (?:which|what))\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?P<word>it|its|they|them|their|theirs|he|she|his|her|him|those|these)\b", re.IGNORECASE)
THAT = re.compile(
    rf"\b(?:that|this) (?:{ROLE}|one|country|year|number|figure|money|amount|goal|word)\b|\b(?:that|this)\s*(?:\?|$)|^(?:and )?(?:is|was|did|does|when was|why is|why was|how is|how was|who) (?:did |pays for )?(?:that|this)\b|^(?:and )?how (?:does|do|did) (?:that|this|it|they) (?:compare|differ)|\b(?:compare|contrast|do|does|did|done|say|said|explain) (?:that|this|it|them|the same|so)\b",
    re.IGNORECASE,
)
THERE = re.compile(
    r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )(?<!been )\bthere\b(?! (?:is|are|was|were|been|be|a)\b)",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|be) it (?:not )?(?!(?:going|able|about|meant|designed|supposed|set|due|used|expected|planned|open|allowed|linked|related|similar|close|limited|subject|up|the|an?)\b)\w+ (?:for \w+ )?(?:to|that|whether|if)\b|"
    r"\bis it that\b|\b(?:does|did|do|will|would|can|could|may) it (?:take|cost|matter|help|suffice)\b(?=.*\b(?:to|that|whether|if|when|where|how|who|which)\b)",
    re.IGNORECASE,
)
"""An "it" that stands for what follows: "Is it legal to sell data?", "How long does it take to sequence a genome?"."""
_LATER_CLAUSE = re.compile(
    r",?\s+(?:and|so|or)\s+(?=(?:by |since |for |to |with )?(?:who|whom|how|what|why|when|where|which|is|are|does|do|did|has|have)\b)",
    re.IGNORECASE,
)
_SOURCES = re.compile(
    r"\b(?:of |in )?(?:(?:these|those) (?:documents|sources|reports|texts|papers|publications|files|pages)|this (?:collection|library))\b",
    re.IGNORECASE,
)
"""What the reader sees before them, not a turn before."""
_INDEFINITE = re.compile(r"\b(?:an?|every|each|any) (?!(?:of|is|are|do|does|did|was|were)\b)\w+", re.IGNORECASE)
_ROLE_NOUN = re.compile(rf"\b(?:the|any|how many) (?:\w+ )?(?:{ROLE})\b|\bthere an? (?:{ROLE})\W*$", re.IGNORECASE)
_OF_WHAT = re.compile(r"^\W*(?:when|since when|by when|how (?:many|much|long|fast|often))\b", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:the others?|the rest|elsewhere|which ones|of (?:them|these|those))\b", re.IGNORECASE)
SUBJECT = 2
"""So many words of its own make a subject."""


def stands_alone(question: str, language: str = "en") -> bool:
    """Return whether a question can be read without the turns before it."""
    question = _to_judge(question)
    if _points(question):
        return False
    own = subject_words(question)
    if _CONTINUES.match(question):
        # "And which countries pay for whole-genome sequencing?" only begins like a continuation.
        rest = _CONTINUES.sub("", question, count=1)
        return len(own) > SUBJECT and bool(_OPENS.match(rest)) and not depends(rest.strip(" ,"))
    if language != "en":
        return len(question.split()) > 4
    if mentions(question, True) or groups_in(question):
        return bool(own) or bool(_OPENS.match(question))
    return not depends(question)


def _to_judge(question: str) -> str:
    """Return what a question is judged by: its first clause, without what points to no turn before."""
    first = _LATER_CLAUSE.split(question, maxsplit=1)[0]
    if len(content_words(first)) >= SUBJECT:
        question = first
    return _SOURCES.sub(" ", _EXPLETIVE.sub(" ", question))


def _points(question: str) -> bool:
    return points_back(question) or bool(THAT.search(question)) or bool(_OTHERS.search(question))


def subject_words(question: str) -> list[str]:
    """Return the content words of a question beside the countries and groups it names."""
    return [word for word in _own(question) if not groups_in(word)]


def points_back(text: str) -> bool:
    """Return whether a pronoun points back beyond the question: nothing before it in the question can be meant."""
    match = _PRONOUN.search(text)
    if not match:
        return bool(THERE.search(text))
    before = text[: match.start()]
    own = match["word"].lower() in ("its", "their", "theirs", "his", "her")
    if own and (mentions(before, True) or _INDEFINITE.search(before)):
        return False
    return len(_own(before)) < 2


def _own(text: str) -> list[str]:
    """Return the content words of a text without the countries it names."""
    for mention in reversed(mentions(text, True)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return content_words(text)


def depends(question: str) -> bool:
    """Return whether a question that names no country is too bare to be understood alone."""
    words = question.split()
    if len(words) > 12:
        return False
    if _points(question):
        return True
    own = [word for word in content_words(question) if not word.isdigit()]
    if _named(question):
        return False
    if _OF_WHAT.match(question) and len(own) <= SUBJECT and len(words) <= 5:
        return True  # a date or a number of something that is not named
    if _ROLE_NOUN.search(question) and len(own) <= SUBJECT:
        return True
    return not own or (len(own) < SUBJECT and len(words) <= 3)


def _named(question: str) -> bool:
    """Return whether a proper name or an abbreviation stands inside the question."""
    inner = [word.strip("?,.;:()'\"") for word in question.split()[1:]]
    return any(word[:1].isupper() for word in inner)
