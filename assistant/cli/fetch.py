"""The command `fetch`: what it would do, progress while it does it, and what failed, at the end."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from assistant import __version__
from assistant.cli.commands import application
from assistant.cli.options import (
    CorpusOption,
    CountryOption,
    JsonOption,
    KindOption,
    SettingsOption,
    scope_from,
    settings_of,
)
from assistant.cli.show import console, plain
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.wiring.fetch import Result, Step

_WOULD = {
    "fetch": "would fetch",
    "renew": "would ask whether it changed",
    "kept": "is there, not from here or changed since: left alone",
    "no-address": "no address is known",
}
_DID = {
    "new": "fetched",
    "changed": "CHANGED at its source",
    "unchanged": "unchanged",
    "kept": "left alone: a file that was not fetched, or changed since, lies there",
    "no-address": "no address is known",
    "failed": "failed",
}


@application.command(epilog="Example: assistant fetch --country EE --kind national-strategy --dry-run")
def fetch(
    corpus: CorpusOption = None,
    settings: SettingsOption = None,
    country: CountryOption = None,
    kind: KindOption = None,
    identifier: Annotated[list[str] | None, typer.Option("--id", help="Id in the catalogue, repeatable.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be asked, of whom.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Download official publications of the catalogue into corpus/official; exit 1 when one of them failed."""
    from assistant.wiring.fetch import fetch_steps

    found = settings_of(corpus, None, settings)
    scope = scope_from(country, kind, None, None)
    countries, kinds = (scope.countries or (), scope.kinds or ()) if scope else ((), ())
    steps = fetch_steps(found, countries, kinds, identifier or ())
    if dry_run:
        _show_plan(steps, as_json)
        return
    results = _run(found, steps)
    if as_json:
        from dataclasses import asdict

        print(json.dumps({"results": [asdict(result) for result in results]}, ensure_ascii=False))
    else:
        _show_end(results, steps)
    wanted = {result.id for result in results if result.outcome == "failed"}
    wanted |= {result.id for result in results if result.outcome == "no-address" and result.id in (identifier or ())}
    raise typer.Exit(int(bool(wanted)))


def _show_plan(steps: Sequence[Step], as_json: bool) -> None:
    if as_json:
        rows = [
            {"id": s.wanted.id, "action": s.action, "address": s.wanted.address, "file": s.present or s.wanted.file}
            for s in steps
        ]
        print(json.dumps({"steps": rows}, ensure_ascii=False))
        return
    out = console()
    for step in steps:
        doubt = "" if step.wanted.verified or not step.wanted.address else " (address not verified)"
        where = f" {step.wanted.address}{doubt}" if step.wanted.address else ""
        out.print(plain(f"{step.wanted.id}: {_WOULD[step.action]}{where}"), markup=False)
    asked = sum(step.action in ("fetch", "renew") for step in steps)
    out.print(f"{len(steps)} official publications, {asked} to ask for; nothing was asked")


def _run(settings: Settings, steps: Sequence[Step]) -> list[Result]:
    """Fetch with a bar for all and one for the file at hand in a terminal, with a line for each file elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    from assistant.wiring.fetch import fetch_documents

    out = Console(file=sys.stderr, emoji=False, highlight=False, soft_wrap=not sys.stderr.isatty())
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.fields[said]}"))
    results: list[Result] = []
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as bars:
        everything = bars.add_task("publications", total=len(steps), said="")
        current = bars.add_task("", total=None, said="", visible=False)

        def on(name: str, done: int, whole: int) -> None:
            said = f"{done / 1e6:.1f} MB" + (f" of {whole / 1e6:.1f}" if whole else "")
            bars.update(current, description=name, completed=done, total=whole or None, said=said, visible=True)

        for result in fetch_documents(settings, steps, on, __version__):
            results.append(result)
            bars.update(everything, completed=len(results), said=f"{len(results)} of {len(steps)}")
            bars.update(current, visible=False)
            if result.outcome not in ("no-address", "kept"):
                size = f", {result.size / 1e6:.2f} MB" if result.size else ""
                line = f"{result.id}: {_DID[result.outcome]}{size}"
                out.print(plain(line), markup=False)
    return results


def _show_end(results: Sequence[Result], steps: Sequence[Step]) -> None:
    """Print what changed, what was left alone and what failed, then the counts."""
    out = console()

    def line(text: str) -> None:
        out.print(plain(text), markup=False)

    for result in results:
        if result.outcome == "changed":
            line(f"{result.id}: {_DID['changed']} ({result.before[:12]} → {result.sha256[:12]}): {result.file}")
        if result.note:
            line(f"{result.id}: {result.note}")
    for outcome in ("kept", "no-address"):
        names = [result.id for result in results if result.outcome == outcome]
        if names:
            line(f"{_DID[outcome]}: {', '.join(names)}")
    for result in results:
        if result.outcome == "failed":
            there = f" ({result.file} stays as it was)" if result.file else ""
            line(f"{result.id}: failed: {result.reason}{there}")
    counts = [f"{sum(r.outcome == name for r in results)} {name}" for name in ("new", "changed", "unchanged", "failed")]
    line(", ".join(counts))
    came = {result.id for result in results if result.outcome in ("new", "changed")}
    doubtful = sum(s.wanted.id in came and s.wanted.licence in ("", "not established") for s in steps)
    if doubtful:
        line(f"{doubtful} of them have no established licence: read and quote them, do not pass them on")
    if came:
        line("run: assistant index")
