"""The one file that imports faiss: exact inner product over unit vectors, with the filter inside the search.

FAISS's own file format has no checksum and parses untrusted bytes, so nothing is saved through it: the vectors are
rows of the library and the index is made from them when the library opens.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy

# faiss builds these constructors at import, which a type checker cannot see.
faiss: Any = import_module("faiss")

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]
Mask = numpy.ndarray[Any, numpy.dtype[numpy.bool_]]


class VectorIndex:
    """Nearest neighbours by cosine of unit vectors, shape (rows, dimension); row numbers are positions."""

    def __init__(self, vectors: Vectors) -> None:
        self._index = faiss.IndexFlatIP(vectors.shape[1] if vectors.ndim == 2 and vectors.shape[1] else 1)
        if len(vectors):
            self._index.add(numpy.ascontiguousarray(vectors, dtype=numpy.float32))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, vector: Vectors, limit: int, allowed: Mask | None = None) -> list[tuple[int, float]]:
        """Return up to `limit` (row, cosine) pairs, best first, ties by row; `allowed` has one flag per row."""
        if not len(self) or limit < 1:
            return []
        query = numpy.ascontiguousarray(vector.reshape(1, -1), dtype=numpy.float32)
        if allowed is None:
            scores, rows = self._index.search(query, min(limit, len(self)))
        else:
            count = int(allowed.sum())
            if not count:
                return []
            bits = numpy.packbits(allowed, bitorder="little")
            selector = faiss.IDSelectorBitmap(bits)
            parameters = faiss.SearchParameters(sel=selector)
            scores, rows = self._index.search(query, min(limit, count), params=parameters)
        found = [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))
