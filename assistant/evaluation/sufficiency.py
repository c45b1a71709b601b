"""Fits the rule that decides whether evidence answers, on development questions alone; one can read every number.

Logistic regression with an L2 penalty on standardised features (Hastie, Tibshirani & Friedman, "The Elements of
Statistical Learning", 2009, section 4.4), fitted by Newton's method; both classes weigh the same in all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy

Array = numpy.ndarray[Any, numpy.dtype[numpy.float64]]


@dataclass(frozen=True, slots=True)
class Example:
    """The features of one question's evidence, whether the documents answer it, and which null is right if not."""

    features: Mapping[str, float]
    answerable: bool
    nulls: tuple[str, ...] = ()
    nearness: float = 0.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """A rule: intercept and weights for the raw features, the threshold on the probability and the one on nearness."""

    intercept: float
    weights: Mapping[str, float]
    answer: float
    unsure: float


def fit(examples: Sequence[Example], names: Sequence[str], penalty: float = 10.0) -> Fitted:
    """Return the fitted rule; needs examples of both classes."""
    matrix = numpy.asarray([[e.features[name] for name in names] for e in examples], dtype=numpy.float64)
    wanted = numpy.asarray([float(e.answerable) for e in examples])
    middle, spread = matrix.mean(axis=0), matrix.std(axis=0)
    spread[spread < 1e-9] = 1.0
    intercept, weights = logistic((matrix - middle) / spread, wanted, penalty)
    raw = weights / spread
    bias = float(intercept - (raw * middle).sum())
    chances = 1 / (1 + numpy.exp(-(matrix @ raw + bias)))
    answer = best_threshold(chances, wanted)
    unsure = best_null(examples)
    return Fitted(bias, dict(zip(names, (float(w) for w in raw), strict=True)), answer, unsure)


def logistic(matrix: Array, wanted: Array, penalty: float, rounds: int = 50) -> tuple[float, Array]:
    """Return (intercept, weights) that minimise the balanced loss plus penalty / 2 x the squared weights."""
    share = numpy.where(wanted > 0, 0.5 / max(wanted.sum(), 1), 0.5 / max((1 - wanted).sum(), 1)) * len(wanted)
    rows = numpy.column_stack([numpy.ones(len(matrix)), matrix])
    ridge = numpy.diag([0.0] + [penalty] * matrix.shape[1])
    beta = numpy.zeros(rows.shape[1])
    for _ in range(rounds):
        chance = 1 / (1 + numpy.exp(-rows @ beta))
        gradient = rows.T @ (share * (chance - wanted)) + ridge @ beta
        curvature = (rows * (share * chance * (1 - chance))[:, None]).T @ rows + ridge
        step = numpy.linalg.solve(curvature, gradient)
        beta -= step
        if float(numpy.abs(step).max()) < 1e-9:
            break
    return float(beta[0]), beta[1:]


def best_threshold(chances: Array, wanted: Array) -> float:
    """Return the threshold with the best sum of the declines' F1 and twice the share answered of the answerable."""

    def worth(threshold: float) -> float:
        declined = chances < threshold
        hit, wrong = float((declined & (wanted == 0)).sum()), float((declined & (wanted == 1)).sum())
        f1 = 2 * hit / max(1.0, 2 * hit + wrong + float((~declined & (wanted == 0)).sum()))
        return f1 + 2 * (1 - wrong / max(1.0, float(wanted.sum())))

    steps = [float(value) for value in numpy.linspace(0.05, 0.95, 91)]
    best = max(steps, key=worth)
    return round(best, 2)


def best_null(examples: Sequence[Example]) -> float:
    """Return the lower threshold on `nearness` that names the right null most often."""
    silent = [example for example in examples if not example.answerable]

    def right(threshold: float) -> int:
        return sum(("not-enough" if e.nearness >= threshold else "nothing-relevant") in e.nulls for e in silent)

    best = max(sorted({e.nearness for e in silent}), key=right, default=0.0)
    return round(best, 2)
