"""The evidence matrix as HTML: the heat map, a cell's quotations for the evidence pane. Pure, everything escaped.

A square's colour says how many documents are quoted; the number in it and the pattern of an empty one say it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from assistant.chat.answer import card_html
from assistant.chat.html import KIND_PLURALS, plural, safe
from assistant.countries import name_of
from assistant.evidence import (
    NO_LEVEL,
    Cell,
    Coverage,
    Domain,
    Indicator,
    Matrix,
    coverage_of,
    silence_words,
    year_words,
)

EVERYTHING = "genomic medicine"
LEVELS = 4
"""Squares have so many shades: 1, 2, 3, and 4 or more documents."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the reader chose: a country or all, a domain opened to its indicators or none, and the filters."""

    country: str = ""
    domain: str = ""
    kind: str = ""
    first: str = ""
    last: str = ""

    def query(self, **other: str) -> str:
        """Return the address query of these choices, with some replaced."""
        values = {"country": self.country, "domain": self.domain, "kind": self.kind, "from": self.first,
                  "to": self.last, **other}  # fmt: skip
        return safe(urlencode({name: value for name, value in values.items() if value}))


def frame_html(countries: Sequence[str], kinds: Sequence[str], years: Sequence[int]) -> str:
    """Return the tab: what it is, its filters, and the place for the table."""
    options = "".join(f'<option value="{safe(c)}">{safe(name_of(c))}</option>' for c in countries)
    kind_options = "".join(f'<option value="{safe(k)}">{safe(KIND_PLURALS.get(k, k))}</option>' for k in kinds)
    year_options = "".join(f'<option value="{year}">{year}</option>' for year in years)
    return (
        '<div class="prose"><p>What the documents of each country say on the eight domains of the 1+MG Maturity Level '
        "Model. Choose a square to read the sentences and see their pages.</p></div>"
        '<div class="controls" data-controls="matrix-part" data-address="/view/matrix/table">'
        f'<label>Country <select name="country"><option value="">all</option>{options}</select></label>'
        f'<label>Kind of document <select name="kind"><option value="">all</option>{kind_options}</select></label>'
        f'<label>From year <select name="from"><option value="">any</option>{year_options}</select></label>'
        f'<label>To year <select name="to"><option value="">any</option>{year_options}</select></label></div>'
        '<div id="matrix-part" data-get="/view/matrix/table" data-once><p class="empty">Loading…</p></div>'
    )


def filling_html(done: int, total: int, shown: Shown) -> str:
    """Return what stands there while the matrix is filled; the script asks again."""
    part = f": {100 * done // total} %" if total else ""
    return (
        f'<p class="working" role="status" data-again="/view/matrix/table?{shown.query()}">'
        f"Reading the documents for every country and indicator{part}. "
        "The first time takes up to a minute; afterwards the table opens at once.</p>"
    )


def table_html(matrix: Matrix, shown: Shown, saves: str = "") -> str:
    """Return the heat map: countries by domains, or by the indicators of one domain."""
    countries = [c for c in matrix.countries if shown.country in ("", c)]
    domain = next((d for d in matrix.grid.domains if d.id == shown.domain), None)
    if domain:
        indicators = [i for i in matrix.grid.indicators if i.domain == domain.id]
        heads = "".join(_indicator_head(i, shown) for i in indicators)
        topic = _topic(domain.name)
        rows = "".join(
            _row(c, [_indicator_square(matrix.cell(c, i.id), i, shown) for i in indicators], shown, topic)
            for c in countries
        )
        title = f"Domain {safe(domain.id)}: {safe(domain.name)}, by indicator"
        back = into("All domains", f"/view/matrix/table?{shown.query(domain='')}", "tool")
    else:
        heads = "".join(_domain_head(d, shown) for d in matrix.grid.domains)
        rows = "".join(
            _row(
                c,
                [_domain_square(coverage_of(matrix.row(c, d.id), c), d, shown) for d in matrix.grid.domains],
                shown,
                EVERYTHING,
            )
            for c in countries
        )
        title, back = "All domains", ""
    return (
        f'<div class="matrix-bar"><h2 tabindex="-1">{title}</h2>{back}{saves}</div>{_legend()}'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{title}">'
        f'<table class="matrix"><caption class="visually-hidden">{title}. The number in a square is how many documents '
        f'are quoted.</caption><thead><tr><th scope="col">Country</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f'</div><p class="fine">{safe(NO_LEVEL)}</p>'
    )


def _legend() -> str:
    squares = "".join(
        f'<span class="square level-{n}" aria-hidden="true">{n}{"+" if n == LEVELS else ""}</span>'
        for n in range(1, LEVELS + 1)
    )
    return (
        f'<p class="legend">Documents quoted: {squares} <span class="square level-0" aria-hidden="true">–</span> '
        'searched, nothing found <span class="square level-none" aria-hidden="true">∅</span> no documents</p>'
    )


