"""From lines to columns in reading order (pure).

Lines that stand under each other become a stack; stacks are put in order after T. M. Breuel, "High performance
document layout analysis" (2003): A comes before B if A is above B and they share some of the width, or if A is
left of B and nothing between them in height shares the width of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assistant.reading.shapes import Line, Stack

MOST_STACKS = 150


def stacks_of(lines: Sequence[Line]) -> list[Stack]:
    """Grow stacks downwards: one area, sizes within 28 %, x overlap of 30 %, an even line step, no fork."""
    lines = sorted(lines, key=lambda line: (line.base, line.left))
    below = {index: _next_lines(lines, index) for index in range(len(lines))}
    above: dict[int, list[int]] = {}
    for index, followers in below.items():
        for follower in followers:
            above.setdefault(follower, []).append(index)
    stacks: list[Stack] = []
    home: dict[int, Stack] = {}
    for index, line in enumerate(lines):
        parents = above.get(index, [])
        stack = home.get(parents[0]) if len(parents) == 1 and len(below[parents[0]]) == 1 else None
        if stack is None or not _fits(stack, line):
            stack = Stack([line], line.area)
            stacks.append(stack)
        else:
            stack.lines.append(line)
        home[index] = stack
    return stacks


def _next_lines(lines: Sequence[Line], index: int) -> list[int]:
    """Return the lines directly below a line: nearest first row that overlaps it, within 2.1 sizes."""
    line, found = lines[index], []
    limit = None
    for other in range(index + 1, len(lines)):
        candidate = lines[other]
        step = candidate.base - line.base
        if step > 2.6 * max(line.size, candidate.size):
            if step > 80:
                break
            continue
        if step < 0.5 * min(line.size, candidate.size) or _overlap(line, candidate) <= 0:
            continue
        if limit is None:
            limit = step + 0.4 * candidate.size
        if step <= limit:
            found.append(other)
    return found


def _overlap(first: Line, second: Line) -> float:
    """Return the shared width as a share of the narrower line."""
    shared = min(first.right, second.right) - max(first.left, second.left)
    return shared / max(1.0, min(first.width, second.width))


def _fits(stack: Stack, line: Line) -> bool:
    last = stack.lines[-1]
    step = line.base - last.base
    if stack.area != line.area or not 1 / 1.28 < line.size / last.size < 1.28 or _overlap(last, line) <= 0.3:
        return False
    if len(stack.lines) >= 2:
        steps = sorted(b.base - a.base for a, b in zip(stack.lines, stack.lines[1:], strict=False))
        return step < max(1.6 * steps[len(steps) // 2], 1.45 * line.size)
    return step < 2.1 * line.size


class _Place(NamedTuple):
    """Where a stack counts as standing when the order is sought."""

    left: float
    top: float
    right: float
    bottom: float


def in_order(stacks: Sequence[Stack], width: float) -> list[Stack]:
    """Return the stacks in reading order. Beyond MOST_STACKS (charts, maps) the file's own order is kept."""
    if len(stacks) > MOST_STACKS:
        return sorted(stacks, key=lambda stack: stack.lines[0].glyphs[0].order)
    places = _places(stacks, width)
    before = [[_precedes(a, b, places) for b in places] for a in places]
    count = [sum(row[index] for row in before) for index in range(len(stacks))]
    left = set(range(len(stacks)))
    ordered: list[Stack] = []
    last: int | None = None
    while left:
        free = [index for index in left if count[index] == 0]
        if not free:  # a cycle: break it at the topmost
            free = [min(left, key=lambda index: (places[index].top, places[index].left))]
        choice = _choose(free, last, places, stacks)
        left.remove(choice)
        for other in left:
            if before[choice][other]:
                count[other] -= 1
        ordered.append(stacks[choice])
        last = choice
    return ordered


def _places(stacks: Sequence[Stack], width: float) -> list[_Place]:
    """Return the places; what crosses the middle of the page with nothing beside it counts as wide as the page.

    So a short centred line divides the columns above it from those below, as a long one does.
    """
    places = [_Place(stack.left, stack.top, stack.right, stack.bottom) for stack in stacks]
    out: list[_Place] = []
    for place in places:
        across = place.left < 0.5 * width < place.right
        if across and not any(p is not place and p.top < place.bottom and p.bottom > place.top for p in places):
            place = place._replace(left=min(place.left, 0.0), right=max(place.right, width))
        out.append(place)
    return out


def _choose(free: list[int], last: int | None, places: Sequence[_Place], stacks: Sequence[Stack]) -> int:
    """Prefer what stands directly below the stack read last, else what the file itself writes first nearby."""
    if last is not None:
        here, slack = places[last], max(2.0, 0.35 * stacks[last].lines[-1].size)
        under = [
            index
            for index in free
            if places[index].top >= here.bottom - slack
            and _shared(places[index], here) > 0.3 * _narrow(places[index], here)
        ]
        if under:
            return min(under, key=lambda index: (places[index].top - here.bottom, places[index].left))
    return min(free, key=lambda index: (round(places[index].left / 40), places[index].top))


def _shared(first: _Place, second: _Place) -> float:
    return min(first.right, second.right) - max(first.left, second.left)


def _narrow(first: _Place, second: _Place) -> float:
    return min(first.right - first.left, second.right - second.left)


def _precedes(first: _Place, second: _Place, places: Sequence[_Place]) -> bool:
    if first is second:
        return False
    if _shared(first, second) > 0.05 * _narrow(first, second):
        return first.top < second.top
    if first.left >= second.left:
        return False
    top, bottom = min(first.bottom, second.bottom), max(first.top, second.top)
    if top >= bottom:  # side by side
        return True
    return not any(
        other is not first
        and other is not second
        and top - 1 <= (other.top + other.bottom) / 2 <= bottom + 1
        and _shared(other, first) > 0
        and _shared(other, second) > 0
        for other in places
    )
