"""A question as understood, once and for all: what understanding gives to every room below (standard library only).

Nobody below parses the question again. Each field is what was found in the words of the question, after what it lacks
was taken from the history.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Intent = Literal[
    "fact", "number", "date", "who", "yes-no", "why", "how", "list", "definition", "outline", "closest", "countries"
]
"""What kind of answer a question wants: one taxonomy.

`outline` wants the main points on a subject; `closest` asks for the best or largest of many, which documents do not
rank; `countries` asks which countries do a thing.
"""
Direction = Literal["above", "at-least", "below", "at-most"]


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit that a question sets: "more than 100,000 genomes", "later than 2018". `unit` is the word counted."""

    direction: Direction
    value: float
    unit: str = ""
    is_year: bool = False

    def holds(self, value: float) -> bool:
        """Return whether a value keeps to the limit."""
        return {
            "above": value > self.value,
            "at-least": value >= self.value,
            "below": value < self.value,
            "at-most": value <= self.value,
        }[self.direction]


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as understood. `countries` says where to look: None when no country was named.

    `text` is the whole question after what was taken from the history, `search_text` the words to search with.
    `names`, `numbers`, `years_named` and `identifiers` are what evidence must have: proper names and abbreviations,
    figures, years, and names with a number ("Article 13"), as written.
    """

    original: str
    text: str
    search_text: str
    countries: tuple[str, ...] | None = None
    places: tuple[str, ...] = ()
    """The countries as the question names them, institutions left out."""
    group: str = ""
    all_countries: bool = False
    compare: bool = False
    topic_countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] | None = None
    years: tuple[int, int] | None = None
    documents: tuple[str, ...] | None = None
    own: bool = False
    intent: Intent = "fact"
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    years_named: tuple[int, ...] = ()
    identifiers: tuple[str, ...] = ()
    bound: Bound | None = None
    denied: bool = False
    """Whether it asks for what is not so ("which countries have no strategy")."""
    corrections: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    taken: tuple[str, ...] = ()
    """The words that were taken from the history, as shown to the reader; () for a question that stands alone."""
    help: bool = False
    notices: tuple[str, ...] = ()
