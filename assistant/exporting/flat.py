"""The matrix as rows: CSV and JSON, one row or object for each quotation and each silence."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from assistant.countries import name_of
from assistant.evidence import NO_LEVEL, Cell, Indicator, Matrix, Quote, silence_words
from assistant.exporting.frame import Stamp, neutral

COLUMNS = (
    "country", "code", "domain", "indicator", "indicator name", "strength", "quote", "document", "year", "page",
    "printed page", "file", "address", "differs from", "silence", "documents searched",
)  # fmt: skip
NOT_ASSIGNED = "not assigned"


def rows(matrix: Matrix, stamp: Stamp) -> Iterator[dict[str, str | int]]:
    """Yield a row for each quotation and each silent cell, in the order of the matrix; texts are as they are."""
    indicators = {i.id: i for i in matrix.grid.indicators}
    for cell in matrix.cells:
        if not cell.quotes:
            yield _row(cell, indicators[cell.indicator], None, stamp, "")
        for place, quote in enumerate(cell.quotes):
            yield _row(cell, indicators[cell.indicator], quote, stamp, differs_from(cell, place))


def differs_from(cell: Cell, place: int) -> str:
    """Return the sources whose statement differs from that of the quote at `place`, with years; '' when none does."""
    others = [b if a == place else a for a, b in cell.differing if place in (a, b)]
    named = [cell.quotes[other].citation for other in others]
    return "; ".join(f"{c.title} ({c.year or 'no year'})" for c in named)


def _row(cell: Cell, indicator: Indicator, quote: Quote | None, stamp: Stamp, differs: str) -> dict[str, str | int]:
    base: dict[str, str | int] = dict.fromkeys(COLUMNS, "")
    base.update({
        "country": name_of(cell.country), "code": cell.country, "domain": cell.domain, "indicator": cell.indicator,
        "indicator name": indicator.name, "silence": silence_words(cell), "documents searched": cell.searched,
    })  # fmt: skip
    if quote is not None:
        c = quote.citation
        base.update({
            "strength": quote.strength, "quote": c.quote, "document": c.title, "year": c.year or "", "page": c.page,
            "printed page": c.label, "file": c.file, "address": stamp.address(c.document), "differs from": differs,
        })  # fmt: skip
    return base


def to_csv(matrix: Matrix, stamp: Stamp) -> bytes:
    """Return CSV (UTF-8 with its mark, as office programs expect), formulas neutralised, the stamp in each row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*COLUMNS, "maturity level", "exported", "library revision", "settings"])
    f = stamp.made_of
    tail = [NOT_ASSIGNED, stamp.day.isoformat(), f.revision, f.settings]
    for row in rows(matrix, stamp):
        writer.writerow([*(neutral(v) if isinstance(v, str) else v for v in row.values()), *tail])
    return out.getvalue().encode("utf-8-sig")


def to_data(matrix: Matrix, stamp: Stamp) -> dict[str, Any]:
    """Return the matrix as plain data: `cells` and `library` as scripts rely on them, then grid and note."""
    f = stamp.made_of
    return {
        "cells": [_cell(cell, stamp) for cell in matrix.cells],
        "library": {
            "revision": f.revision, "settings": f.settings, "encoder": f.encoder,
            "documents": len(stamp.documents), "exported": stamp.day.isoformat(),
        },
        "grid": {
            "title": matrix.grid.title,
            "domains": [{"id": d.id, "name": d.name} for d in matrix.grid.domains],
            "indicators": [
                {"id": i.id, "domain": i.domain, "name": i.name, "question": i.question}
                for i in matrix.grid.indicators
            ],
        },
        "note": NO_LEVEL,
    }  # fmt: skip


def _cell(cell: Cell, stamp: Stamp) -> dict[str, Any]:
    quotes = [
        {
            "text": q.citation.quote, "document": q.citation.document, "file": q.citation.file,
            "page": q.citation.page, "label": q.citation.label, "year": q.citation.year, "strength": q.strength,
            "title": q.citation.title, "address": stamp.address(q.citation.document),
        }
        for q in cell.quotes
    ]  # fmt: skip
    return {
        "country": cell.country, "indicator": cell.indicator, "domain": cell.domain, "quotes": quotes,
        "silence": cell.silence, "searched": cell.searched, "differing": [list(pair) for pair in cell.differing],
        "other_languages": cell.other_languages,
    }  # fmt: skip


def to_json(matrix: Matrix, stamp: Stamp) -> bytes:
    """Return `to_data` as JSON."""
    return (json.dumps(to_data(matrix, stamp), ensure_ascii=False, indent=1) + "\n").encode()
