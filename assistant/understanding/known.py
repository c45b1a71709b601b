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
"""First two words of a title → (title in plain words, title, document id)."""


@dataclass(frozen=True)
class Known:
    """The library seen from a question; None or empty means unknown.

    `holds` says whether there is a passage about a country, `frequency` in how many passages a word occurs, `meanings`
    gives the long forms of an acronym that the library spells out.
    """

    documents: tuple[Document, ...] = ()
    holds: Callable[[str], bool] | None = None
    frequency: Callable[[str], int] | None = None
    meanings: Callable[[str], tuple[str, ...]] | None = None

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
        """The titles, whole and up to a colon or dash, by their first two words."""
        table: dict[str, list[tuple[str, str, str]]] = {}
        for document in self.documents:
            for title in dict.fromkeys((*_parts(document.title), *_parts(document.original_title))):
                words = plain(title)
                if " " in words:
                    table.setdefault(" ".join(words.split(" ", 2)[:2]), []).append((words, title, document.id))
        return {words: tuple(rows) for words, rows in table.items()}


def plain(text: str) -> str:
    """Return the words of a text in lower case without accents and punctuation, one space between."""
    return " ".join(re.findall(r"[\w+]+", fold(text).lower()))


def distinctive(title: str) -> bool:
    """Whether a title can be meant by its words: two that carry meaning, three beside a country's name."""
    named = any(mention.strength != "institution" for mention in mentions(title))
    return len(content_words(title)) >= (3 if named else 2)


def _parts(title: str) -> tuple[str, ...]:
    return (title, _TITLE_END.split(title, 1)[0]) if title else ()


_TITLE_END = re.compile(r"\s*[:–—]\s+|\s+-\s+")
