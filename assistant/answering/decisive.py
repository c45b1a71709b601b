"""The words on which a question about every country turns: "Which countries test athletes?" turns on *athletes*.

Of thirty countries many have a sentence with the common words of a question. The rare ones tell the few that answer,
and where nobody has one of the rarest, nobody answers.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.candidates import Candidate
from assistant.answering.predicate import COLOURLESS
from assistant.answering.wanted import RAREST, Wanted, has

LEAST = 0.7
"""The share of the highest weight from which on a word is one of those that a question turns on."""
LOOKED_AT = 3
"""So many of a country's best sentences are looked at."""


def decisive(wanted: Wanted) -> tuple[str, ...]:
    """Return the stems a question turns on: of the highest weights, no alternatives, no verb without colour."""
    spared = COLOURLESS.union(*wanted.either)
    return tuple(s for s, w in _weighed(wanted) if w >= LEAST * max(wanted.weights) and s not in spared)


def said_by_none(wanted: Wanted, rankings: Sequence[Sequence[Candidate]]) -> str:
    """Return the first word as rare as can be that no country's best sentences have, nor a word for it; '' for none."""
    rarest = {s for s, w in _weighed(wanted) if w >= RAREST}
    return next((s for s in decisive(wanted) if s in rarest and not any(_said(s, r) for r in rankings)), "")


def share_lacking(stems: Sequence[str], ranking: Sequence[Candidate]) -> float:
    """Return the share of the stems that a country's best sentences do not have, from 0 to 1."""
    return sum(not _said(stem, ranking) for stem in stems) / max(1, len(stems))


def said_somewhere(stems: Sequence[str], rankings: Sequence[Sequence[Candidate]]) -> tuple[str, ...]:
    """Return the stems that the best sentences of some country have."""
    return tuple(stem for stem in stems if any(_said(stem, ranking) for ranking in rankings))


def _weighed(wanted: Wanted) -> list[tuple[str, float]]:
    return list(zip(wanted.stems, wanted.weights, strict=True))


def _said(stem: str, ranking: Sequence[Candidate]) -> bool:
    return any(has(stem, candidate.own) for candidate in ranking[:LOOKED_AT])
