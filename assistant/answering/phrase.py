"""Words that stand together in a question and stand together in a sentence: "national genome centre" is one thing.

A sentence on a national programme, a genome and a centre has all three words and speaks of no national genome centre.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.answering.candidates import Candidate
from assistant.answering.kinds import meets
from assistant.words import OPENING, WORD, content_stems

Pair = tuple[str, str]
"""The stems of two words that stand side by side."""
_EXISTS = re.compile(
    rf"{OPENING}(?:is|are|was|were) there\b|^(?!\W*(?:which|what)\b).*\bexists?\b|"
    rf"{OPENING}(?:do|does|did|has|have) (?:[\w'’-]+ ){{1,6}}?"
    r"(?<!\bto )(?:have|has|had|got|own|runs?|already)\b(?! to\b)",
    re.IGNORECASE,
)
_HAVE = re.compile(
    r"\b(?:countries|states|members|regions|which|who) (?:already |now )?(?:have|has|had|run|runs)\b(?! to\b)",
    re.IGNORECASE,
)
STANDING, LOOKED_AT = 0.25, 16
"""What it adds to a sentence that it names the very thing whose existence is asked, and how many are looked at."""
APART = 2
"""So many words apart two words of a pair may stand, in either order."""
NATIONAL, WITHIN = content_stems("national")[0], 4
"""The word that tells one institution of a country from its many, and how many words may stand between it and that."""
_THING = re.compile(
    r"\b(?:have|has|had|(?:is|are) there|exists?|with) ((?:[\w'’-]+ )*?[\w'’-]+)"
    r"(?= (?:for|of|on|in|with|to|that|and|or|at|by|about|which|who)\b|[?.,;]|$)",
    re.IGNORECASE,
)
_VERB = re.compile(r"(?<=\bcountries )\w+|(?<=\bstates )\w+", re.IGNORECASE)
_ALTERNATIVES = re.compile(r"\bor\b|/", re.IGNORECASE)


def pairs_of(question: str, stems: Sequence[str]) -> tuple[Pair, ...]:
    """Return the words of the topic that stand side by side in the question; none where it offers alternatives."""
    if _ALTERNATIVES.search(question):
        return ()
    found = [content_stems(word)[:1] for word in WORD.findall(_VERB.sub(" ", question))]
    pairs = ((a[0], b[0]) for a, b in pairwise(found) if a and b)
    return tuple(dict.fromkeys(p for p in pairs if set(p) <= set(stems) and not any(c.isdigit() for c in "".join(p))))


def together(pairs: Sequence[Pair], text: str) -> float:
    """Return the share of the pairs whose words, or words used for them, stand close together in the text."""
    words = _words_of(text)
    return sum(_close(pair, words, APART) for pair in pairs) / max(1, len(pairs))


def thing_of(question: str) -> tuple[str, ...]:
    """Return the stem of the thing that a question asks who has, after "national" where it says so; () where none."""
    found = _THING.search(question)
    words = found.group(1).split() if found else []
    head = content_stems(words[-1])[:1] if words else ()
    return (NATIONAL, *head) if head and "national" in [word.lower() for word in words[:-1]] else tuple(head)


def names_thing(thing: Sequence[str], text: str) -> bool:
    """Return whether a text has the thing by a word used for it, near "national" where that is asked; True for ()."""
    words = _words_of(text)
    if len(thing) < 2:
        return not thing or any(meets(thing[0], present) for present in words)
    return _close((thing[0], thing[1]), words, WITHIN)


def named_first(ranked: Sequence[Candidate], question: str, stems: Sequence[str]) -> list[Candidate]:
    """Return the ranking; where a question asks whether or where a thing exists, sentences that name it move up."""
    pairs = pairs_of(question, stems) if _HAVE.search(question) else _standing(question, stems)
    if not pairs:
        return list(ranked)
    lifted = [(c.score + STANDING * together(pairs, c.text), c) for c in ranked[:LOOKED_AT]]
    lifted.sort(key=lambda item: -item[0])
    return [*(replace(c, score=score) for score, c in lifted), *ranked[LOOKED_AT:]]


def nowhere_whole(ranked: Sequence[Candidate], question: str, stems: Sequence[str]) -> bool:
    """Return whether it is asked if a thing of several words exists, and none of the sentences names it so."""
    pairs = _standing(question, stems)
    return bool(pairs) and not any(together(pairs, c.text) for c in ranked)


def _standing(question: str, stems: Sequence[str]) -> tuple[Pair, ...]:
    """Return the pairs of words of the thing whose existence is asked; none where another thing is asked."""
    return pairs_of(question, stems) if _EXISTS.search(question) else ()


def _words_of(text: str) -> list[frozenset[str]]:
    return [frozenset(content_stems(word)) for word in WORD.findall(text)]


def _close(pair: Pair, words: Sequence[frozenset[str]], apart: int) -> bool:
    first, second = ([i for i, present in enumerate(words) if meets(one, present)] for one in pair)
    return any(0 < abs(i - j) <= apart for i in first for j in second)
