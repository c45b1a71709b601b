"""Is the library on disk what was written? Files against the seal, rows against their checksums, search against rows.

Nothing is written and nothing repaired here; `repair` does that.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import LibraryError, NoLibrary
from assistant.indexing import export, schema, seal
from assistant.indexing.carriers import sha256_of
from assistant.indexing.check_rows import row_problems
from assistant.indexing.faults import TEMPORARY
from assistant.indexing.lexical import terms_of
from assistant.indexing.lock import WriteLock
from assistant.indexing.segments import lexical_text
from assistant.indexing.snapshot import LibrarySnapshot
from assistant.model import Scope

SAMPLE = 500
"""So many passages are looked up by their own vector; evenly spread when there are more."""
MODEL_FOLDERS = ("encoder", "reader", "reader-languages")
"""Where exported models lie beside the library."""
NEAR = 0.02
"""The scan that proposes neighbours sees 8-bit vectors: among look-alikes another one as near is as good."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found: `problems` make it fail, `notes` do not."""

    documents: int
    passages: int
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()


def check_library(index: Path, wanted: Mapping[str, str] | None = None) -> CheckReport:
    """Check everything; raises NoLibrary, or LibraryBusy while another process writes.

    `wanted` are the values that the settings ask for (encoder, chunking): others are reported as problems.
    """
    if not (index / schema.FILE).is_file():
        raise NoLibrary(f"there is no library in {index}; run: assistant index --index {index}")
    lock = None
    with suppress(PermissionError):
        lock = WriteLock(index)
    try:
        return _check(index, wanted or {})
    finally:
        if lock is not None:
            lock.release()


def _check(index: Path, wanted: Mapping[str, str]) -> CheckReport:
    problems: list[str] = []
    notes = [f"{file.name} was left unfinished by a killed writer" for file in index.glob(f"{TEMPORARY}*")]
    log = index / f"{schema.FILE}-wal"
    waiting = log.exists() and log.stat().st_size > 0
    counts = (0, 0)
    try:
        with closing(_connection(index, waiting)) as connection:
            problems += [f"SQLite: {row[0]}" for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            meta = schema.meta_of(connection)
            problems += _seal_problems(index, meta, waiting, notes)
            problems += _settings_problems(meta, wanted)
            if meta.get("format") == schema.FORMAT:
                problems += row_problems(connection)
            elif meta.get("format") in schema.READABLE:
                notes.append("the library is of an earlier format without checksums; assistant index adds them")
            else:
                problems.append(f"format {meta.get('format')!r} is not known; run: assistant index --rebuild")
            counts = tuple(  # type: ignore[assignment]
                int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
                for table in ("documents", "passages")
            )
    except (sqlite3.Error, ValueError, TypeError, KeyError, OverflowError) as problem:
        problems.append(f"{schema.FILE} cannot be read as a library ({problem})")
    problems += [problem for name in MODEL_FOLDERS for problem in model_problems(index / name)]
    if not problems:
        problems += _search_problems(index)
    return CheckReport(*counts, tuple(problems), tuple(notes))


def _connection(index: Path, waiting: bool) -> sqlite3.Connection:
    """Open for reading; a file at rest is opened as immutable, so that nothing can write into a damaged one."""
    mode = "mode=rw" if waiting else "immutable=1"
    return sqlite3.connect(f"{(index / schema.FILE).resolve().as_uri()}?{mode}", uri=True, isolation_level=None)


def _seal_problems(index: Path, meta: Mapping[str, str], waiting: bool, notes: list[str]) -> list[str]:
    try:
        found = seal.read_seal(index)
    except ValueError as problem:
        return [str(problem)]
    sequence = int(meta.get("sequence", "0"))
    if found is not None and found["sequence"] > sequence:
        return [f"the library is older than its seal ({sequence} transactions, sealed {found['sequence']})"]
    if found is None or found["sequence"] < sequence or waiting:
        notes.append("the library is not sealed yet: a writer was stopped, or a reader holds it; rows were checked")
        return []
    return seal.broken_files(index, found)


def _settings_problems(meta: Mapping[str, str], wanted: Mapping[str, str]) -> list[str]:
    return [
        f"the library was made with {name} {meta.get(name)}, now {value} is set; run: assistant index --rebuild"
        for name, value in wanted.items()
        if meta.get(name) != value
    ]


def model_problems(folder: Path) -> list[str]:
    """Return what is wrong with the files of an exported encoder or reader; no folder is no problem."""
    if not folder.is_dir():
        return []
    try:
        written = (folder / "manifest.json").read_bytes()
        files = export.manifest_files(written)
        wrong = [name for name, sum_ in files.items() if sha256_of(folder / name) != sum_]
        if not wrong and export.manifest_bytes(folder, json.loads(written)) != written:
            wrong = ["manifest.json"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        wrong = ["manifest.json"]
    return [f"{folder.name}/{name} is not as it was exported; run: assistant repair" for name in wrong]


def _search_problems(index: Path) -> list[str]:
    """Compare what search sees (vectors in FAISS, words in the lexical index) with the rows of the library."""
    snapshot = LibrarySnapshot(index)
    try:
        return [*_vector_problems(snapshot), *_word_problems(snapshot)]
    except (LibraryError, ValueError, KeyError) as problem:
        return [f"search: {problem}"]
    finally:
        snapshot.close()


def _vector_problems(snapshot: LibrarySnapshot) -> list[str]:
    count = snapshot.count(Scope())[1]
    problems = []
    for row in range(0, count, max(1, count // SAMPLE)):
        vector = snapshot.stored_vector(row)
        found = dict(snapshot.dense(vector, 3, Scope()))
        if not found or (row not in found and max(found.values()) < float(vector @ vector) - NEAR):
            problems.append(
                f"search by vector does not find passage {snapshot.passages([row])[0].key} by its own vector"
            )
    return problems


def _word_problems(snapshot: LibrarySnapshot) -> list[str]:
    documents = {document.id: document for document in snapshot.documents()}
    holds: Counter[str] = Counter()
    count = snapshot.count(Scope())[1]
    for low in range(0, count, 1000):
        rows = range(low, min(count, low + 1000))
        for passage in snapshot.passages(rows):
            document = documents[passage.document]
            holds.update(set(terms_of(lexical_text(document.title, passage), document.language)))
    wrong = [term for term, number in holds.items() if snapshot.term_frequency(term) != number]
    return [f"the lexical index is not of these passages ({len(wrong)} of {len(holds)} words)"] if wrong else []


def describe(report: CheckReport) -> dict[str, Any]:
    """Return the report as plain values."""
    return {
        "documents": report.documents, "passages": report.passages,
        "problems": list(report.problems), "notes": list(report.notes),
    }  # fmt: skip
