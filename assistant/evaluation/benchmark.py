"""`assistant bench`: our pipeline and the stock one on the same documents, in pairs by turns, as ratios."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation import metrics
from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.scale import machine, timed_process
from assistant.evaluation.serving import USERS, serve_and_ask
from assistant.evaluation.stock import StockProcess
from assistant.model import Scope
from assistant.ports import Desk
from assistant.settings import Settings

QUESTION = "How did Estonia win public trust?"
MANY = 300
Read = Callable[[Sequence[Path]], int]
"""Reads files as a refresh does, workers started anew, and returns how many pages they have."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `stock` is 0 where the stock pipeline has no such thing."""

    name: str
    ours: float
    stock: float
    unit: str
    target: str = ""


def benchmark(
    desk: Desk, read: Read, settings: Settings, questions: Sequence[GoldQuestion], target: Path, rounds: int = 5
) -> str:
    """Measure both pipelines, write the table to `target` and return it. Needs some minutes; `rounds` pairs a row."""
    files = sorted((settings.corpus / "documents").glob("*.pdf"))
    asked = [q for q in questions if q.answerable and not q.history][:60]
    with tempfile.TemporaryDirectory() as work, closing(StockProcess()) as stock:
        place = Path(work)
        rows = _indexing(settings, read, files, stock, place, rounds, max(1, desk.snapshot().count(Scope())[1]))
        stock.save(place / "stock")
        rows.append(_cold(settings, place / "stock", rounds))
        rows += _warm(desk, stock, asked)
        rows += _memory(settings, asked, place)
        rows += _served(settings, [q.question for q in asked])
        hits = _page_hits(desk, stock.ask, asked)
    return _written(rows, hits, len(asked), rounds, target)


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _paired(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the medians (seconds) of the two, run by turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        times[0].append(_timed(ours))
        times[1].append(_timed(theirs))
    return metrics.percentile(times[0], 0.5), metrics.percentile(times[1], 0.5)


def _index(corpus: Path, index: Path) -> None:
    command = [sys.executable, "-m", "assistant", "index", "--corpus", str(corpus), "--index", str(index)]
    subprocess.run(command, check=True, capture_output=True)


def _indexing(
    settings: Settings, read: Read, files: Sequence[Path], stock: StockProcess, place: Path, rounds: int, passages: int
) -> list[Row]:
    """From nothing, as whole commands and beside a stock pipeline that runs already; then after one of 300 changed."""
    corpus, index = place / "corpus", place / "index"
    shutil.copytree(settings.corpus, corpus, ignore=shutil.ignore_patterns("digests", "official"))

    def from_nothing() -> None:
        shutil.rmtree(index, ignore_errors=True)
        shutil.copytree(settings.index / "encoder", index / "encoder")
        _index(corpus, index)

    def stock_from_nothing() -> None:
        with closing(StockProcess()) as fresh:
            fresh.build(list(files))

    ours, whole = _paired(from_nothing, stock_from_nothing, rounds)
    started, theirs = _paired(from_nothing, lambda: stock.build(list(files)), rounds)
    rows = [
        Row(f"index {len(files)} PDFs from nothing, whole command", ours, whole, "s", "≥ 2.5 ×"),
        Row("the same, our whole command, stock's imports and model loaded before", started, theirs, "s"),
        Row(
            "disk per passage, everything in the files of that library", _disk(index) / passages, 0.0, "bytes", "≤ 6 KB"
        ),
    ]
    pages = read(files)
    ours, read_by_pypdf = _paired(lambda: read(files), lambda: stock.read(list(files)), rounds)
    name = f"reading, a page of {pages} (ours: layout, tables and the place of every word, in guarded processes)"
    rows.append(Row(name, 1000 * ours / pages, 1000 * read_by_pypdf / pages, "ms"))
    return [*rows, _one_changed(files, place / "many" / "documents", index, rounds, theirs * MANY / len(files))]


def _one_changed(files: Sequence[Path], many: Path, index: Path, rounds: int, anew: float) -> Row:
    """One of 300 documents changed; `anew` are the seconds that the stock pipeline needs, which knows no difference."""
    many.mkdir(parents=True)
    for number in range(MANY):
        data = files[number % len(files)].read_bytes()
        (many / f"{number:03d}.pdf").write_bytes(data + b"\n%% copy %d\n" % number)
    _index(many.parent, index)  # the vectors of the copies are known: they are not embedded again
    spent = []
    for turn in range(rounds):
        source = files[(turn + 7) % len(files)].read_bytes()
        (many / f"{turn:03d}.pdf").write_bytes(source + b"\n%% changed %d\n" % turn)
        spent.append(_timed(lambda: _index(many.parent, index)))
    name = f"index again after 1 of {MANY} changed (stock, loaded: anew, the time above × {MANY}/{len(files)})"
    return Row(name, metrics.percentile(spent, 0.5), anew, "s", "≥ 50 ×")


def _disk(index: Path) -> float:
    return float(sum(file.stat().st_size for file in index.iterdir() if file.is_file()))


def _cold(settings: Settings, stock: Path, rounds: int) -> Row:
    ours = [sys.executable, "-m", "assistant", "ask", QUESTION, "--index", str(settings.index)]
    theirs = [sys.executable, "-m", "assistant.evaluation.stock", str(stock), QUESTION]
    both = _paired(
        lambda: subprocess.run(ours, check=True, capture_output=True),
        lambda: subprocess.run(theirs, check=True, capture_output=True),
        rounds,
    )
    return Row("one question, cold process", *both, "s", "≥ 5 ×, ≤ 1.5 s")


def _warm(desk: Desk, stock: StockProcess, asked: Sequence[GoldQuestion]) -> list[Row]:
    for q in asked[:5]:
        desk.ask(q.question)
        stock.ask(q.question)
    times: tuple[list[float], list[float]] = ([], [])
    for q in asked:
        times[0].append(1000 * _timed(lambda q=q: desk.ask(q.question)))  # type: ignore[misc]
        times[1].append(1000 * _timed(lambda q=q: stock.ask(q.question)))  # type: ignore[misc]
    names = {0.5: "warm question, p50 (ours with answer, quotes and boxes)", 0.95: "warm question, p95"}
    return [
        Row(name, metrics.percentile(times[0], share), metrics.percentile(times[1], share), "ms",
            "≤ 25 ms" if share == 0.95 else "")
        for share, name in names.items()
    ]  # fmt: skip


def _memory(settings: Settings, asked: Sequence[GoldQuestion], place: Path) -> list[Row]:
    batch = place / "questions.jsonl"
    lines = [json.dumps({"id": q.id, "question": q.question}) + "\n" for q in asked[:20]]
    batch.write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "assistant", "ask", "--index", str(settings.index), "--batch", str(batch)]
    _, memory = timed_process([*command, "--output", str(place / "answers.jsonl")])
    return [Row("memory of the command line, starter library", memory, 0.0, "MB", "≤ 300 MB")]


