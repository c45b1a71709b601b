"""What understanding a question needs to know of the library, taken from one snapshot on first need."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.model import Scope
from assistant.ports import Snapshot

if TYPE_CHECKING:
    from assistant.understanding.question import Known


def known_of(snapshot: Snapshot) -> Known:
    """Return what the library holds for understanding."""
    from assistant.understanding.acronyms import mined
    from assistant.understanding.question import Known

    @lru_cache(maxsize=512)
    def holds(code: str) -> bool:
        return snapshot.count(Scope(countries=(code,)))[0] > 0

    @lru_cache(maxsize=512)
    def meanings(acronym: str) -> tuple[str, ...]:
        rows = [row for row, _ in snapshot.lexical({acronym.lower(): 1.0}, 200, Scope())]
        return mined((passage.text for passage in snapshot.passages(rows)), acronym)

    return Known(
        documents=snapshot.documents(),
        holds=holds,
        frequency=snapshot.frequency,
        meanings=meanings,
    )
