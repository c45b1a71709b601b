"""Words that a question offers as alternatives: "foundations, donors or sponsors" asks for one of them, not for all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.words import WORD, content_stems

_SMALL = "the|a|an|any|of|by|in|on|for|their|its"
"""Words that may stand before the second of two joined words."""
_ANDS = re.compile(rf"\s*,?\s+and\s+(?:(?:{_SMALL})\s+)?", re.IGNORECASE)
_ENDS = re.compile(
    r"\W*$|\s*[,;:?!)]|\s+(?:in|for|of|to|by|on|with|at|from|under|during|about|is|are|was|were|do|does|did|be|must|"
    r"have|has|had|get|need|take|taught|paid|heard|kept|\w+ed)\b"
)
"""What may follow the second of two words joined by "and": not one more noun, of which both would be parts."""
_JOINS = re.compile(rf"\s*,?\s+(?:or|and/or)\s+(?:(?:{_SMALL})\s+)?", re.IGNORECASE)
_PASSED_OVER = frozenset(["or", "and", *_SMALL.split("|")])
_COMMA = re.compile(r"\s*,\s+")


def alternatives(question: str, stems: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of stems of the topic that the question joins by "or", each in the order of the question."""
    return _joined(question, stems, _JOINS)


def named_together(question: str, stems: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of stems that the question joins by "and": one of them is an answer in part.

    Not in "employers and genetic tests", where more than the words beside "and" is joined.
    """
    return _joined(question, stems, _ANDS, _ENDS)


def _joined(
    question: str, stems: Sequence[str], joins: re.Pattern[str], ends: re.Pattern[str] | None = None
) -> tuple[tuple[str, ...], ...]:
    words = [word for word in WORD.finditer(question) if word.group().lower() not in _PASSED_OVER]
    groups: list[tuple[str, ...]] = []
    for place in range(1, len(words)):
        if not joins.fullmatch(question[words[place - 1].end() : words[place].start()]):
            continue
        if ends and not ends.match(question[words[place].end() :]):
            continue
        first = place - 1
        while first and _COMMA.fullmatch(question[words[first - 1].end() : words[first].start()]):
            first -= 1
        group = tuple(s for word in words[first : place + 1] for s in content_stems(word.group())[:1] if s in stems)
        if len(group) > 1:
            groups.append(tuple(dict.fromkeys(group)))
    return tuple(groups)
