"""Evaluation and benchmark, joined to the desk."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.model import Document, Reading
from assistant.ports import Snapshot
from assistant.settings import Settings
from assistant.wiring.desk import open_desk
from assistant.wiring.library import reader, refresh_library

FILTERED = 500
"""How many generated questions with a country filter a whole run asks."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which gold questions to ask: `split` is dev, test or all; `limit` 0 means all."""

    file: Path
    split: str = "all"
    kind: str | None = None
    limit: int = 0

    @property
    def whole(self) -> bool:
        """Whether every question of the file is asked."""
        return self.split == "all" and self.kind is None and not self.limit


def evaluate_gold(
    settings: Settings, chosen: Selection, reports: Path, today: date, progress: Callable[[int, int], None]
) -> tuple[dict[str, Any], list[str]]:
    """Run gold questions, write the report, and return its data and the lines to print.

    `data["remarks"]` says which gold lines could not be used; the rest runs.
    """
    from assistant.evaluation.check import check_gold
    from assistant.evaluation.gold import load_gold
    from assistant.evaluation.leaks import filter_leaks
    from assistant.evaluation.report import write_report
    from assistant.evaluation.run import evaluate
    from assistant.evaluation.second_reader import confirms
    from assistant.judging.verify import fold

    desk = open_desk(settings)
    questions, broken = load_gold(chosen.file)
    broken += check_gold(questions, lambda document, page: page_text(desk.snapshot(), document, page), fold)
    asked = [q for q in questions if chosen.split in ("all", q.split) and chosen.kind in (None, q.kind)]
    asked = asked[: chosen.limit or None]
    rows = evaluate(desk, asked, fold, confirms, lambda done: progress(done, len(asked)))
    names = {"settings": settings.fingerprint(), "encoder": desk.snapshot().encoder_fingerprint,
             "set": chosen.file.stem}  # fmt: skip
    folder = reports / f"{today.isoformat()}-{chosen.file.stem}-{settings.fingerprint()}"
    # Which passages are found depends on nobody who reads or words them, so both are spared these questions.
    quoted = open_desk(replace(settings, model="", reader="none"))
    leaks = filter_leaks(quoted, FILTERED) if chosen.whole else None
    data = write_report(rows, folder, names, leaks, broken)
    lines = [*broken, *(f"{name}: {value:g}" for name, value in data["summary"].items())]
    if data["filter leaks"] is not None:
        lines.append(f"leaks in {FILTERED} questions with a country filter: {len(data['filter leaks'])}")
    return data, [*lines, f"written to {folder}"]


def page_text(snapshot: Snapshot, document: str, page: int) -> str | None:
    """Return the text of a page by the document's id, file or base name; None when there is none."""
    for d in snapshot.documents():
        if _is(d, document):
            try:
                return snapshot.page(d.id, page).text
            except KeyError:
                return None
    return None


def _is(document: Document, name: str) -> bool:
    base = document.file.rsplit("/", 1)[-1]
    return name in (document.id, document.file, base, base.rsplit(".", 1)[0])


def _file(settings: Settings, snapshot: Snapshot, name: str) -> Path:
    """Return the file of a document named as gold questions name it; a path that is no file when there is none."""
    return next((settings.corpus / d.file for d in snapshot.documents() if _is(d, name)), Path(name))


def check_gold_file(settings: Settings, file: Path) -> tuple[list[str], list[str]]:
    """Return (problems, remarks) of a gold file against a library built for this check alone; takes seconds."""
    from assistant.evaluation.check import check_gold, overlap_lines, overlap_of, unconfirmed
    from assistant.evaluation.gold import load_gold
    from assistant.evaluation.second_reader import confirms
    from assistant.judging.verify import fold

    questions, problems = load_gold(file)
    with tempfile.TemporaryDirectory() as work:
        built = replace(settings, index=Path(work))
        refresh_library(built)
        snapshot = open_desk(built).snapshot()

        def text(document: str, page: int) -> str | None:
            return page_text(snapshot, document, page)

        problems += check_gold(questions, text, fold)
        problems += unconfirmed(questions, lambda d, page, words: confirms(_file(settings, snapshot, d), page, words))
        overlaps = [o for q in questions if (o := overlap_of(q, text, fold))]
    kinds = sorted({q.kind for q in questions})
    silent = sum(not q.answerable for q in questions)
    lines = [f"{file.name}: {len(questions)} questions of {len(kinds)} kinds, {silent} of them to decline"]
    return problems, lines + overlap_lines(overlaps)


def gate_problems(data: dict[str, Any], baseline: dict[str, Any]) -> list[str]:
    """Return why a run may not land; `baseline` holds one entry per set."""
    from assistant.evaluation.gate import check_gate

    return check_gate(data, baseline.get(data["set"]))


def changed_questions(data: dict[str, Any], before: dict[str, Any]) -> list[str]:
    """Return the questions that changed between two runs, both ways."""
    from assistant.evaluation.gate import changed

    return changed(data, before)


def compared_figures(data: dict[str, Any], before: dict[str, Any]) -> list[str]:
    """Return the differences between two runs with their 95 % intervals."""
    from assistant.evaluation.gate import compared
    from assistant.evaluation.run import MEASURES

    return compared(data, before, MEASURES)


def new_baseline(
    data: dict[str, Any], baseline: dict[str, Any], changelog: str, readme: str, entry: str
) -> tuple[str, str, str]:
    """Return the texts of baseline, changelog and README with this run as the new baseline of its set."""
    from assistant.evaluation.gate import baseline_text, results_table, slim, with_entry, with_table

    others = {name: kept for name, kept in baseline.items() if isinstance(kept, dict) and "rows" in kept}
    updated = {**others, data["set"]: slim(data)}
    return baseline_text(updated), with_entry(changelog, entry), with_table(readme, results_table(updated))


def sample_answers(settings: Settings, file: Path, count: int) -> str:
    """Return so many answers to development questions as Markdown, as a delegate would read them."""
    from assistant.evaluation.gold import load_gold
    from assistant.evaluation.samples import choose, to_markdown

    return to_markdown(open_desk(settings), choose(load_gold(file)[0], count))


def run_benchmark(settings: Settings, gold: Path, target: Path, rounds: int = 5) -> str:
    """Measure against the stock pipeline and write the table; return it."""
    from assistant.evaluation.benchmark import benchmark
    from assistant.evaluation.gold import load_gold

    questions, _ = load_gold(gold)
    return benchmark(open_desk(settings), lambda files: _pages(settings, files), settings, questions, target, rounds)


def _pages(settings: Settings, files: Sequence[Path]) -> int:
    """Read files in worker processes and return how many pages they have."""
    readings = [reading for _, reading in reader(settings)(files)]
    return sum(len(reading.pages) for reading in readings if isinstance(reading, Reading))
