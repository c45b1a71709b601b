"""Carries out a plan: reads what is new, embeds only passages whose text is new, one transaction a document.

The room imports no other: reading, describing, cutting and encoding are functions that `wiring` passes in.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Thread

from assistant.errors import AssistantError, UnreadableDocument
from assistant.indexing import crashes, digests, pinned, schema
from assistant.indexing.changes import ChangeReport as ChangeReport
from assistant.indexing.changes import DocumentChange as DocumentChange
from assistant.indexing.changes import PageTrouble, markdown_of
from assistant.indexing.content import content_of, encode
from assistant.indexing.faults import Fault, in_words, no_fault
from assistant.indexing.library import PATIENCE, LibraryWriter
from assistant.indexing.plan import FileState, Plan
from assistant.indexing.scan import Redescribe, make_plan, require_folder
from assistant.model import Document, Passage, Reading
from assistant.ports import Encoder

Read = Callable[[Sequence[Path]], Iterator[tuple[Path, Reading | AssistantError]]]
Describe = Callable[[str, str, Reading, Sequence[str]], Document]
"""(file, sha256, reading, ids already taken) → document."""
Cut = Callable[[Document, Reading], tuple[Passage, ...]]
Progress = Callable[["Event"], None]
GROUP = 48
"""So many passages are embedded before they are stored: what a kill can cost."""
UNFINISHED = (".rebuild", ".repair")
DERIVE_EVERY = 2_000
"""After so many new passages the segments catch up, so that readers of a growing library need not index them."""
MOST_ADDED = 20_000
"""Above so many new passages the watched questions are searched afresh rather than by difference."""


@dataclass(frozen=True, slots=True)
class Event:
    """Where a refresh stands."""

    documents_done: int
    documents: int
    passages: int
    seconds: float
    file: str = ""


@dataclass(frozen=True, slots=True)
class Workers:
    """The functions a refresh works with. `questions` gives the watched questions as (id, text).

    `reading` is the version of the reading code: documents read by an older one are read again.
    """

    read: Read
    describe: Describe
    redescribe: Redescribe
    cut: Cut
    encoder: Encoder
    suffixes: frozenset[str]
    chunking: str
    progress: Progress = lambda event: None
    fault: Fault = no_fault
    questions: Callable[[], Sequence[tuple[str, str]]] = tuple
    reading: int = 0


@dataclass
class _Work:
    writer: LibraryWriter
    workers: Workers
    root: Path
    total: int
    started: float = field(default_factory=time.perf_counter)
    done: int = 0
    passages: int = 0
    embeddings: int = 0
    changes: list[DocumentChange] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    pages: list[PageTrouble] = field(default_factory=list)
    due: int = 0
    underived: int = 0
    added: dict[str, bytes] | None = field(default_factory=dict)
    """Vectors of contents that came, None when they became too many to keep."""


def refresh(corpus: Path, index: Path, workers: Workers, *, patience: float = PATIENCE) -> ChangeReport:
    """Bring the library up to date with the corpus; at any kill it holds each document before or after its change.

    `patience` is how many seconds it waits at the end for running programs to leave the old revision.
    """
    started = time.perf_counter()
    require_folder(corpus)
    with in_words(index, files=False), LibraryWriter(index, workers.fault, patience=patience) as writer:
        for name in UNFINISHED:  # a rebuild or repair that was stopped and not taken up again
            shutil.rmtree(index / name, ignore_errors=True)
        writer.require_whole()
        writer.prepare(workers.encoder.fingerprint, workers.encoder.dimension, workers.chunking)
        todo = make_plan(corpus, writer.connection, workers.suffixes, workers.redescribe, workers.reading)
        before = writer.revision
        work = _Work(
            writer, workers, corpus.resolve(), len(todo.new) + len(todo.changed) + len(todo.retry), started=started,
            due=len(todo.due),
        )  # fmt: skip
        _leave(work, todo)
        _move(work, todo)
        _enter(work, todo)
        _stamps(work, todo)
        return _finish(work, before)


def _finish(work: _Work, before: int) -> ChangeReport:
    """Bring what is derived up to the new revision, compare the watched questions, keep the report."""
    writer, workers = work.writer, work.workers
    after = writer.revision
    writer.derive()
    outcome = pinned.Outcome((), 0, ())
    questions = workers.questions() if after != before else ()
    if questions:
        budget = max(1.0, 0.1 * (time.perf_counter() - work.started))
        with writer.transaction():
            outcome = pinned.refresh_questions(
                writer.connection, (before, after), questions, work.added, workers.encoder, budget
            )
    report = ChangeReport(
        before, after, tuple(work.changes), tuple(work.unread), work.embeddings,
        time.perf_counter() - work.started, outcome.changes, outcome.watched, outcome.notes, tuple(work.pages),
        work.due,
    )  # fmt: skip
    if not report.is_empty:
        writer.write_report(f"{after}.md", markdown_of(report))
    return report


def _leave(work: _Work, todo: Plan) -> None:
    for identifier in todo.removed:
        leaving = _document(work.writer, identifier)
        file = leaving.file
        crashes.note(work.writer.index, leaving.sha256, ())
        with work.writer.transaction(change=f"removed {identifier}"):
            gone = _count(work, identifier)
            work.writer.remove(identifier)
        work.changes.append(DocumentChange(identifier, file, "removed", gone=gone))
    if todo.forgotten:
        with work.writer.transaction():
            work.writer.connection.executemany("DELETE FROM unread WHERE file = ?", [(f,) for f in todo.forgotten])


def _move(work: _Work, todo: Plan) -> None:
    """Give files that moved their new names, and take over new metadata; all names in one transaction, so that two
    files may change places."""
    if todo.renamed:
        writer = work.writer
        with writer.transaction(change=f"renamed {len(todo.renamed)} files"):
            for state, identifier in todo.renamed:
                writer.connection.execute(
                    "UPDATE documents SET file = ? WHERE id = ?", (f"\x00{identifier}", identifier)
                )
                writer.connection.execute("DELETE FROM unread WHERE file = ?", (state.file,))
            for state, identifier in todo.renamed:
                fresh = work.workers.redescribe(replace(_document(writer, identifier), file=state.file), state)
                writer.put_document(fresh, state.size, state.stamp)
        for state, identifier in todo.renamed:
            work.changes.append(DocumentChange(identifier, state.file, "renamed", kept=_count(work, identifier)))
    for state, identifier in todo.metadata:
        fresh = work.workers.redescribe(_document(work.writer, identifier), state)
        with work.writer.transaction(change=f"metadata {identifier}"):
            work.writer.put_document(fresh, state.size, state.stamp)
        work.changes.append(DocumentChange(identifier, state.file, "metadata", kept=_count(work, identifier)))


def _enter(work: _Work, todo: Plan) -> None:
    replaces = {state.file: identifier for state, identifier in todo.changed}
    states = {s.file: s for s in (*todo.new, *todo.retry, *(state for state, _ in todo.changed))}
    waiting: list[tuple[FileState, Document, Reading, tuple[Passage, ...]]] = []
    if states:  # the encoder loads while the first files are read
        Thread(target=_load, args=(work.workers.encoder,), daemon=True).start()
    for path, reading in work.workers.read([work.root / file for file in sorted(states)]):
        state = states[path.relative_to(work.root).as_posix()]
        if isinstance(reading, AssistantError):
            _unread(work, state, replaces.get(state.file), reading)
            continue
        old = replaces.get(state.file)
        taken = [i for (i,) in work.writer.connection.execute("SELECT id FROM documents") if i != old]
        taken += [document.id for _, document, _, _ in waiting]
        document = work.workers.describe(state.file, state.sha256, reading, taken)
        passages = work.workers.cut(document, reading)
        waiting.append((state, replace(document, pages=len(reading.pages)), reading, passages))
        if sum(len(passages) for *_, passages in waiting) >= GROUP:
            _store(work, waiting, replaces)
            waiting = []
    if waiting:
        _store(work, waiting, replaces)


def _load(encoder: Encoder) -> None:
    with suppress(AssistantError):  # said by the first text it should encode
        _ = encoder.token_limit


def _store(
    work: _Work,
    waiting: Sequence[tuple[FileState, Document, Reading, tuple[Passage, ...]]],
    replaces: dict[str, str],
) -> None:
    wanted = {content_of(d, p): (d, p) for _, d, _, passages in waiting for p in passages}
    vectors = work.writer.vectors_of(list(wanted))
    fresh = [key for key in wanted if key not in vectors]
    vectors.update(encode(work.workers.encoder, {key: wanted[key] for key in fresh}))
    work.embeddings += len(fresh)
    if work.added is not None:
        work.added.update({key: vectors[key][0] for key in fresh})
        work.added = None if len(work.added) > MOST_ADDED else work.added
    for state, document, reading, passages in waiting:
        _put(work, state, document, reading, passages, vectors, replaces.get(state.file))
        work.underived += len(passages)
    if work.underived >= DERIVE_EVERY:
        work.writer.derive()
        work.underived = 0


def _put(
    work: _Work,
    state: FileState,
    document: Document,
    reading: Reading,
    passages: Sequence[Passage],
    vectors: dict[str, tuple[bytes, bytes]],
    old: str | None,
) -> None:
    keys = [content_of(document, passage) for passage in passages]
    writer = work.writer
    with writer.transaction(change=f"{'changed' if old else 'added'} {document.id}"):
        known: set[str] = set()
        if old is not None:
            query = "SELECT content FROM passages WHERE document = ?"
            known = {content for (content,) in writer.connection.execute(query, (old,))}
            writer.remove(old, replaced=True)
        # Another document that still holds the name or the id (the catalogue gave it away) is read again next time.
        query = "SELECT id FROM documents WHERE file = ? OR id = ?"
        for (other,) in writer.connection.execute(query, (state.file, document.id)).fetchall():
            writer.remove(other)
        writer.connection.execute("DELETE FROM unread WHERE file = ?", (state.file,))
        writer.put_pages(document.id, reading.pages)
        for passage, key in zip(passages, keys, strict=True):
            writer.put_passage(passage, key, *vectors[key])
        writer.put_document(document, state.size, state.stamp, digests.body_of(writer.connection, document.id))
    _trouble(work, document, reading)
    kept = len(known & set(keys))
    change = DocumentChange(
        document.id, state.file, "changed" if old else "added", len(set(keys)) - kept, len(known) - kept, kept
    )
    work.changes.append(change)
    work.passages += len(passages)
    _tell(work, state.file)


def _trouble(work: _Work, document: Document, reading: Reading) -> None:
    """Note pages that were not read as usual, and what our reader failed on."""
    crashes.note(work.writer.index, document.sha256, reading.faults)
    simply, unreadable = document.report.simply, document.report.unreadable
    if simply or unreadable:
        work.pages.append(PageTrouble(document.file, simply, unreadable, bool(reading.faults)))


def _tell(work: _Work, file: str) -> None:
    work.done += 1
    seconds = time.perf_counter() - work.started
    work.workers.progress(Event(work.done, work.total, work.passages, seconds, file))


def _unread(work: _Work, state: FileState, old: str | None, problem: AssistantError) -> None:
    reason = problem.reason if isinstance(problem, UnreadableDocument) else str(problem)
    with work.writer.transaction(change=f"unread {state.file}" if old else ""):
        if old is not None:
            gone = _count(work, old)
            work.writer.remove(old)
            work.changes.append(DocumentChange(old, state.file, "emptied", gone=gone))
        work.writer.put_unread(state.file, state.sha256, state.size, state.stamp, reason)
    work.unread.append((state.file, reason))
    _tell(work, state.file)


def _stamps(work: _Work, todo: Plan) -> None:
    """Note the present stamps of unchanged files, so that the next refresh need not read them to know."""
    known = {
        i: (size, str(stamp))
        for i, size, stamp in work.writer.connection.execute("SELECT id, size, stamp FROM documents")
    }
    stale = [(s, i) for s, i in todo.unchanged if s.stamp and known[i] != (s.size, s.stamp)]
    if stale:
        with work.writer.transaction():
            for state, identifier in stale:
                work.writer.put_document(_document(work.writer, identifier), state.size, state.stamp)


def _document(writer: LibraryWriter, identifier: str) -> Document:
    row = writer.connection.execute("SELECT data FROM documents WHERE id = ?", (identifier,)).fetchone()
    return schema.document_from_text(row[0])


def _count(work: _Work, identifier: str) -> int:
    query = "SELECT count(*) FROM passages WHERE document = ?"
    return int(work.writer.connection.execute(query, (identifier,)).fetchone()[0])
