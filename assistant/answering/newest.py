"""The newer state of a country is shown, and first: a plan of 2021 must not stand alone where a source of 2026 speaks.

A rule of scores and years: two sentences speak of the same thing when they come about as near to the question. Nothing
is merged, and each keeps its year; a question that names a year is about that year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.candidates import Candidate
from assistant.answering.choose import said, same
from assistant.answering.differ import differing

NEAR, SPEAKS = 0.85, 0.8
"""How near in score, and in words covered, a newer sentence must come to an older one to speak of the same thing."""
DIFFERS = 0.6
"""How near in score it must come where it contradicts an older one."""
LOOKED_AT = 16
"""So many of the ranked sentences are looked at for a newer one."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def with_newer(chosen: Sequence[Candidate], ranked: Sequence[Candidate], most: int) -> list[Candidate]:
    """Return the chosen sentences with one of a newer document than any of them, in the last one's place if need be."""
    if not chosen:
        return list(chosen)
    newest = max(year_of(c) for c in chosen)
    for candidate in ranked[:LOOKED_AT]:
        if year_of(candidate) <= newest or not candidate.fits or not _of_the_same(candidate, chosen):
            continue
        if not said(candidate.text, chosen) and not any(same(candidate.text, other.text) for other in chosen):
            return [*chosen[: max(1, most - 1)], candidate]
    return list(chosen)


def _of_the_same(newer: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Return whether a newer sentence matches the best one, or gives another number or a denial of one shown."""
    if supersedes(newer, chosen[0]):
        return True
    mine = (newer.hit.document.id, newer.text)
    return newer.score >= DIFFERS * chosen[0].score and any(
        differing([mine, (older.hit.document.id, older.text)]) for older in chosen
    )


def supersedes(newer: Candidate, older: Candidate) -> bool:
    """Return whether a sentence of a newer document speaks of what an older one says, by how near both come."""
    return (
        0 < year_of(older) < year_of(newer)
        and newer.score >= NEAR * older.score
        and newer.coverage >= SPEAKS * older.coverage
    )


def year_of(candidate: Candidate) -> int:
    """Return the year of the sentence's document, 0 where it is not known."""
    return candidate.hit.document.year or 0


def newest_first(question: str) -> bool:
    """Return whether newer sources go first: always, unless the question is about a year."""
    return not _YEAR.search(question)
