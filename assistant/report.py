"""The reading report of a document: a value that is stored with it and shown beside it (standard library only)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """What was made of a document's file. Page numbers count from 1, shares go from 0 to 1.

    `recognised` are the pages read by OCR; `languages` are (code, share of letters), the largest first; `boilerplate`
    is the share of letters in running heads, contents and reference lists, which are never offered as answers.
    """

    pages: int = 0
    without_text: tuple[int, ...] = ()
    recognised: tuple[int, ...] = ()
    tables: int = 0
    languages: tuple[tuple[str, float], ...] = ()
    boilerplate: float = 0.0
    letters: int = 0


NO_REPORT = ReadingReport()


def report_from(values: Mapping[str, Any]) -> ReadingReport:
    """Return the report of its JSON form; fields that this version does not know are left out."""
    known = {name: value for name, value in values.items() if name in ReadingReport.__dataclass_fields__}
    languages = tuple((str(code), float(share)) for code, share in known.get("languages", ()))
    lists = {name: tuple(known.get(name, ())) for name in ("without_text", "recognised")}
    return ReadingReport(**{**known, **lists, "languages": languages})
