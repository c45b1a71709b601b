"""Several countries are asked about: which of their parts still answer once each is seen beside the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.decisive import said_by_none
from assistant.answering.fair import compared, standings
from assistant.answering.part import Part
from assistant.model import Understood
from assistant.words import WORD, content_stems


def side_by_side(understood: Understood, parts: Sequence[Part]) -> list[Part]:
    """Return the parts; those that fall behind the best of them are no longer answers."""
    if not (understood.all_countries or understood.compare) or understood.expects == "overview":
        return list(parts)
    answered = [part for part in parts if part.decision.outcome == "answered"]
    rankings, values = [p.ranked for p in answered], [p.decision.probability for p in answered]
    if understood.compare and not understood.all_countries:
        return _standing(parts, answered, compared(rankings, values))
    reason = none_says(understood, answered)
    if reason or not answered:
        return _standing(parts, answered, [0.0] * len(answered), reason)
    return _standing(parts, answered, standings(rankings, values, answered[0].wanted, understood.text))


def none_says(understood: Understood, answered: Sequence[Part]) -> str:
    """Return, in plain words, which word the question turns on and nothing found has, '' where all are said."""
    stem = said_by_none(answered[0].wanted, [part.ranked for part in answered]) if answered else ""
    written = next((word for word in WORD.findall(understood.text) if stem and stem in content_stems(word)), stem)
    return f"“{written}” does not occur in what was found" if stem else ""


def _standing(
    parts: Sequence[Part], answered: Sequence[Part], standing: Sequence[float], reason: str = ""
) -> list[Part]:
    """Return the parts, those that answered with their standing; without any, a part is no answer."""
    found = dict(zip(map(id, answered), standing, strict=True))
    return [_held_against(part, found[id(part)], reason) if id(part) in found else part for part in parts]


def _held_against(part: Part, standing: float, reason: str) -> Part:
    if standing:
        return replace(part, standing=standing)
    return replace(part, decision=replace(part.decision, outcome="not-enough", reason=reason))
