"""How much of what a question says a text says too: the idf-weighted share of its content words, by stem."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.words import bag, content_stems

Idf = Callable[[str], float]
"""How rare a stem is in the library: its inverse document frequency."""
RAREST = 4.0
COMMONEST = 1.0
"""No word weighs more than the first, so that one unusual word of the question cannot decide alone; none less than the
second: in a library of a few passages the words of the subject stand everywhere."""


@dataclass(frozen=True, slots=True)
class Words:
    """The content words of a question as stems with their weights; those the scope guarantees are left out."""

    stems: tuple[str, ...]
    weights: tuple[float, ...]

    @property
    def total(self) -> float:
        """The weight of all words together; never 0."""
        return sum(self.weights) or 1.0


def words_of(question: str, idf: Idf, drop: frozenset[str] = frozenset()) -> Words:
    """Return the words of a question; `drop` are stems that the scope already guarantees."""
    stems = tuple(stem for stem in content_stems(question) if stem not in drop)
    return Words(stems, tuple(max(COMMONEST, min(RAREST, idf(stem))) for stem in stems))


def covered(words: Words, text: str) -> float:
    """Return the share, from 0 to 1, of the weight of the question's words that a text has."""
    present = bag(text)
    return sum(w for s, w in zip(words.stems, words.weights, strict=True) if s in present) / words.total
