"""Takes what left out of the segment files too: a masked passage would leave its vector and its words on the disk.

Done when a document was removed or emptied, by filtering the arrays; nothing is read or encoded again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy

from assistant.indexing import segment, segments
from assistant.indexing.segment import Segment

Array = numpy.ndarray[Any, Any]


def purge(connection: sqlite3.Connection, index: Path, begin: segments.Begin) -> None:
    """Write the segments that hold passages which left without them; `segments.catch_up` clears the old files away."""
    for item in segments.listed(connection):
        query = "SELECT row FROM touched WHERE row BETWEEN ? AND ?"
        rows = [row for (row,) in connection.execute(query, (item.first, item.last))]
        found = segments.opened(index, item) if rows and item.passages > segments.SMALL else None
        if found is None:
            continue  # a small one is made anew by `segments.catch_up` anyway
        rest = without(found, rows)
        file, sha256 = segment.write(rest, index) if len(rest) else (None, "")
        with begin("purge"):
            if file is None:
                connection.execute("DELETE FROM segments WHERE first = ?", (item.first,))
            else:
                values = (len(rest), file.name, file.stat().st_size, sha256, item.first)
                connection.execute(
                    "UPDATE segments SET passages = ?, file = ?, size = ?, sha256 = ? WHERE first = ?", values
                )
            # A row that was written again is still found through this list.
            connection.execute(
                "DELETE FROM touched WHERE row BETWEEN ? AND ? AND row NOT IN (SELECT row FROM passages)",
                (item.first, item.last),
            )


def without(given: Segment, rows: Iterable[int]) -> Segment:
    """Return the segment without these rows of the library; words and documents that nothing is left of go too."""
    stays = ~numpy.isin(given.rows, numpy.fromiter(rows, dtype=numpy.int64))
    place = numpy.where(stays, numpy.cumsum(stays) - 1, -1).astype(numpy.int32)
    owners, owner = numpy.unique(given.owner[stays], return_inverse=True)
    kept = stays[given.post_rows]
    sizes = _sizes(given.term_starts, kept)
    about_kept = stays[given.about]
    about_sizes = _sizes(given.about_starts, about_kept)
    return Segment(
        documents=tuple(given.documents[number] for number in owners),
        countries=tuple(code for code, size in zip(given.countries, about_sizes, strict=True) if size),
        rows=given.rows[stays],
        owner=owner.astype(given.owner.dtype),
        codes=given.codes[stays],
        about=place[given.about[about_kept]],
        about_starts=_starts(about_sizes),
        terms=given.terms[sizes > 0],
        term_starts=_starts(sizes),
        post_rows=place[given.post_rows[kept]].astype(given.post_rows.dtype),
        post_counts=given.post_counts[kept],
        lengths=given.lengths[stays],
    )


def _sizes(starts: Array, kept: Array) -> Array:
    """Return how many of each group's members are kept; group i is starts[i] to starts[i + 1]."""
    total = numpy.concatenate([[0], numpy.cumsum(kept)])
    sizes: Array = numpy.diff(total[starts])
    return sizes


def _starts(sizes: Array) -> Array:
    return numpy.concatenate([[0], numpy.cumsum(sizes[sizes > 0])]).astype(numpy.int64)
