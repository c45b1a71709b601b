"""The evidence matrix as a value: what each country's documents say on each question of a grid, with proof or silence.

Made by `wiring` (`OpenDesk.matrix`), shown by the chat, written by the exports, checked by the evaluation. It never
holds a maturity level: countries assess themselves, the matrix shows what their documents say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from assistant.model import Citation, Fingerprint, Scope, content_key

Strength = Literal["direct", "partial"]
Silence = Literal["no-documents", "nothing-found"]
Progress = Callable[[int, int], None]
"""Told (cells done, cells in all)."""

NO_LEVEL = (
    "This matrix shows evidence and silence. It assigns no maturity level: countries assess themselves. "
    "Silence means that nothing was found in the documents searched, not that nothing exists."
)


@dataclass(frozen=True, slots=True)
class Domain:
    """A part of a grid."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One question of a grid. `terms` are what must stand in evidence (all words of at least one); () asks for none."""

    id: str
    domain: str
    name: str
    question: str
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """The questions, in order, under their domains."""

    title: str
    domains: tuple[Domain, ...]
    indicators: tuple[Indicator, ...]

    def fingerprint(self) -> str:
        """Return 16 hexadecimal digits over every word of the grid."""
        parts = [self.title]
        for domain in self.domains:
            parts += [domain.id, domain.name]
        for i in self.indicators:
            parts += [i.id, i.domain, i.name, i.question, *i.terms]
        return content_key(*parts)

    def only(self, domains: Iterable[str]) -> Grid:
        """Return the grid with these domains alone."""
        wanted = set(domains)
        return Grid(
            self.title,
            tuple(d for d in self.domains if d.id in wanted),
            tuple(i for i in self.indicators if i.domain in wanted),
        )


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in a cell: its checked citation (document, page, label, year, boxes) and how strongly it speaks."""

    citation: Citation
    strength: Strength


@dataclass(frozen=True, slots=True)
class Cell:
    """What one country's documents say on one indicator.

    Up to three quotes, best first, or a silence. `searched` counts the documents about the country that were looked
    at; `documents` those that are quoted. `differing` are pairs of places in `quotes` whose statements differ in
    number or in yes and no: sources that contradict each other, or the same fact at two dates. `key` depends on
    everything the cell was made from.
    """

    country: str
    indicator: str
    domain: str
    quotes: tuple[Quote, ...] = ()
    silence: Silence | None = None
    searched: int = 0
    differing: tuple[tuple[int, int], ...] = ()
    key: str = ""
    other_languages: int = 0
    """How many of the documents searched are not in English: the terms of a grid are in one language."""

    @property
    def documents(self) -> int:
        """How many documents are quoted."""
        return len({quote.citation.document for quote in self.quotes})

    @property
    def strength(self) -> Strength | None:
        """The strength of the best quote; None in silence."""
        return self.quotes[0].strength if self.quotes else None

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the quoted documents, ascending."""
        return tuple(sorted({q.citation.year for q in self.quotes if q.citation.year}))


@dataclass(frozen=True)
class Matrix:
    """The filled grid. Cells stand country by country in the order of `countries`, then in the order of the grid."""

    grid: Grid
    countries: tuple[str, ...]
    cells: tuple[Cell, ...]
    scope: Scope = field(default_factory=Scope)
    fingerprint: Fingerprint = field(default_factory=lambda: Fingerprint("", "", 0))
    reused: int = 0
    """How many cells came from an earlier run because nothing they depend on had changed."""

    @cached_property
    def _table(self) -> Mapping[tuple[str, str], Cell]:
        return {(cell.country, cell.indicator): cell for cell in self.cells}

    def cell(self, country: str, indicator: str) -> Cell:
        """Return one cell; raises KeyError."""
        return self._table[(country, indicator)]

    def row(self, country: str, domain: str | None = None) -> tuple[Cell, ...]:
        """Return the cells of one country (a country profile), in the order of the grid."""
        return tuple(c for c in self.cells if c.country == country and domain in (None, c.domain))

    def column(self, indicator: str) -> tuple[Cell, ...]:
        """Return the cells of one indicator (an indicator page), in the order of the countries."""
        return tuple(c for c in self.cells if c.indicator == indicator)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much one country's documents say on one domain (or one indicator): the colour of a square of the heat map."""

    country: str
    documents: int
    """Different documents quoted."""
    answered: int
    """Indicators with at least one quote."""
    direct: int
    """Indicators with a direct quote."""
    indicators: int
    searched: int


def coverage_of(cells: Iterable[Cell], country: str) -> Coverage:
    """Return the coverage of one country over the given cells of it."""
    own = [cell for cell in cells if cell.country == country]
    return Coverage(
        country=country,
        documents=len({quote.citation.document for cell in own for quote in cell.quotes}),
        answered=sum(bool(cell.quotes) for cell in own),
        direct=sum(cell.strength == "direct" for cell in own),
        indicators=len(own),
        searched=max((cell.searched for cell in own), default=0),
    )


def coverage(matrix: Matrix) -> dict[tuple[str, str], Coverage]:
    """Return the heat map: (country, domain id) → coverage, countries and domains in their order."""
    return {
        (country, domain.id): coverage_of(matrix.row(country, domain.id), country)
        for country in matrix.countries
        for domain in matrix.grid.domains
    }


def profile(matrix: Matrix, country: str) -> tuple[tuple[Domain, tuple[tuple[Indicator, Cell], ...]], ...]:
    """Return a country profile: every domain with its indicators and their cells."""
    return tuple(
        (
            domain,
            tuple((i, matrix.cell(country, i.id)) for i in matrix.grid.indicators if i.domain == domain.id),
        )
        for domain in matrix.grid.domains
    )


def changes(before: Matrix, after: Matrix) -> list[tuple[Cell | None, Cell | None]]:
    """Return the cells whose quotes, silence or differing sources are not the same, as (before, after); None: absent.

    How many documents were searched is no change by itself.
    """
    places = dict.fromkeys([(c.country, c.indicator) for m in (after, before) for c in m.cells])
    found = []
    for place in places:
        old, new = before._table.get(place), after._table.get(place)
        if _said(old) != _said(new):
            found.append((old, new))
    return found


def _said(cell: Cell | None) -> object:
    if cell is None:
        return None
    quotes = [
        (q.citation.document, q.citation.page, q.citation.quote, q.citation.year, q.strength) for q in cell.quotes
    ]
    return quotes, cell.silence


def silence_words(cell: Cell) -> str:
    """Return the silence of a cell in words, with what was searched; '' where the cell speaks."""
    if cell.silence == "no-documents":
        return "no documents"
    if cell.silence == "nothing-found":
        other = f" ({cell.other_languages} of them not in English)" if cell.other_languages else ""
        return f"nothing found in {cell.searched} document{'' if cell.searched == 1 else 's'}{other}"
    return ""


def year_words(cell: Cell, pair: tuple[int, int]) -> str:
    """Return who differs, with years: "sources differ: A (2022), B (2026)"."""
    names = [cell.quotes[place].citation for place in pair]
    return "sources differ: " + ", ".join(f"{c.title} ({c.year or 'no year'})" for c in names)
