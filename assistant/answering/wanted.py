"""What a question asks for, as stems with their weights, and how much of it a set of stems covers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assistant.answering.asking import Asked, asked_of
from assistant.answering.either import alternatives, named_together
from assistant.answering.kinds import meets
from assistant.model import Expects
from assistant.words import WORD, answered_by, content_stems, expansion, in_plain_words, stem, subject

Idf = Callable[[str], float]
"""How rare a stem is in the library: its inverse document frequency."""
SYNONYM = 0.7
"""What a word used for another counts; the same for a word that only the sentence before has."""
RAREST = 4.0
"""No single word weighs more than this, so that one unusual word of the question cannot decide alone."""
NOTHING = Asked("none")
"""No kind of thing in particular."""
WEIGHING = frozenset(
    content_stems("main key special major biggest greatest chief important overall altogether itself themselves")
)
"""Words with which a question weighs or turns what it asks for, and which no answer repeats."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks for, as stems with their idf weights."""

    stems: tuple[str, ...]
    weights: tuple[float, ...]
    expects: Expects = "open"
    bound: float = 1.0
    asked: Asked = NOTHING
    question: str = ""
    either: tuple[tuple[str, ...], ...] = ()
    """Words of which one is enough."""
    total: float = field(init=False, compare=False, default=1.0)
    """The weight of all words together, of alternatives only the heaviest; never 0."""

    def __post_init__(self) -> None:
        weight = self.summed(dict(zip(self.stems, self.weights, strict=True)))
        object.__setattr__(self, "total", weight or 1.0)  # asked for with every sentence

    def summed(self, values: Mapping[str, float]) -> float:
        """Return the sum of values by stem, of each group of alternatives the highest only."""
        if not self.either:
            return sum(values.values())
        grouped = {stem for group in self.either for stem in group}
        alone = sum(value for stem, value in values.items() if stem not in grouped)
        return alone + sum(max(values.get(stem, 0.0) for stem in group) for group in self.either)


def wanted_of(
    topic: str, expects: Expects, idf: Idf, bound: float, drop: frozenset[str] = frozenset(), question: str = ""
) -> Wanted:
    """Return what to cover; `drop` are stems that the scope already guarantees (names of the country searched)."""
    topic, question = in_plain_words(topic), in_plain_words(question)
    stems = tuple(stem for stem in content_stems(topic) if stem not in drop)
    stems = tuple(stem for stem in stems if stem not in WEIGHING) or stems
    weights = tuple(min(RAREST, idf(stem)) for stem in stems)
    return Wanted(
        stems,
        weights,
        expects,
        max(bound, 1e-6),
        asked_of(question or topic, expects, stems, weights),
        question,
        alternatives(question or topic, stems),
    )


def covered(wanted: Wanted, present: frozenset[str], near: frozenset[str] = frozenset()) -> float:
    """Return the idf-weighted share of the wanted stems that are present.

    A word used for another counts 0.7 of it, and so does a word that only `near` holds; an abbreviation counts in full
    where all words of what it stands for are present.
    """
    found: dict[str, float] = {}
    for word, weight in zip(wanted.stems, wanted.weights, strict=True):
        long = expansion(word)
        if word in present or (long and present.issuperset(long)):
            found[word] = weight
        elif word in near or not present.isdisjoint(answered_by(word)):
            found[word] = SYNONYM * weight
    return min(1.0, wanted.summed(found) / wanted.total)


def has(word: str, present: frozenset[str]) -> bool:
    """Return whether a stem, a word used for it, or all words of what it stands for are present."""
    long = expansion(word)
    return meets(word, present) or bool(long and present.issuperset(long))


def lacking_subject(wanted: Wanted, around: frozenset[str]) -> str:
    """Return the stem of a subject that the question names and the evidence never does, '' where there is none.

    Of several that the question joins by "or" or "and" one is enough: that is an answer, or a part of one.
    """
    groups = (*wanted.either, *named_together(wanted.question, wanted.stems))
    spared = {word for group in groups if any(has(word, around) for word in group) for word in group}
    for word in wanted.stems:
        named, long = subject(word), expansion(word)
        if word not in spared and named and around.isdisjoint(named) and not (long and around.issuperset(long)):
            return word
    return ""


def unnamed_beside(wanted: Wanted, around: frozenset[str]) -> tuple[str, ...]:
    """Return the subjects, as the question writes them, that it joins by "and" to one the evidence names."""
    groups = named_together(wanted.question, wanted.stems)
    lacking = [
        word
        for group in groups
        if any(has(word, around) for word in group)
        for word in group
        if subject(word) and around.isdisjoint(subject(word))
    ]
    written = {stem(word): word for word in WORD.findall(wanted.question)}
    return tuple(dict.fromkeys(written[word] for word in lacking if word in written))
