"""Carries out a plan: reads what is new, embeds only passages whose text is new, one transaction a document.

The room imports no other: reading, describing, cutting and encoding are functions that `wiring` passes in.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.errors import AssistantError, LibraryError, UnreadableDocument
from assistant.indexing import schema
from assistant.indexing.library import LibraryWriter, vector_bytes
from assistant.indexing.plan import FileState, Known, Plan, files_below, plan, state_of
from assistant.model import Document, Passage, Reading, content_key
from assistant.ports import Encoder

Read = Callable[[Sequence[Path]], Iterator[tuple[Path, Reading | AssistantError]]]
Describe = Callable[[str, str, Reading, Sequence[str]], Document]
"""(file, sha256, reading, ids already taken) → document."""
Redescribe = Callable[[Document, FileState], Document]
Cut = Callable[[Document, Reading], tuple[Passage, ...]]
Progress = Callable[["Event"], None]
GROUP = 400


@dataclass(frozen=True, slots=True)
class Event:
    """Where a refresh stands."""

    documents_done: int
    documents: int
    passages: int
    seconds: float
    file: str = ""


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What became of one document: passages added, gone, kept."""

    id: str
    file: str
    change: str
    added: int = 0
    gone: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What a refresh did."""

    before: int
    after: int
    changes: tuple[DocumentChange, ...]
    unread: tuple[tuple[str, str], ...]
    embeddings: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Workers:
    """The functions a refresh works with."""

    read: Read
    describe: Describe
    redescribe: Redescribe
    cut: Cut
    encoder: Encoder
    suffixes: frozenset[str]
    chunking: str
    progress: Progress = lambda event: None
    before_commit: Callable[[str], None] = lambda name: None


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


def known_files(writer: LibraryWriter) -> list[Known]:
    """Return the files the library knows, read or unread."""
    read = writer.connection.execute("SELECT id, file, sha256, size, stamp FROM documents").fetchall()
    unread = writer.connection.execute("SELECT '', file, sha256, size, stamp FROM unread").fetchall()
    return [Known(*row) for row in (*read, *unread)]


def make_plan(corpus: Path, writer: LibraryWriter, suffixes: frozenset[str]) -> Plan:
    """Return what a refresh of this corpus folder would do; raises LibraryError when the folder is not there."""
    if not corpus.is_dir():
        raise LibraryError(f"there is no corpus folder {corpus}; give one with --corpus")
    known = known_files(writer)
    by_file = {item.file: item for item in known}
    root = corpus.resolve()
    return plan([state_of(path, root, by_file) for path in files_below(corpus, suffixes)], known)


def refresh(corpus: Path, index: Path, workers: Workers) -> ChangeReport:
    """Bring the library up to date with the corpus; at any kill it holds each document before or after its change."""
    with LibraryWriter(index, workers.before_commit) as writer:
        encoder = workers.encoder
        writer.prepare(encoder.fingerprint, encoder.dimension, workers.chunking)
        todo = _with_new_metadata(make_plan(corpus, writer, workers.suffixes), writer, workers)
        before = writer.revision
        work = _Work(writer, workers, corpus.resolve(), len(todo.new) + len(todo.changed) + len(todo.retry))
        _leave(work, todo)
        _move(work, todo)
        _enter(work, todo)
        _redescribe(work, todo)
        writer.derive()
        seconds = time.perf_counter() - work.started
        return ChangeReport(before, writer.revision, tuple(work.changes), tuple(work.unread), work.embeddings, seconds)


def _with_new_metadata(todo: Plan, writer: LibraryWriter, workers: Workers) -> Plan:
    """Count a file as changed when its title or countries changed: they shape what is embedded and what it is about."""
    stale: list[tuple[FileState, str]] = []
    rest: list[tuple[FileState, str]] = []
    for state, identifier in todo.unchanged:
        document = _document(writer, identifier)
        fresh = workers.redescribe(document, state)
        same = (fresh.title, fresh.countries, fresh.id) == (document.title, document.countries, document.id)
        (rest if same else stale).append((state, identifier))
    return replace(todo, changed=(*todo.changed, *stale), unchanged=tuple(rest))


def _leave(work: _Work, todo: Plan) -> None:
    for identifier in todo.removed:
        file = _file_of(work, identifier)
        with work.writer.transaction("remove", change=f"removed {identifier}"):
            gone = _count(work, identifier)
            work.writer.remove(identifier)
        work.changes.append(DocumentChange(identifier, file, "removed", gone=gone))
    for file in todo.forgotten:
        with work.writer.transaction("forget"):
            work.writer.connection.execute("DELETE FROM unread WHERE file = ?", (file,))


def _move(work: _Work, todo: Plan) -> None:
    for state, identifier in todo.renamed:
        document = replace(_document(work.writer, identifier), file=state.file)
        with work.writer.transaction("rename", change=f"renamed {identifier}"):
            work.writer.put_document(document, state.size, state.stamp)
        work.changes.append(DocumentChange(identifier, state.file, "renamed", kept=_count(work, identifier)))


def _enter(work: _Work, todo: Plan) -> None:
    replaces = {state.file: identifier for state, identifier in todo.changed}
    states = {s.file: s for s in (*todo.new, *todo.retry, *(state for state, _ in todo.changed))}
    waiting: list[tuple[FileState, Document, Reading, tuple[Passage, ...]]] = []
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


def prefix_of(document: Document, passage: Passage) -> str:
    """Return what is embedded before a passage's own text: title and headings."""
    return " · ".join((document.title, *passage.headings)) + ": "


