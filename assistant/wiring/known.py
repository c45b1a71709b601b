"""What understanding a question needs to know of the library, taken from one snapshot on first need."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.model import Scope
from assistant.ports import Snapshot

if TYPE_CHECKING:
    from assistant.retrieval.question import Known

_MULTILINGUAL = re.compile(r"multiling|bge-m3|labse|xlm|jina-embeddings-v3|distiluse", re.IGNORECASE)
"""Parts of the names of encoders that read many languages."""


def known_of(snapshot: Snapshot, encoder: str = "") -> Known:
    """Return what the library holds for understanding; `encoder` is the name of the encoder in the settings."""
    from assistant.retrieval.acronyms import mined
    from assistant.retrieval.question import Known

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
        multilingual=bool(_MULTILINGUAL.search(encoder)),
    )
