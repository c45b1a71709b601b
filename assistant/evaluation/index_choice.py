"""Which index at which size: the candidates for vectors and for words, measured on the same library.

Exempt from the rule of one owner per library, as `stock` is: it measures what we did not take beside what we did.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy

from assistant.evaluation.metrics import mean, percentile

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]
GOOD = 0.98
SMALL_ONLY = 100_000
"""What is built only up to so many passages: building it for a million takes too long or too much memory here."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One candidate: seconds to build, bytes per passage, milliseconds a question, recall@10 (share from 0 to 1)."""

    name: str
    build: float
    size: float
    p50: float
    p95: float
    recall: float


def exact(vectors: Vectors, queries: Vectors, limit: int = 10) -> list[set[int]]:
    """Return the rows nearest to each query by a full scan."""
    found = []
    for query in queries:
        scores = numpy.vecdot(vectors, query)
        found.append({int(row) for row in numpy.argpartition(-scores, limit)[:limit]})
    return found


def recall(found: Sequence[Sequence[int]], wanted: Sequence[set[int]]) -> float:
    """Return the mean share of the wanted rows among the first ten found."""
    return mean([len(set(rows[:10]) & best) / len(best) for rows, best in zip(found, wanted, strict=True)])


def timed(ask: Callable[[Any], Any], queries: Sequence[Any]) -> tuple[list[Any], list[float]]:
    """Return what each query gave and how many milliseconds it took."""
    found, spent = [], []
    for query in queries:
        started = time.perf_counter()
        found.append(ask(query))
        spent.append(1000 * (time.perf_counter() - started))
    return found, spent


def dense_choices(vectors: Vectors, queries: Vectors, wanted: Sequence[set[int]]) -> list[Choice]:
    """Measure the indexes faiss offers at this size; one question at a time, as a delegate asks."""
    lists = 1 << int(numpy.log2(2 * len(vectors) ** 0.5))
    names = ["Flat", "SQ8", f"IVF{lists},SQ8"]
    if len(vectors) <= SMALL_ONLY:
        names.append("HNSW32,SQ8")
    return [_dense_choice(name, vectors, queries, wanted) for name in names]


def _dense_choice(name: str, vectors: Vectors, queries: Vectors, wanted: Sequence[set[int]]) -> Choice:
    faiss: Any = import_module("faiss")
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    started = time.perf_counter()
    index = faiss.index_factory(vectors.shape[1], name, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors[:: max(1, len(vectors) // 32768)])
    for low in range(0, len(vectors), 65536):
        index.add(vectors[low : low + 65536])
    built = time.perf_counter() - started
    faiss.omp_set_num_threads(1)
    size = len(faiss.serialize_index(index)) / len(vectors)
    best: Choice | None = None
    for effort in (8, 16, 32, 64, 128) if name[0] in "IH" else (0,):
        if effort:
            setter = faiss.ParameterSpace()
            setter.set_index_parameter(index, "nprobe" if name.startswith("IVF") else "efSearch", effort)
        found, spent = timed(lambda q: index.search(q.reshape(1, -1), 10)[1][0].tolist(), list(queries))
        label = f"{name}, {effort} {'lists' if name.startswith('IVF') else 'candidates'}" if effort else name
        best = Choice(label, built, size, percentile(spent, 0.5), percentile(spent, 0.95), recall(found, wanted))
        if best.recall >= GOOD:
            break
    assert best is not None
    return best


def lexical_choices(texts: Sequence[str], queries: Sequence[Sequence[str]]) -> list[Choice]:
    """Measure FTS5 and bm25s; `queries` are lists of words. Recall is not asked: the rankings differ by design."""
    return [_fts5(texts, queries), _bm25s(texts, queries)]


def _fts5(texts: Sequence[str], queries: Sequence[Sequence[str]]) -> Choice:
    with tempfile.TemporaryDirectory() as work:
        file = Path(work) / "words.sqlite3"
        connection = sqlite3.connect(file)
        started = time.perf_counter()
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='porter unicode61')")
        connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", enumerate(texts))
        connection.commit()
        built = time.perf_counter() - started

        def ask(words: Sequence[str]) -> Any:
            match = " OR ".join(f'"{word}"' for word in words)
            query = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 50"
            return connection.execute(query, (match,)).fetchall()

        _, spent = timed(ask, queries)
        connection.close()
        size = file.stat().st_size / len(texts)
    return Choice("SQLite FTS5, porter", built, size, percentile(spent, 0.5), percentile(spent, 0.95), 0.0)


def _bm25s(texts: Sequence[str], queries: Sequence[Sequence[str]]) -> Choice:
    bm25s: Any = import_module("bm25s")
    started = time.perf_counter()
    index = bm25s.BM25(k1=0.9, b=0.6)
    index.index(bm25s.tokenize(list(texts), show_progress=False), show_progress=False)
    built = time.perf_counter() - started
    size = sum(array.nbytes for array in index.scores.values() if hasattr(array, "nbytes")) / len(texts)
    known = [[word for word in words if word in index.vocab_dict] for words in queries]
    _, spent = timed(lambda w: index.retrieve([w], k=50, show_progress=False), [words for words in known if words])
    return Choice("bm25s, no stemming", built, size, percentile(spent, 0.5), percentile(spent, 0.95), 0.0)
