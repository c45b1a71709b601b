"""Records that are derived from the passages and kept in the library's file, and the checksums of older libraries.

Nothing here is truth: a record says which revision it is of, and is made again when that is another.
"""

from __future__ import annotations

import sqlite3

from assistant.indexing import digests


def put(connection: sqlite3.Connection, name: str, revision: int, data: bytes) -> None:
    """Write one derived record, inside a transaction."""
    connection.execute(
        "INSERT OR REPLACE INTO derived VALUES (?, ?, ?, ?)",
        (name, revision, data, digests.sha((name, revision, data))),
    )


def get(connection: sqlite3.Connection, name: str) -> tuple[int, bytes] | None:
    """Return (revision, data) of a derived record, None where there is none or where it is damaged."""
    found = connection.execute("SELECT revision, data, checksum FROM derived WHERE name = ?", (name,)).fetchone()
    if found is None or digests.sha((name, found[0], found[1])) != found[2]:
        return None
    return int(found[0]), bytes(found[1])


def rows_of(connection: sqlite3.Connection) -> list[int]:
    """Return the passages' row numbers, ascending, from the index alone."""
    return sorted(row for (row,) in connection.execute("SELECT row FROM passages INDEXED BY passages_document"))


def add_checksums(connection: sqlite3.Connection) -> None:
    """Give a library of format 2 the checksums of format 3, inside a transaction."""
    columns = "document, countries, data, content, vector, sentences"
    for row in rows_of(connection):
        values = connection.execute(f"SELECT {columns} FROM passages WHERE row = ?", (row,)).fetchone()
        connection.execute("UPDATE passages SET checksum = ? WHERE row = ?", (digests.passage_checksum(*values), row))
    documents = connection.execute("SELECT id, file, sha256, size, stamp, data FROM documents").fetchall()
    for identifier, *rest in documents:
        whole = (identifier, *rest, digests.body_of(connection, identifier))
        connection.execute(
            "UPDATE documents SET body = ?, digest = ? WHERE id = ?",
            (whole[-1], digests.document_digest(whole), identifier),
        )
    link_log(connection)


def link_log(connection: sqlite3.Connection) -> None:
    """Chain the checksums of the log's lines anew, inside a transaction."""
    chain = ""
    for revision, at, change in connection.execute("SELECT revision, at, change FROM log ORDER BY revision").fetchall():
        chain = digests.link(chain, revision, at, change)
        values = (at, change, chain, revision)
        connection.execute("UPDATE log SET at = ?, change = ?, chain = ? WHERE revision = ?", values)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('log', ?)", (chain,))
