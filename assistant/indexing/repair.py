"""Makes again what the stored text allows, without reading a document again, and takes out what is beyond that.

Vectors are embedded from the stored words, segments and watched questions derived from the passages. A document whose
words are damaged leaves the library: the next `assistant index` reads its file again.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import DamagedLibrary, NoLibrary
from assistant.indexing import derive, digests, schema
from assistant.indexing.check import MODEL_FOLDERS, model_problems
from assistant.indexing.check_rows import UNREADABLE, document_problems, is_vector
from assistant.indexing.content import encode
from assistant.indexing.faults import Fault, in_words, no_fault
from assistant.indexing.library import LibraryWriter
from assistant.indexing.rebuild import install, opened
from assistant.model import Passage
from assistant.ports import Encoder

FOLDER = ".repair"
META = ("format", "encoder", "dimension", "chunking", "revision")


@dataclass
class RepairReport:
    """What was made again, and which files have to be read again by `assistant index`."""

    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def repair_library(index: Path, encoder: Encoder, fault: Fault = no_fault) -> RepairReport:
    """Repair the library; raises NoLibrary, LibraryBusy, or DamagedLibrary where only `--rebuild` helps."""
    if not (index / schema.FILE).is_file():
        raise NoLibrary(f"there is no library in {index}; run: assistant index --index {index}")
    report = RepairReport()
    for name in MODEL_FOLDERS:
        if model_problems(index / name):
            shutil.rmtree(index / name, ignore_errors=True)
            report.done.append(f"the exported {name} was taken away; it is exported again when it is needed")
    if not _is_sound(index):
        _salvage(index, report, fault)
    with in_words(index, files=False), LibraryWriter(index, fault) as writer:
        writer.connection.text_factory = _any_text
        schema.require_format(schema.meta_of(writer.connection), index)
        meta = schema.meta_of(writer.connection)
        writer.prepare(meta.get("encoder", ""), int(meta.get("dimension", "0")), meta.get("chunking", ""))
        _require_origin(writer, encoder)
        _documents(writer, encoder, report)
        _orphans(writer, report)
        _records(writer)
        with in_words(index):
            writer.fault("vacuum")
            writer.connection.execute("VACUUM")
        (index / "library.seal").unlink(missing_ok=True)  # what is here now is what the next seal is about
    report.done.append("what is derived was made again, and the library sealed")
    return report


def _any_text(data: bytes) -> str:
    """Return a text whatever its bytes: a flipped one may be no text any more, and then its checksum says so."""
    return data.decode("utf-8", errors="replace")


def _require_origin(writer: LibraryWriter, encoder: Encoder) -> None:
    """Raise DamagedLibrary where the named values are damaged and no longer name the encoder that is set."""
    if digests.meta_digest(writer.connection) != writer.get("digest"):
        seen = (writer.get("encoder"), writer.get("dimension"))
        if seen != (encoder.fingerprint, str(encoder.dimension)):
            raise DamagedLibrary(
                f"the library in {writer.index} no longer says which encoder made it; run: assistant index --rebuild"
            )
        newest = writer.connection.execute("SELECT max(revision) FROM log").fetchone()[0]
        with writer.transaction():
            writer.set("revision", str(newest or 0))
            writer.connection.execute("DELETE FROM unread")  # the next refresh tries these files again in any case


def _is_sound(index: Path) -> bool:
    """Return whether SQLite can read its file, its indexes made anew where only they were wrong."""
    try:
        with LibraryWriter(index) as writer, in_words(index):
            if not _integral(writer.connection):
                writer.connection.execute("REINDEX")
            return _integral(writer.connection) and bool(writer.get("encoder"))
    except (DamagedLibrary, sqlite3.Error, *UNREADABLE):
        return False


def _integral(connection: sqlite3.Connection) -> bool:
    return [row[0] for row in connection.execute("PRAGMA integrity_check")] == ["ok"]


def _salvage(index: Path, report: RepairReport, fault: Fault) -> None:
    """Copy the documents that are whole into a new file and put it in the old one's place."""
    beside = index / FOLDER
    shutil.rmtree(beside, ignore_errors=True)
    with closing(sqlite3.connect(f"{(index / schema.FILE).resolve().as_uri()}?immutable=1", uri=True)) as old:
        old.text_factory = _any_text
        try:
            meta = schema.meta_of(old)
            wanted = {name: meta[name] for name in META}
        except (sqlite3.Error, *UNREADABLE) as problem:
            raise DamagedLibrary(
                f"the library in {index} says nothing of its encoder any more; run: assistant index --rebuild"
            ) from problem
        with LibraryWriter(beside, fault) as new:
            new.prepare(wanted["encoder"], int(wanted["dimension"]), wanted["chunking"])
            for identifier in _identifiers(old):
                try:
                    with new.transaction(change=f"kept {identifier}"):
                        _copy(old, new.connection, identifier)
                except (DamagedLibrary, sqlite3.Error, *UNREADABLE):
                    report.left.append(f"{identifier}: it was damaged and taken out; run: assistant index")
    with opened(index, fault) as writer:
        install(beside, writer, "repaired")
    report.done.append("the file was written anew from the documents that were whole")


