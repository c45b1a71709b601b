"""The evidence matrix measured on hand-checked cells, joined to the desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.model import Scope
from assistant.ports import Snapshot
from assistant.settings import Settings
from assistant.wiring.desk import open_desk
from assistant.wiring.matrix import make_matrix

LEAST_RIGHT, MOST_FALSE = 0.85, 0.05
"""What `gate` asks of every split that is no development split: cells right, false evidence (shares from 0 to 1)."""


def evaluate_cells(
    settings: Settings, file: Path, report: Path, progress: Callable[[int, int], None]
) -> tuple[dict[str, dict[str, float]], list[str], list[str]]:
    """Measure the matrix on gold cells and write the report.

    Returns the figures by split, what is wrong with the gold, and lines to print.
    """
    from assistant.evaluation import cells as measure
    from assistant.exporting.frame import markdown
    from assistant.judging.verify import fold

    desk = open_desk(settings)
    gold = measure.load_cells(file)
    judgements = measure.load_judgements(file.with_name(f"{file.stem}-judged.jsonl"))
    matrix = make_matrix(desk, Scope(countries=tuple(dict.fromkeys(cell.country for cell in gold))), progress)
    snapshot, indicators = desk.snapshot(), {i.id: i.name for i in matrix.grid.indicators}
    problems = measure.check_cells(gold, indicators, lambda d, page: _page_text(snapshot, d, page), fold)
    rows = measure.judge(matrix, gold, judgements, fold)
    names = {"settings": settings.fingerprint(), "encoder": snapshot.encoder_fingerprint}
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(measure.to_markdown(rows, names, indicators, markdown), encoding="utf-8")
    splits = {split: [r for r in rows if r.gold.split == split] for split in measure.SPLITS}
    found = {"all": measure.figures(rows), **{s: measure.figures(r) for s, r in splits.items() if r}}
    lines = [f"{s}: " + ", ".join(f"{name} {value:g}" for name, value in f.items()) for s, f in found.items()]
    return found, problems, [*lines, f"written to {report}"]


def cell_problems(found: dict[str, dict[str, float]]) -> list[str]:
    """Return why the figures do not pass."""
    problems = []
    for split, f in found.items():
        if split in ("all", "development"):
            continue
        if f["cell right"] < LEAST_RIGHT:
            problems.append(f"{split}: cells right {f['cell right']:.3f}, wanted at least {LEAST_RIGHT}")
        if f["false evidence"] > MOST_FALSE:
            problems.append(f"{split}: false evidence {f['false evidence']:.3f}, wanted at most {MOST_FALSE}")
    return problems


def _page_text(snapshot: Snapshot, document: str, page: int) -> str | None:
    try:
        return snapshot.page(document, page).text
    except KeyError:
        return None
