"""Watched questions: which of them find other passages after a refresh, kept up in proportion to the change.

For each question the closest passages by vector are kept with their cosines. Passages that left are struck out, new
ones are merged in by one matrix product; only a question whose list ran short is searched afresh. Search itself also
counts words, so this is a sign that an answer may differ, not a repetition of the answer.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy

from assistant.indexing import compact, derive, schema
from assistant.indexing.changes import QuestionChange
from assistant.ports import Encoder

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]
Question = tuple[str, str]
"""(id, text)."""
MOST = 1000
DEPTH, SHOWN = 20, 3
NAME = "pinned"
CHUNK = 4096
LAYOUT = 2
"""How the record is written; one of another layout is made anew."""


@dataclass
class _Watched:
    packed: bytes
    """Its vector in 8 bits: the same before and after a refresh, which is what is compared."""
    best: list[tuple[str, float]] = field(default_factory=list)
    """(content key, cosine), best first: exactly the closest passages, as many as there are entries."""
    whole: bool = False
    """Whether every passage of the library is in `best`."""
    places: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    searched: bool = False

    @property
    def vector(self) -> Vectors:
        vector: Vectors = compact.sentence_vectors(self.packed, len(self.packed) - 4)[0]
        return vector


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the watched questions."""

    changes: tuple[QuestionChange, ...]
    watched: int
    notes: tuple[str, ...]


def refresh_questions(
    connection: sqlite3.Connection,
    revision: tuple[int, int],
    questions: Sequence[Question],
    added: Mapping[str, bytes] | None,
    encoder: Encoder,
    seconds: float,
) -> Outcome:
    """Compare each question's closest passages before and after, and keep the new ones, inside a transaction.

    `revision` is (before, after); `added` has the vectors of new contents, None when they are not known; at most
    `seconds` are spent on questions that are not encoded yet, the rest waits for the next refresh.
    """
    known = _load(connection, encoder.fingerprint)
    current = known.pop("", None) == revision[0]
    kept = {text: (entry.best, entry.whole) for text, entry in known.items()}
    watched, late = _encoded(questions[:MOST], known, encoder, seconds)
    notes = [f"{late} watched questions are not encoded yet; the next refresh goes on with them"] if late else []
    if len(questions) > MOST:
        notes.append(f"only the first {MOST} of {len(questions)} watched questions are followed")
    before = {text: (entry.shown, entry.places) for text, entry in watched.items() if entry.searched}
    if current and added is not None:
        _merge(connection, watched, added, encoder.dimension)
    else:
        for entry in watched.values():
            entry.searched = False
    _search(connection, [entry for entry in watched.values() if not entry.searched], encoder.dimension)
    changes = []
    for identifier, text in questions[:MOST]:
        if text not in watched:
            continue
        entry, old = watched[text], before.get(text)
        shown = tuple(content for content, _ in entry.best[:SHOWN])
        if shown != entry.shown:
            entry.shown, entry.places = shown, tuple(_place(connection, content) for content in shown)
        if old is not None and set(old[0]) != set(entry.shown):
            changes.append(QuestionChange(identifier, text, old[1], entry.places))
    if kept != {text: (entry.best, entry.whole) for text, entry in watched.items()}:
        _save(connection, encoder.fingerprint, watched)
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (NAME, str(revision[1])))
    return Outcome(tuple(changes), len(watched), tuple(notes))


def _encoded(
    questions: Sequence[Question], known: dict[str, Any], encoder: Encoder, seconds: float
) -> tuple[dict[str, _Watched], int]:
    texts = list(dict.fromkeys(text for _, text in questions))
    fresh = [text for text in texts if text not in known]
    started = time.perf_counter()

    def encode(text: str) -> _Watched | None:
        if time.perf_counter() - started >= seconds:
            return None
        return _Watched(compact.sentence_bytes(encoder.encode_query(text)[None]))

    with ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="watched") as pool:
        made = dict(zip(fresh, pool.map(encode, fresh), strict=True))
    found = {text: known.get(text) or made[text] for text in texts}
    watched = {text: entry for text, entry in found.items() if entry is not None}
    late = len(texts) - len(watched)
    return watched, late


def _merge(
    connection: sqlite3.Connection, watched: dict[str, _Watched], added: Mapping[str, bytes], dimension: int
) -> None:
    entries = [entry for entry in watched.values() if entry.searched]
    alive = _alive(connection, {content for entry in entries for content, _ in entry.best})
    fresh = [content for content in added if content in _alive(connection, added)]
    vectors = numpy.stack([compact.passage_vectors(added[c], dimension)[0] for c in fresh]) if fresh else None
    for entry in entries:
        rest = [(content, cosine) for content, cosine in entry.best if content in alive]
        if len(rest) < SHOWN and not entry.whole:
            entry.searched = False
            continue
        floor = rest[-1][1] if rest and not entry.whole else -2.0
        there = {content for content, _ in rest}
        if vectors is not None:
            cosines = (vectors @ entry.vector).tolist()
            rest += [(c, s) for c, s in zip(fresh, cosines, strict=True) if s >= floor and c not in there]
        entry.whole = entry.whole and len(rest) <= DEPTH
        entry.best = _ranked(rest)


