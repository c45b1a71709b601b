"""The one file that imports faiss: nearest neighbours over 8-bit vectors that lie mapped on disk, filter inside.

One FAISS index a segment, of whatever size. A scan of all codes in integer arithmetic costs about 12 ms a million on
one core and needs no training, so nothing approximate is needed up to millions of passages: what the scan proposes is
scored again with the stored vectors by `snapshot`. faiss never reads a file: its own format has no checksum and parses
untrusted bytes, so it gets our mapped array as a view.
"""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import Any

import numpy

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]
Codes = numpy.ndarray[Any, numpy.dtype[numpy.uint8]]
Mask = numpy.ndarray[Any, numpy.dtype[numpy.bool_]]
Places = numpy.ndarray[Any, numpy.dtype[numpy.int64]]

MIDDLE = 128


def codes_of(vectors: Vectors) -> Codes:
    """Return vectors, shape (rows, dimension), as bytes 1 to 255 around 128; one scale for all, so order is kept."""
    steps = range(0, len(vectors), 65536)
    largest = max((float(numpy.abs(vectors[low : low + 65536]).max(initial=0.0)) for low in steps), default=0.0) or 1.0
    codes = numpy.empty(vectors.shape, dtype=numpy.uint8)
    for low in steps:
        part = numpy.asarray(vectors[low : low + 65536], dtype=numpy.float32)
        codes[low : low + 65536] = numpy.rint(part * (127 / largest)) + MIDDLE
    return codes


class VectorIndex:
    """Proposes the rows nearest to a unit vector by inner product with codes of shape (rows, dimension)."""

    def __init__(self, codes: Codes) -> None:
        self._codes = codes

    def __len__(self) -> int:
        return len(self._codes)

    def nearest(self, vector: Vectors, limit: int, allowed: Mask | None = None) -> Places:
        """Return about `limit` rows (never fewer than there are), nearest first; `allowed` has one flag per row."""
        if not len(self) or limit < 1:
            return numpy.zeros(0, dtype=numpy.int64)
        faiss, index = self._faiss
        # The scan multiplies whole numbers, so the question is rounded to them too.
        query = numpy.rint(vector * (127 / (float(numpy.abs(vector).max()) or 1.0))).astype(numpy.float32)
        parameters = None
        if allowed is not None:
            bits = numpy.packbits(allowed, bitorder="little")
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))
        scores, rows = index.search(query.reshape(1, -1), min(limit, len(self)), params=parameters)
        found = rows[0] >= 0
        return best(numpy.asarray(rows[0][found], dtype=numpy.int64), scores[0][found], limit)

    @cached_property
    def _faiss(self) -> tuple[Any, Any]:
        # faiss builds its constructors at import, which a type checker cannot see.
        faiss: Any = import_module("faiss")
        faiss.omp_set_num_threads(1)  # one question is one thread's work; threads that wait for each other cost more
        index = faiss.IndexScalarQuantizer(
            self._codes.shape[1], faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT
        )
        held, place = index.codes, faiss.swig_ptr(self._codes)
        held.view_data, held.view_size, held.c_ptr, held.c_size = place, self._codes.size, place, self._codes.size
        held.is_owned = False
        index.ntotal = len(self._codes)
        return faiss, index


def best(rows: Places, scores: Vectors, limit: int) -> Places:
    """Return the `limit` rows of the highest scores, highest first, ties by row."""
    if len(rows) > limit:
        edge = numpy.partition(scores, len(scores) - limit)[len(scores) - limit]
        kept = scores >= edge
        rows, scores = rows[kept], scores[kept]
    return rows[numpy.lexsort((rows, -scores))][:limit]