def _served(settings: Settings, questions: Sequence[str]) -> list[Row]:
    served = serve_and_ask(settings.index, settings.corpus, questions)
    waited = metrics.percentile(served.waited, 0.95)
    return [
        Row("chat, from start to the first answer over HTTP", served.first, 0.0, "s"),
        Row(f"{USERS} users at once, p95 of {len(served.waited)} questions", waited, 0.0, "s", "≤ 1.5 s"),
        Row(f"{USERS} users at once, errors", float(served.errors), 0.0, "", "0"),
        Row("memory of the chat after it, starter library", served.memory, 0.0, "MB", "≤ 500 MB"),
    ]


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


def _written(rows: Sequence[Row], hits: tuple[float, float], asked: int, rounds: int, target: Path) -> str:
    lines = [
        "# Benchmark",
        "",
        f"Measured in one run on {machine()}; ours and stock by turns, medians of {rounds} pairs; warm questions: "
        f"{asked} gold questions by turns. `make bench`",
        "",
        "| what | ours | stock pipeline | ratio | target |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        theirs = f"{row.stock:.2f} {row.unit}" if row.stock else "–"
        ratio = f"{row.stock / max(row.ours, 1e-9):.1f} ×" if row.stock else "–"
        lines.append(f"| {row.name} | {row.ours:.2f} {row.unit} | {theirs} | {ratio} | {row.target} |")
    lines.append(f"| right page among the first five | {hits[0]:.3f} | {hits[1]:.3f} | – | not lower |")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "\n".join(lines)