def into(text: str, address: str, style: str = "link", label: str = "") -> str:
    """Return a button that loads a part into the tab; `address` and `label` are already safe."""
    named = f' aria-label="{label}"' if label else ""
    return (
        f'<button type="button" class="{style}" data-into="matrix-part" data-address="{address}"{named}>'
        f"{safe(text)}</button>"
    )


def _domain_head(domain: Domain, shown: Shown) -> str:
    label = f"{safe(domain.name)}: open its indicators"
    button = into(domain.name, f"/view/matrix/table?{shown.query(domain=domain.id)}", "head", label)
    place = name_of(shown.country) if shown.country else "all countries"
    ask = asks(f"What is said on {_topic(domain.name)} in {place}?", domain.name)
    return f'<th scope="col">{button}{ask}</th>'


def _indicator_head(indicator: Indicator, shown: Shown) -> str:
    address = f"/view/matrix/indicator?{shown.query(indicator=indicator.id)}"
    button = into(indicator.name, address, "head", f"{safe(indicator.name)}: all countries")
    place = name_of(shown.country) if shown.country else "all countries"
    return f'<th scope="col">{button}{asks(put_to(indicator, place), indicator.name)}</th>'


def asks(question: str, about: str) -> str:
    """Return the small button that puts a row or a column to the chat."""
    return (
        f'<button type="button" class="asks" data-ask="{safe(question)}" title="{safe(question)}" '
        f'aria-label="{safe(f"Ask in the chat about {about}")}">ask</button>'
    )


def put_to(indicator: Indicator, place: str) -> str:
    """Return an indicator's question put to one country, or to all countries."""
    return f"{indicator.question.rstrip('? ')} in {place}?"


def _topic(name: str) -> str:
    return name[:1].lower() + name[1:]


def _row(country: str, squares: Iterable[str], shown: Shown, topic: str) -> str:
    name = into(name_of(country), f"/view/matrix/country?{shown.query(country=country, domain='')}", "head",
                 f"{safe(name_of(country))}: everything found")  # fmt: skip
    ask = asks(f"What is said on {topic} in {name_of(country)}?", name_of(country))
    return f'<tr><th scope="row">{name}{ask}</th>{"".join(squares)}</tr>'


def _square(level: str, text: str, label: str, address: str) -> str:
    return (
        f'<td><button type="button" class="square level-{level}" data-cell="/view/matrix/cell?{address}" '
        f'aria-label="{safe(label)}" title="{safe(label)}">{text}</button></td>'
    )


def _domain_square(found: Coverage, domain: Domain, shown: Shown) -> str:
    where = f"{name_of(found.country)}, {domain.name}"
    address = shown.query(country=found.country, domain=domain.id)
    if not found.searched:
        return _square("none", "∅", f"{where}: no documents", address)
    if not found.documents:
        label = f"{where}: nothing found in {plural(found.searched, 'document')}"
        return _square("0", "–", label, address)
    words = f"{plural(found.documents, 'document')} quoted, {found.answered} of {found.indicators} indicators"
    text = f"{found.documents}<small>{found.answered}/{found.indicators}</small>"
    return _square(str(min(found.documents, LEVELS)), text, f"{where}: {words}", address)


def _indicator_square(cell: Cell, indicator: Indicator, shown: Shown) -> str:
    where = f"{name_of(cell.country)}, {indicator.name}"
    address = shown.query(country=cell.country, domain="", indicator=indicator.id)
    if cell.silence:
        sign, level = ("∅", "none") if cell.silence == "no-documents" else ("–", "0")
        return _square(level, sign, f"{where}: {silence_words(cell)}", address)
    words = f"{where}: {plural(cell.documents, 'document')} quoted, {cell.strength} evidence"
    mark = "<small>differ</small>" if cell.differing else f"<small>{cell.strength}</small>"
    return _square(str(min(cell.documents, LEVELS)), f"{cell.documents}{mark}", words, address)


def cell_html(cells: Sequence[Cell], indicators: Mapping[str, Indicator], title: str) -> str:
    """Return the quotations of one or more cells as the evidence pane takes them, silences in between."""
    place = "cell-" + "-".join(dict.fromkeys(part for c in cells for part in (c.country, c.domain)))
    parts, number = [], 0
    for cell in cells:
        indicator = indicators[cell.indicator]
        silent = f": {safe(silence_words(cell))}" if cell.silence else ""
        parts.append(f'<li class="group"><strong>{safe(indicator.name)}</strong>{silent}</li>')
        parts += [f'<li class="group differ">{safe(year_words(cell, pair))}</li>' for pair in cell.differing]
        for quote in cell.quotes:
            number += 1
            citation = replace(quote.citation, number=number)
            parts.append(
                card_html(citation, f"card-{safe(place)}-{number}", str(number), note=f"{quote.strength} evidence")
            )
    return (
        f'<div data-turn="{safe(place)}" data-title="{safe(title)}">'
        f'<template class="cards" data-sources="{number}">{"".join(parts)}</template></div>'
    )
