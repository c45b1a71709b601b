"""What an answer says of its own limits: what it lacks, where it is less sure, whose documents deny the question."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering import silence, wording
from assistant.answering.candidates import Candidate
from assistant.answering.decide import around
from assistant.answering.fair import CERTAIN, SURE
from assistant.answering.part import Brief, Part
from assistant.answering.wanted import unnamed_beside
from assistant.model import Understood

DENIES = 0.5
"""The share of the words that a sentence must have to deny the question for one of all countries."""


def of_answered(understood: Understood, brief: Brief, parts: Sequence[Part], absent: Sequence[str]) -> list[str]:
    """Return what is said beside the evidence found."""
    everywhere = understood.all_countries
    found = [p for p in parts if p.decision.outcome == "answered"]
    silent = [(p.country, p.decision.outcome) for p in parts if p.decision.outcome != "answered"]
    weak = [p.country for p in found if p.standing < (SURE if everywhere else CERTAIN)]
    remarks = [] if everywhere else [wording.unnamed(words, codes) for words, codes in unnamed(found).items()]
    if weak:
        remarks.append(wording.less_sure_about(weak))
    if everywhere:
        denied = [p.country for p in parts if denials([p], everywhere=True)]
        remarks += [wording.said_no(denied)] if denied else []
        silent = [(country, outcome) for country, outcome in silent if country not in denied]
    return [*remarks, *silence.of_parts(brief.snapshot, brief.scope, silent, absent, everywhere)]


def unnamed(parts: Sequence[Part]) -> dict[tuple[str, ...], list[str]]:
    """Return subjects that the question joins to others and nothing shown names, and for which countries."""
    lacking: dict[tuple[str, ...], list[str]] = {}
    for part in parts:
        words = unnamed_beside(part.wanted, around(part.ranked[:4]))
        if words:
            lacking.setdefault(words, []).extend([part.country] if part.country else [])
    return lacking


def denials(parts: Sequence[Part], *, everywhere: bool) -> list[Candidate]:
    """Return the sentences that deny what the question takes for granted; of all countries' only plain ones."""
    least = DENIES if everywhere else 0.0
    return [p.decision.denial for p in parts if p.decision.denial and p.decision.denial.coverage >= least]
