"""Where characters stand: packed and found again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.geometry import Run, boxes_of, pack, unpack

EDGES = st.integers(0, 65535).map(lambda value: value / 10)


def runs() -> st.SearchStrategy[list[Run]]:
    def made(parts: list[tuple[int, float, list[tuple[float, float]]]]) -> list[Run]:
        out, start = [], 0
        for skipped, top, edges in parts:
            start += skipped
            out.append(Run(start, top, top, tuple(a for a, _ in edges), tuple(b for _, b in edges)))
            start += len(edges)
        return out

    part = st.tuples(st.integers(0, 3), EDGES, st.lists(st.tuples(EDGES, EDGES), min_size=1, max_size=8))
    return st.lists(part, max_size=6).map(made)


@given(runs(), st.integers(0, 60), st.integers(0, 60))
def test_runs_survive_their_bytes(given_runs: list[Run], start: int, end: int) -> None:
    blob = pack(given_runs)
    assert list(unpack(blob)) == given_runs
    assert boxes_of(unpack(blob, start, end), start, end) == boxes_of(given_runs, start, end)


def test_boxes_join_what_stands_on_one_line() -> None:
    line = Run(0, 100.0, 112.0, (50.0, 55.0, 60.0), (55.0, 60.0, 65.0))
    after = Run(4, 100.0, 112.0, (70.0,), (75.0,))
    below = Run(6, 120.0, 132.0, (50.0, 55.0), (55.0, 60.0))
    assert boxes_of((line, after, below), 1, 7) == ((55.0, 100.0, 75.0, 112.0), (50.0, 120.0, 55.0, 132.0))
