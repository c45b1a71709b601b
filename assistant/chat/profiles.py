"""The pages behind a row or a column of the matrix: one country on every indicator, one indicator in every country."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.chat.answer import begins_inside, card_html, quote_link
from assistant.chat.html import kind_and_year, page_words, plural, safe
from assistant.chat.matrix import Shown, into, put_to
from assistant.countries import name_of
from assistant.evidence import NO_LEVEL, Cell, Indicator, Matrix, profile, silence_words, year_words
from assistant.model import Citation


class _Numbering:
    """Numbers the quotations of a page from 1 and collects their cards."""

    def __init__(self, place: str) -> None:
        self.place, self.cards = place, list[str]()

    def quote(self, citation: Citation, strength: str) -> str:
        """Return a quotation as a list item and remember its card."""
        number = len(self.cards) + 1
        c = replace(citation, number=number)
        self.cards.append(card_html(c, f"card-{self.place}-{number}", str(number), note=f"{strength} evidence"))
        link = quote_link(c, self.place, f"[{number}]")
        return (
            f"<li><blockquote>{begins_inside(c.quote)}{safe(c.quote)} {link}</blockquote>"
            f'<span class="where">{safe(c.title)}, {safe(kind_and_year(c.kind, c.year, digest=c.digest).lower())}, '
            f"{safe(page_words(c.page, c.label))} · {safe(strength)}</span></li>"
        )

    def wrapped(self, body: str) -> str:
        """Return the page with its cards, as the script takes them."""
        template = f'<template class="cards" data-sources="{len(self.cards)}">{"".join(self.cards)}</template>'
        return f'<div class="profile" data-turn="{self.place}">{body}{template}</div>'


def country_html(matrix: Matrix, country: str, shown: Shown) -> str:
    """Return the country profile: all domains, every indicator with its quotations or its silence."""
    numbering = _Numbering(f"country-{safe(country)}")
    name = name_of(country)
    cells = matrix.row(country)
    spoken = sum(bool(cell.quotes) for cell in cells)
    searched = max((cell.searched for cell in cells), default=0)
    parts = [
        f'<div class="matrix-bar"><h2 tabindex="-1">{safe(name)}</h2>{_back(shown)}</div>',
        f"<p>Evidence on {spoken} of {plural(len(cells), 'indicator')}, "
        f"from {plural(searched, 'document')} about {safe(name)}.</p>",
    ]
    for domain, pairs in profile(matrix, country):
        parts.append(f"<h3>{safe(domain.id)} · {safe(domain.name)}</h3>")
        silent = [i.name for i, cell in pairs if not cell.quotes]
        parts += [_block(i.name, cell, numbering, put_to(i, name)) for i, cell in pairs if cell.quotes]
        if silent:
            words = silence_words(next(cell for _, cell in pairs if not cell.quotes))
            parts.append(f'<p class="remark">{safe(words.capitalize())}: {safe("; ".join(silent))}.</p>')
    return numbering.wrapped("".join(parts) + f'<p class="fine">{safe(NO_LEVEL)}</p>')


def indicator_html(matrix: Matrix, indicator: Indicator, shown: Shown) -> str:
    """Return the indicator page: all countries on one indicator."""
    numbering = _Numbering(f"indicator-{safe(indicator.id)}")
    cells = matrix.column(indicator.id)
    spoken = [cell for cell in cells if cell.quotes]
    parts = [
        f'<div class="matrix-bar"><h2 tabindex="-1">{safe(indicator.name)}</h2>{_back(shown, indicator.domain)}'
        f"{_ask(put_to(indicator, 'all countries'))}</div>",
        f"<p>{safe(indicator.question)} Evidence in {len(spoken)} of {plural(len(cells), 'country', 'countries')}.</p>",
    ]
    parts += [
        _block(name_of(cell.country), cell, numbering, put_to(indicator, name_of(cell.country))) for cell in spoken
    ]
    for silence, words in (("nothing-found", "Documents searched, nothing found"), ("no-documents", "No documents")):
        silent = _names(cell for cell in cells if cell.silence == silence)
        if silent:
            parts.append(f'<p class="remark">{words}: {safe(silent)}.</p>')
    return numbering.wrapped("".join(parts) + f'<p class="fine">{safe(NO_LEVEL)}</p>')


def _names(cells: Iterable[Cell]) -> str:
    return ", ".join(name_of(cell.country) for cell in cells)


def _back(shown: Shown, domain: str = "") -> str:
    return into("Back to the table", f"/view/matrix/table?{shown.query(country='', domain=domain)}", "tool")


def _ask(question: str) -> str:
    return f'<button type="button" class="tool" data-ask="{safe(question)}">Ask in the chat</button>'


def _block(title: str, cell: Cell, numbering: _Numbering, question: str) -> str:
    differ = "".join(f'<p class="notice">{safe(year_words(cell, pair).capitalize())}</p>' for pair in cell.differing)
    items = "".join(numbering.quote(quote.citation, quote.strength) for quote in cell.quotes)
    return f"<section><h4>{safe(title)} {_ask(question)}</h4>{differ}<ul>{items}</ul></section>"
