"""An answer on several countries as a table: a row for each country, one quotation a cell, its document beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.chat.html import digest_badge, kind_and_year, safe
from assistant.countries import name_of
from assistant.model import Citation, Statement

MANY = 3
"""From so many countries on, an answer is a table."""


def rows_of(shown: Sequence[Statement]) -> dict[str, list[Statement]]:
    """Return the statements on each country, both in the order of the answer; one on several stands in each."""
    rows: dict[str, list[Statement]] = {}
    for statement in shown:
        for country in (statement.country, *statement.others):
            if country:
                rows.setdefault(country, []).append(statement)
    return rows


def table_html(
    rows: Mapping[str, Sequence[Statement]], by_number: Mapping[int, Citation], quoted: Callable[[Statement], str]
) -> str:
    """Return the table; `quoted` makes a statement with its numbers. What a country has more is folded in its cell."""
    heads = "".join(
        f'<th scope="col"><button type="button" class="head" data-sort="{place}">{words}</button></th>'
        if sorts
        else f'<th scope="col">{words}</th>'
        for place, (words, sorts) in enumerate((("Country", True), ("What is said", False), ("Document, year", True)))
    )
    body = "".join(_row(country, statements, by_number, quoted) for country, statements in rows.items())
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="The answer by country">'
        f'<table class="grid compared"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(
    country: str, statements: Sequence[Statement], by_number: Mapping[int, Citation], quoted: Callable[[Statement], str]
) -> str:
    first, *more = statements
    folded = ""
    if more:
        inside = "".join(quoted(statement) for statement in more)
        folded = f"<details><summary>{len(more)} more</summary>{inside}</details>"
    cited = [by_number[n] for n in first.citations if n in by_number]
    name = name_of(country)
    year = (cited[-1].year if cited else None) or 0
    return (
        f'<tr data-country="{safe(country)}"><th scope="row" data-key="{safe(name)}">{safe(name)}</th>'
        f'<td>{quoted(first)}{folded}</td><td data-key="{year:04d}">{_document(cited[-1]) if cited else ""}</td></tr>'
    )


def _document(citation: Citation) -> str:
    about = str(citation.year or "") if citation.digest else kind_and_year(citation.kind, citation.year)
    badge = digest_badge(citation.originals, address=False) if citation.digest else ""
    return f"{safe(citation.title)} <small>{safe(about)}</small>{badge}"
