"""One probability from features: the regression by hand, what is unknown, and the features of a small case."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from assistant.judging.coverage import words_of
from assistant.judging.judge import FEATURES, Judge, features, judge_for
from assistant.judging.spans import ReadHit, spans_of
from assistant.model import PassageReading
from assistant.understood import Understood
from tests.made import document_of, hit_of

JUDGE = Judge(-1.0, {"relevance": 0.5, "coverage": 2.0}, {"coverage": 0.25}, answered=0.6, near=0.1)


@pytest.mark.parametrize(
    ("values", "logit"),
    [
        ({"relevance": 2.0, "coverage": 1.0}, 2.0),
        ({"relevance": 2.0, "coverage": 0.0}, 0.0),
        ({"relevance": 2.0, "coverage": None}, 0.5),  # what is unknown takes its mean
        ({}, -1.0),
        ({"relevance": 1e9}, 40.0),  # never overflows
        ({"relevance": -1e9}, -40.0),
    ],
)
def test_the_probability_is_a_logistic_regression(values: dict[str, float | None], logit: float) -> None:
    assert JUDGE.probability(values) == pytest.approx(1 / (1 + math.exp(-logit)))


def test_the_coefficients_that_are_shipped_weigh_known_features_and_say_more_for_better_evidence() -> None:
    for reader in ("english", "none"):
        judge = judge_for(reader)
        assert set(judge.weights) | set(judge.means) <= set(FEATURES)
        assert 0.0 < judge.near < judge.answered < 1.0
        assert judge.reader == reader
        worse = dict.fromkeys(FEATURES, 0.0) | {"cosine": 0.8}
        assert judge.probability(worse) < judge.probability(worse | {"margin": 5.0})
        assert all(weight >= 0 for name, weight in judge.weights.items() if name not in ("missing", "abroad"))


def test_another_encoder_has_other_cosines_which_say_nothing() -> None:
    own, other = judge_for("english"), judge_for("english", cosines=False)
    values = dict.fromkeys(FEATURES, 0.0)
    assert other.probability(values | {"cosine": 0.1}) == other.probability(values | {"cosine": 0.9})
    assert other.probability(values) == pytest.approx(own.probability(values | {"cosine": own.means["cosine"]}))


FIRST = hit_of("The hub trains 40 nurses. It opened late.", document_of("a"), sentence_scores=(0.75, 0.25))
SECOND = hit_of("A register was closed.", document_of("b"), sentence_scores=(0.25,))
PAGES = {"a": FIRST[1], "b": SECOND[1]}


def test_the_features_of_two_passages() -> None:
    asked = replace(Understood("q", "q", "q"), intent="number")
    read = [ReadHit(FIRST[0], PassageReading(3.0, 0.5, (2.0, -1.0))), ReadHit(SECOND[0], PassageReading(1.0, -0.5))]
    spans = spans_of(read, lambda document, number: PAGES[document])
    words = words_of("How many nurses does the hub train in zones?", lambda stem: 1.0)
    found = features(asked, words, read, spans[:1], spans[0].text, 3, abroad=False)
    assert found == {
        "relevance": 3.0,
        "answers": 0.5,
        "margin": None,  # fewer than five passages were read
        "sentence": 2.0,
        "coverage": 0.75,
        "words": 0.75,
        "cosine": 0.75,
        "standing": None,
        "kind": 1.0,
        "missing": 2.0,  # capped
        "abroad": 0.0,
    }
    assert set(found) == set(FEATURES)


def test_across_languages_and_without_a_trained_reader_some_features_are_unknown() -> None:
    read = [ReadHit(FIRST[0], PassageReading(3.0))]
    spans = spans_of(read, lambda document, number: PAGES[document])
    words = words_of("nurses", lambda stem: 1.0)
    found = features(Understood("q", "q", "q"), words, read, spans, "", 0, abroad=True)
    assert (found["answers"], found["coverage"], found["words"], found["abroad"]) == (None, None, None, 1.0)


def test_how_far_the_best_stands_above_five_passages_and_more() -> None:
    scores = ((6.0, 0.75), (5.0, 0.25), (4.0, 0.25), (3.0, 0.25), (1.0, 0.25), (0.0, 0.25))
    read = [ReadHit(replace(SECOND[0], sentence_scores=(cosine,)), PassageReading(logit)) for logit, cosine in scores]
    found = features(Understood("q", "q", "q"), words_of("nurses", lambda stem: 1.0), read, [], "", 0, abroad=False)
    assert found["margin"] == 5.0  # 6 above the fifth, 1
    assert found["standing"] == pytest.approx(5**0.5)  # 0.75 of mean 1/3, spread 0.5 * sqrt(5) / 6


def test_nothing_found_has_features_too() -> None:
    words = words_of("nurses", lambda stem: 1.0)
    found = features(replace(Understood("q", "q", "q"), intent="date"), words, [], [], "", 0, abroad=False)
    assert (found["relevance"], found["sentence"], found["kind"], found["cosine"]) == (0.0, 0.0, 0.0, 0.0)
