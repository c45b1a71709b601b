"""What the chain needs to answer, and what it knows of each country asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.composing.choose import Measure, Quotation
from assistant.judging.coverage import Words
from assistant.judging.judge import Judge
from assistant.judging.spans import ReadHit, Span
from assistant.model import Fingerprint, Hit, PassageReading, Scope
from assistant.ports import Snapshot

Find = Callable[[Scope, int], list[Hit]]
"""Search within a scope: at most so many passages, best first."""
ReadAll = Callable[[Sequence[Hit]], list[PassageReading]]
"""Read passages beside the question; one reading each, in order."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What the chain needs besides the question: where to look, how to search, read and weigh, what to name."""

    snapshot: Snapshot
    scope: Scope
    find: Find
    read: ReadAll
    idf: Callable[[str], float]
    fingerprint: Fingerprint
    judge: Judge
    measure: Measure = field(default_factory=Measure)
    passages: int = 20
    """How many passages are found and read where one scope is asked about."""


@dataclass(frozen=True, slots=True)
class Part:
    """The search for one country ('' for the whole scope): what was read, chosen and judged.

    `probability` is the judge's, from 0 to 1; `missing` what the question names and the evidence lacks; `near` says
    whether anything found comes near the question at all.
    """

    country: str
    documents: int
    words: Words
    read: tuple[ReadHit, ...] = ()
    spans: tuple[Span, ...] = ()
    chosen: tuple[Quotation, ...] = ()
    probability: float = 0.0
    answered: bool = False
    near: bool = False
    missing: tuple[str, ...] = ()
    features: Mapping[str, float | None] = field(default_factory=dict)
    reader: str = ""
    """The kind of reader that the judge was fitted for."""
    unplaced: bool = False
    """Whether it rests on documents of which nobody says of which country they are."""
    denied: bool = False
    """Whether what is shown says no to what every country is asked about."""
    in_passing: bool = False
    """Whether what was found names the country only in lists of several."""
