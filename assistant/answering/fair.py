"""Which bar a country must clear where several are asked about: one bar for all would be unfair to some of them.

Each is held against the best of them. What answers for one country shows how near an answer comes, so the bar before
that is lower than for a question about one.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.candidates import Candidate
from assistant.answering.decisive import LOOKED_AT, decisive, said_somewhere, share_lacking
from assistant.answering.phrase import names_thing, thing_of
from assistant.answering.wanted import Wanted

EVERYWHERE = 0.8
"""The bar for one of all countries as a share of the threshold; what it lets in is held against the best."""
BEHIND, STANDS, SURE = 0.6, 1.6, 2.0
"""The share of the best score, and the standing, under which one of all countries falls behind; the standing under
which it is shown with a doubt."""
UNNAMED = 0.8
"""What one loses that does not name the thing which the question asks who has, where another does."""
LACKING = 0.3
"""What one loses that has none of the words on which the question turns, where others have them."""
WHOLE = 0.6
"""The share of the words that the best sentence of all must have for any country to be shown without a doubt."""
COMPARED = 0.25
"""The bar for each country of a comparison as a share of the threshold."""
FIRST = 0.2
"""The probability that the best country must have: else a comparison would always be made of something."""
BESIDE, CERTAIN = 1.2, 1.9
"""The standing under which a country of a comparison has no answer, and under which it is shown with a doubt."""


def standing(ranking: Sequence[Candidate], probability: float, top: float, widest: float) -> float:
    """Return how one country stands beside the best of several, from 0 to 3.

    The probability that its sentences answer, its best score and its share of the words beside the highest: the sum
    tells silence from evidence better than each.
    """
    return probability + ranking[0].score / (top or 1.0) + _widest(ranking) / (widest or 1.0)


def compared(rankings: Sequence[Sequence[Candidate]], probabilities: Sequence[float]) -> list[float]:
    """Return the standing of each country of a comparison; 0 for one that says nothing where another does."""
    if not rankings or max(probabilities) < FIRST:
        return [0.0] * len(rankings)
    top, widest = max(ranking[0].score for ranking in rankings), max(map(_widest, rankings))
    found = [standing(r, p, top, widest) for r, p in zip(rankings, probabilities, strict=True)]
    return [value if value >= BESIDE else 0.0 for value in found]


def standings(
    rankings: Sequence[Sequence[Candidate]], probabilities: Sequence[float], wanted: Wanted, question: str
) -> list[float]:
    """Return how each of all countries stands beside the best of them; 0 for one that falls behind.

    One loses that does not name the thing which the question asks who has, or that lacks words on which the question
    turns, where another has them. Where no sentence has most of the words, all are doubtful.
    """
    if not rankings:
        return []
    top, widest = max(ranking[0].score for ranking in rankings), max(map(_widest, rankings))
    thing, turns = thing_of(question), said_somewhere(decisive(wanted), rankings)
    has = [any(names_thing(thing, c.text) for c in ranking[:LOOKED_AT]) for ranking in rankings]
    out = []
    for ranking, probability, whole in zip(rankings, probabilities, has, strict=True):
        loses = (UNNAMED if any(has) and not whole else 0.0) + LACKING * share_lacking(turns, ranking)
        value = standing(ranking, probability, top, widest) - loses
        value = value if widest >= WHOLE else min(value, SURE - 0.01)
        out.append(value if ranking[0].score >= BEHIND * top and value >= STANDS else 0.0)
    return out


def _widest(ranking: Sequence[Candidate]) -> float:
    return max(c.coverage for c in ranking[:LOOKED_AT])
