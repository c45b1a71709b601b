"""The measures against ir-measures on random rankings, and against cases worked out by hand."""

from __future__ import annotations

import math
import random

import ir_measures
import pytest
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

from assistant.evaluation import metrics
from assistant.evaluation.bootstrap import interval, interval_of, paired_difference


@pytest.mark.parametrize("seed", range(20))
def test_search_measures_agree_with_ir_measures(seed: int) -> None:
    draw = random.Random(seed)
    items = [f"d{n}" for n in range(30)]
    ranked = draw.sample(items, 10)
    relevant = set(draw.sample(items, draw.randint(1, 12)))
    qrels = [Qrel("q", item, 1) for item in relevant]
    run = [ScoredDoc("q", item, 1 / rank) for rank, item in enumerate(ranked, start=1)]
    wanted = ir_measures.calc_aggregate([Success @ 1, Success @ 5, Success @ 10, RR @ 10, nDCG @ 10], qrels, run)
    for k in (1, 5, 10):
        assert metrics.recall_at(ranked, relevant, k) == wanted[Success @ k]
    assert metrics.reciprocal_rank(ranked, relevant) == pytest.approx(wanted[RR @ 10])
    assert metrics.ndcg(ranked, relevant) == pytest.approx(wanted[nDCG @ 10])


def test_ndcg_by_hand() -> None:
    assert metrics.ndcg(["x", "a", "b"], {"a", "b"}) == pytest.approx(
        (1 / math.log2(3) + 1 / math.log2(4)) / (1 + 1 / math.log2(3))
    )
    assert metrics.ndcg(["x"], {"a"}) == 0.0
    assert metrics.ndcg(["a", "a"], {"a"}) == 1.0


def test_f1_and_percentiles_by_hand() -> None:
    assert metrics.f1(6, 2, 4) == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))
    assert metrics.f1(0, 0, 0) == 0.0
    assert metrics.percentile([4, 1, 3, 2], 0.5) == 2
    assert metrics.percentile([4, 1, 3, 2], 0.95) == 4
    assert metrics.percentile([], 0.5) == 0.0


def test_share_found_counts_countries_not_pages() -> None:
    groups = {"EE": {("a", 1), ("a", 2)}, "FI": {("b", 1)}, "SE": {("c", 9)}}
    assert metrics.share_found(groups, [("a", 1), ("a", 2), ("c", 9)]) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("text", "fact", "found"),
    [
        ("EUR 1,955,000 from the fund", "1,955,000", True),
        ("17 041 échantillons", "17,041", True),
        ("about 2,500 newborns", "500", False),
        ("in 2024, 24 jurors", "24", True),
        ("in 2024 they met", "24", False),
        ("30.6 % were solved", "30", False),
        ("a yield of 30.6 %", "30.6", True),
        ("clinical geneti\u00adcists", "clinical geneticists", True),
        ("opt‑out model", "opt-out", True),
        ("It costs 11.", "11", True),
    ],
)
def test_facts_are_found_whole(text: str, fact: str, found: bool) -> None:
    assert metrics.contains(metrics.normalised(text), metrics.normalised(fact)) is found


def test_fact_coverage_takes_one_alternative_of_each_group() -> None:
    assert metrics.fact_coverage("a b", [["a", "z"], ["b"], ["c"]]) == pytest.approx(2 / 3)
    assert metrics.fact_coverage("", []) == 1.0


def test_threshold_curve_by_hand() -> None:
    curve = metrics.threshold_curve([0.1, 0.2, 0.3, 0.4], [True, False, True, False])
    assert curve == [(0.2, 1.0, 0.5), (0.3, 0.5, 0.5), (0.4, pytest.approx(2 / 3), 1.0)]


def test_interval_is_repeatable_and_holds_the_mean() -> None:
    values = [0.0] * 30 + [1.0] * 70
    low, high = interval(values)
    assert (low, high) == interval(values)
    assert low < 0.7 < high and high - low == pytest.approx(2 * 1.96 * math.sqrt(0.21 / 100), abs=0.03)
    assert interval([]) == (0.0, 0.0)


def test_the_interval_of_a_mean_by_whole_rows_is_that_of_the_mean() -> None:
    values = [0.0] * 30 + [1.0] * 70
    assert interval_of(values, metrics.mean, rounds=1000) == interval(values)
    assert interval_of([], metrics.mean) == (0.0, 0.0)


def test_paired_difference_sees_what_two_apart_intervals_would_not() -> None:
    old = [n / 100 for n in range(100)]
    new = [value + 0.01 for value in old]
    mean, low, high = paired_difference(new, old)
    assert (mean, low, high) == (pytest.approx(0.01), pytest.approx(0.01), pytest.approx(0.01))
    assert interval(old)[1] > interval(new)[0]
    with pytest.raises(ValueError):
        paired_difference([1.0], [1.0, 2.0])
