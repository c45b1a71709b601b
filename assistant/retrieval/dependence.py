# ruff: noqa: E501  (long patterns read better on one line)
"""Whether a question points back to the turns before, or can be understood alone."""

from __future__ import annotations

import re

from assistant.retrieval.expects import expectation
from assistant.retrieval.rewording import ROLE
from assistant.words import content_words

_INITIATIVE = re.compile(
    r"1\+ ?MG|\bB1MG\w*|\bGDI\b|\bGoE\b|\bEHDS\b|\bEDIC\b|\bEU\b|\beurop\w*|\bMLM\b|\bmaturity\b|\bframework\b|\bpolicy brief\b|\bcommission\b|\binitiative\b|\bdeclaration\b|\bworking groups?\b|\bGDPR\b|\bIVDR\b|\bmirror group\b|\bcountries\b|\bcountry\b|\bgovernments?\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?P<word>it|its|they|them|their|theirs|he|she|his|her|him|those|these)\b", re.IGNORECASE)
THAT = re.compile(
    rf"\b(?:that|this) (?:{ROLE}|one|country|year|number|figure|money|amount|goal|word)\b|\b(?:that|this)\s*(?:\?|$)|^(?:and )?(?:is|was|did|does|when was|why is|why was|how is|how was|who) (?:did |pays for )?(?:that|this)\b",
    re.IGNORECASE,
)
THERE = re.compile(
    r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )(?<!been )\bthere\b(?! (?:is|are|was|were|been|be|a)\b)",
    re.IGNORECASE,
)
_ROLE_NOUN = re.compile(rf"\b(?:the|any|an?) (?:\w+ )?(?:{ROLE})\b", re.IGNORECASE)


def points_back(text: str) -> bool:
    """Whether a pronoun points back beyond the question: nothing before it in the question can be meant."""
    match = _PRONOUN.search(text)
    if not match:
        return bool(THERE.search(text))
    allowed = 3 if match.group("word").lower() in ("it", "its") else 2
    return len(content_words(text[: match.start()])) < allowed


def depends(question: str) -> bool:
    """Whether a question that names no country cannot be understood without the turns before."""
    words = question.split()
    if len(words) > 14:
        return False
    if points_back(question) or THAT.search(question):
        return True
    if re.search(r"\b(?:we|our|us|you|your|i|me|my)\b", question, re.IGNORECASE) or _INITIATIVE.search(question):
        return False
    if _names(question):
        return False
    if _ROLE_NOUN.search(question) and len(words) <= 10 and len(content_words(question)) <= 3:
        return True
    return expectation(question) != "definition" and len(words) <= 9 and len(content_words(question)) <= 2


def _names(question: str) -> bool:
    """Whether a proper name stands in the question: a capital inside it that is no short technical acronym."""
    inner = [w.strip("?,.;:()'\"") for w in question.split()[1:]]
    return any(
        w[:1].isupper() and not (w.upper() == w.rstrip("s").upper() and len(w) <= 6 and w.rstrip("s").isupper())
        for w in inner
    )
