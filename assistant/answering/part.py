"""What the chain needs to answer, and what it knows of each country asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assistant.answering.candidates import Candidate
from assistant.answering.decide import Decision, Rule
from assistant.answering.wanted import Wanted
from assistant.model import Fingerprint, Hit, Scope
from assistant.ports import Snapshot

Find = Callable[[Scope, int], list[Hit]]
"""Search within a scope: at most so many passages, best first."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What the chain needs besides the question: where to look, how to search, how to weigh, what to name."""

    snapshot: Snapshot
    scope: Scope
    find: Find
    idf: Callable[[str], float]
    bound: float
    fingerprint: Fingerprint
    quote_words: int = 120
    rule: Rule | None = None
    bounds: Mapping[str, float] = field(default_factory=dict)
    """`bound` for each country that is searched with a query of its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """The search for one country ('' for the whole scope): its ranked sentences and what was decided."""

    country: str
    documents: int
    ranked: tuple[Candidate, ...]
    decision: Decision
    wanted: Wanted
    in_passing: bool = False
    """Whether what was found names the country only in lists of several."""
    standing: float = 3.0
    """How it stands beside the best of all countries, from 0 to 3."""
