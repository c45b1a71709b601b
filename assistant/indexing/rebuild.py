"""Building from nothing while the old library goes on answering, and putting a new library in an old one's place.

The new library is built in a folder beside the old one, and goes on there when it was interrupted. At the end its
pages are copied over the old file's in one SQLite transaction, so that readers see the old state or the new one and
a file that others hold open is never renamed.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from assistant.errors import DamagedLibrary, LibraryBusy, StaleLibrary
from assistant.indexing import crashes, derive, pinned, schema
from assistant.indexing.changes import ChangeReport, markdown_of
from assistant.indexing.faults import Fault, in_words
from assistant.indexing.library import LibraryWriter
from assistant.indexing.refresh import Workers, refresh

FOLDER = ".rebuild"


def rebuild(corpus: Path, index: Path, workers: Workers) -> ChangeReport:
    """Build the library from nothing and put it in the old one's place; raises what `refresh` raises."""
    beside = index / FOLDER
    with in_words(index, files=False), opened(index, workers.fault) as writer:
        before = writer.revision if writer.has_tables() else 0
        watched = derive.get(writer.connection, pinned.NAME) if _has_checksums(writer) else None
        quiet = replace(workers, questions=tuple)
        try:
            report = refresh(corpus, beside, quiet)
        except (StaleLibrary, DamagedLibrary):
            shutil.rmtree(beside)
            report = refresh(corpus, beside, quiet)
        crashes.take_over(beside, index)
        install(beside, writer, "rebuilt")
        after = writer.revision
        outcome = pinned.Outcome((), 0, ())
        questions = workers.questions()
        if questions:
            with writer.transaction():
                if watched is not None:
                    derive.put(writer.connection, pinned.NAME, *watched)
                budget = max(1.0, 0.1 * report.seconds)
                outcome = pinned.refresh_questions(
                    writer.connection, (-1, after), questions, None, workers.encoder, budget
                )
        report = replace(
            report, before=before, after=after, questions=outcome.changes, watched=outcome.watched, notes=outcome.notes
        )
        writer.write_report(f"{after}.md", markdown_of(report))
        return report


def _has_checksums(writer: LibraryWriter) -> bool:
    return writer.has_tables() and writer.get("format") == schema.FORMAT


def opened(index: Path, fault: Fault) -> LibraryWriter:
    """Return the writer of a library, of an empty one where the file is no longer one at all."""
    try:
        writer = LibraryWriter(index, fault)
        try:
            with in_words(index):
                writer.has_tables() and writer.get("revision")
        except DamagedLibrary:
            writer.__exit__(DamagedLibrary, None, None)
            raise
        return writer
    except DamagedLibrary:
        for name in (schema.FILE, f"{schema.FILE}-wal", f"{schema.FILE}-shm"):
            (index / name).unlink(missing_ok=True)
        return LibraryWriter(index, fault)


def install(beside: Path, writer: LibraryWriter, change: str) -> None:
    """Put the library of the folder `beside` in the place of the writer's, in one transaction, and take `beside` away.

    The revision and the number of transactions go on from the higher of the two.
    """
    numbers = {"revision": 0, "sequence": 0}
    if writer.has_tables():
        with suppress(sqlite3.DatabaseError, ValueError):
            numbers = {name: int(writer.get(name) or 0) for name in numbers}
    with LibraryWriter(beside) as made:
        with made.transaction(change=change):
            for name, number in numbers.items():
                made.set(name, str(max(number, int(made.get(name) or 0))))
        made.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with in_words(writer.index):
            _same_page_size(made, writer)
            writer.fault("replace")
            made.connection.backup(writer.connection)
    writer.derive()
    shutil.rmtree(beside)


def _same_page_size(made: LibraryWriter, writer: LibraryWriter) -> None:
    """Give the old file the new one's page size; it cannot change while others have the file open."""
    wanted = int(made.connection.execute("PRAGMA page_size").fetchone()[0])
    if int(writer.connection.execute("PRAGMA page_size").fetchone()[0]) == wanted:
        return
    try:
        writer.connection.execute("PRAGMA journal_mode=DELETE")
        writer.connection.execute(f"PRAGMA page_size={wanted}")
        writer.connection.execute("VACUUM")
        writer.connection.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as problem:
        raise LibraryBusy(
            f"a running program (the chat?) holds the library in {writer.index}, which has to be laid out anew once; "
            "stop it and run: assistant index --rebuild"
        ) from problem
