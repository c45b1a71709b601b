"""`assistant bench-scale`: what a library of ten thousand to a million passages costs, as a report with curves."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy

from assistant.evaluation.index_choice import Choice, dense_choices, exact, lexical_choices, recall, timed
from assistant.evaluation.metrics import mean, percentile
from assistant.evaluation.serving import USERS, serve_and_ask
from assistant.model import Scope
from assistant.ports import Desk, Snapshot

COMMON, RARE = "DE", "LI"
Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]


@dataclass(frozen=True, slots=True)
class Tools:
    """What the measuring needs of the other rooms; each function takes the folder of a library."""

    grow: Callable[[Path, int], int]
    replace_one: Callable[[Path, int], None]
    open_desk: Callable[[Path], Desk]
    open_snapshot: Callable[[Path], Snapshot]
    vectors: Callable[[Path], Vectors]
    encode: Callable[[str], Vectors]
    own_words: Callable[[Sequence[str]], Any]
    """Builds our lexical index of texts."""
    plain: Sequence[str]
    """Questions that name no country."""
    everywhere: Sequence[str]
    """Questions after every country."""
    corpus: Path
    """The folder of documents a chat is started with."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: its figures by name, and the candidates for its indexes."""

    passages: int
    figures: Mapping[str, float]
    dense: tuple[Choice, ...]
    words: tuple[Choice, ...]


def run(index: Path, sizes: Sequence[int], tools: Tools, done: Callable[[Measured], None]) -> None:
    """Grow the library in `index` through the sizes and measure it at each; what is known is handed on at once."""
    for size in sizes:
        started = time.perf_counter()
        passages = tools.grow(index, size)
        figures = {"made, seconds": time.perf_counter() - started}
        figures |= _disk(index, passages) | _processes(index, tools) | _warm(index, tools) | _served(index, tools)
        figures |= _change(index, tools)
        done(Measured(passages, figures, (), ()))
        dense, words = _choices(index, tools, figures)
        done(Measured(passages, figures, tuple(dense), tuple(words)))


def _disk(index: Path, passages: int) -> dict[str, float]:
    sizes = {file.name: file.stat().st_size for file in index.iterdir() if file.is_file()}
    segments = sum(size for name, size in sizes.items() if name.startswith("segment-"))
    return {
        "disk, bytes a passage": sum(sizes.values()) / passages,
        "of it derived, bytes a passage": segments / passages,
        "segments": float(sum(name.startswith("segment-") for name in sizes)),
    }


def _processes(index: Path, tools: Tools) -> dict[str, float]:
    """Time a cold `assistant ask`, and the memory of a process that answers thirty questions."""
    command = [sys.executable, "-m", "assistant", "ask", "--index", str(index)]
    cold = [timed_process([*command, tools.plain[place]])[0] for place in range(5)]
    with tempfile.TemporaryDirectory() as work:
        batch = Path(work) / "questions.jsonl"
        lines = [json.dumps({"id": str(n), "question": text}) + "\n" for n, text in enumerate(tools.plain[:30])]
        batch.write_text("".join(lines), encoding="utf-8")
        _, memory = timed_process([*command, "--batch", str(batch), "--output", str(Path(work) / "answers.jsonl")])
    return {"cold question, seconds": percentile(cold, 0.5), "memory of the command line, MB": memory}


def timed_process(command: Sequence[str]) -> tuple[float, float]:
    """Run a command and return its seconds and the most memory it held, in MB (0 where the system does not say)."""
    # A child's figure starts at what its parent holds, so a small process stands between.
    shim = "import os,sys\npid=os.posix_spawn(sys.argv[1],sys.argv[1:],os.environ)\n_,s,u=os.wait4(pid,0)\n"
    shim += "print(u.ru_maxrss)\nsys.exit(os.waitstatus_to_exitcode(s))"
    started = time.perf_counter()
    if not hasattr(os, "wait4"):
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - started, 0.0
    done = subprocess.run([sys.executable, "-S", "-c", shim, *command], check=True, capture_output=True, text=True)
    kilobytes = float(done.stdout.strip().rsplit("\n", 1)[-1]) / (1024 if sys.platform == "darwin" else 1)
    return time.perf_counter() - started, kilobytes * 1.024 / 1000