def content_of(document: Document, passage: Passage) -> str:
    """Return the key of what is embedded; the same key means the same vectors."""
    spans = [f"{s.start - passage.start}-{s.end - passage.start}" for s in passage.sentences]
    return content_key(prefix_of(document, passage), passage.text, *spans)


def _store(
    work: _Work,
    waiting: Sequence[tuple[FileState, Document, Reading, tuple[Passage, ...]]],
    replaces: dict[str, str],
) -> None:
    wanted = {content_of(d, p): (d, p) for _, d, _, passages in waiting for p in passages}
    vectors = work.writer.vectors_of(list(wanted))
    fresh = [key for key in wanted if key not in vectors]
    pairs = [wanted[key] for key in fresh]
    encoded = work.workers.encoder.encode_passages(
        [prefix_of(d, p) for d, p in pairs],
        [p.text for _, p in pairs],
        [[(s.start - p.start, s.end - p.start) for s in p.sentences] for _, p in pairs],
    ) if pairs else []  # fmt: skip
    vectors.update({key: vector_bytes(item) for key, item in zip(fresh, encoded, strict=True)})
    work.embeddings += len(fresh)
    for state, document, reading, passages in waiting:
        _put(work, state, document, reading, passages, vectors, replaces.get(state.file))


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
    with work.writer.transaction("document", change=f"{'changed' if old else 'added'} {document.id}"):
        known: set[str] = set()
        if old is not None:
            known = {
                c for (c,) in work.writer.connection.execute("SELECT content FROM passages WHERE document = ?", (old,))
            }
            work.writer.remove(old)
        work.writer.connection.execute("DELETE FROM unread WHERE file = ?", (state.file,))
        work.writer.put_document(document, state.size, state.stamp)
        work.writer.put_pages(document.id, reading.pages)
        for passage, key in zip(passages, keys, strict=True):
            work.writer.put_passage(passage, key, *vectors[key])
    kept = len(known & set(keys))
    change = DocumentChange(
        document.id, state.file, "changed" if old else "added", len(set(keys)) - kept, len(known) - kept, kept
    )
    work.changes.append(change)
    work.done += 1
    work.passages += len(passages)
    seconds = time.perf_counter() - work.started
    work.workers.progress(Event(work.done, work.total, work.passages, seconds, state.file))


def _unread(work: _Work, state: FileState, old: str | None, problem: AssistantError) -> None:
    reason = problem.reason if isinstance(problem, UnreadableDocument) else str(problem)
    change = f"unread {state.file}" if old else ""
    with work.writer.transaction("unread", change=change):
        if old is not None:
            work.writer.remove(old)
        work.writer.put_unread(state.file, state.sha256, state.size, state.stamp, reason)
    work.unread.append((state.file, reason))
    work.done += 1
    work.workers.progress(Event(work.done, work.total, work.passages, time.perf_counter() - work.started, state.file))


def _redescribe(work: _Work, todo: Plan) -> None:
    """Take over new metadata from the catalogue without reading a file again."""
    for state, identifier in (*todo.unchanged, *todo.renamed):
        document = _document(work.writer, identifier)
        fresh = work.workers.redescribe(document, state)
        if fresh == document:
            if _stamp(work, identifier) != (state.size, state.stamp):
                with work.writer.transaction("stamp"):
                    work.writer.put_document(document, state.size, state.stamp)
            continue
        with work.writer.transaction("metadata", change=f"metadata {identifier}"):
            work.writer.put_document(fresh, state.size, state.stamp)
        work.changes.append(DocumentChange(identifier, state.file, "metadata", kept=_count(work, identifier)))


def _document(writer: LibraryWriter, identifier: str) -> Document:
    row = writer.connection.execute("SELECT data FROM documents WHERE id = ?", (identifier,)).fetchone()
    return schema.document_from_text(row[0])


def _file_of(work: _Work, identifier: str) -> str:
    return str(work.writer.connection.execute("SELECT file FROM documents WHERE id = ?", (identifier,)).fetchone()[0])


def _stamp(work: _Work, identifier: str) -> tuple[int, int]:
    row = work.writer.connection.execute("SELECT size, stamp FROM documents WHERE id = ?", (identifier,)).fetchone()
    return int(row[0]), int(row[1])


def _count(work: _Work, identifier: str) -> int:
    query = "SELECT count(*) FROM passages WHERE document = ?"
    return int(work.writer.connection.execute(query, (identifier,)).fetchone()[0])
