"""`assistant evaluate` and its kin: figures one can repeat, and the gate that holds a change to them."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.commands import application
from assistant.cli.options import (
    CorpusOption,
    HostedOption,
    IndexOption,
    ModelOption,
    ModelUrlOption,
    SettingsOption,
    settings_of,
)
from assistant.errors import GateError, SettingsError
from assistant.settings import Settings

GOLD = Path("eval/gold")
BASELINE = Path("eval/baseline.json")
REMARKS = "\n## What is still weak\n"
REPORTS = Path("eval/reports")
SPLITS = ("dev", "test", "all")
SetOption = Annotated[str | None, typer.Option("--set", help="starter, official, or a file of gold questions.")]
OfficialOption = Annotated[
    Path | None, typer.Option("--official", help="Folder with the official documents; implies --set official.")
]


@application.command(epilog="Example: assistant evaluate --set starter --split dev")
def evaluate(
    corpus: CorpusOption = None,
    index: IndexOption = None,
    settings: SettingsOption = None,
    gold: SetOption = None,
    official: OfficialOption = None,
    split: Annotated[str, typer.Option("--split", help="dev, test or all.")] = "all",
    kind: Annotated[str | None, typer.Option("--kind", help="Only questions of this kind.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="At most so many questions; 0 means all.")] = 0,
    compare: Annotated[Path | None, typer.Option("--compare", help="An older report.json to compare with.")] = None,
    gate: Annotated[
        bool, typer.Option("--gate", help="Fail when a guarded figure fell below eval/baseline.json.")
    ] = False,
    update_baseline: Annotated[str | None, typer.Option("--update-baseline", help="Reason for a new baseline.")] = None,
    model: ModelOption = None,
    model_url: ModelUrlOption = None,
    allow_hosted: HostedOption = False,
) -> None:
    """Ask the gold questions and write a report."""
    from assistant.wiring import Selection

    if split not in SPLITS:
        raise SettingsError(f"--split: wanted one of {', '.join(SPLITS)}, got {split!r}")
    chosen = Selection(_file(gold or ("official" if official else "starter")), split, kind, limit)
    if (gate or update_baseline is not None) and not chosen.whole:
        raise SettingsError("--gate and --update-baseline need the whole set: leave out --split, --kind and --limit")
    before = _load(compare) if compare else None
    if official is not None and not official.is_dir():
        sys.stderr.write(f"SKIPPED: the official documents are not in {official}; nothing was measured on them\n")
        return
    data = _run(settings_of(corpus, index, settings, model, model_url, allow_hosted), official, chosen)
    if before is not None:
        _compare(data, before)
    if update_baseline is not None:
        _update(data, update_baseline)
    if gate:
        _gate(data)
    if data["remarks"]:
        sys.stderr.write(f"{len(data['remarks'])} gold lines are broken, see above; the others were asked\n")
        raise typer.Exit(1)


@application.command("check-gold", epilog="Example: assistant check-gold --set starter")
def check_gold(
    corpus: CorpusOption = None,
    settings: SettingsOption = None,
    gold: SetOption = None,
    official: OfficialOption = None,
) -> None:
    """Prove a file of gold questions against the documents: anchors, facts, ids, words borrowed."""
    from assistant.wiring import check_gold_file

    if official is not None and not official.is_dir():
        sys.stderr.write(f"SKIPPED: the official documents are not in {official}; their gold was not checked\n")
        return
    chosen = settings_of(corpus, None, settings)
    chosen = replace(chosen, corpus=official) if official else chosen
    problems, lines = check_gold_file(chosen, _file(gold or ("official" if official else "starter")))
    print("\n".join([*lines, *problems]))
    if problems:
        sys.stderr.write(f"{len(problems)} things are wrong with the gold questions\n")
        raise typer.Exit(1)


@application.command(epilog="Example: assistant samples --count 20")
def samples(
    corpus: CorpusOption = None,
    index: IndexOption = None,
    settings: SettingsOption = None,
    count: Annotated[int, typer.Option("--count", min=1, help="How many answers.")] = 20,
    output: Annotated[Path, typer.Option("--output", help="Where they go.")] = REPORTS / "sample-answers.md",
) -> None:
    """Write answers to varied questions as a delegate would read them; a reader's remarks at the end are kept."""
    from assistant.wiring import sample_answers

    text = sample_answers(settings_of(corpus, index, settings), GOLD / "starter.jsonl", count)
    _, heading, remarks = (output.read_text("utf-8") if output.is_file() else "").partition(REMARKS)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(f"{text.rstrip()}\n{heading}{remarks}", encoding="utf-8")
    print(f"written to {output}")