def _warm(index: Path, tools: Tools) -> dict[str, float]:
    def opened() -> None:
        snapshot = tools.open_snapshot(index)
        snapshot.dense(vector, 10, Scope())
        snapshot.lexical({"genome": 1.0}, 10, Scope())

    vector = tools.encode(tools.plain[0])
    figures = {"opening, milliseconds": percentile(timed(lambda _: opened(), range(5))[1], 0.5)}
    desk = tools.open_desk(index)
    scopes = {"": Scope(), f", {COMMON}": Scope(countries=(COMMON,)), f", {RARE}": Scope(countries=(RARE,))}
    asked = tools.plain[:60]
    for question in asked[:5]:
        desk.ask(question)
    for name, scope in scopes.items():
        figures[f"passages in scope{name}"] = float(desk.snapshot().count(scope)[1])
        _, spent = timed(lambda q, scope=scope: desk.ask(q, (), scope), asked)  # type: ignore[misc]
        figures |= {f"question{name}, p{share}, ms": percentile(spent, share / 100) for share in (50, 95)}
    _, spent = timed(desk.ask, tools.everywhere[:15])
    figures["question after every country, p50, ms"] = percentile(spent, 0.5)
    return figures


def _served(index: Path, tools: Tools) -> dict[str, float]:
    """Start the chat on the library and let a crowd ask it over HTTP."""
    served = serve_and_ask(index, tools.corpus, tools.plain)
    return {
        "chat, from start to the first answer, seconds": served.first,
        f"{USERS} users, p95, ms": 1000 * percentile(served.waited, 0.95),
        f"{USERS} users, errors": float(served.errors),
        "memory of the chat after it, MB": served.memory,
    }


def _choices(index: Path, tools: Tools, figures: dict[str, float]) -> tuple[list[Choice], list[Choice]]:
    """Measure the candidates on the library's own vectors and texts; add our own recall to the figures."""
    vectors, snapshot = tools.vectors(index), tools.open_snapshot(index)
    queries = numpy.stack([tools.encode(question) for question in tools.plain[:40]])
    wanted = exact(vectors, queries)
    found, spent = timed(lambda q: [row for row, _ in snapshot.dense(q, 10, Scope())], list(queries))
    ours = Choice(
        "**ours: mapped 8-bit scan, scored again**", 0.0, vectors.shape[1], percentile(spent, 0.5),
        percentile(spent, 0.95), recall(found, wanted),
    )  # fmt: skip
    figures["recall@10 of exact search"] = ours.recall
    dense = [ours, *dense_choices(vectors, queries, wanted)]
    del vectors
    words = [question.lower().strip("?.").split() for question in tools.plain[:40]]
    _, spent = timed(lambda w: snapshot.lexical(dict.fromkeys(w, 1.0), 50, Scope()), words)
    mine = Choice("**ours: mapped arrays**", 0.0, 0.0, percentile(spent, 0.5), percentile(spent, 0.95), 1.0)
    count = snapshot.count(Scope())[1]
    if count > 100_000:
        return dense, [mine]
    texts = [passage.text for low in range(0, count, 1000) for passage in snapshot.passages(_range(low, count))]
    started = time.perf_counter()
    tools.own_words(texts)
    mine = replace(mine, build=time.perf_counter() - started)
    return dense, [mine, *lexical_choices(texts, words)]


def _range(low: int, count: int) -> list[int]:
    return list(range(low, min(low + 1000, count)))


def _change(index: Path, tools: Tools) -> dict[str, float]:
    """Replace one document of forty passages, then open what it left and ask."""
    spent, opened = [], []
    for number in range(3):
        started = time.perf_counter()
        tools.replace_one(index, number)
        spent.append(time.perf_counter() - started)
        desk = tools.open_desk(index)
        started = time.perf_counter()
        desk.snapshot().lexical({"genome": 1.0}, 10, Scope())
        opened.append(1000 * (time.perf_counter() - started))
        del desk  # a reader that holds an old revision makes the next writer wait before it leaves
    return {"one document replaced, seconds": percentile(spent, 0.5), "opening after it, milliseconds": mean(opened)}


def machine() -> str:
    """Return what this machine is, without its name."""
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, numpy {numpy.__version__}"
    )
