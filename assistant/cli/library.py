"""The commands that build and look after the library: `index`, `check` and `repair`."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from assistant.cli.commands import application
from assistant.cli.options import CorpusOption, IndexOption, JsonOption, SettingsOption, settings_of


@application.command(epilog="Example: assistant index --corpus corpus --index index --watch")
def index(
    corpus: CorpusOption = None,
    index: IndexOption = None,
    settings: SettingsOption = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build from nothing, beside the old library.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan and stop.")] = False,
    if_stale: Annotated[bool, typer.Option("--if-stale", help="Exit 0 even when something could not be read.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Stay, and take in files as they arrive.")] = False,
) -> None:
    """Bring the library up to date; exit 1 when a file could not be read, 3 a page, 4 when a page was read simply."""
    from assistant.cli.progress import run_index, run_plan, run_watch

    found = settings_of(corpus, index, settings)
    if dry_run:
        raise typer.Exit(run_plan(found))
    if watch:
        raise typer.Exit(run_watch(found))
    code = run_index(found, rebuild)
    raise typer.Exit(0 if if_stale else code)


@application.command(epilog="Example: assistant check --index index")
def check(
    corpus: CorpusOption = None, index: IndexOption = None, settings: SettingsOption = None, as_json: JsonOption = False
) -> None:
    """Verify that the library on disk is what was written; exit 1 naming what is wrong."""
    from dataclasses import asdict

    from assistant.cli.show import plain
    from assistant.wiring import check_library

    report = check_library(settings_of(corpus, index, settings))
    if as_json:
        print(json.dumps(asdict(report), ensure_ascii=False))
    else:
        for line in (*report.problems, *(f"note: {note}" for note in report.notes)):
            print(plain(line))
        verdict = f"{len(report.problems)} problems" if report.problems else "no problem found"
        print(f"{report.documents} documents, {report.passages} passages: {verdict}")
        if report.problems and not any("run: " in problem for problem in report.problems):
            print("run: assistant repair")
    raise typer.Exit(int(bool(report.problems)))


@application.command(epilog="Example: assistant repair --index index")
def repair(corpus: CorpusOption = None, index: IndexOption = None, settings: SettingsOption = None) -> None:
    """Make again what can be made from the stored text; exit 1 when documents must be read again."""
    from assistant.cli.show import plain
    from assistant.wiring import repair_library

    report = repair_library(settings_of(corpus, index, settings))
    for line in (*report.done, *report.left):
        print(plain(line))
    raise typer.Exit(int(bool(report.left)))
