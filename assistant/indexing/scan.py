"""The corpus folder against the library: which files are there, and what a refresh would do about them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from assistant.errors import LibraryError
from assistant.indexing import schema
from assistant.indexing.folder import files_below
from assistant.indexing.plan import FileState, Known, Plan, plan, state_of
from assistant.model import Document

Redescribe = Callable[[Document, FileState], Document]
"""(document as stored, file as found) → document as the catalogue has it now."""


def known_files(connection: sqlite3.Connection) -> list[Known]:
    """Return the files the library knows, read or unread."""
    read = connection.execute("SELECT id, file, sha256, size, stamp FROM documents").fetchall()
    unread = connection.execute("SELECT '', file, sha256, size, stamp FROM unread").fetchall()
    return [Known(i, file, sha256, size, str(stamp)) for i, file, sha256, size, stamp in (*read, *unread)]


def require_folder(corpus: Path) -> None:
    """Raise LibraryError unless the corpus folder is there."""
    if not corpus.is_dir():
        raise LibraryError(f"there is no corpus folder {corpus}; give one with --corpus")


def make_plan(
    corpus: Path,
    connection: sqlite3.Connection | None,
    suffixes: frozenset[str],
    redescribe: Redescribe,
    reading: int = 0,
) -> Plan:
    """Return what a refresh of this corpus folder would do; raises LibraryError when the folder is not there.

    A file whose title, countries or id changed in the catalogue is read again: they shape what is embedded. So is one
    that was read by a version of the reading code other than `reading`.
    """
    require_folder(corpus)
    known = known_files(connection) if connection is not None else []
    by_file = {item.file: item for item in known}
    root = corpus.resolve()
    present = [state_of(path, root, by_file) for path in files_below(corpus, suffixes)]
    todo = plan([state for state in present if state is not None], known)
    if connection is None:
        return todo
    stored = {
        identifier: schema.document_from_text(text)
        for identifier, text in connection.execute("SELECT id, data FROM documents")
    }
    due: list[str] = []
    parts: dict[str, list[tuple[FileState, str]]] = {"renamed": [], "unchanged": [], "metadata": [], "changed": []}
    for name, pairs in (("renamed", todo.renamed), ("unchanged", todo.unchanged)):
        for state, identifier in pairs:
            document = stored[identifier]
            fresh = redescribe(document, state)
            kept = (document.title, document.countries, document.language, document.id)
            if (fresh.title, fresh.countries, fresh.language, fresh.id) != kept:
                parts["changed"].append((state, identifier))
            elif document.report.version != reading:
                parts["changed"].append((state, identifier))
                due.append(state.file)
            elif name == "unchanged" and fresh != document:
                parts["metadata"].append((state, identifier))
            else:
                parts[name].append((state, identifier))
    return replace(
        todo,
        changed=(*todo.changed, *parts["changed"]),
        renamed=tuple(parts["renamed"]),
        metadata=tuple(parts["metadata"]),
        unchanged=tuple(parts["unchanged"]),
        due=tuple(due),
    )
