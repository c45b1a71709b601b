"""Words that a question offers as alternatives: "foundations, donors or sponsors" asks for one of them, not for all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.words import WORD, content_stems

_JOINS = re.compile(r"\s*,?\s+(?:or|and/or)\s+(?:(?:the|a|an|any|of|by|in|on|for|their|its)\s+)?", re.IGNORECASE)
_SMALL = frozenset(["or", "and", "the", "a", "an", "any", "of", "by", "in", "on", "for", "their", "its"])
_COMMA = re.compile(r"\s*,\s+")


def alternatives(question: str, stems: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of stems of the topic that the question joins by "or", each in the order of the question."""
    words = [word for word in WORD.finditer(question) if word.group().lower() not in _SMALL]
    groups: list[tuple[str, ...]] = []
    for place in range(1, len(words)):
        if not _JOINS.fullmatch(question[words[place - 1].end() : words[place].start()]):
            continue
        first = place - 1
        while first and _COMMA.fullmatch(question[words[first - 1].end() : words[first].start()]):
            first -= 1
        group = tuple(s for word in words[first : place + 1] for s in content_stems(word.group())[:1] if s in stems)
        if len(group) > 1:
            groups.append(tuple(dict.fromkeys(group)))
    return tuple(groups)
