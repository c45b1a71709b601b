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

    Pieces of one line nearer than `gap` points are joined; so are single characters above each other, as they stand
    on a page that is printed sideways.
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
        elif last and len(run.lefts) == 1 and _one_column(last, box, gap):
            boxes[-1] = (min(last[0], left), min(last[1], run.top), max(last[2], right), max(last[3], run.bottom))
        else:
            boxes.append(box)
    return tuple((round(a, 1), round(b, 1), round(c, 1), round(d, 1)) for a, b, c, d in boxes)


def _one_line(first: Box, second: Box) -> bool:
    overlap = min(first[3], second[3]) - max(first[1], second[1])
    return overlap > 0.5 * min(first[3] - first[1], second[3] - second[1])


def _one_column(first: Box, second: Box, gap: float) -> bool:
    apart = max(first[1], second[1]) - min(first[3], second[3])
    overlap = min(first[2], second[2]) - max(first[0], second[0])
    return apart <= gap and overlap > 0.5 * min(first[2] - first[0], second[2] - second[0])


def pack(runs: Iterable[Run]) -> bytes:
    """Return the runs as compressed bytes; `unpack` gives them back, rounded to a tenth of a point.

    Gaps between characters and their widths repeat, edges do not: kept as differences they take half the room.
    """
    heads, gaps, widths = array("I"), array("H"), array("H")
    for run in runs:
        lefts, rights = [_tenths(value) for value in run.lefts], [_tenths(value) for value in run.rights]
        heads.extend((run.start, len(lefts), _tenths(run.top), _tenths(run.bottom)))
        gaps.extend([(left - before) & 0xFFFF for left, before in zip(lefts, (0, *rights), strict=False)])
        widths.extend([(right - left) & 0xFFFF for left, right in zip(lefts, rights, strict=True)])
    parts = [_little(heads), _little(gaps), _little(widths)]
    # Low bytes before high bytes: the high ones are nearly all zero.
    split = [parts[1][0::2], parts[1][1::2], parts[2][0::2], parts[2][1::2]]
    return zlib.compress(b"".join((struct.pack("<I", len(heads) // 4), parts[0], *split)), 6)


def unpack(blob: bytes, start: int = 0, end: int = 1 << 32) -> tuple[Run, ...]:
    """Return the runs that `pack` wrote, or only those with characters between `start` and `end` of the text."""
    data = zlib.decompress(blob)
    (count,) = struct.unpack_from("<I", data)
    heads = struct.unpack_from(f"<{4 * count}I", data, 4)
    body = data[4 + 16 * count :]
    size = len(body) // 4
    position, runs = 0, []
    for place in range(0, 4 * count, 4):
        first, length, top, bottom = heads[place : place + 4]
        if max(start, first) < min(end, first + length):
            gaps = zip(
                body[position : position + length], body[size + position : size + position + length], strict=True
            )
            low = 2 * size + position
            widths = zip(body[low : low + length], body[low + size : low + size + length], strict=True)
            edge, lefts, rights = 0, [], []
            for (gap, gap_high), (width, width_high) in zip(gaps, widths, strict=True):
                left = (edge + gap + 256 * gap_high) & 0xFFFF
                edge = (left + width + 256 * width_high) & 0xFFFF
                lefts.append(left / 10)
                rights.append(edge / 10)
            runs.append(Run(first, top / 10, bottom / 10, tuple(lefts), tuple(rights)))
        position += length
    return tuple(runs)


def _little(values: array[int]) -> bytes:
    if sys.byteorder == "big":
        values = array(values.typecode, values)
        values.byteswap()
    return values.tobytes()


def _tenths(value: float) -> int:
    return max(0, min(65535, round(value * 10)))
