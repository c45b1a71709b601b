"""`assistant bench` and `assistant bench-scale`: speed beside the stock pipeline, and what size costs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.commands import application
from assistant.cli.options import CorpusOption, IndexOption, SettingsOption, settings_of

GOLD = Path("eval/gold/starter.jsonl")
REPORTS = Path("eval/reports")


@application.command(epilog="Example: assistant bench")
def bench(
    corpus: CorpusOption = None,
    index: IndexOption = None,
    settings: SettingsOption = None,
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="Pairs a row; the median counts.")] = 5,
) -> None:
    """Measure against the stock pipeline in one run and write eval/reports/benchmark.md."""
    from assistant.wiring import run_benchmark

    print(run_benchmark(settings_of(corpus, index, settings), GOLD, REPORTS / "benchmark.md", rounds))


@application.command("bench-scale", epilog="Example: assistant bench-scale --size 10000 --size 100000")
def bench_scale(
    index: IndexOption = None,
    settings: SettingsOption = None,
    size: Annotated[list[int] | None, typer.Option("--size", min=1000, help="Passages; may be repeated.")] = None,
    folder: Annotated[Path | None, typer.Option("--folder", help="Keep the library here and grow it.")] = None,
) -> None:
    """Measure invented libraries of several sizes and write eval/reports/scale.md; a million takes 6 GB and an hour."""
    from assistant.wiring.scale import run_scale

    sizes = sorted(size or (10_000, 100_000, 1_000_000))
    chosen = settings_of(None, index, settings)
    print(run_scale(chosen, GOLD, sizes, folder, REPORTS, lambda text: print(text, flush=True)))