def _search(connection: sqlite3.Connection, entries: Sequence[_Watched], dimension: int) -> None:
    """Search these questions through the whole library, some thousand passages at a time."""
    if not entries:
        return
    questions = numpy.stack([entry.vector for entry in entries])
    total = 0
    found: list[dict[str, float]] = [{} for _ in entries]
    for contents, vectors in _chunks(connection, dimension):
        total += len(contents)
        scores = questions @ vectors.T
        take = min(DEPTH, len(contents))
        best = numpy.argpartition(-scores, take - 1, axis=1)[:, :take]
        for place, columns in enumerate(best):
            merged = {**found[place], **{contents[c]: float(scores[place, c]) for c in columns}}
            found[place] = dict(_ranked(merged.items()))
    for entry, best_of in zip(entries, found, strict=True):
        entry.best, entry.whole, entry.searched = _ranked(best_of.items()), total <= DEPTH, True


def _chunks(connection: sqlite3.Connection, dimension: int) -> Iterator[tuple[list[str], Vectors]]:
    cursor = connection.execute("SELECT content, max(vector) FROM passages GROUP BY content")
    while rows := cursor.fetchmany(CHUNK):
        yield [content for content, _ in rows], compact.passage_vectors(b"".join(blob for _, blob in rows), dimension)


def _ranked(pairs: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:DEPTH]


def _alive(connection: sqlite3.Connection, contents: Iterable[str]) -> set[str]:
    wanted, found = list(contents), set()
    for low in range(0, len(wanted), 500):
        part = wanted[low : low + 500]
        query = f"SELECT DISTINCT content FROM passages WHERE content IN ({','.join('?' * len(part))})"
        found |= {content for (content,) in connection.execute(query, part)}
    return found


def _place(connection: sqlite3.Connection, content: str) -> str:
    query = "SELECT d.file, p.data FROM passages p JOIN documents d ON d.id = p.document WHERE p.content = ? LIMIT 1"
    file, data = connection.execute(query, (content,)).fetchone()
    return f"{file}, page {schema.passage_from_bytes(data).page}"


def _load(connection: sqlite3.Connection, fingerprint: str) -> dict[str, Any]:
    """Return the kept questions by text, and the revision they are of under ""; nothing for another encoder."""
    found = derive.get(connection, NAME)
    if found is None:
        return {}
    of = connection.execute("SELECT value FROM meta WHERE name = ?", (NAME,)).fetchone()
    known: dict[str, Any] = {"": int(of[0]) if of else -1}
    rest = 4 + int.from_bytes(found[1][:4], "big")
    layout, made_by, *head = schema.expand(found[1][4:rest])
    if (layout, made_by) != (LAYOUT, fingerprint):
        return {}
    contents, rows = head
    total = sum(count for _, _, count, *_ in rows)
    columns = numpy.frombuffer(found[1], dtype="<u4", count=total, offset=rest).tolist()
    cosines = numpy.frombuffer(found[1], dtype="<f4", count=total, offset=rest + 4 * total).tolist()
    vectors = found[1][rest + 8 * total :]
    width, start = len(vectors) // max(1, len(rows)), 0
    for number, (text, whole, count, places, shown) in enumerate(rows):
        ends = slice(start, start + count)
        best = [(contents[c], cosine) for c, cosine in zip(columns[ends], cosines[ends], strict=True)]
        packed = vectors[number * width : (number + 1) * width]
        known[text] = _Watched(packed, best, whole, tuple(places), tuple(contents[c] for c in shown), True)
        start += count
    return known


def _save(connection: sqlite3.Connection, fingerprint: str, watched: dict[str, _Watched]) -> None:
    """Write a length, a compressed head, then all rows of `best` as numbers and cosines, then the vectors."""
    entries = watched.values()
    contents: dict[str, int] = {}
    for entry in entries:
        for content in (*(content for content, _ in entry.best), *entry.shown):
            contents.setdefault(content, len(contents))
    rows = [[text, e.whole, len(e.best), e.places, [contents[c] for c in e.shown]] for text, e in watched.items()]
    head = schema.squeeze([LAYOUT, fingerprint, list(contents), rows])
    columns = numpy.asarray([contents[c] for e in entries for c, _ in e.best], dtype="<u4").tobytes()
    cosines = numpy.asarray([cosine for e in entries for _, cosine in e.best], dtype="<f4").tobytes()
    vectors = b"".join(entry.packed for entry in entries)
    derive.put(connection, NAME, 0, len(head).to_bytes(4, "big") + head + columns + cosines + vectors)
