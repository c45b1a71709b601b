"""The rule of sufficiency: fitted by hand-made examples whose best rule one can see."""

from __future__ import annotations

import math

import numpy

from assistant.evaluation.sufficiency import Example, best_null, best_threshold, fit, logistic


def test_the_rule_separates_what_can_be_separated() -> None:
    examples = [Example({"coverage": value, "noise": 1.0}, value > 0.5, ("not-enough",)) for value in (0, 0.2, 0.8, 1)]
    rule = fit(examples, ("coverage", "noise"), penalty=0.1)
    assert rule.weights["coverage"] > 0
    assert rule.weights["noise"] == 0.0

    def chance(value: float) -> float:
        return 1 / (1 + math.exp(-(rule.intercept + rule.weights["coverage"] * value)))

    assert chance(0.2) < rule.answer <= chance(0.8)


def test_without_signal_the_weights_are_nothing() -> None:
    matrix = numpy.asarray([[1.0], [-1.0], [1.0], [-1.0]])
    intercept, weights = logistic(matrix, numpy.asarray([1.0, 1.0, 0.0, 0.0]), penalty=1.0)
    assert abs(intercept) < 1e-9
    assert abs(float(weights[0])) < 1e-9


def test_the_threshold_parts_the_classes() -> None:
    chances = numpy.asarray([0.1, 0.3, 0.7, 0.9])
    assert 0.3 < best_threshold(chances, numpy.asarray([0.0, 0.0, 1.0, 1.0])) <= 0.7


def test_the_nulls_are_parted_by_nearness() -> None:
    near = [Example({}, False, ("not-enough",), nearness) for nearness in (1.8, 2.0)]
    far = [Example({}, False, ("nothing-relevant",), nearness) for nearness in (0.4, 1.0)]
    assert best_null([*near, *far]) == 1.8
