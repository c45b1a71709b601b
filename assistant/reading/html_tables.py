"""Tables of HTML inside Markdown, written as Markdown's own tables, so that they are read like those."""

from __future__ import annotations

import re

_TABLE = re.compile(r"<table(?:\s[^<>]*)?>(?:(?!<table[\s>]).)*?</table\s*>", re.DOTALL | re.IGNORECASE)


def tables_in(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, the same table in Markdown) of the tables of HTML in a text; those of one column stay."""
    if "<table" not in text.lower():
        return []
    found = ((match.start(), match.end(), _as_markdown(match[0])) for match in _TABLE.finditer(text))
    return [(start, end, table) for start, end, table in found if table]


def _as_markdown(source: str) -> str:
    from lxml import html

    from assistant.reading.spans import laid_out
    from assistant.reading.web import take_out_hidden
    from assistant.reading.web_blocks import cell_of, cells_of
    from assistant.reading.web_text import Words

    tree = html.fragment_fromstring(source, create_parent="div")
    take_out_hidden(tree)
    table = next(tree.iter("table"), None)
    if table is None:
        return ""
    words = Words()
    laid = laid_out([[cell_of(cell, words) for cell in row] for row in cells_of(table)])
    width = max((len(row) for row in laid.rows), default=0)
    if width < 2:
        return ""
    heads = laid.heads or ("",) * width
    lines = [_line(heads), "|" + " --- |" * width, *(_line(row) for row in laid.rows)]
    above = [words.line(caption) for caption in table.iter("caption")] + list(laid.titles)
    return "\n\n" + "\n\n".join([*above, "\n".join(lines)]) + "\n\n"


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
