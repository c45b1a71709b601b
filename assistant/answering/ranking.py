# ruff: noqa: E501  (long patterns read better on one line)
"""Questions that rank or weigh: "which country spends most", "is this better than that".

Sentences on what one of them has or does cover every word of such a question, and rank nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.candidates import Candidate
from assistant.words import OPENING

_BODIES = r"countr(?:y|ies)|nations?|(?:member )?states?|regions?|hospitals?|compan(?:y|ies)|universit(?:y|ies)|programmes?|biobanks?|institutions?|body|bodies|centres?|laborator(?:y|ies)|cohorts?|projects?|laws?|strateg(?:y|ies)"
_SUPERLATIVE = r"(?:(?<!at )most(?! of| recent)|(?<!at )least|largest|biggest|highest|best|fastest|quickest|fewest|lowest|smallest|strongest|weakest|strictest|cheapest|oldest|youngest|furthest|farthest|longest|shortest|richest|poorest|worst|greatest)"
_ASKS_FIRST_OF_ALL = re.compile(
    rf"{OPENING}(?:in |of )?(?:which|what)(?: of)?(?: the| european| eu| \d+| these)* (?:\w+ )?(?:{_BODIES})\b[^?]*\b{_SUPERLATIVE}\b"
    rf"|{OPENING}who (?:has|have|had|is|are|does|spends?|pays?|runs?)\b[^?]*\b{_SUPERLATIVE}\b",
    re.IGNORECASE,
)
_LEADS = r"leading|leaders?|ahead of|world-class|no other"
_ALIKE = (
    "most|largest|biggest|highest|greatest|strongest|longest|furthest|farthest|richest|more than any",
    "least|fewest|lowest|smallest|weakest|shortest|poorest|cheapest",
    "fastest|quickest|shortest",
    "oldest|earliest|longest|youngest|newest",
    "strictest|strongest|tightest",
    "best|worst|excellent",
    "cheapest|lowest|least",
)
"""Superlatives that may stand for one another: the largest share is not the fastest."""
_BY_TIME = re.compile(r"\b(?:oldest|youngest|longest|furthest|farthest)\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:first|last|only)\b", re.IGNORECASE)
_ASKS_BETTER = re.compile(
    rf"{OPENING}(?:is|are|was|were|does|do|did|has|have)\b[^?]*\b(?:better|worse|superior|inferior|stricter|faster|slower|cheaper|stronger|weaker|more \w+|less \w+)\b[^?]* than\b(?! \d)",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\bthan (?!\d|a\b|an\b|one\b|two\b|half\b|any\b)|\b(?:better|worse|ahead|behind|superior|inferior|in contrast|whereas|unlike)\b",
    re.IGNORECASE,
)


def ranks_nothing(question: str, ranked: Sequence[Candidate]) -> bool:
    """Return whether a question asks for the first of all, or for the better of two, and no sentence ranks or compares."""
    if _ASKS_FIRST_OF_ALL.search(question):
        said = _said_as(question)
        in_time = _BY_TIME.search(question)
        return not any(said.search(c.text) or (in_time and _FIRST.search(c.text)) for c in ranked)
    if _ASKS_BETTER.search(question):
        return not any(_COMPARES.search(c.text) for c in ranked)
    return False


def _said_as(question: str) -> re.Pattern[str]:
    """Return the superlatives that answer those of a question."""
    alike = (group for group in _ALIKE if re.search(rf"\b(?:{group})\b", question, re.IGNORECASE))
    return re.compile(rf"(?<!at )\b(?:{'|'.join((*alike, _LEADS))})\b(?! practi[cs]e)", re.IGNORECASE)
