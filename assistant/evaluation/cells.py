"""How right the evidence matrix is: gold cells, their check against the pages, the measures and the report.

A cell is right when a quotation stands on a page the gold names, or when it is silent where silence is true. A
quotation is false evidence when it does not speak to the indicator or is about another country: it holds none of the
anchors of its cell and no reader judged it to speak. What nobody judged counts as false, and so does every quotation in
a cell whose silence is true.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.countries import name_of
from assistant.errors import QuestionError
from assistant.evidence import Cell, Matrix, silence_words
from assistant.model import Citation

Fold = Callable[[str], str]
SPLITS: Mapping[str, str] = {
    "development": "half of the cells of 16 countries, by hash; terms and rule were set on these",
    "test": "the other half of the same countries; the terms' author had read these documents",
    "unseen-1": "six countries read after the terms were written; figures after a second pass of the terms on them",
    "unseen-2": "five countries read last; nothing was changed after their output was seen",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where evidence stands: document, acceptable physical pages, words that stand there."""

    document: str
    pages: tuple[int, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class GoldCell:
    """One hand-checked cell: its evidence, or true silence. `split` is one of `SPLITS`."""

    country: str
    indicator: str
    domain: str
    silent: bool
    split: str
    evidence: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """One cell beside its gold: whether it is right, and for each quotation (on a named page, speaks, was judged)."""

    gold: GoldCell
    cell: Cell
    right: bool
    quotes: tuple[tuple[bool, bool, bool], ...] = ()


@dataclass(frozen=True)
class Judgements:
    """What a reader said of quotations outside the gold: (country, indicator, document, page) → (anchor, speaks)."""

    entries: Mapping[tuple[str, str, str, int], Sequence[tuple[str, bool]]] = field(default_factory=dict)

    def of(self, cell: Cell, citation: Citation, fold: Fold) -> bool | None:
        """Return whether a quotation was judged to speak; None when nobody judged it."""
        quote = fold(citation.quote).lower()
        for anchor, speaks in self.entries.get((cell.country, cell.indicator, citation.document, citation.page), ()):
            if fold(anchor).lower() in quote:
                return speaks
        return None


def load_cells(file: Path) -> list[GoldCell]:
    """Return the gold cells of a file; raises QuestionError naming the line."""
    return [_cell(data, file, number) for number, data in _lines(file)]


def load_judgements(file: Path) -> Judgements:
    """Return what was judged by hand; none when there is no file. Raises QuestionError naming the line."""
    entries: dict[tuple[str, str, str, int], list[tuple[str, bool]]] = {}
    for number, data in _lines(file) if file.exists() else ():
        try:
            place = (data["country"], data["indicator"], data["document"], int(data["page"]))
            entries.setdefault(place, []).append((str(data["anchor"]), bool(data["speaks"])))
        except (KeyError, TypeError, ValueError) as problem:
            raise QuestionError(f"{file.name} line {number}: {type(problem).__name__} {problem}") from problem
    return Judgements(entries)


def _lines(file: Path) -> Iterable[tuple[int, dict[str, Any]]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        raise QuestionError(f"gold file {file}: {problem.strerror or problem}") from problem
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as problem:
                raise QuestionError(f"{file.name} line {number}: {problem}") from problem


def _cell(data: dict[str, Any], file: Path, number: int) -> GoldCell:
    try:
        country, indicator = str(data["country"]), str(data["indicator"])
        places = tuple(
            Place(str(e["document"]), tuple(int(p) for p in e["pages"]), str(e["anchor"])) for e in data["evidence"]
        )
        split = str(data["set"]) if data["set"] != "main" else split_of(country, indicator)
        return GoldCell(country, indicator, str(data["domain"]), bool(data["silent"]), split, places)
    except (KeyError, TypeError, ValueError) as problem:
        raise QuestionError(f"{file.name} line {number}: {type(problem).__name__} {problem}") from problem


def split_of(country: str, indicator: str) -> str:
    """Return test for half of the cells, by the hash of country and indicator; else development."""
    digest = hashlib.sha256(f"{country} {indicator}".encode()).hexdigest()
    return "test" if int(digest, 16) % 2 else "development"


def check_cells(
    cells: Sequence[GoldCell], known: Iterable[str], page_text: Callable[[str, int], str | None], fold: Fold
) -> list[str]:
    """Return what is wrong: unknown indicators, double cells, silence with evidence, anchors not on their pages."""
    problems: list[str] = []
    indicators, seen = set(known), set()
    for cell in cells:
        name = f"{cell.country} {cell.indicator}"
        if cell.indicator not in indicators:
            problems.append(f"{name}: no such indicator")
        if name in seen:
            problems.append(f"{name}: the cell stands twice")
        seen.add(name)
        if cell.silent == bool(cell.evidence):
            problems.append(f"{name}: a silent cell has no evidence, another has some")
        for place in cell.evidence:
            texts = [page_text(place.document, page) for page in place.pages]
            if not texts or not all(text and fold(place.anchor).lower() in fold(text).lower() for text in texts):
                problems.append(f"{name}: {place.anchor!r} does not stand on {place.document} {place.pages}")
    return problems


def judge(matrix: Matrix, gold: Sequence[GoldCell], judgements: Judgements, fold: Fold) -> list[Judged]:
    """Return every gold cell with its verdict, in the order of the gold."""
    return [_judged(matrix.cell(g.country, g.indicator), g, judgements, fold) for g in gold]


def _judged(cell: Cell, gold: GoldCell, judgements: Judgements, fold: Fold) -> Judged:
    quotes = []
    for quote in cell.quotes:
        c = quote.citation
        on_page = any(c.document == e.document and c.page in e.pages for e in gold.evidence)
        text = fold(c.quote).lower()
        anchored = any(c.document == e.document and fold(e.anchor).lower() in text for e in gold.evidence)
        said = judgements.of(cell, c, fold)
        quotes.append((on_page, anchored or (bool(said) and not gold.silent), anchored or said is not None))
    right = not quotes if gold.silent else any(on_page for on_page, _, _ in quotes)
    return Judged(gold, cell, right, tuple(quotes))


def figures(rows: Sequence[Judged]) -> dict[str, float]:
    """Return the measures of some cells; shares from 0 to 1."""
    loud, silent = [r for r in rows if not r.gold.silent], [r for r in rows if r.gold.silent]
    quotes = [quote for r in rows for quote in r.quotes]
    return {
        "cells": len(rows),
        "cell right": _share([r.right for r in rows]),
        "evidence found": _share([r.right for r in loud]),
        "silence kept": _share([r.right for r in silent]),
        "quotes": len(quotes),
        "false evidence": _share([not speaks for _, speaks, _ in quotes]),
        "off the named pages": _share([not on_page for on_page, _, _ in quotes]),
        "not judged": sum(not judged for r in loud for _, _, judged in r.quotes),
    }


def _share(values: Sequence[bool]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0


def worst(rows: Sequence[Judged], limit: int = 10) -> list[Judged]:
    """Return the worst cells: wrong ones first, then those with most false quotations; unseen before development."""
    order = list(SPLITS)[::-1]
    ranked = sorted(rows, key=lambda r: (r.right, -_false(r), order.index(r.gold.split)))
    return [r for r in ranked if not r.right or _false(r)][:limit]


def _false(row: Judged) -> int:
    return sum(not speaks for _, speaks, _ in row.quotes)


def to_markdown(rows: Sequence[Judged], names: Mapping[str, str], names_of: Mapping[str, str], clean: Fold) -> str:
    """Return the report; `names` are fingerprints and the like, `names_of` the indicators by id, `clean` escapes."""
    columns = {split: figures([r for r in rows if r.gold.split == split]) for split in SPLITS}
    columns = {"all": figures(rows), **{s: f for s, f in columns.items() if f["cells"]}}
    lines = ["# The evidence matrix, measured", "", " · ".join(f"{k} {v}" for k, v in names.items()), ""]
    lines += [f"- *{split}*: {words}" for split, words in SPLITS.items()]
    lines += ["", "| measure | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name in columns["all"]:
        lines.append(f"| {name} | " + " | ".join(f"{f[name]:g}" for f in columns.values()) + " |")
    lines += ["", "| domain | cells | cell right | false evidence |", "|---|---|---|---|"]
    for domain in dict.fromkeys(r.gold.domain for r in sorted(rows, key=lambda r: r.gold.indicator)):
        f = figures([r for r in rows if r.gold.domain == domain])
        lines.append(f"| {domain} | {f['cells']:g} | {f['cell right']:g} | {f['false evidence']:g} |")
    lines += ["", "## The ten worst cells", ""]
    for r in worst(rows):
        lines += _described(r, names_of, clean)
    return "\n".join(lines) + "\n"


def _described(row: Judged, names_of: Mapping[str, str], clean: Fold) -> list[str]:
    wanted = "silence" if row.gold.silent else " / ".join(dict.fromkeys(e.anchor for e in row.gold.evidence[:3]))
    head = f"{name_of(row.cell.country)} · {names_of[row.cell.indicator]} ({row.gold.split})"
    lines = [f"- **{clean(head)}** — wanted: {clean(wanted)}"]
    if not row.cell.quotes:
        lines.append(f"  - came: {silence_words(row.cell)}")
    for quote, (_, speaks, _) in zip(row.cell.quotes, row.quotes, strict=True):
        c = quote.citation
        lines.append(f"  - came{'' if speaks else ' (false)'}: “{clean(c.quote[:160])}” {c.document}, page {c.page}")
    return lines
