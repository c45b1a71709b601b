"""The library on disk: one SQLite file, its tables, how it is opened, and what its rows mean."""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from assistant.errors import DamagedLibrary, NoLibrary, StaleLibrary, UnwritableLibrary
from assistant.indexing.faults import WatchedConnection
from assistant.model import Block, Document, Original, Page, Passage, Sentence
from assistant.report import report_from

FILE = "library.sqlite3"
FORMAT = "3"
READABLE = ("2", FORMAT)
"""Formats that open for questions; the first refresh brings an older one up to date."""
# A passage row takes some 2.7 KB and a page's words and geometry 3.2: in pages of 4 or 8 KB a fifth would stay empty.
KEEP_CONNECTIONS_CLEAN = (
    "PRAGMA page_size=16384",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA secure_delete=ON",
    "PRAGMA wal_autocheckpoint=1000",
)

TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
  id TEXT PRIMARY KEY, file TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, size INTEGER NOT NULL, stamp TEXT NOT NULL,
  data TEXT NOT NULL, body TEXT NOT NULL DEFAULT '', digest TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS unread (
  file TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size INTEGER NOT NULL, stamp TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pages (
  document TEXT NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL, geometry BLOB NOT NULL,
  PRIMARY KEY (document, number));
CREATE TABLE IF NOT EXISTS passages (
  row INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL, countries TEXT NOT NULL, data BLOB NOT NULL,
  content TEXT NOT NULL, vector BLOB NOT NULL, sentences BLOB NOT NULL, checksum TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS passages_document ON passages (document);
CREATE INDEX IF NOT EXISTS passages_content ON passages (content);
CREATE TABLE IF NOT EXISTS segments (
  first INTEGER PRIMARY KEY, last INTEGER NOT NULL, passages INTEGER NOT NULL, file TEXT NOT NULL,
  size INTEGER NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS touched (row INTEGER PRIMARY KEY);
CREATE TRIGGER IF NOT EXISTS passage_left AFTER DELETE ON passages
  WHEN old.row <= (SELECT max(last) FROM segments)
  BEGIN INSERT OR IGNORE INTO touched VALUES (old.row); END;
CREATE TRIGGER IF NOT EXISTS passage_changed AFTER UPDATE ON passages
  WHEN old.row <= (SELECT max(last) FROM segments)
  BEGIN INSERT OR IGNORE INTO touched VALUES (old.row); END;
CREATE TABLE IF NOT EXISTS derived (
  name TEXT PRIMARY KEY, revision INTEGER NOT NULL, data BLOB NOT NULL, checksum TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS log (
  revision INTEGER PRIMARY KEY, at TEXT NOT NULL, change TEXT NOT NULL, chain TEXT NOT NULL DEFAULT '');
"""
ADDED_SINCE_2 = (("documents", "body"), ("documents", "digest"), ("log", "chain"))


def connect(index: Path, *, write: bool) -> WatchedConnection:
    """Open the library; raises NoLibrary when there is none to read, DamagedLibrary when it is not one."""
    file = index / FILE
    if not write and not file.is_file():
        raise NoLibrary(f"there is no library in {index}; run: assistant index --index {index}")
    if write:
        index.mkdir(parents=True, exist_ok=True)
    try:
        connection = _open(str(file) if write else f"{file.resolve().as_uri()}?mode={_mode(index)}", uri=not write)
        if write:
            for pragma in KEEP_CONNECTIONS_CLEAN:
                connection.execute(pragma)
        else:
            connection.execute("SELECT value FROM meta LIMIT 1").fetchone()
    except sqlite3.OperationalError as problem:
        if "decode" in str(problem) or "malformed" in str(problem):
            raise DamagedLibrary(f"{file} is damaged ({problem}); run: assistant repair") from problem
        if "table" not in str(problem):
            raise UnwritableLibrary(f"{file} cannot be opened ({problem})") from problem
        # A first build that was stopped before its first commit leaves a file without tables: that is no library yet.
        raise NoLibrary(f"there is no library in {index} yet; run: assistant index --index {index}") from problem
    except sqlite3.DatabaseError as problem:
        raise DamagedLibrary(f"{file} cannot be opened as a library ({problem}); run: assistant repair") from problem
    return connection


def _open(place: str, *, uri: bool) -> WatchedConnection:
    return sqlite3.connect(
        place, uri=uri, isolation_level=None, check_same_thread=False, timeout=10, factory=WatchedConnection
    )


def _mode(index: Path) -> str:
    """Return how a reader opens the library: in a folder that cannot be written, without the files that readers share.

    There the main file alone is read, and only at rest: what a killed writer left in its log would be missed.
    """
    log = index / f"{FILE}-wal"
    if os.access(index, os.W_OK) and os.access(index / FILE, os.W_OK):
        return "rw"
    return "ro" if log.exists() and log.stat().st_size else "ro&immutable=1"


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables that are missing and, in a library of format 2, the columns that are, inside a transaction."""
    statement = ""
    for line in TABLES.strip().splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    for table, column in ADDED_SINCE_2:
        if column not in {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")


def meta_of(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the named values of the library."""
    return dict(connection.execute("SELECT name, value FROM meta").fetchall())


def require_format(meta: Mapping[str, str], index: Path) -> None:
    """Raise StaleLibrary unless this version can read the library's format."""
    seen = meta.get("format")
    if seen not in READABLE:
        raise StaleLibrary(
            f"the library in {index} has format {seen or 'none'}, wanted {FORMAT}; run: assistant index --rebuild"
        )


def squeeze(value: Any) -> bytes:
    """Return JSON as compressed bytes."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def expand(data: bytes) -> Any:
    """Return the value that `squeeze` wrote."""
    return json.loads(zlib.decompress(data))


def document_to_text(document: Document) -> str:
    """Return a document as JSON."""
    return json.dumps(asdict(document), ensure_ascii=False)


def document_from_text(text: str) -> Document:
    """Return the document of a JSON text."""
    names = {field.name for field in fields(Document)}
    values: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in json.loads(text).items() if k in names
    }
    if "report" in values:
        values["report"] = report_from(values["report"])
    values["originals"] = tuple(Original(**one) for one in values.get("originals", ()))
    return Document(**values)


def page_to_bytes(page: Page) -> bytes:
    """Return a page without its geometry as bytes."""
    blocks = [[b.kind, b.start, b.end, b.level, list(b.lead) if b.lead else None] for b in page.blocks]
    head = [page.number, page.label, page.text, blocks, page.printed, page.width, page.height, page.ocr]
    return squeeze(head)


def page_from_bytes(data: bytes, geometry: bytes) -> Page:
    """Return the page that `page_to_bytes` wrote."""
    number, label, text, blocks, printed, width, height, ocr = expand(data)
    made = tuple(Block(k, s, e, level, tuple(lead) if lead else None) for k, s, e, level, lead in blocks)
    return Page(number, label, text, made, printed, width, height, geometry, ocr)


def passage_to_bytes(passage: Passage) -> bytes:
    """Return a passage as bytes."""
    sentences = [
        [s.start, s.end, s.kind, list(s.lead) if s.lead else None, int(s.open_start), int(s.open_end)]
        for s in passage.sentences
    ]
    p = passage
    return squeeze([p.key, p.document, p.page, p.start, p.end, p.text, p.headings, p.countries, sentences])


def passage_from_bytes(data: bytes) -> Passage:
    """Return the passage that `passage_to_bytes` wrote."""
    key, document, page, start, end, text, headings, countries, sentences = expand(data)
    made = tuple(
        Sentence(a, b, k, tuple(lead) if lead else None, bool(o), bool(c)) for a, b, k, lead, o, c in sentences
    )
    return Passage(key, document, page, start, end, text, tuple(headings), tuple(countries), made)
