"""Tables as text (.csv) through the standard library: one page of rows, each under its heads."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.model import Reading
from assistant.reading.builder import Builder, fold
from assistant.reading.letters import decoded
from assistant.reading.sheet_tables import Row, add_tables
from assistant.reading.spans import MOST_COLUMNS, MOST_ROWS, Cell

_MARKS = ",;\t|"


def read_csv(path: Path) -> Reading:
    """Return the reading of a file of separated values; raises UnreadableDocument."""
    found = decoded(path.read_bytes(), path.name)
    text = found.text
    warnings = list(found.warnings)
    mark = _mark(text)
    rows: list[Row] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            rows.append([Cell(fold(cell)) for cell in row[:MOST_COLUMNS]])
            if len(rows) >= MOST_ROWS:
                warnings.append(f"only the first {MOST_ROWS:,} rows are read")
                break
    except csv.Error as problem:
        raise UnreadableDocument(path.name, f"it is no table of separated values ({problem})") from problem
    builder = Builder()
    add_tables(builder, rows)
    pages = builder.pages()
    if not pages:
        raise UnreadableDocument(path.name, "the file is empty")
    return Reading(pages, warnings=tuple(warnings))


def _mark(text: str) -> str:
    """Return what parts the cells: the mark that most lines have equally often, the comma before others."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]

    def alike(mark: str) -> tuple[int, int]:
        counts = [sum(1 for _ in next(csv.reader([line], delimiter=mark), [])) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        return (counts.count(usual), usual) if usual > 1 else (0, 0)

    return max(_MARKS, key=lambda mark: (alike(mark), -_MARKS.index(mark)))
