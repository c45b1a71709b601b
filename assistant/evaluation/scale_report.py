"""The report on size: a table, the candidates, and curves a reader can check against "flat or logarithmic"."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

from assistant.evaluation.index_choice import Choice
from assistant.evaluation.scale import COMMON, RARE, Measured

CURVES = {
    "question": ("milliseconds", ("question, p50, ms", "question, p95, ms", f"question, {COMMON}, p95, ms",
                                  f"question, {RARE}, p95, ms")),
    "opening": ("milliseconds", ("opening, milliseconds", "opening after it, milliseconds")),
    "memory": ("MB", ("memory of the command line, MB",)),
    "change": ("seconds", ("one document replaced, seconds", "cold question, seconds")),
}  # fmt: skip
"""Picture → unit and the figures it shows."""


def keep(measured: Measured, folder: Path) -> None:
    """Write one size's figures into the folder; a size measured again replaces the older figures."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{measured.passages}.json").write_text(json.dumps(asdict(measured), indent=1) + "\n", encoding="utf-8")


def kept(folder: Path) -> list[Measured]:
    """Return the sizes in the folder, smallest first."""
    found = []
    for file in folder.glob("*.json"):
        data = json.loads(file.read_text(encoding="utf-8"))
        data |= {name: tuple(Choice(**row) for row in data[name]) for name in ("dense", "words")}
        found.append(Measured(**data))
    return sorted(found, key=lambda item: item.passages)


def write_report(found: Sequence[Measured], target: Path, machine: str) -> str:
    """Write the report and its picture beside it; return the text."""
    picture = target.with_suffix(".svg")
    target.parent.mkdir(parents=True, exist_ok=True)
    _plot(found, picture)
    names = list(dict.fromkeys(name for item in found for name in item.figures))
    lines = [
        "# Size",
        "",
        f"Invented libraries (recipe in DECISIONS.md), each size measured in one run on {machine}. `make bench-scale`",
        "",
        f"![curves]({picture.name})",
        "",
        f"| what | {' | '.join(f'{item.passages:,}' for item in found)} |",
        f"|---|{'---|' * len(found)}",
    ]
    for name in names:
        cells = [f"{item.figures[name]:.4g}" if name in item.figures else "" for item in found]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    for item in found:
        lines += _choices(f"Vectors, {item.passages:,} passages", item.dense, True)
        lines += _choices(f"Words, {item.passages:,} passages", item.words, False)
    text = "\n".join(lines) + "\n"
    target.write_text(text, encoding="utf-8")
    return text


def _choices(title: str, choices: Sequence[Choice], with_recall: bool) -> list[str]:
    if not choices:
        return []
    lines = ["", f"## {title}", "", "| index | built, s | bytes a passage | p50, ms | p95, ms | recall@10 |"]
    lines.append("|---|---|---|---|---|---|")
    for c in choices:
        built, size = f"{c.build:.1f}" if c.build else "–", f"{c.size:.0f}" if c.size else "–"
        seen = f"{c.recall:.3f}" if with_recall else "–"
        lines.append(f"| {c.name} | {built} | {size} | {c.p50:.2f} | {c.p95:.2f} | {seen} |")
    return lines


def _plot(found: Sequence[Measured], target: Path) -> None:
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "assistant"  # the same figures give the same file
    pyplot: Any = import_module("matplotlib.pyplot")
    figure, axes = pyplot.subplots(2, 2, figsize=(10, 7))
    sizes = [item.passages for item in found]
    for axis, (title, (unit, names)) in zip(axes.flat, CURVES.items(), strict=True):
        for name in names:
            axis.plot(sizes, [item.figures.get(name, 0.0) for item in found], marker="o", label=name)
        axis.set(xscale="log", title=title, xlabel="passages", ylabel=unit, ylim=(0, None))
        axis.legend(fontsize=7)
        axis.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(target, metadata={"Date": None})
    pyplot.close(figure)
