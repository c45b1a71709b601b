"""What the library holds, as far as understanding a question needs it. Derived once, when needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.countries import fold, mentions
from assistant.model import Document
from assistant.words import content_words

Titles = Mapping[str, tuple[tuple[str, str, str], ...]]
"""First word of a title → (title in plain words, title, document id)."""


@dataclass(frozen=True)
class Known:
    """The library seen from a question; None or empty means unknown.

    `holds` says whether there is a passage about a country, `frequency` in how many passages a word occurs, `meanings`
    gives the long forms of an acronym that the library spells out; `multilingual` is whether the encoder is.
    """

    documents: tuple[Document, ...] = ()
    holds: Callable[[str], bool] | None = None
    frequency: Callable[[str], int] | None = None
    meanings: Callable[[str], tuple[str, ...]] | None = None
    multilingual: bool = False

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries that some document is about."""
        return frozenset(code for document in self.documents for code in document.countries)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of document there are."""
        return frozenset(document.kind for document in self.documents)

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages of the documents."""
        return frozenset(document.language for document in self.documents)

    @cached_property
    def authors(self) -> frozenset[str]:
        """The countries (ISO codes) and bodies that speak in the documents."""
        return frozenset(document.author for document in self.documents)

    @cached_property
    def titles(self) -> Titles:
        """The distinctive titles, whole and up to a colon or dash, by their first word."""
        table: dict[str, list[tuple[str, str, str]]] = {}
        for document in self.documents:
            for title in dict.fromkeys((*_parts(document.title), *_parts(document.original_title))):
                words = plain(title)
                if words:
                    table.setdefault(words.split()[0], []).append((words, title, document.id))
        return {word: tuple(rows) for word, rows in table.items()}


def plain(text: str) -> str:
    """Return the words of a text in lower case without accents and punctuation, one space between."""
    return " ".join(re.findall(r"[\w+]+", fold(text).lower()))


def _parts(title: str) -> list[str]:
    """Return the whole title and the part before a colon or dash: two content words, three beside a country's name."""
    parts = [title, *re.split(r"\s*[:–—]\s+|\s+-\s+", title)[:1]]
    return [p for p in dict.fromkeys(parts) if len(content_words(p)) >= (3 if _names_a_country(p) else 2)]


def _names_a_country(title: str) -> bool:
    return any(mention.strength != "institution" for mention in mentions(title))
