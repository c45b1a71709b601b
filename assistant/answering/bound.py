"""A bound in a question about every country: "more than 10,000 genomes" asks for other numbers than 10,000."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence

from assistant.answering.candidates import Candidate

_NUMBER = r"\d{1,3}(?:[,. ]\d{3})+|\d+(?:\.\d+)?"
_BOUND = re.compile(
    rf"\b(?P<word>more than|over|above|at least|less than|fewer than|under|below|at most)\s+(?:(?:EUR|GBP|€|£)\s?)?"
    rf"(?P<number>{_NUMBER})(?:\s+(?P<scale>thousand|million|billion))?(?![\w%])",
    re.IGNORECASE,
)
_FOUND = re.compile(rf"(?<![\w.,/–-])({_NUMBER})(?:\s+(thousand|million|billion))?(?![\w/+])", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SCALES = {"": 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_KEEPS: dict[str, Callable[[float, float], bool]] = {
    **dict.fromkeys(("more than", "over", "above"), operator.gt),
    **dict.fromkeys(("less than", "fewer than", "under", "below"), operator.lt),
    "at least": operator.ge,
    "at most": operator.le,
}


def bound_in(question: str) -> re.Match[str] | None:
    """Return where a question sets a bound on a number, None where it sets none or means a year."""
    match = _BOUND.search(question)
    return None if match is None or _YEAR.fullmatch(match["number"]) else match


def without_bound(text: str) -> str:
    """Return a question without its bound: what is left names the thing, and no number must stand in the evidence."""
    match = bound_in(text)
    return text if match is None else " ".join((text[: match.start()] + text[match.end() :]).split())


def within(ranked: Sequence[Candidate], bound: re.Match[str]) -> list[Candidate]:
    """Return the sentences that have a number within the bound, in the same order."""
    keeps = _KEEPS[" ".join(bound["word"].lower().split())]
    limit = _value(bound["number"], bound["scale"] or "")
    return [c for c in ranked if any(keeps(number, limit) for number in _numbers(c.text))]


def _numbers(text: str) -> list[float]:
    """Return the numbers of a text that are no years."""
    return [_value(n, scale) for n, scale in _FOUND.findall(text) if scale or not _YEAR.fullmatch(n)]


def _value(number: str, scale: str) -> float:
    return float(re.sub(r"[,. ](?=\d{3})", "", number)) * _SCALES[scale.lower()]
