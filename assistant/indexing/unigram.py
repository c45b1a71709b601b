"""Cuts a question into the pieces of a SentencePiece model without opening its vocabulary.

The `tokenizers` library builds a trie of all 151,295 pieces: 0.4 s and 150 MB, for ten words. Here the pieces lie in a
mapped table of hashes with their scores; the parts of a word are looked up at once and the best way through them is
found as the library finds it (Viterbi, in the same floating point), so that the numbers are equal. Long texts are left
to the library.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy

from assistant.errors import EncoderError

FILES = ("pieces.npy", "pieces.json")
MICRO = 1_000_000
UNKNOWN_PENALTY = 10.0
SPACE = "▁"
Table = numpy.ndarray[Any, numpy.dtype[numpy.uint64]]


def write_pieces(pieces: Sequence[str], scores: Sequence[float], about: dict[str, Any], folder: Path) -> None:
    """Write the table; `about` holds "unknown" (number), "special" (pieces never met in text), "gone" and "space"."""
    special = set(about["special"])
    rows = sorted(
        (_hash(piece), round(score * MICRO), number)
        for number, (piece, score) in enumerate(zip(pieces, scores, strict=True))
        if piece not in special
    )
    table = numpy.empty((2, len(rows)), dtype="<u8")
    table[0] = [row[0] for row in rows]
    table[1] = [((micro & 0xFFFFFFFF) << 32) | number for _, micro, number in rows]
    numpy.save(folder / FILES[0], table, allow_pickle=False)
    lowest = min(round(score * MICRO) for score in scores)
    kept = {**about, "longest": max(map(len, pieces)), "lowest": lowest}
    (folder / FILES[1]).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


class Unigram:
    """The pieces of a folder that `write_pieces` filled; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._table: Table = numpy.load(folder / FILES[0], mmap_mode="r", allow_pickle=False)
        about = json.loads((folder / FILES[1]).read_text(encoding="utf-8"))
        self._unknown, self._longest = int(about["unknown"]), int(about["longest"])
        self._penalty = int(about["lowest"]) / MICRO - UNKNOWN_PENALTY
        self._special = tuple(about["special"])
        self._signs = {**dict.fromkeys(about["gone"], None), **dict.fromkeys(about["space"], " ")}
        self._word = lru_cache(maxsize=4096)(self._pieces_of)

    def fits(self, text: str) -> bool:
        """Return whether the text holds no special piece written out, which only the library knows how to read."""
        return not any(name in text for name in self._special)

    def ids(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces, without the special ones around it."""
        plain = unicodedata.normalize("NFKC", text.translate(self._signs))
        while "  " in plain:
            plain = plain.replace("  ", " ")
        if not plain:
            return []
        words = plain.replace(" ", SPACE)
        words = words if words.startswith(SPACE) else SPACE + words
        return [number for word in words.split(SPACE)[1:] for number in self._word(SPACE + word)]

    def _pieces_of(self, word: str) -> tuple[int, ...]:
        """Return the pieces on the best way through a word; neighbouring unknown signs are one."""
        found = self._lookup(word)
        best: list[tuple[float, int, int] | None] = [(0.0, 0, 0)] + [None] * len(word)
        for start in range(len(word)):
            here = best[start]
            assert here is not None
            steps = [(end, *found[start, end]) for end in range(start + 1, len(word) + 1) if (start, end) in found]
            if (start, start + 1) not in found:
                steps.append((start + 1, self._penalty, self._unknown))
            for end, score, number in steps:
                there = best[end]
                if there is None or here[0] + score > there[0]:
                    best[end] = (here[0] + score, start, number)
        way: list[int] = []
        end = len(word)
        while end:
            step = best[end]
            assert step is not None
            if not (way and way[-1] == step[2] == self._unknown):
                way.append(step[2])
            end = step[1]
        return tuple(reversed(way))

    def _lookup(self, word: str) -> dict[tuple[int, int], tuple[float, int]]:
        """Return (start, end) → (score, number) of the parts of a word that are pieces."""
        spans = [
            (start, end)
            for start in range(len(word))
            for end in range(start + 1, min(len(word), start + self._longest) + 1)
        ]
        hashes = numpy.asarray([_hash(word[start:end]) for start, end in spans], dtype=numpy.uint64)
        places = numpy.searchsorted(self._table[0], hashes).clip(max=self._table.shape[1] - 1)
        held = numpy.flatnonzero(self._table[0][places] == hashes)
        values = self._table[1][places[held]].tolist()
        return {
            spans[n]: (_signed(value >> 32) / MICRO, value & 0xFFFFFFFF) for n, value in zip(held, values, strict=True)
        }


def open_pieces(folder: Path) -> Unigram | None:
    """Return the pieces of an exported model, None for one that has no such table; raises EncoderError."""
    if not (folder / FILES[0]).is_file():
        return None
    try:
        return Unigram(folder)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise EncoderError(f"the encoder in {folder} cannot be loaded ({problem}); delete the folder") from problem


def _hash(piece: str) -> int:
    return int.from_bytes(hashlib.blake2b(piece.encode(), digest_size=8).digest(), "little")


def _signed(value: int) -> int:
    return value - (1 << 32) if value >= 1 << 31 else value
