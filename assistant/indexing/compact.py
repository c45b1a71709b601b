"""Vectors in few bytes: what the library stores for a passage and for its sentences.

A passage vector is kept as half-precision numbers (its cosines decide the ranking), sentence vectors as 8-bit numbers
with one scale each (they choose a quote among a few). Measured in DECISIONS.md, "Speed and scale".
"""

from __future__ import annotations

from typing import Any

import numpy

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]


def passage_bytes(vector: Vectors) -> bytes:
    """Return a vector, shape (dimension,), as float16 bytes."""
    return bytes(numpy.ascontiguousarray(vector, dtype="<f2").tobytes())


def passage_vectors(blobs: bytes, dimension: int) -> Vectors:
    """Return the vectors of joined `passage_bytes`, shape (rows, dimension); raises ValueError for a wrong length."""
    return numpy.frombuffer(blobs, dtype="<f2").astype(numpy.float32).reshape(-1, max(dimension, 1))


def sentence_bytes(vectors: Vectors) -> bytes:
    """Return vectors, shape (sentences, dimension), as one float32 scale per sentence, then 8-bit numbers."""
    array = numpy.asarray(vectors, dtype=numpy.float32)
    if not len(array):
        return b""
    scales = (numpy.abs(array).max(axis=1) / 127).astype("<f4")
    codes = numpy.rint(array / numpy.where(scales > 0, scales, 1)[:, None]).astype(numpy.int8)
    return bytes(scales.tobytes() + codes.tobytes())


def sentence_vectors(blob: bytes, dimension: int) -> Vectors:
    """Return what `sentence_bytes` wrote, shape (sentences, dimension), float32; raises ValueError when cut short."""
    count, rest = divmod(len(blob), dimension + 4)
    if rest:
        raise ValueError(f"{len(blob)} bytes are no sentence vectors of dimension {dimension}")
    scales = numpy.frombuffer(blob, dtype="<f4", count=count)
    codes = numpy.frombuffer(blob, dtype=numpy.int8, offset=4 * count).reshape(count, dimension)
    found: Vectors = codes.astype(numpy.float32) * scales[:, None]
    return found
