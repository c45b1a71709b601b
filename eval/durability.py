"""Measures what a refresh costs and what it survives, and writes eval/reports/durability.md.

python eval/durability.py [--files 300] [--kills 1000] [--rounds 7]

The corpus is made of the digests' PDFs, each several times with a line after its end, so that no two files have the
same bytes; reader and encoder are the real ones. Kills are those of tests/durability/torture.py.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from assistant.indexing.check import check_library
from assistant.indexing.refresh import ChangeReport, refresh
from assistant.settings import Settings
from assistant.wiring.library import late_encoder, load_encoder, reader, workers_of

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CHANGED = "visit-digest-ee"
SENTENCE = "It took place online on 19 and 20 May 2021"


def seconds_of(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long a call took, and what it returned."""
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def lay_out(corpus: Path, count: int) -> None:
    """Fill the folder with `count` PDFs of different bytes, and 100 watched questions."""
    corpus.mkdir(parents=True)
    sources = sorted((ROOT / "corpus" / "documents").glob("*.pdf"))
    for number in range(count):
        source = sources[number % len(sources)]
        (corpus / f"{source.stem}-{number:03d}.pdf").write_bytes(source.read_bytes() + b"%% copy %d\n" % number)
    lines = (ROOT / "eval" / "gold" / "starter.jsonl").read_text(encoding="utf-8").splitlines()[:100]
    (corpus / "pinned.txt").write_text("\n".join(json.loads(line)["question"] for line in lines), encoding="utf-8")


def changed_pdf(folder: Path, number: int) -> bytes:
    """Return the PDF of a digest with one paragraph changed; the typesetter is the corpus's own script."""
    sys.path.insert(0, str(ROOT / "corpus"))
    from dialect import read_digest
    from typeset import typeset

    source = ROOT / "corpus" / "digests" / f"{CHANGED}.md"
    text = source.read_text(encoding="utf-8")
    assert SENTENCE in text
    work = folder / source.name
    work.write_text(text.replace(SENTENCE, f"{SENTENCE} before {number + 30} guests"), encoding="utf-8")
    return typeset(read_digest(work))


def one_changed(settings: Settings, rounds: int, scratch: Path) -> list[dict[str, float]]:
    """Change one paragraph of one document, again and again; return what each refresh and its bare parts cost."""
    encoder = load_encoder(settings)
    workers = workers_of(settings, encoder, lambda event: None)
    target = next(settings.corpus.glob(f"{CHANGED}-*.pdf"))
    found = []
    for number in range(rounds + 1):
        target.write_bytes(changed_pdf(scratch, number))
        read_first = number % 2 == 0  # the order changes, so that a warm cache favours neither
        alone = bare(settings, encoder, target) if read_first else (0.0, [])
        wall, report = seconds_of(lambda: refresh(settings.corpus, settings.index, workers))
        if not read_first:
            alone = bare(settings, encoder, target)
        (change,) = report.changes
        embedding = embedding_alone(encoder, alone[1][: report.embeddings])
        found.append(
            {
                "embedded": report.embeddings,
                "changed": change.added,
                "wall": wall,
                "reading": alone[0],
                "embedding": embedding,
                "ratio": wall / (alone[0] + embedding),
            }
        )
    return found[1:]  # the first round warms the disk and the processors


def embedding_alone(encoder: Any, texts: list[str]) -> float:
    """Return how long these passages take to embed, and nothing else."""
    spans = [[(0, len(text))] for text in texts]
    return seconds_of(lambda: encoder.encode_passages(["x: "] * len(texts), texts, spans))[0]


def bare(settings: Settings, encoder: Any, file: Path) -> tuple[float, list[str]]:
    """Read and cut one document as a refresh does, and nothing else; return the time and the passages' texts."""
    workers = workers_of(settings, encoder, lambda event: None)

    def work() -> list[str]:
        (_, reading) = next(iter(reader(settings)([file])))
        document = workers.describe(file.name, "", reading, ())
        return [passage.text for passage in workers.cut(document, reading)]

    return seconds_of(work)


def proportion(count: int, rounds: int, folder: Path) -> dict[str, Any]:
    """Measure builds and refreshes of a corpus of `count` documents."""
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    lay_out(settings.corpus, count)
    build, report = seconds_of(lambda: refreshed(settings))
    time.sleep(2.1)  # a file younger than two seconds is read again, since its time may not tell
    again, _ = seconds_of(lambda: refreshed(settings))
    nothing, idle = seconds_of(lambda: refreshed(settings))
    command = [sys.executable, "-m", "assistant", "index", "--corpus", settings.corpus, "--index", settings.index]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    cold, _ = seconds_of(lambda: subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True))
    rows = one_changed(settings, rounds, folder)
    for number, file in enumerate(sorted(settings.corpus.glob("*.pdf"))):
        file.rename(settings.corpus / f"renamed-{number:03d}.pdf")
    renaming, renamed = seconds_of(lambda: refreshed(settings))
    checking, checked = seconds_of(lambda: check_library(settings.index))
    assert not checked.problems, checked.problems
    return {
        "documents": count, "passages": checked.passages, "build": build, "first": report.embeddings,
        "stamps": again, "nothing": nothing, "nothing embedded": idle.embeddings, "command": cold, "rows": rows,
        "renaming": renaming, "renamed": sum(c.change == "renamed" for c in renamed.changes),
        "renamed embedded": renamed.embeddings, "checking": checking,
    }  # fmt: skip


