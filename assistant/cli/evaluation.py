"""`assistant evaluate` and `assistant bench`: figures one can repeat, and the gate that holds a change to them."""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.commands import application
from assistant.cli.options import CorpusOption, IndexOption, SettingsOption, settings_of
from assistant.errors import GateError, SettingsError
from assistant.settings import Settings

GOLD = Path("eval/gold")
BASELINE = Path("eval/baseline.json")


@application.command(epilog="Example: assistant evaluate --set starter --split dev")
def evaluate(
    corpus: CorpusOption = None,
    index: IndexOption = None,
    settings: SettingsOption = None,
    gold: Annotated[str, typer.Option("--set", help="starter, official, or a file of gold questions.")] = "starter",
    official: Annotated[Path | None, typer.Option("--official", help="Folder with the official documents.")] = None,
    split: Annotated[str, typer.Option("--split", help="dev, test or all.")] = "all",
    kind: Annotated[str | None, typer.Option("--kind", help="Only questions of this kind.")] = None,
    limit: Annotated[int, typer.Option("--limit", help="At most so many questions; 0 means all.")] = 0,
    compare: Annotated[Path | None, typer.Option("--compare", help="An older report.json to compare with.")] = None,
    gate: Annotated[
        bool, typer.Option("--gate", help="Fail when a guarded figure fell below eval/baseline.json.")
    ] = False,
    update_baseline: Annotated[str | None, typer.Option("--update-baseline", help="Reason for a new baseline.")] = None,
) -> None:
    """Ask the gold questions and write a report."""
    from assistant.wiring import evaluate_gold

    chosen = settings_of(corpus, index, settings)
    file = GOLD / f"{gold}.jsonl" if gold in ("starter", "official") else Path(gold)
    with tempfile.TemporaryDirectory() as work:
        if official is not None:
            if not official.is_dir():
                sys.stderr.write(f"SKIPPED: the official documents are not in {official}\n")
                return
            chosen = _official(official, Path(work), chosen)
        data, lines = evaluate_gold(chosen, file, split, kind, limit, Path("eval/reports"), date.today(), _progress)
    print("\n".join(lines))
    if compare is not None:
        _compare(data, compare)
    if update_baseline is not None:
        _update(data, update_baseline)
    if gate:
        _gate(data)


def _official(folder: Path, work: Path, settings: Settings) -> Settings:
    from dataclasses import replace

    from assistant.wiring import refresh_library

    found = replace(settings, corpus=folder, index=work / "index")
    refresh_library(found)
    return found


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[2K{done}/{total} questions")


def _load(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise SettingsError(f"{file}: {problem}") from problem
    return dict(found)


def _compare(data: dict[str, Any], file: Path) -> None:
    from assistant.wiring import changed_questions

    print("\n".join(changed_questions(data, _load(file))) or "no question changed")


def _gate(data: dict[str, Any]) -> None:
    from assistant.wiring import changed_questions, gate_problems

    baseline = _load(BASELINE)
    problems = gate_problems(data, baseline)
    print("\n".join(changed_questions(data, baseline)) or "no question changed against the baseline")
    if problems:
        raise GateError("; ".join(problems))
    print("gate passed")


def _update(data: dict[str, Any], reason: str) -> None:
    from datetime import UTC, datetime

    slim = {name: data[name] for name in ("settings", "encoder", "summary", "test", "development")}
    rows = [{name: row[name] for name in ("id", "verdict", "facts")} for row in data["rows"]]
    BASELINE.write_text(json.dumps({**slim, "rows": rows}, indent=1) + "\n", encoding="utf-8")
    changelog = Path("CHANGELOG.md")
    text = changelog.read_text(encoding="utf-8") if changelog.exists() else "# Changelog\n"
    head, _, rest = text.partition("\n")
    entry = f"\n- {datetime.now(UTC).date().isoformat()}: new evaluation baseline: {reason}"
    changelog.write_text(
        f"{head}\n{entry}\n{rest.lstrip()}" if rest.strip() else f"{head}\n{entry}\n", encoding="utf-8"
    )
    table = ["| measure | development | test |", "|---|---|---|"]
    table += [f"| {name} | {data['development'][name]:g} | {value:g} |" for name, value in data["test"].items()
              if not name.startswith("milliseconds")]  # fmt: skip
    readme = Path("README.md")
    if readme.exists():
        before, mark, after = readme.read_text(encoding="utf-8").partition("<!-- results -->")
        _, end, tail = after.partition("<!-- /results -->")
        if mark and end:
            readme.write_text(before + mark + "\n" + "\n".join(table) + "\n" + end + tail, encoding="utf-8")


@application.command(epilog="Example: assistant bench")
def bench(corpus: CorpusOption = None, index: IndexOption = None, settings: SettingsOption = None) -> None:
    """Measure against the stock pipeline in one run and write eval/reports/benchmark.md."""
    from assistant.wiring import run_benchmark

    print(
        run_benchmark(settings_of(corpus, index, settings), GOLD / "starter.jsonl", Path("eval/reports/benchmark.md"))
    )
