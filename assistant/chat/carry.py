"""What a question brings along beside its words: how it is asked, what was asked before a reload, its address (pure).

The browser keeps the conversation of its tab. After a reload it tells the questions once more, so that a follow-up is
understood; the server keeps nothing. Everything here may come from a raw request and is taken as hostile.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

NAMES = ("country", "kind", "from", "to", "in")
"""The filters in an address, in the order in which `scope_of_filters` takes them."""
MOST_NUMBER = 10_000
MOST_CHOSEN = 100


class Query(Protocol):
    """The parameters of an address, as the web server gives them."""

    def getlist(self, key: Any) -> list[str]:
        """Return every value of a name."""
        ...


@dataclass(frozen=True, slots=True)
class Carried:
    """How a question is asked: `alone` without the history, `everywhere` without the filters.

    `history` are the questions before a reload, oldest first, `number` that of the newest answer then.
    """

    alone: bool = False
    everywhere: bool = False
    history: tuple[str, ...] = ()
    number: int = 0


def carried(text: Any) -> Carried:
    """Return what the screen sent beside a question; what is not as the screen sends it counts as not sent."""
    try:
        data = json.loads(text) if isinstance(text, str) and text else {}
    except (ValueError, RecursionError):
        data = {}
    if not isinstance(data, Mapping):
        return Carried()
    history, number = data.get("history"), data.get("number")
    texts = tuple(item for item in history if isinstance(item, str)) if isinstance(history, list) else ()
    newest = number if isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= MOST_NUMBER else 0
    return Carried(data.get("alone") is True, data.get("everywhere") is True, texts, newest)


def address_of(question: str, filters: Sequence[Any]) -> str:
    """Return "?q=…&country=EE": where the answer to a question under these filters is found again."""
    pairs = [("q", question)]
    for name, value in zip(NAMES, filters, strict=False):
        values = value if isinstance(value, list) else [value] if value else []
        pairs += [(name, str(one)) for one in values]
    return f"?{urlencode(pairs)}"


def filters_of(query: Query, offered: Sequence[Sequence[tuple[str, Any]]]) -> list[Any]:
    """Return the values of the filters that an address names; only what is offered, the rest counts as not set."""
    filters: list[Any] = []
    for name, choices in zip(NAMES, offered, strict=True):
        known = {str(value): value for _, value in choices}
        values = [known[one] for one in dict.fromkeys(query.getlist(name)[:MOST_CHOSEN]) if one in known]
        filters.append((values[:1] or [0])[0] if name in ("from", "to") else values)
    return filters