def refreshed(settings: Settings) -> ChangeReport:
    """Refresh as the command does: the encoder is loaded only where it is needed."""
    workers = workers_of(settings, late_encoder(settings), lambda event: None)
    return refresh(settings.corpus, settings.index, workers)


def tortured(kills: int) -> dict[str, Any]:
    """Run the kills in a process of their own."""
    command = [sys.executable, "-m", "tests.durability.torture", "--kills", str(kills)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return dict(json.loads(done.stdout))


def tested() -> list[str]:
    """Run the other durability tests; return what pytest says of each."""
    command = [sys.executable, "-m", "pytest", "tests/durability", "-vv", "-p", "no:cacheprovider",
               "--deselect", "tests/durability/test_kills.py"]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if "::" in line and any(w in line for w in ("PASSED", "FAILED"))]
    return [line.split("tests/durability/")[1] for line in lines]


def counted(tests: list[str]) -> dict[str, tuple[int, int]]:
    """Return (passed, all) by test, its cases together."""
    found: dict[str, tuple[int, int]] = {}
    for line in tests:
        name = line.split("[")[0].split(" ")[0].removeprefix("test_").replace(".py::test_", ": ").replace("_", " ")
        good, total = found.get(name, (0, 0))
        found[name] = (good + ("PASSED" in line), total + 1)
    return found


def text_of(found: dict[str, Any], kills: dict[str, Any], tests: list[str]) -> str:
    """Return the report as Markdown."""
    rows = found["rows"]

    def middle(name: str) -> float:
        return statistics.median(row[name] for row in rows)

    extra = max(row["embedded"] - row["changed"] for row in rows)
    passed = sum("PASSED" in line for line in tests)
    points = ", ".join(f"{name} {count}" for name, count in kills["write points"].items())
    lines = [
        "# Durability", "",
        f"{date.today().isoformat()}, {os.cpu_count()} cores, {platform.machine()}, Python "
        f"{platform.python_version()}, real reader and encoder; load average {os.getloadavg()[0]:.1f} at the end. "
        "`make durability`", "",
        f"## Work in proportion to the change ({found['documents']} documents, {found['passages']} passages)", "",
        "| what | wanted | measured |", "|---|---|---|",
        f"| built from nothing | – | {found['build']:.1f} s, {found['first']} passages embedded |",
        f"| nothing changed | < 1 s, 0 embedded | {found['nothing']:.2f} s, {found['nothing embedded']} embedded "
        f"(the whole command: {found['command']:.2f} s) |",
        f"| one paragraph of one document | ≤ 5 embedded beyond its own | {extra} beyond ({rows[0]['embedded']} "
        f"embedded) |",
        f"| the same, time | ≤ 1.2 × reading alone and embedding | {middle('ratio'):.2f} × (median of {len(rows)}; "
        f"{middle('wall'):.2f} s against {middle('reading'):.2f} + {middle('embedding'):.2f} s; all: "
        f"{', '.join(format(row['ratio'], '.2f') for row in rows)}) |",
        f"| {found['renamed']} files renamed | 0 embedded | {found['renamed embedded']} embedded, "
        f"{found['renaming']:.2f} s |",
        f"| `assistant check` of it | – | {found['checking']:.2f} s |", "",
        "## Kill −9", "",
        f"{kills['at write points']} kills at every write point ({points}), {kills['at random moments']} at random "
        f"moments, each opened in a new process: {len(kills['wrong'])} libraries that were not whole, did not pass "
        f"`check`, or that the next refresh did not bring to what a build from nothing gives "
        f"({kills['seconds']} s).", "",
        "## Tests of this run", "", f"{passed} of {len(tests)} passed.", "",
        *(f"- {name}: {good} of {total}" for name, (good, total) in counted(tests).items()), "",
    ]  # fmt: skip
    return "\n".join(lines)


def main() -> int:
    """Measure and write; 1 when a kill or a test found something."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="durability-"))
    try:
        found = proportion(given.files, given.rounds, folder)
    finally:
        shutil.rmtree(folder)
    print(json.dumps(found), flush=True)
    kills, tests = tortured(given.kills), tested()
    target = HERE / "reports" / "durability.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text(text_of(found, kills, tests), encoding="utf-8")
    print(f"written to {target}")
    return int(bool(kills["wrong"]) or any("FAILED" in line for line in tests))


if __name__ == "__main__":
    sys.exit(main())
