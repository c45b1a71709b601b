"""The rows of the library against the checksums written with them, and against each other."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from typing import NamedTuple

import numpy

from assistant.indexing import compact, digests, schema
from assistant.model import Page, Passage


class Problem(NamedTuple):
    """What is wrong with a document; `kind` is words (its file must be read again) or vectors (made from words)."""

    kind: str
    text: str


UNREADABLE = (zlib.error, ValueError, TypeError, KeyError, IndexError, AttributeError)


def row_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong, each with the document, record or table it is about."""
    meta = schema.meta_of(connection)
    if digests.meta_digest(connection) != meta.get("digest"):
        yield "the library's named values or its list of unread files are not as they were written"
    yield from _log_problems(connection, meta.get("log", ""))
    for name, revision, data, checksum in connection.execute("SELECT name, revision, data, checksum FROM derived"):
        if digests.sha((name, revision, data)) != checksum:
            yield f"the derived record {name!r} is not as it was written"
    for table in ("pages", "passages"):
        query = f"SELECT DISTINCT document FROM {table} WHERE document NOT IN (SELECT id FROM documents)"
        for (document,) in connection.execute(query):
            yield f"{table} of {document!r} have no document"
    dimension = int(meta.get("dimension", "0"))
    for (identifier,) in connection.execute("SELECT id FROM documents ORDER BY id").fetchall():
        for _, text in document_problems(connection, identifier, dimension):
            yield text


def _log_problems(connection: sqlite3.Connection, head: str) -> Iterator[str]:
    chain = ""
    for revision, at, change, stored in connection.execute("SELECT * FROM log ORDER BY revision"):
        chain = digests.link(chain, revision, at, change)
        if chain != stored:
            yield f"the log is not as it was written from revision {revision} on"
            return
    if chain != head:
        yield "the log has lost its end"


def document_problems(connection: sqlite3.Connection, identifier: str, dimension: int) -> Iterator[Problem]:
    """Yield what is wrong with one document's rows: its own, its pages, its passages, their vectors."""
    columns = "id, file, sha256, size, stamp, data, body, digest"
    *values, digest = connection.execute(f"SELECT {columns} FROM documents WHERE id = ?", (identifier,)).fetchone()
    file = values[1]
    if digests.document_digest(values) != digest:
        yield Problem("words", f"{file}: its entry is not as it was written")
        return
    if digests.body_of(connection, identifier) != values[6]:
        yield Problem("words", f"{file}: its pages or passages are not as they were written")
        return
    document = schema.document_from_text(values[5])
    query = "SELECT number, data, geometry FROM pages WHERE document = ? ORDER BY number"
    pages: dict[int, Page] = {}
    for number, data, geometry in connection.execute(query, (identifier,)):
        pages[number] = schema.page_from_bytes(data, geometry)
    if len(pages) != document.pages:
        yield Problem("words", f"{file}: {len(pages)} pages are stored, {document.pages} were read")
    query = "SELECT countries, data, content, vector, sentences, checksum FROM passages WHERE document = ? ORDER BY row"
    for row in connection.execute(query, (identifier,)):
        for kind, text in _passage_problems(identifier, row, pages, dimension):
            yield Problem(kind, f"{file}{text}")


def _passage_problems(
    identifier: str, row: tuple[str, bytes, str, bytes, bytes, str], pages: dict[int, Page], dimension: int
) -> Iterator[Problem]:
    *values, checksum = row
    wanted = digests.passage_checksum(identifier, *values)  # type: ignore[arg-type]
    if wanted[: digests.HALF] != checksum[: digests.HALF]:
        yield Problem("words", ": the words of a passage are not as they were written")
        return
    passage = schema.passage_from_bytes(row[1])
    where = f", page {passage.page}"
    if wanted != checksum:
        yield Problem("vectors", f"{where}: the vectors of a passage are not as they were written")
    elif not is_vector(row[3], dimension):
        yield Problem("vectors", f"{where}: the vector of a passage is not one of length 1 and dimension {dimension}")
    for text in offset_problems(passage, pages.get(passage.page)):
        yield Problem("words", f"{where}: {text}")


def offset_problems(passage: Passage, page: Page | None) -> Iterator[str]:
    """Yield where a passage or its sentences do not stand on the page they name."""
    if page is None:
        yield "the page of a passage is not stored"
        return
    if page.text[passage.start : passage.end] != passage.text:
        yield f"characters {passage.start} to {passage.end} of the page are not the passage's text"
    for sentence in passage.sentences:
        if not 0 <= sentence.start < sentence.end <= len(page.text):
            yield f"a sentence has the span {sentence.start} to {sentence.end}, the page {len(page.text)} characters"


def is_vector(blob: bytes, dimension: int) -> bool:
    """Return whether these bytes are a passage's vector: of this dimension, finite, of length 1 (or all zeros)."""
    if len(blob) != 2 * dimension:
        return False
    vector = compact.passage_vectors(blob, dimension)[0].astype(numpy.float64)
    length = float(numpy.linalg.norm(vector))
    return bool(numpy.isfinite(vector).all()) and (abs(length - 1) < 0.02 or length == 0)
