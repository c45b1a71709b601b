"""`assistant matrix`: the evidence matrix in a terminal or a file, and what changed since a revision."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.commands import application
from assistant.cli.files import write_file
from assistant.cli.options import (
    CorpusOption,
    CountryOption,
    IndexOption,
    KindOption,
    SettingsOption,
    YearOption,
    scope_from,
    settings_of,
)
from assistant.cli.show import console, plain
from assistant.countries import name_of
from assistant.errors import GateError, SettingsError
from assistant.evidence import NO_LEVEL, Cell, Matrix, changes, coverage, silence_words

if TYPE_CHECKING:
    from assistant.wiring import OpenDesk


@application.command(epilog="Example: assistant matrix --country EE --country FI --domain IV --output trust.docx")
def matrix(
    corpus: CorpusOption = None,
    index: IndexOption = None,
    settings: SettingsOption = None,
    country: CountryOption = None,
    kind: KindOption = None,
    year: YearOption = None,
    domain: Annotated[list[str] | None, typer.Option("--domain", help="Domain by id or name, repeatable: IV.")] = None,
    grid: Annotated[
        Path | None, typer.Option("--grid", help="Your own questions: TOML, CSV or a plain list, one a line.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="A file ending in .html, .xlsx, .csv, .docx, .md or .json.")
    ] = None,
    since: Annotated[
        int | None, typer.Option("--since", help="Print what changed since this revision of the library.")
    ] = None,
    day: Annotated[
        str | None, typer.Option("--date", help="The date on the file (default: today): 2026-11-25.")
    ] = None,
) -> None:
    """Fill a grid of questions with what each country's documents say, or say that they are silent."""
    from assistant.wiring import load_grid, make_matrix, matrix_at, open_desk

    desk = open_desk(settings_of(corpus, index, settings))
    own = load_grid(grid) if grid is not None else None
    _check(output, day)
    filled = make_matrix(desk, scope_from(country, kind, year, None), _bar(), grid=own, domains=domain or None)
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    if since is not None:
        show_changes(matrix_at(desk, filled, since, own), filled)
    elif output is None:
        show_matrix(filled)
    if output is not None:
        _write(desk, filled, output, _day(day))


def _check(output: Path | None, day: str | None) -> None:
    from assistant.wiring import MATRIX_FORMS, form_of

    _day(day)
    if output is not None:
        form_of(output, MATRIX_FORMS)


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError as problem:
        raise SettingsError(f"--date: wanted a day such as 2026-11-25, got {text!r}") from problem


def _write(desk: OpenDesk, filled: Matrix, output: Path, day: date) -> None:
    from assistant.wiring import MATRIX_FORMS, export_matrix, form_of

    write_file(output, export_matrix(desk, filled, form_of(output, MATRIX_FORMS), day))
    made = len(filled.cells) - filled.reused
    console().print(plain(f"{output}: {len(filled.cells)} cells ({made} made now, {filled.reused} kept)"), markup=False)
    console().print(NO_LEVEL, markup=False)


def _bar() -> Callable[[int, int], None]:
    def show(done: int, total: int) -> None:
        share = done / max(1, total)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[2K[{'#' * round(30 * share):30}] {done}/{total} cells")
            sys.stderr.flush()

    return show


def show_matrix(filled: Matrix) -> None:
    """Print the coverage of each country and domain, and for few cells the quotations themselves."""
    from rich.markup import escape
    from rich.table import Table

    out = console()
    table = Table(box=None, pad_edge=False, title="Indicators with evidence (documents quoted)")
    table.add_column("country")
    for domain in filled.grid.domains:
        table.add_column(escape(plain(domain.id)), overflow="fold")
    found = coverage(filled)
    for code in filled.countries:
        squares = [found[(code, domain.id)] for domain in filled.grid.domains]
        shown = [f"{s.answered}/{s.indicators} ({s.documents})" if s.searched else "–" for s in squares]
        table.add_row(escape(name_of(code)), *shown)
    out.print(table)
    if len(filled.cells) <= 120:
        for cell in filled.cells:
            _show_cell(filled, cell)
    out.print(f"\nLibrary revision {filled.fingerprint.revision}. {NO_LEVEL}", markup=False)


def _show_cell(filled: Matrix, cell: Cell) -> None:
    out = console()
    name = next(i.name for i in filled.grid.indicators if i.id == cell.indicator)
    out.print(plain(f"\n{name_of(cell.country)} · {name}"), markup=False)
    if not cell.quotes:
        out.print(f"  {silence_words(cell)}", markup=False)
    for quote in cell.quotes:
        c = quote.citation
        where = f"({c.title}, {c.year or 'no year'}, page {c.page}; {quote.strength})"
        out.print(plain(f"  “{c.quote}” {where}"), markup=False)


def show_changes(before: Matrix, after: Matrix) -> None:
    """Print every cell that says something else than at the earlier revision."""
    out = console()
    found = changes(before, after)
    for old, new in found:
        cell = new or old
        if cell is None:
            continue
        out.print(plain(f"{name_of(cell.country)} · {cell.indicator}"), markup=False)
        _show_side("-", old, new)
        _show_side("+", new, old)
    then, now = before.fingerprint.revision, after.fingerprint.revision
    out.print(f"{len(found)} of {len(after.cells)} cells changed between revisions {then} and {now}.", markup=False)


def _show_side(sign: str, said: Cell | None, other: Cell | None) -> None:
    """Print what one side of a changed cell says and the other does not."""
    if said is None:
        return
    out = console()
    known = {q.citation.quote for q in other.quotes} if other else set()
    for c in (q.citation for q in said.quotes if q.citation.quote not in known):
        out.print(plain(f"  {sign} “{c.quote}” ({c.title}, {c.year or 'no year'}, page {c.page})"), markup=False)
    if not said.quotes:
        out.print(f"  {sign} {silence_words(said)}", markup=False)


@application.command("matrix-report", epilog="Example: assistant matrix-report --gate")
def matrix_report(
    corpus: CorpusOption = None,
    index: IndexOption = None,
    settings: SettingsOption = None,
    gold: Annotated[Path, typer.Option("--gold", help="Hand-checked cells.")] = Path("eval/gold/matrix.jsonl"),
    output: Annotated[Path, typer.Option("--output", help="Where the report goes.")] = Path("eval/reports/matrix.md"),
    gate: Annotated[bool, typer.Option("--gate", help="Fail when a measure is not reached.")] = False,
) -> None:
    """Measure the matrix on hand-checked cells and write the report with its ten worst cells."""
    from assistant.wiring import cell_problems, evaluate_cells

    found, wrong, lines = evaluate_cells(settings_of(corpus, index, settings), gold, output, _bar())
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    print("\n".join([*wrong, *lines]))
    failed = [*wrong, *cell_problems(found)] if gate else wrong
    if failed:
        raise GateError("; ".join(failed[:5]))
