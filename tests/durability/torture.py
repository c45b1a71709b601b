"""Kills a refresh at every write point and at random moments, and looks at what is left, each time in a new process.

    python -m tests.durability.torture --kills 200 [--seed 1]

Prints one JSON object: kills by kind, write points by world, what was wrong. Processes are forks of this one, which
stays single-threaded, so that a kill costs some ten milliseconds and not an import.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from assistant.indexing.check import check_library
from assistant.indexing.refresh import refresh
from assistant.indexing.snapshot import LibrarySnapshot
from assistant.model import Scope
from tests.durability.worlds import WORLDS, World, dump, lay_out, workers

State = dict[str, str]


def in_child(work: Callable[[], object]) -> str:
    """Run `work` in a forked process; return "" or what went wrong, "killed" when it was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        text = ""
        try:
            work()
        except BaseException:
            text = traceback.format_exc()
        os.write(writer, text.encode()[-60_000:])
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        text = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    return "killed" if os.WIFSIGNALED(status) else text


class Counter:
    """Counts write points and does something at the n-th; file renames and syncs of the segments count too."""

    def __init__(self, at: int = 0, act: Callable[[str], None] = lambda name: None) -> None:
        self.count, self.at, self.act = 0, at, act

    def __call__(self, name: str) -> None:
        self.count += 1
        if self.count == self.at:
            self.act(name)

    def watch_files(self) -> None:
        """Count `os.replace`, `os.fsync` and `os.unlink` as well; only in a process that ends soon."""
        for name in ("replace", "fsync", "unlink"):
            real = getattr(os, name)

            def watched(
                *given: object, _real: Callable[..., object] = real, _name: str = name, **more: object
            ) -> object:
                self(_name)
                return _real(*given, **more)

            setattr(os, name, watched)


def kill(name: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Bench:
    """One world in one folder: its states on the way, and one trial after another from the same start."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder = world, folder
        self.corpus, self.index = folder / "corpus", folder / "index"
        world.prepare(folder)
        self.start = folder / "start"
        if self.index.exists():
            shutil.copytree(self.index, self.start)
        self.states, self.points, self.seconds = self._undisturbed()
        lay_out(folder / "nothing" / "corpus", world.after)
        refresh(folder / "nothing" / "corpus", folder / "nothing" / "index", workers())
        self.end = dump(folder / "nothing" / "index")

    def reset(self) -> None:
        """Put the library back to the start."""
        shutil.rmtree(self.index, ignore_errors=True)
        if self.start.exists():
            shutil.copytree(self.start, self.index)

    def _undisturbed(self) -> tuple[list[State], int, float]:
        """Run once and return every state a reader could see, the number of write points, and the time."""
        states: list[State] = [dump(self.index)]
        result = self.folder / "points.json"

        def run() -> None:
            counter = Counter()
            counter.watch_files()
            started = time.perf_counter()
            self.world.act(self.corpus, self.index, workers(counter))
            seconds = time.perf_counter() - started
            result.write_text(json.dumps([counter.count, seconds]))

        wrong = in_child(run)
        assert not wrong, wrong
        count, seconds = json.loads(result.read_text())

        def look() -> None:
            def see(name: str) -> None:
                state = dump(self.index)
                if state != states[-1]:
                    states.append(state)

            self.world.act(self.corpus, self.index, workers(see))
            see("end")
            result.write_text(json.dumps(states))

        self.reset()
        wrong = in_child(look)
        assert not wrong, wrong
        return json.loads(result.read_text()), count, seconds

    def verify(self) -> None:
        """Assert, in this process, all that is promised of a library after a kill."""
        assert dump(self.index) in self.states, "the library is in a state between"
        if (self.index / "library.sqlite3").exists() and dump(self.index):
            report = check_library(self.index)
            damaged = self.world.name == "repair"  # it was before the kill, and a repair that was stopped leaves it
            assert damaged or not report.problems, report.problems
            snapshot = LibrarySnapshot(self.index)
            assert len(snapshot.passages(range(snapshot.count(Scope())[1]))) == snapshot.count(Scope())[1]
            snapshot.close()
        if self.world.name == "repair":
            self.world.act(self.corpus, self.index, workers())
        refresh(self.corpus, self.index, workers())
        assert dump(self.index) == self.end, "the next refresh did not complete"
        report = check_library(self.index)
        assert not report.problems and not report.notes, (report.problems, report.notes)
        strange = litter(self.index)
        assert not strange, strange

    def kill_at(self, point: int) -> str:
        """Kill at a write point; return "" when all is well, "finished" when the act has fewer points."""

        def run() -> None:
            counter = Counter(point, kill)
            counter.watch_files()
            self.world.act(self.corpus, self.index, workers(counter))

        self.reset()
        ended = in_child(run)
        if ended == "":
            return "finished"
        return in_child(self.verify) if ended == "killed" else ended

    def kill_after(self, seconds: float) -> tuple[bool, str]:
        """Kill after a time; return whether it came in time, and what is wrong."""
        self.reset()
        child = os.fork()
        if child == 0:
            try:
                self.world.act(self.corpus, self.index, workers())
            finally:
                os._exit(0)
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status), in_child(self.verify)


KNOWN = (
    "library.sqlite3",
    "library.seal",
    "write.lock",
    "changes",
    "segment-",
    "library.sqlite3-wal",
    "library.sqlite3-shm",
)


def litter(index: Path) -> list[str]:
    """Return what lies in a library's folder and does not belong there."""
    return [file.name for file in index.iterdir() if not file.name.startswith(KNOWN) or file.suffix == ".tmp"]


def torture(kills: int, seed: int, folder: Path) -> dict[str, object]:
    """Kill at every write point of every world, then at random moments up to `kills` in all."""
    chance = random.Random(seed)
    benches = [Bench(world, folder / str(number)) for number, world in enumerate(WORLDS)]
    wrong: list[str] = []
    points: dict[str, int] = {}
    at_points = at_random = 0
    for bench in benches:
        point = 1
        while (found := bench.kill_at(point)) != "finished":
            at_points += 1
            if found:
                wrong.append(f"{bench.world.name}, write point {point}: {found}")
            point += 1
        points[bench.world.name] = point - 1
    while at_points + at_random < kills or at_random < kills // 4:
        bench = chance.choice(benches)
        moment = chance.uniform(0, 1.1 * bench.seconds)
        in_time, found = bench.kill_after(moment)
        at_random += in_time
        if found:
            wrong.append(f"{bench.world.name}, after {moment:.4f} s: {found}")
    return {"at write points": at_points, "at random moments": at_random, "write points": points, "wrong": wrong}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        started = time.perf_counter()
        result = torture(given.kills, given.seed, Path(folder))
        result["seconds"] = round(time.perf_counter() - started, 1)
    print(json.dumps(result, ensure_ascii=False))
    sys.exit(int(bool(result["wrong"])))


if __name__ == "__main__":
    main()
