"""Running heads, feet and printed page numbers, seen over the whole document (pure).

The same words (digits aside) at the same height on at least three pages and 30 % of them, in the outer 13 % of the
page: kept, but never offered as an answer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.reading.shapes import Line, Sheet

_NUMBER = re.compile(r"(?:page|seite|sida|side|lk|p\.|s\.)?\s*[-–|]?\s*(\d{1,4}|[ivxlc]{1,6})\s*[-–|]?(?:\s*(?:/|of|von|sur|af|av|de)\s*\d+)?$", re.IGNORECASE)  # fmt: skip # noqa: E501


def running_lines(sheets: Sequence[Sheet], pages: Sequence[Sequence[Line]]) -> list[set[int]]:
    """Return, for each page, the indices of its lines that are running heads, feet or page numbers."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for index, (sheet, lines) in enumerate(zip(sheets, pages, strict=True)):
        for line in lines:
            if _outer(line, sheet, 0.13):
                for height in _heights(line, sheet):
                    seen[_fold(line), height].add(index)
    enough = max(3, 0.3 * len(pages))
    often = {text for (text, _), where in seen.items() if len(where) >= enough and len(text) > 3}
    # In a short document two pages are enough, at the very edge.
    edge = {text for (text, _), where in seen.items() if len(where) >= 2 and len(pages) <= 4}
    found: list[set[int]] = []
    for sheet, lines in zip(sheets, pages, strict=True):
        found.append({
            number
            for number, line in enumerate(lines)
            if (_outer(line, sheet, 0.13) and any(len(seen[_fold(line), h]) >= enough for h in _heights(line, sheet)))
            or (_outer(line, sheet, 0.2) and _fold(line) in often)
            or (_outer(line, sheet, 0.09) and (_fold(line) in edge or _is_page_number(line, lines)))
        })  # fmt: skip
    return found


def _is_page_number(line: Line, lines: Sequence[Line]) -> bool:
    """Return whether a line is a number alone or beside one other thing; among more it is a cell of a table."""
    if _NUMBER.match(line.plain().strip()) is None:
        return False
    beside = (other for other in lines if other is not line and abs(other.base - line.base) < 2)
    return sum(_NUMBER.match(other.plain().strip()) is None for other in beside) < 2


def printed_number(lines: Sequence[Line]) -> str:
    """Return the page number that running lines show; two on one sheet are given as "2–3"."""
    numbers = []
    for line in sorted(lines, key=lambda item: item.left):
        text = line.plain().strip()
        match = _NUMBER.match(text) or re.search(r"(?:^|[\s|])(\d{1,4})$", text) or re.match(r"(\d{1,4})[\s|]", text)
        if match and not re.fullmatch(r"(?:19|20)\d\d", match[1]):
            numbers.append(match[1])
    return "–".join(dict.fromkeys(numbers[:2]))


def _outer(line: Line, sheet: Sheet, share: float) -> bool:
    return line.bottom < share * sheet.height or line.top > (1 - share) * sheet.height


def _heights(line: Line, sheet: Sheet) -> tuple[int, int]:
    """Return two overlapping height classes, so that a difference of up to 1 % never falls between classes."""
    place = line.base / max(1.0, sheet.height) * 50
    return 2 * int(place), 2 * int(place + 0.5) + 1


def _fold(line: Line) -> str:
    return re.sub(r"\d+", "#", "".join(line.plain().lower().split()))
