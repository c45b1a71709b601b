"""Which sentences of the cited passages a statement rests on: the best one, then those that add what it lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.countries import countries_in
from assistant.generating.facts import Number, agree, names, numbers, opening_word
from assistant.generating.polarity import instructs
from assistant.model import Hit
from assistant.words import content_stems, synonyms

Idf = Callable[[str], float]
MOST, MOST_LISTED = 3, 8
"""Slices a statement may rest on: running sentences, and points of a list or rows of a table."""
LISTED = ("bullet", "row")
LEANS = re.compile(r"^\W*(?:this|these|it|they|he|she|such|its|their|that|those|both|there|the \w+)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Slice:
    """A sentence of a passage with its lead-in: what it says, and where it stands on its page."""

    hit: Hit
    start: int
    end: int
    text: str
    listed: bool = False
    """Whether it is a point of a list or a row of a table."""

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words."""
        return frozenset(content_stems(self.text))

    @cached_property
    def frame(self) -> str:
        """What stands around it and says whom and what it is about: title, publisher, headings."""
        document = self.hit.document
        return ". ".join((*self.hit.passage.headings, document.title, document.publisher))


def slices_of(hit: Hit) -> list[Slice]:
    """Return the sentences of a passage; those that address a language model are none."""
    passage = hit.passage
    found = []
    for sentence in passage.sentences:
        text = passage.text[sentence.start - passage.start : sentence.end - passage.start]
        if sentence.lead and passage.start <= sentence.lead[0] and sentence.lead[1] <= passage.end:
            text = f"{passage.text[sentence.lead[0] - passage.start : sentence.lead[1] - passage.start]} {text}"
        if not instructs(text):
            found.append(
                Slice(hit, sentence.start, sentence.end, re.sub(r"\s+", " ", text).strip(), sentence.kind in LISTED)
            )
    return found


@dataclass(frozen=True)
class Claim:
    """A statement taken apart."""

    text: str
    idf: Idf

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of its words, countries left out: they are checked by themselves."""
        named = frozenset(s for m in _country_words(self.text) for s in content_stems(m))
        return tuple(s for s in content_stems(self.text) if s not in named and not s.isdigit())

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Its numbers."""
        return numbers(self.text)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The words of its proper names."""
        return tuple(dict.fromkeys(word for _, word in names(self.text)))

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """The countries it names."""
        return countries_in(self.text)

    def weight(self, word: str) -> float:
        """Return how much a word counts: rare ones more, within bounds."""
        return min(5.0, max(0.5, self.idf(word)))


def _country_words(text: str) -> list[str]:
    from assistant.countries import mentions

    return [m.surface for m in mentions(text) if m.strength != "institution"]


def meets(word: str, present: frozenset[str]) -> float:
    """Return 1 where a stem is present, 0.8 where a synonym or a kindred form of it is, else 0."""
    if word in present:
        return 1.0
    if not synonyms(word).isdisjoint(present):
        return 0.8
    if len(word) >= 6 and any(len(other) >= 5 and (other[:6] == word[:6] or word[:5] == other) for other in present):
        return 0.8
    return 0.0


def coverage(claim: Claim, present: frozenset[str]) -> float:
    """Return the weighted share, from 0 to 1, of the claim's words that are present; 1 where it has none."""
    total = sum(claim.weight(s) for s in claim.stems)
    return sum(claim.weight(s) * meets(s, present) for s in claim.stems) / total if total else 1.0


def lacking_numbers(claim: Claim, text: str) -> list[Number]:
    """Return the numbers of the claim that the text does not have, kind and bound included."""
    there = numbers(text)
    return [n for n in claim.numbers if not any(agree(n, m) for m in there)]


def lacking_names(claim: Claim, text: str) -> list[str]:
    """Return the name words of the claim that the text does not have."""
    lowered = {w.lower() for w in re.findall(r"[\w’'+&-]+", text)}
    parts = lowered | {p for w in lowered for p in re.split(r"[-’'/]", w)}
    parts |= {p.removesuffix("s") for p in parts} | {p.removesuffix("'s") for p in parts}
    return [n for n in claim.names if not _stands(n, text, parts) and not _initials(n, text)]


def _stands(name: str, text: str, words: set[str]) -> bool:
    lowered = name.lower()
    return lowered in words or lowered.removesuffix("s") in words or ("." in name and lowered in text.lower())


def _initials(name: str, text: str) -> bool:
    """Return whether a short form stands for words of the text ("DPA": data protection authority)."""
    if not (name.isupper() and 3 <= len(name) <= 6):
        return False
    letters = "".join(w[0] for w in re.findall(r"[^\W\d_]+", text) if w.lower() not in ("of", "the", "and", "for"))
    return name.lower() in letters.lower()


def support(claim: Claim, pool: Sequence[Slice]) -> list[Slice]:
    """Return up to three slices (eight of a list), best first: what covers most, then what adds what it lacks.

    A further slice has to bring more than a bare number or name: two words of the claim as well, or it stands right
    before a sentence that points back to it. Otherwise any figure of a passage would do for any statement.
    """
    if not pool:
        return []
    chosen = [max(pool, key=lambda s: _gain(claim, s, []))]
    while len(chosen) < (MOST_LISTED if all(s.listed for s in chosen[1:]) else MOST):
        rest = [s for s in pool if s not in chosen]
        best = max(rest, key=lambda s: _gain(claim, s, chosen), default=None)
        if best is None or not _adds(claim, best, chosen):
            break
        chosen.append(best)
    return chosen


def _gain(claim: Claim, one: Slice, chosen: Sequence[Slice]) -> float:
    present = frozenset().union(*(s.stems for s in chosen)) if chosen else frozenset()
    before = coverage(claim, present) if chosen else 0.0
    text = " ".join(s.text for s in chosen)
    joined = f"{text} {one.text}"
    facts = len(lacking_numbers(claim, text)) + len(lacking_names(claim, text))
    left = len(lacking_numbers(claim, joined)) + len(lacking_names(claim, joined))
    return coverage(claim, present | one.stems) - before + 0.12 * (facts - left)


def _adds(claim: Claim, one: Slice, chosen: Sequence[Slice]) -> bool:
    present = frozenset().union(*(s.stems for s in chosen))
    new = [s for s in claim.stems if meets(s, one.stems) > meets(s, present)]
    leads = any(_right_before(one, s) and LEANS.match(s.text) for s in chosen)
    return len(new) >= (1 if one.listed else 2) or (leads and _gain(claim, one, chosen) > 0)


def _right_before(one: Slice, other: Slice) -> bool:
    return one.hit.passage.key == other.hit.passage.key and 0 <= other.start - one.end <= 3


_PLAIN_ENDING = re.compile(r"(?:s|ing|ion|ment|ity|ance|ence|ness|ly|th|ship|ure|ism|ed)$")
_AFTER_A_NAME = re.compile(
    r"\s*(?:,|['’]s\b|\s(?:is|was|has|had|will|did|does|can|may|\w+ed|\w+s|runs|gave|set|led)\b)"
)


def opening_name(text: str, present: frozenset[str]) -> str:
    """Return the first word of a statement where it reads as a name that the source does not have, else ''.

    A capital says nothing at the beginning of a sentence; a comma, a possessive or a verb right behind it does.
    """
    word = opening_word(text)
    if not word or any(meets(s, present) for s in content_stems(word)):
        return ""
    rest = text[text.index(word) + len(word) :]
    return word if not _PLAIN_ENDING.search(word.lower()) and _AFTER_A_NAME.match(rest) else ""
