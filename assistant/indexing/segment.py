"""A segment: what search needs of a stretch of passages, as flat arrays in one file that is mapped, not read.

Derived from the library and rebuilt from it when in doubt. The file is a line of JSON (name, type and shape of each
array) and the arrays, nothing that could run; its size and SHA-256 stand in the library.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy

from assistant.errors import DamagedLibrary
from assistant.indexing import lexical
from assistant.indexing.vectors import codes_of

Array = numpy.ndarray[Any, Any]
Row = tuple[int, str, str, bytes, str, str]
"""(row in the library, document, countries as a line, vector, language, text for the lexical index)."""
VERSION = "2"
"""What search reads of a passage; a segment of another version is made again."""
MAGIC = f"assistant segment {VERSION}"
PREFIX = f"segment-{VERSION}-"
ALIGN = 64


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Arrays over the passages of a stretch, in order of their rows in the library.

    `rows` int64 · `owner` int32, place in `documents` · `codes` uint8 (rows, dimension) · the postings (see
    `lexical.Postings`) · for each place in `countries` the passages about it: `about[starts[i]:starts[i + 1]]`.
    """

    documents: tuple[str, ...]
    countries: tuple[str, ...]
    rows: Array
    owner: Array
    codes: Array
    about: Array
    about_starts: Array
    terms: Array
    term_starts: Array
    post_rows: Array
    post_counts: Array
    lengths: Array

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def postings(self) -> lexical.Postings:
        """The lexical arrays."""
        return lexical.Postings(self.terms, self.term_starts, self.post_rows, self.post_counts, self.lengths)

    def about_country(self, code: str) -> Array:
        """Return the passages (places in this segment, ascending) about a country."""
        if code not in self.countries:
            return self.about[:0]
        place = self.countries.index(code)
        return self.about[int(self.about_starts[place]) : int(self.about_starts[place + 1])]


def build(rows: Iterator[Row], dimension: int) -> Segment:
    """Return the segment of these passages; memory is in proportion to their vectors and words, not their text."""
    numbers: list[int] = []
    owners: list[int] = []
    vectors = bytearray()
    documents: dict[str, int] = {}
    places: dict[str, list[int]] = {}

    def texts() -> Iterator[tuple[str, str]]:
        for number, document, countries, vector, language, text in rows:
            for code in countries.split():
                places.setdefault(code, []).append(len(numbers))
            numbers.append(number)
            owners.append(documents.setdefault(document, len(documents)))
            if len(vector) != 2 * dimension:
                raise DamagedLibrary(
                    f"a vector of the library has {len(vector)} bytes, wanted {2 * dimension}; run: assistant check"
                )
            vectors.extend(vector)
            yield language, text

    postings = lexical.build(texts())
    codes = codes_of(numpy.frombuffer(vectors, dtype="<f2").reshape(-1, max(dimension, 1)))
    about = [numpy.asarray(places[code], dtype=numpy.int32) for code in sorted(places)]
    starts = numpy.cumsum([0, *(len(item) for item in about)])
    return Segment(
        tuple(documents),
        tuple(sorted(places)),
        numpy.asarray(numbers, dtype=numpy.int64),
        numpy.asarray(owners, dtype=numpy.int32),
        codes,
        numpy.concatenate(about) if about else numpy.zeros(0, dtype=numpy.int32),
        starts.astype(numpy.int64),
        postings.terms,
        postings.starts,
        postings.rows,
        postings.counts,
        postings.lengths,
    )


def write(segment: Segment, folder: Path) -> tuple[Path, str]:
    """Write the segment, all or nothing, under the name of its content; return the file and its SHA-256."""
    arrays = {f.name: getattr(segment, f.name) for f in fields(Segment) if f.name not in ("documents", "countries")}
    arrays = {name: numpy.ascontiguousarray(a, dtype=a.dtype.newbyteorder("<")) for name, a in arrays.items()}
    head: dict[str, Any] = {"magic": MAGIC, "documents": segment.documents, "countries": segment.countries}
    head["arrays"] = {name: [a.dtype.str, list(a.shape)] for name, a in arrays.items()}
    digest, beside = hashlib.sha256(), folder / f"segment-{os.getpid()}.tmp"
    with beside.open("wb") as out:
        for part in (json.dumps(head).encode() + b"\n", *(a.reshape(-1).view(numpy.uint8) for a in arrays.values())):
            for piece in (part, b"\0" * (-len(part) % ALIGN)):
                digest.update(piece)
                out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    sha256 = digest.hexdigest()
    target = folder / f"{PREFIX}{sha256[:16]}.bin"
    os.replace(beside, target)
    return target, sha256


def open_mapped(file: Path) -> Segment:
    """Return the segment of a file, its arrays mapped read-only; raises DamagedLibrary when it is not whole."""
    try:
        with file.open("rb") as handle:
            line = handle.readline()
        head = json.loads(line)
        if head["magic"] != MAGIC:
            raise ValueError(f"magic {head['magic']!r}")
        data = numpy.memmap(file, dtype=numpy.uint8, mode="r")
        return Segment(tuple(head["documents"]), tuple(head["countries"]), **_arrays(data, head["arrays"], len(line)))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise DamagedLibrary(f"{file} is not a whole segment ({problem}); run: assistant index") from problem


def _arrays(data: Any, described: Mapping[str, Any], start: int) -> dict[str, Array]:
    position, found = start + -start % ALIGN, {}
    for name, (kind, shape) in described.items():
        size = int(numpy.dtype(kind).itemsize * numpy.prod(shape, dtype=numpy.int64))
        if position + size > len(data):
            raise ValueError(f"it ends at byte {len(data)}, inside {name}")
        # asarray: a plain array over the mapping; memmap's own indexing is slow.
        found[name] = numpy.asarray(data[position : position + size]).view(kind).reshape(shape)
        position += size + -size % ALIGN
    return found
