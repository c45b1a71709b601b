"""A damaged page of the library: one sentence that names it and what mends it, never a traceback."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy
import pytest

from assistant.errors import DamagedLibrary, LibraryError
from assistant.indexing import schema
from assistant.indexing.refresh import refresh
from assistant.indexing.repair import repair_library
from assistant.indexing.snapshot import LibrarySnapshot, SnapshotHolder
from assistant.model import Scope
from tests.durability.worlds import BEFORE, lay_out, workers

PAGE = 16384


@pytest.fixture
def library(folder: Path) -> Path:
    lay_out(folder / "corpus", BEFORE)
    refresh(folder / "corpus", folder / "index", workers())
    return folder


def read_all(index: Path) -> None:
    """Read whatever a question, a page or the list of documents can read."""
    snapshot = LibrarySnapshot(index)
    with closing(snapshot):
        snapshot.unread()
        rows = [row for row, _ in snapshot.dense(numpy.ones(snapshot.dimension, numpy.float32), 100, Scope())]
        snapshot.sentence_vectors(rows)
        for passage in snapshot.passages(rows):
            snapshot.boxes(passage.document, passage.page, passage.start, passage.end)
        snapshot.lexical({"donor": 1.0, "law": 1.0}, 10, Scope())
        for row in rows:
            snapshot.stored_vector(row)


def test_any_damaged_page_is_named_in_one_sentence(library: Path) -> None:
    file = library / "index" / schema.FILE
    right = file.read_bytes()
    told = 0
    for at in range(0, len(right), PAGE):
        for garble in (bytes(PAGE), bytes(range(256)) * (PAGE // 256), right[at + 9 : at + PAGE] + right[at : at + 9]):
            file.write_bytes(right[:at] + garble + right[at + PAGE :])
            try:
                read_all(library / "index")
            except LibraryError as problem:
                told += 1
                assert str(library / "index") in str(problem)
            with pytest.raises(LibraryError, match=r"damaged|repair|rebuild|there is no library"):
                refresh(library / "corpus", library / "index", workers())
    assert told >= len(right) // PAGE


def cut_short(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE pages SET data = x'789c00'")


def no_json(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE documents SET data = 'x'")


def no_vector(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE passages SET vector = x'00', sentences = x'00', data = x'00'")


@pytest.mark.parametrize("harm", [cut_short, no_json, no_vector])
def test_any_damaged_row_is_named_in_one_sentence(library: Path, harm: Callable[[sqlite3.Connection], None]) -> None:
    with closing(sqlite3.connect(library / "index" / schema.FILE)) as connection, connection:
        harm(connection)
    with pytest.raises(DamagedLibrary, match="run: assistant repair --index"):
        read_all(library / "index")


def test_a_running_chat_goes_on_with_what_it_can_read(library: Path) -> None:
    holder = SnapshotHolder(library / "index")
    first = holder.current()
    names = [document.id for document in first.documents()]
    with closing(sqlite3.connect(library / "index" / schema.FILE)) as connection, connection:
        connection.execute("UPDATE pages SET data = x'00'")
        connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'revision'")
    with pytest.raises(DamagedLibrary):
        holder.current().page(names[0], 1)
    assert [document.id for document in holder.current().documents()] == names


def test_nothing_is_written_over_damage_and_repair_lets_the_next_refresh_through(library: Path) -> None:
    file = library / "index" / schema.FILE
    data = bytearray(file.read_bytes())
    data[-5] ^= 0xFF
    file.write_bytes(data)
    with pytest.raises(DamagedLibrary, match=r"is damaged .* run: assistant repair"):
        refresh(library / "corpus", library / "index", workers())
    repair_library(library / "index", workers().encoder)
    refresh(library / "corpus", library / "index", workers())
    read_all(library / "index")
