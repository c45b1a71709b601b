"""One clear sentence: it means what the question means and no other comes near, or it says all its words in others.

Where a delegate uses none of the document's words, coverage says nothing. Then a sentence answers that is close in
meaning, and closer than what else was found: a question on something the documents lack finds many alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from assistant.answering.candidates import Candidate
from assistant.answering.wanted import SYNONYM

LEAST = 0.1
"""The probability that the rule must give at least."""
CLOSE, ABOVE_MEDIAN = 0.5, 0.15
"""The cosine of the sentence, and how far it stands above that of the middling sentence found."""
AHEAD, OF_THE_FIFTH = 0.05, 0.25
"""How far its score is ahead of the next one's and of the fifth's."""
LEAST_OF_ALL = 0.25
"""The probability that a sentence needs which says every word: of one or two words the rule thinks too little."""


def is_clear(ranked: Sequence[Candidate], probability: float) -> bool:
    """Return whether one sentence answers though the rule's probability is below its threshold."""
    return stands_out(ranked, probability) or says_all(ranked, probability)


def says_all(ranked: Sequence[Candidate], probability: float) -> bool:
    """Return whether the best sentence has what is asked for and each word of the question, or a word used for it."""
    said = bool(ranked) and ranked[0].fits and ranked[0].coverage >= SYNONYM - 1e-9
    return said and probability >= LEAST_OF_ALL


def stands_out(ranked: Sequence[Candidate], probability: float) -> bool:
    """Return whether the best of five sentences or more has what is asked for, in meaning, well before all others."""
    if len(ranked) < 5 or probability < LEAST or not ranked[0].fits or ranked[0].cosine < CLOSE:
        return False
    best, scores = ranked[0], [c.score for c in ranked]
    above = best.cosine - median(c.cosine for c in ranked)
    return above >= ABOVE_MEDIAN and best.score - scores[1] >= AHEAD and best.score - scores[4] >= OF_THE_FIFTH