def _identifiers(old: sqlite3.Connection) -> Iterator[str]:
    with suppress(sqlite3.Error):
        for (identifier,) in old.execute("SELECT id FROM documents NOT INDEXED"):
            yield str(identifier)


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, identifier: str) -> None:
    """Copy a document's rows; raises DamagedLibrary when they are not as they were written."""
    passages = "document, countries, data, content, vector, sentences, checksum"
    for table, columns, key in (
        ("documents", "*", "id"),
        ("pages", "*", "document"),
        ("passages", passages, "document"),
    ):
        order = "ORDER BY row" if table == "passages" else ""
        rows = old.execute(f"SELECT {columns} FROM {table} WHERE {key} = ? {order}", (identifier,)).fetchall()
        names = f"({columns})" if columns != "*" else ""
        for row in rows:
            new.execute(f"INSERT INTO {table} {names} VALUES ({','.join('?' * len(row))})", row)
    for kind, text in document_problems(new, identifier, 0):
        if kind == "words":
            raise DamagedLibrary(text)


def _documents(writer: LibraryWriter, encoder: Encoder, report: RepairReport) -> None:
    dimension = int(writer.get("dimension") or 0)
    found = writer.connection.execute("SELECT rowid, id, file FROM documents ORDER BY id").fetchall()
    for row, identifier, file in found:
        try:
            kinds = {problem.kind for problem in document_problems(writer.connection, identifier, dimension)}
        except UNREADABLE:
            kinds = {"words"}
        if kinds == {"vectors"}:
            _embed(writer, encoder, identifier)
            report.done.append(f"{file}: vectors embedded again from the stored words")
        elif kinds:
            with writer.transaction(change=f"taken out {identifier}"):
                writer.remove(identifier)
                writer.connection.execute("DELETE FROM documents WHERE rowid = ?", (row,))  # its id may be no text
            report.left.append(f"{file}: it was damaged and taken out; run: assistant index")


def _embed(writer: LibraryWriter, encoder: Encoder, identifier: str) -> None:
    """Embed the passages of a document whose vectors are not as they were written."""
    if encoder.fingerprint != writer.get("encoder"):
        raise DamagedLibrary("vectors are damaged and the encoder set now is another; run: assistant index --rebuild")
    row = writer.connection.execute("SELECT data FROM documents WHERE id = ?", (identifier,)).fetchone()
    document = schema.document_from_text(row[0])
    broken: dict[int, tuple[str, Passage, str]] = {}
    columns = "countries, data, content, vector, sentences"
    query = f"SELECT row, {columns}, checksum FROM passages WHERE document = ?"
    for number, *values, checksum in writer.connection.execute(query, (identifier,)):
        countries, data, content, _, _ = values
        if digests.passage_checksum(identifier, *values) != checksum or not is_vector(values[3], encoder.dimension):
            broken[number] = (countries, schema.passage_from_bytes(data), content)
    vectors = encode(encoder, {content: (document, passage) for _, passage, content in broken.values()})
    with writer.transaction(change=f"vectors of {identifier}"):
        for number, (countries, passage, content) in broken.items():
            data = schema.passage_to_bytes(passage)
            checksum = digests.passage_checksum(identifier, countries, data, content, *vectors[content])
            writer.connection.execute(
                "UPDATE passages SET vector = ?, sentences = ?, checksum = ? WHERE row = ?",
                (*vectors[content], checksum, number),
            )


def _orphans(writer: LibraryWriter, report: RepairReport) -> None:
    for table in ("passages", "pages"):
        where = "document NOT IN (SELECT id FROM documents)"
        if writer.connection.execute(f"SELECT 1 FROM {table} WHERE {where} LIMIT 1").fetchone():
            with writer.transaction(change=f"{table} without a document"):
                writer.connection.execute(f"DELETE FROM {table} WHERE {where}")
            report.done.append(f"{table} without a document were taken out")


def _records(writer: LibraryWriter) -> None:
    """Make again what is derived, and the checksums of the log and of the named values."""
    with writer.transaction():
        derive.link_log(writer.connection)
        writer.connection.execute("DELETE FROM derived")
        writer.connection.execute("DELETE FROM segments")
        writer.connection.execute("DELETE FROM touched")
    writer.derive()
