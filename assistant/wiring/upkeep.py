"""Looking after the library: what a refresh would do, watching the folder, checking, repairing, reading the reports."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from assistant.errors import LibraryBusy, NoLibrary
from assistant.model import Document
from assistant.settings import Settings
from assistant.wiring.library import late_encoder, refresh_library, workers_of

if TYPE_CHECKING:
    from assistant.indexing.changes import ChangeReport as ChangeReport
    from assistant.indexing.changes import KeptReport as KeptReport
    from assistant.indexing.check import CheckReport as CheckReport
    from assistant.indexing.plan import Plan as Plan
    from assistant.indexing.refresh import Event as Event
    from assistant.indexing.repair import RepairReport as RepairReport

BUSY_SECONDS = 5.0


def planned(settings: Settings) -> Plan:
    """Return what a refresh would do, without reading, embedding or writing anything."""
    from assistant.indexing import schema
    from assistant.indexing.scan import make_plan

    workers = workers_of(settings, late_encoder(settings), lambda event: None)
    connection: sqlite3.Connection | None = None
    try:
        connection = schema.connect(settings.index, write=False)
    except NoLibrary:
        return make_plan(settings.corpus, None, workers.suffixes, workers.redescribe)
    with closing(connection):
        schema.require_format(schema.meta_of(connection), settings.index)
        return make_plan(settings.corpus, connection, workers.suffixes, workers.redescribe, workers.reading)


def watch_library(
    settings: Settings, stop: threading.Event, progress: Callable[[Event], None] = lambda event: None
) -> Iterator[ChangeReport]:
    """Refresh now and whenever files of the corpus folder have changed and are whole, until `stop` is set.

    Yields the report of each refresh. While another process writes, it waits its turn.
    """
    from assistant.indexing.watch import settled
    from assistant.reading.reader import SUFFIXES

    for _ in settled(settings.corpus, SUFFIXES | {".toml"}, stop):
        while not stop.is_set():
            try:
                yield refresh_library(settings, progress=progress)
                break
            except LibraryBusy:
                stop.wait(BUSY_SECONDS)


def check_library(settings: Settings) -> CheckReport:
    """Return what is wrong with the library on disk; raises NoLibrary or LibraryBusy."""
    from assistant.indexing.check import check_library as check

    encoder = late_encoder(settings)
    return check(settings.index, {"encoder": encoder.fingerprint, "chunking": settings.chunking()})


def repair_library(settings: Settings) -> RepairReport:
    """Make again what can be made from the stored text; raises NoLibrary or LibraryBusy."""
    from assistant.indexing.repair import repair_library as repair

    return repair(settings.index, late_encoder(settings))


def change_reports(settings: Settings, limit: int = 50) -> list[KeptReport]:
    """Return the kept change reports, newest first."""
    from assistant.indexing.changes import list_reports

    return list_reports(settings.index, limit)


def due_documents(documents: Iterable[Document]) -> int:
    """Return how many documents were read by an older version of the reading code: the next refresh reads them anew."""
    from assistant.reading.version import READING_VERSION

    return sum(document.report.version != READING_VERSION for document in documents)


def report_lines(report: ChangeReport) -> list[str]:
    """Return a change report as lines of plain text, the counts last."""
    from assistant.indexing.changes import lines_of, summary

    return [*lines_of(report), summary(report)]


def passed_over(settings: Settings) -> list[tuple[str, str]]:
    """Return (file, why it is not read and what to do) of every file of the corpus folder that is no document."""
    from assistant.indexing.folder import passed_over as found
    from assistant.reading.reader import SUFFIXES

    return found(settings.corpus, SUFFIXES)
