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
    `version` is that of the reading code, `simply` are the pages read without their layout, `unreadable` those of
    which nothing could be read; `lost` is the share of the words another reader finds that are not in our text.
    `evidence` says in words by what a guessed country was told, the strongest first.
    """

    pages: int = 0
    without_text: tuple[int, ...] = ()
    recognised: tuple[int, ...] = ()
    tables: int = 0
    languages: tuple[tuple[str, float], ...] = ()
    boilerplate: float = 0.0
    letters: int = 0
    simply: tuple[int, ...] = ()
    unreadable: tuple[int, ...] = ()
    lost: float = 0.0
    version: int = 0
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """An error of our own while a page was read; it holds no text of the document.

    `page` counts from 1, 0 where the whole document is concerned; `error` is the sort of exception, `where` the places
    in the code, outermost first.
    """

    page: int
    error: str
    where: tuple[str, ...] = ()


NO_REPORT = ReadingReport()


_LISTS = ("without_text", "recognised", "simply", "unreadable", "evidence")


def report_from(values: Mapping[str, Any]) -> ReadingReport:
    """Return the report of its JSON form; fields that this version does not know are left out."""
    known = {name: value for name, value in values.items() if name in ReadingReport.__dataclass_fields__}
    languages = tuple((str(code), float(share)) for code, share in known.get("languages", ()))
    lists = {name: tuple(known.get(name, ())) for name in _LISTS}
    return ReadingReport(**{**known, **lists, "languages": languages})
