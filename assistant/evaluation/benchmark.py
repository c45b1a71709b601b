"""`assistant bench`: our pipeline and the stock one on the same documents in one run, as ratios."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.evaluation import metrics
from assistant.evaluation.gold import GoldQuestion
from assistant.ports import Desk
from assistant.settings import Settings

QUESTION = "How did Estonia win public trust?"
ROUNDS = 5


def benchmark(desk: Desk, settings: Settings, questions: Sequence[GoldQuestion], target: Path) -> str:
    """Measure both pipelines, write the table to `target` and return it. Needs a few minutes."""
    from assistant.evaluation.stock import StockPipeline

    files = sorted((settings.corpus / "documents").glob("*.pdf"))
    with tempfile.TemporaryDirectory() as work:
        place = Path(work)
        corpus = place / "corpus"
        shutil.copytree(settings.corpus, corpus, ignore=shutil.ignore_patterns("digests", "official"))
        stock = StockPipeline()
        rows: list[tuple[str, float, float]] = []
        stock_index = _timed(lambda: stock.build(files))
        ours_index = _timed(lambda: _index(corpus, place / "index"))
        rows.append(("index from nothing, seconds", ours_index, stock_index))
        (corpus / "documents" / files[0].name).unlink()
        rows.append(
            (
                "index again after one document left, seconds",
                _timed(lambda: _index(corpus, place / "index")),
                stock_index,
            )
        )
        stock.save(place / "stock")
        ours, theirs = _cold(settings, place / "stock")
        rows.append(("one question, cold process, seconds", ours, theirs))
        asked = [q for q in questions if q.answerable and not q.history][:60]
        for q in asked[:5]:
            desk.ask(q.question)
        warm_ours = [_timed(lambda q=q: desk.ask(q.question)) * 1000 for q in asked]  # type: ignore[misc]
        warm_stock = [_timed(lambda q=q: stock.ask(q.question)) * 1000 for q in asked]  # type: ignore[misc]
        for share in (0.5, 0.95):
            both = metrics.percentile(warm_ours, share), metrics.percentile(warm_stock, share)
            rows.append((f"warm question, p{share * 100:.0f}, milliseconds (ours with answer and boxes)", *both))
        hits = _page_hits(desk, stock.ask, asked)
    return _written(rows, hits, len(asked), target)


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _index(corpus: Path, index: Path) -> None:
    command = [sys.executable, "-m", "assistant", "index", "--corpus", str(corpus), "--index", str(index)]
    subprocess.run(command, check=True, capture_output=True)


def _cold(settings: Settings, stock: Path) -> tuple[float, float]:
    """Return the medians of interleaved cold starts, in seconds."""
    ours = [sys.executable, "-m", "assistant", "ask", QUESTION, "--index", str(settings.index)]
    theirs = [sys.executable, "-m", "assistant.evaluation.stock", str(stock), QUESTION]
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for command, kept in zip((ours, theirs), times, strict=True):
            kept.append(_timed(lambda c=command: subprocess.run(c, check=True, capture_output=True)))  # type: ignore[misc]
    return metrics.percentile(times[0], 0.5), metrics.percentile(times[1], 0.5)


def _page_hits(
    desk: Desk, stock: Callable[[str, int], list[tuple[str, int]]], questions: Sequence[GoldQuestion]
) -> tuple[float, float]:
    ours, theirs = [], []
    for q in questions:
        wanted = {(Path(e.document).stem, page) for e in q.evidence for page in e.pages}
        hits = [(Path(h.document.file).stem, h.passage.page) for h in desk.search(q.question, 5)]
        ours.append(metrics.recall_at(hits, wanted, 5))
        theirs.append(metrics.recall_at(stock(q.question, 5), wanted, 5))
    return metrics.mean(ours), metrics.mean(theirs)


def _written(rows: Sequence[tuple[str, float, float]], hits: tuple[float, float], asked: int, target: Path) -> str:
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    lines = [
        "# Benchmark",
        "",
        f"Measured in one run on {machine}; medians of {ROUNDS} for cold starts. `make bench`",
        "",
    ]
    lines += ["| what | ours | stock pipeline | ratio |", "|---|---|---|---|"]
    lines += [f"| {name} | {ours:.2f} | {stock:.2f} | {stock / max(ours, 1e-9):.1f} × |" for name, ours, stock in rows]
    lines.append(f"| right page among the first five ({asked} gold questions) | {hits[0]:.3f} | {hits[1]:.3f} | |")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "\n".join(lines)
