"""Where each character of a page stands, in few bytes.

A quotation is a slice of the page's text, and its boxes are the boxes of those characters. A page is kept
as line pieces ("runs"): one top and bottom, and a left and right edge per character, in tenths of a point
from the top left of the page as shown. Characters the reader added (spaces, line breaks) belong to no run.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in PDF points from the page's top left corner."""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters of one line: `lefts[i]`, `rights[i]` belong to character `start + i` of the text."""

    start: int
    top: float
    bottom: float
    lefts: tuple[float, ...]
    rights: tuple[float, ...]


def boxes_of(runs: Iterable[Run], start: int, end: int, *, gap: float = 12.0) -> tuple[Box, ...]:
    """Return one box per line piece of the characters `start` to `end`, in reading order.

    Pieces of one line nearer than `gap` points are joined.
    """
    boxes: list[Box] = []
    for run in runs:
        low, high = max(start, run.start), min(end, run.start + len(run.lefts))
        if low >= high:
            continue
        left = min(run.lefts[low - run.start : high - run.start])
        right = max(run.rights[low - run.start : high - run.start])
        box = (left, run.top, right, run.bottom)
        last = boxes[-1] if boxes else None
        if last and _one_line(last, box) and -2.0 <= left - last[2] <= gap:
            box = (min(last[0], left), min(last[1], box[1]), max(last[2], right), max(last[3], box[3]))
            boxes[-1] = box
        else:
            boxes.append(box)
    return tuple((round(a, 1), round(b, 1), round(c, 1), round(d, 1)) for a, b, c, d in boxes)


def _one_line(first: Box, second: Box) -> bool:
    overlap = min(first[3], second[3]) - max(first[1], second[1])
    return overlap > 0.5 * min(first[3] - first[1], second[3] - second[1])


def pack(runs: Iterable[Run]) -> bytes:
    """Return the runs as compressed bytes; `unpack` gives them back, rounded to a tenth of a point."""
    parts: list[bytes] = []
    for run in runs:
        values = array("H", [_tenths(value) for pair in zip(run.lefts, run.rights, strict=True) for value in pair])
        if sys.byteorder == "big":
            values.byteswap()
        parts.append(struct.pack("<IHHH", run.start, len(run.lefts), _tenths(run.top), _tenths(run.bottom)))
        parts.append(values.tobytes())
    return zlib.compress(b"".join(parts), 6)


def unpack(blob: bytes) -> tuple[Run, ...]:
    """Return the runs that `pack` wrote."""
    data, position, runs = zlib.decompress(blob), 0, []
    while position < len(data):
        start, count, top, bottom = struct.unpack_from("<IHHH", data, position)
        position += 10
        values = array("H")
        values.frombytes(data[position : position + 4 * count])
        if sys.byteorder == "big":
            values.byteswap()
        position += 4 * count
        lefts, rights = tuple(v / 10 for v in values[0::2]), tuple(v / 10 for v in values[1::2])
        runs.append(Run(start, top / 10, bottom / 10, lefts, rights))
    return tuple(runs)


def _tenths(value: float) -> int:
    return max(0, min(65535, round(value * 10)))
