"""The matrix as one self-contained web page: a table one can read without colour, every cell opens to its proof."""

from __future__ import annotations

from html import escape

from assistant.countries import name_of
from assistant.evidence import NO_LEVEL, Cell, Coverage, Indicator, Matrix, coverage, silence_words, year_words
from assistant.exporting.frame import Stamp, plain, sentence, source

_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem}
th,td{border:1px solid #8a96a3;padding:.3rem .5rem;text-align:left;vertical-align:top}
thead th{position:sticky;top:0;background:Canvas}
.d0{background:repeating-linear-gradient(45deg,transparent 0 6px,#8883 6px 7px)}
.d1{background:#cfe3f388}.d2{background:#9cc5e588}.d3{background:#5e9fd088}
blockquote{margin:.3rem 0;padding-left:.7rem;border-left:3px solid #5e9fd0}blockquote.partial{border-left-style:dashed}
cite{font-style:normal;font-size:.85rem;opacity:.85}.silent{opacity:.8}
summary{cursor:pointer;padding:.2rem 0}summary:focus-visible{outline:3px solid #5e9fd0}
"""


def to_html(matrix: Matrix, stamp: Stamp) -> bytes:
    """Return the page; nothing is loaded from elsewhere and all text of documents is escaped."""
    title = _safe(matrix.grid.title or "Evidence matrix")
    parts = [
        '<!doctype html><html lang="en"><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{title}</title><style>{_STYLE}</style><main><h1>{title}</h1>",
        f"<p><strong>{_safe(NO_LEVEL)}</strong></p><p>{_safe(stamp.line())}</p>",
        _heat_map(matrix),
    ]
    indicators = {i.id: i for i in matrix.grid.indicators}
    for country in matrix.countries:
        parts.append(f'<h2 id="{_safe(country)}">{_safe(name_of(country))}</h2>')
        for domain in matrix.grid.domains:
            cells = matrix.row(country, domain.id)
            found = sum(bool(cell.quotes) for cell in cells)
            head = f"{_safe(domain.id)} {_safe(domain.name)} — {found} of {len(cells)} with evidence"
            parts.append(f'<details id="{_safe(country)}-{_safe(domain.id)}"><summary>{head}</summary>')
            parts += [_cell(cell, indicators[cell.indicator], stamp) for cell in cells]
            parts.append("</details>")
    return "\n".join([*parts, "</main></html>\n"]).encode()


def _heat_map(matrix: Matrix) -> str:
    table = coverage(matrix)
    heads = "".join(f'<th scope="col">{_safe(d.id)} {_safe(d.name)}</th>' for d in matrix.grid.domains)
    body = []
    for country in matrix.countries:
        squares = "".join(_square(table[(country, d.id)], f"{country}-{d.id}") for d in matrix.grid.domains)
        name = f'<a href="#{_safe(country)}">{_safe(name_of(country))}</a>'
        body.append(f'<tr><th scope="row">{name}</th>{squares}</tr>')
    caption = "Indicators with evidence of all in the domain, and how many documents are quoted"
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="Coverage"><table><caption>{caption}</caption>'
        f'<thead><tr><th scope="col">Country</th>{heads}</tr></thead><tbody>{"".join(body)}</tbody></table></div>'
    )


def _square(found: Coverage, target: str) -> str:
    if not found.searched:
        return '<td class="d0">no documents</td>'
    text = f"{found.answered} of {found.indicators}"
    count = f"{found.documents} document{'' if found.documents == 1 else 's'}"
    return f'<td class="d{min(3, found.documents)}"><a href="#{_safe(target)}">{text}</a><br>{count}</td>'


def _cell(cell: Cell, indicator: Indicator, stamp: Stamp) -> str:
    head = f"<h3>{_safe(indicator.name)}</h3>"
    if not cell.quotes:
        return f'{head}<p class="silent">{_safe(sentence(silence_words(cell)))}.</p>'
    quotes = []
    for quote in cell.quotes:
        c, address = quote.citation, stamp.address(quote.citation.document)
        safe = address.startswith(("https://", "http://"))
        where = f'<a href="{_safe(address)}" rel="noreferrer">{_safe(source(c))}</a>' if safe else _safe(source(c))
        quotes.append(
            f'<blockquote class="{quote.strength}"><p>{_safe(c.quote)}</p><cite>{where} · {_safe(c.file)} · '
            f"{quote.strength}</cite></blockquote>"
        )
    notes = [f"<p><strong>{_safe(sentence(year_words(cell, pair)))}.</strong></p>" for pair in cell.differing]
    return head + "".join(quotes) + "".join(notes)


def _safe(text: str) -> str:
    return escape(plain(text), quote=True)
