"""One calibrated probability that what is shown answers the question, from a few features one can read.

A logistic regression fitted by `eval/training/fit_judge.py` on questions by other hands, with cross-validation over
documents; the coefficients and the bands stand in `data/judge.toml`. A feature that cannot be known for a question (no
trained reader, another language) takes the mean it had in fitting, so that it says nothing.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.judging.coverage import Words, covered
from assistant.judging.kinds import has_kind
from assistant.judging.spans import ReadHit, Span
from assistant.understood import Understood
from assistant.z_scores import z_scores

FEATURES = (
    "relevance", "answers", "margin", "sentence", "coverage", "words", "cosine", "standing", "kind", "missing",
    "abroad",
)  # fmt: skip
"""What the regression weighs.

relevance: what readers and search say of the best passage, a logit · answers: its logit that a passage answers at all
· margin: how far the best passage stands above the fifth · sentence: its best sentence · coverage: share of the
question's words in the quotations with headings and title · words: the same in the best quotation alone · cosine:
nearest sentence by the encoder · standing: how many standard deviations that is above the others found · kind: whether
the kind of thing asked for is there · missing: what the question names and the evidence lacks, capped at 2 · abroad:
another language.
"""


@dataclass(frozen=True, slots=True)
class Judge:
    """The regression of one kind of reader: intercept, weights, means for what is unknown, and two bands."""

    intercept: float
    weights: Mapping[str, float]
    means: Mapping[str, float]
    answered: float
    near: float
    reader: str = ""

    def probability(self, values: Mapping[str, float | None]) -> float:
        """Return the probability, from 0 to 1, that the evidence answers."""
        known = {name: self.means.get(name, 0.0) if value is None else value for name, value in values.items()}
        logit = self.intercept + sum(weight * known.get(name, 0.0) for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, logit))))


@lru_cache(maxsize=8)
def judge_for(reader: str, *, cosines: bool = True) -> Judge:
    """Return the judge fitted for a kind of reader: "english", "languages" or "none".

    `cosines` is False for another encoder than the one it was fitted with: its cosines lie elsewhere and say nothing.
    """
    data = tomllib.loads((files("assistant") / "data" / "judge.toml").read_text(encoding="utf-8"))
    own = data[reader]
    weights, intercept = dict(own["weights"]), own["intercept"]
    if not cosines:
        intercept += weights.pop("cosine", 0.0) * own["means"]["cosine"]
    return Judge(intercept, weights, own["means"], own["answered"], own["near"], reader)


def features(
    understood: Understood,
    words: Words,
    read: Sequence[ReadHit],
    shown: Sequence[Span],
    evidence: str,
    lacking: int,
    *,
    abroad: bool,
) -> dict[str, float | None]:
    """Return the features of what is shown, `evidence` its text with headings and titles; None for what is unknown."""
    relevance = sorted((one.read.relevance for one in read), reverse=True) or [0.0]
    answers = [one.read.answers for one in read if one.read.answers is not None]
    cosines = [max(one.hit.sentence_scores, default=one.hit.dense) for one in read] or [0.0]
    best = shown[0].text if shown else ""
    return {
        "relevance": relevance[0],
        "answers": max(answers) if answers else None,
        "margin": relevance[0] - relevance[4] if len(relevance) > 4 else None,
        "sentence": max((span.likeness for span in shown), default=0.0),
        "coverage": None if abroad else covered(words, evidence),
        "words": None if abroad else covered(words, best),
        "cosine": max(cosines),
        "standing": max(z_scores(cosines)) if len(cosines) > 4 else None,
        "kind": float(any(has_kind(span.text, understood.intent) for span in shown)),
        "missing": min(2.0, float(lacking)),
        "abroad": float(abroad),
    }
