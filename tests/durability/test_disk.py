"""A disk that fails or fills at each write in turn: a clear sentence, nothing lost, nothing left lying about."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import UnwritableLibrary
from assistant.indexing.check import check_library
from assistant.indexing.refresh import refresh
from tests.durability.torture import Bench, Counter, in_child, litter
from tests.durability.worlds import WORLDS, dump, workers

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


def full(name: str) -> None:
    raise sqlite3.OperationalError("database or disk is full")


def no_space(name: str) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def failing(name: str) -> None:
    raise sqlite3.OperationalError("disk I/O error")


def whole_afterwards(bench: Bench) -> None:
    assert dump(bench.index) in bench.states
    assert not [name for name in litter(bench.index) if name not in (".rebuild", ".repair")]
    if dump(bench.index):
        assert not check_library(bench.index).problems
    refresh(bench.corpus, bench.index, workers())
    assert dump(bench.index) == bench.end
    found = check_library(bench.index)
    assert (found.problems, found.notes) == ((), ())


@pytest.mark.parametrize("world", [w for w in WORLDS if w.name != "repair"], ids=lambda w: w.name)
@pytest.mark.parametrize(("act", "words"), [(full, "is full"), (no_space, "is full"), (failing, "disk I/O error")])
def test_every_write_may_fail(folder: Path, world: object, act: Callable[[str], None], words: str) -> None:
    bench = Bench(world, folder)  # type: ignore[arg-type]
    step = 1 if act is full else 12  # each write once, and some with the other errors

    def trial(point: int) -> None:
        with pytest.raises(UnwritableLibrary, match=words):
            bench.world.act(bench.corpus, bench.index, workers(Counter(point, act)))
        whole_afterwards(bench)

    point = 1
    while point <= bench.points:
        bench.reset()
        wrong = in_child(lambda: trial(point))  # noqa: B023
        if "DID NOT RAISE" in wrong:
            break
        assert not wrong, (point, wrong)
        point += step
    assert point > 50


def test_a_disk_that_really_fills(folder: Path) -> None:
    """The system refuses to let any file grow beyond a limit; the limit rises until the refresh succeeds."""
    import resource

    bench = Bench(WORLDS[0], folder)
    told = folder / "told.txt"

    def run(limit: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            bench.world.act(bench.corpus, bench.index, workers())
        except UnwritableLibrary as error:
            sentence = str(error)
        else:
            sentence = "done"
        fresh = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.write(fresh, sentence.encode()[: max(limit, 1)])
        os.close(fresh)

    refused = 0
    for limit in range(4096, 4_000_000, 24_576):
        bench.reset()
        assert in_child(lambda: run(limit)) == ""  # noqa: B023
        sentence = told.read_text()
        wrong = in_child(lambda: whole_afterwards(bench))
        assert not wrong, (limit, wrong)
        if sentence == "done":
            break
        refused += 1
        assert "is full" in sentence or "disk I/O error" in sentence
    assert sentence == "done"
    assert refused >= 5
