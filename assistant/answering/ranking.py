# ruff: noqa: E501  (long patterns read better on one line)
"""Questions that rank or weigh: "which country spends most", "is this better than that".

Sentences on what one of them has or does cover every word of such a question, and rank nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.candidates import Candidate

_BODIES = r"countr(?:y|ies)|nations?|(?:member )?states?|regions?|hospitals?|compan(?:y|ies)|universit(?:y|ies)|programmes?|biobanks?|institutions?|body|bodies|centres?|laborator(?:y|ies)|cohorts?|projects?|laws?|strateg(?:y|ies)"
_SUPERLATIVE = r"(?:(?<!at )most(?! of| recent)|(?<!at )least|largest|biggest|highest|best|fastest|quickest|fewest|lowest|smallest|strongest|weakest|strictest|cheapest|oldest|youngest|furthest|farthest|longest|shortest|richest|poorest|worst|greatest)"
_ASKS_FIRST_OF_ALL = re.compile(
    rf"^\W*(?:and |but |so )?(?:in |of )?(?:which|what)(?: of)?(?: the| european| eu| \d+| these)* (?:\w+ )?(?:{_BODIES})\b[^?]*\b{_SUPERLATIVE}\b"
    rf"|^\W*(?:and |but |so )?who (?:has|have|had|is|are|does|spends?|pays?|runs?)\b[^?]*\b{_SUPERLATIVE}\b",
    re.IGNORECASE,
)
_RANKS = re.compile(
    rf"\b{_SUPERLATIVE}\b(?! practi[cs]e)|\b(?:leading|leaders?|ahead of|world-class|more than any|no other)\b",
    re.IGNORECASE,
)
_JUDGES = re.compile(
    r"\b(?:best|worst|leading|leaders?|ahead of|world-class|excellen\w+)\b(?! practi[cs]e)", re.IGNORECASE
)
_JUDGED = re.compile(r"\b(?:best|worst|greatest)\b", re.IGNORECASE)
_BY_TIME = re.compile(r"\b(?:oldest|youngest|longest|furthest|farthest)\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:first|last|only)\b", re.IGNORECASE)
_ASKS_BETTER = re.compile(
    r"^\W*(?:and |but |so )?(?:is|are|was|were|does|do|did|has|have)\b[^?]*\b(?:better|worse|superior|inferior|stricter|faster|slower|cheaper|stronger|weaker|more \w+|less \w+)\b[^?]* than\b(?! \d)",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\bthan (?!\d|a\b|an\b|one\b|two\b|half\b|any\b)|\b(?:better|worse|ahead|behind|superior|inferior|in contrast|whereas|unlike)\b",
    re.IGNORECASE,
)


def ranks_nothing(question: str, ranked: Sequence[Candidate]) -> bool:
    """Return whether a question asks for the first of all, or for the better of two, and no sentence ranks or compares."""
    if _ASKS_FIRST_OF_ALL.search(question):
        said = _JUDGES if _JUDGED.search(question) else _RANKS
        in_time = _BY_TIME.search(question)
        return not any(said.search(c.text) or (in_time and _FIRST.search(c.text)) for c in ranked)
    if _ASKS_BETTER.search(question):
        return not any(_COMPARES.search(c.text) for c in ranked)
    return False
