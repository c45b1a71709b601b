"""Evaluation and benchmark, joined to the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.ports import Snapshot
from assistant.settings import Settings
from assistant.wiring.desk import open_desk

if TYPE_CHECKING:
    from assistant.indexing.changes import ChangeReport as ChangeReport
    from assistant.indexing.plan import Plan as Plan
    from assistant.indexing.refresh import Event as Event


def evaluate_gold(
    settings: Settings,
    file: Path,
    split: str,
    kind: str | None,
    limit: int,
    reports: Path,
    today: date,
    progress: Callable[[int, int], None],
) -> tuple[dict[str, Any], list[str]]:
    """Run the gold questions of a file, write the report, and return its data and the lines to print."""
    from assistant.answering.verify import fold
    from assistant.evaluation.gold import check_gold, load_gold
    from assistant.evaluation.leaks import filter_leaks
    from assistant.evaluation.report import write_report
    from assistant.evaluation.run import evaluate

    desk = open_desk(settings)
    questions, lines = load_gold(file)
    lines += check_gold(questions, lambda document, page: _page_text(desk.snapshot(), document, page), fold)
    chosen = [q for q in questions if split in ("all", q.split) and kind in (None, q.kind)][: limit or None]
    whole = split == "all" and kind is None and not limit
    rows = evaluate(desk, chosen, fold, lambda done: progress(done, len(chosen)))
    snapshot = desk.snapshot()
    names = {"settings": settings.fingerprint(), "encoder": snapshot.encoder_fingerprint, "set": file.stem}
    folder = reports / f"{today.isoformat()}-{file.stem}-{settings.fingerprint()}"
    data = write_report(rows, folder, names, filter_leaks(desk) if whole else None)
    lines += [f"{name}: {value:g}" for name, value in data["summary"].items()]
    lines.append(f"written to {folder}")
    return data, lines


def _page_text(snapshot: Snapshot, document: str, page: int) -> str | None:
    for d in snapshot.documents():
        if document in (d.id, d.file, d.file.rsplit("/", 1)[-1]):
            try:
                return snapshot.page(d.id, page).text
            except KeyError:
                return None
    return None


def gate_problems(data: dict[str, Any], baseline: dict[str, Any]) -> list[str]:
    """Return why a run may not land."""
    from assistant.evaluation.report import check_gate

    return check_gate(data, baseline)


def changed_questions(data: dict[str, Any], before: dict[str, Any]) -> list[str]:
    """Return the questions that changed between two runs."""
    from assistant.evaluation.report import changed

    return changed(data, before)


def run_benchmark(settings: Settings, gold: Path, target: Path) -> str:
    """Measure against the stock pipeline and write the table; return it."""
    from assistant.evaluation.benchmark import benchmark
    from assistant.evaluation.gold import load_gold

    questions, _ = load_gold(gold)
    return benchmark(open_desk(settings), settings, questions, target)