def _file(gold: str) -> Path:
    return GOLD / f"{gold}.jsonl" if gold in ("starter", "official") else Path(gold)


def _run(settings: Settings, official: Path | None, chosen: Any) -> dict[str, Any]:
    from assistant.wiring import evaluate_gold, refresh_library, says_who_sees

    if notice := says_who_sees(settings):
        sys.stderr.write(f"{notice}\n")
    with tempfile.TemporaryDirectory() as work:
        if official is not None:
            settings = replace(settings, corpus=official, index=Path(work) / "index")
            refresh_library(settings)
        data, lines = evaluate_gold(settings, chosen, REPORTS, date.today(), _bar())
    print("\n".join(lines))
    return data


def _bar() -> Callable[[int, int], None]:
    """Return a progress function: a redrawn bar with the time left in a terminal, nothing elsewhere."""
    started = time.monotonic()

    def show(done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        left = (time.monotonic() - started) / done * (total - done)
        full = 30 * done // total
        sys.stderr.write(f"\r\x1b[2K[{'█' * full}{'·' * (30 - full)}] {done}/{total} questions · {left:.0f} s left")
        if done == total:
            sys.stderr.write("\n")
        sys.stderr.flush()

    return show


def _load(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise SettingsError(f"{file}: {problem}") from problem
    if not isinstance(found, dict):
        raise SettingsError(f"{file}: wanted one JSON object, got {type(found).__name__}")
    return found


def _compare(data: dict[str, Any], before: dict[str, Any]) -> None:
    from assistant.wiring import changed_questions, compared_figures

    print("\nnew minus old, with the 95 % interval of a paired bootstrap (* = 0 lies outside):")
    print("\n".join(compared_figures(data, before)))
    print("\n".join(changed_questions(data, before)) or "no question changed")


def _gate(data: dict[str, Any]) -> None:
    from assistant.wiring import changed_questions, gate_problems

    baseline = _load(BASELINE)
    if data["set"] in baseline:
        print("\nagainst the baseline:")
        print("\n".join(changed_questions(data, baseline[data["set"]])) or "no question changed")
    problems = gate_problems(data, baseline)
    if problems:
        raise GateError("the gate is closed: " + "; ".join(problems))
    print("gate passed")


def _update(data: dict[str, Any], reason: str) -> None:
    from assistant.wiring import new_baseline

    if not reason.strip():
        raise SettingsError("--update-baseline: wanted a reason in words, got nothing")
    changelog, readme = Path("CHANGELOG.md"), Path("README.md")
    texts = [file.read_text(encoding="utf-8") if file.exists() else "" for file in (changelog, readme)]
    entry = f"{datetime.now(UTC).date().isoformat()}: new evaluation baseline ({data['set']}): {reason.strip()}"
    old = _load(BASELINE) if BASELINE.exists() else {}
    written = new_baseline(data, old, texts[0] or "# Changelog\n", texts[1], entry)
    BASELINE.write_text(written[0], encoding="utf-8")
    changelog.write_text(written[1], encoding="utf-8")
    if readme.exists():
        readme.write_text(written[2], encoding="utf-8")


@application.command("check-statements", epilog="Example: assistant check-statements")
def check_statements(corpus: CorpusOption = None, index: IndexOption = None, settings: SettingsOption = None) -> None:
    """Measure the check of a language model's statements on pairs and adversarial outputs; no model is asked."""
    from assistant.wiring import measure_checks

    print(measure_checks(settings_of(corpus, index, settings), REPORTS / "model.md"))
