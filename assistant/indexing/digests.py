"""Checksums of the library's rows, written with them: which document, which half of a passage is no longer as written.

SQLite's integrity check looks at the structure of its file and says nothing of the values in it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from typing import Any

HALF = 16


def sha(parts: Iterable[Any]) -> str:
    """Return 64 hexadecimal digits over the parts, each with its length, so that no two divisions agree."""
    total = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode()
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()


def passage_checksum(
    document: str, countries: str, data: bytes, content: str, vector: bytes, sentences: bytes
) -> str:  # fmt: skip
    """Return 16 digits over a passage's words and 16 over its vectors: only the vectors can be made again."""
    return sha((document, countries, data, content))[:HALF] + sha((content, vector, sentences))[:HALF]


def body_of(connection: sqlite3.Connection, document: str) -> str:
    """Return the checksum of a document's pages and passages as they stand in the library."""
    pages = connection.execute(
        "SELECT number, data, geometry FROM pages WHERE document = ? ORDER BY number", (document,)
    )
    parts: list[Any] = [value for row in pages for value in row]
    passages = connection.execute("SELECT checksum FROM passages WHERE document = ? ORDER BY row", (document,))
    # Only the words: vectors that are made again leave the document as it was.
    parts += [checksum[:HALF] for (checksum,) in passages]
    return sha(parts)


def document_digest(row: Iterable[Any]) -> str:
    """Return the checksum of a document's own row: id, file, sha256, size, stamp, data, body."""
    return sha(row)


def meta_digest(connection: sqlite3.Connection) -> str:
    """Return the checksum of the named values (without itself) and of the list of unread files."""
    meta = connection.execute("SELECT name, value FROM meta WHERE name <> 'digest' ORDER BY name").fetchall()
    unread = connection.execute("SELECT file, sha256, size, stamp, reason FROM unread ORDER BY file").fetchall()
    return sha(value for row in (*meta, *unread) for value in row)


def link(chain: str, revision: int, at: str, change: str) -> str:
    """Return the checksum of a log line and of every line before it."""
    return sha((chain, revision, at, change))
