"""A bound on a number is asked for by other numbers than its own."""

from __future__ import annotations

import pytest

from assistant.answering.bound import bound_in, within, without_bound
from tests.answering.test_newest import told
from tests.fakes import small_library


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Which countries plan more than 10,000 genomes?", "Which countries plan genomes?"),
        ("Which countries spend over EUR 5 million on genomes?", "Which countries spend on genomes?"),
        ("Which countries have at least 3 centres?", "Which countries have centres?"),
        ("Which countries did it over 2021?", "Which countries did it over 2021?"),  # a year
        ("Which countries have more than 40% support?", "Which countries have more than 40% support?"),
        ("Which countries are over the hill?", "Which countries are over the hill?"),
    ],
)
def test_the_bound_is_no_part_of_the_topic(question: str, left: str) -> None:
    assert without_bound(question) == left


@pytest.mark.parametrize(
    ("bound", "kept"),
    [
        ("more than 10,000", ["big", "scaled"]),
        ("at least 10,000", ["big", "equal", "scaled"]),
        ("fewer than 10,000", ["small"]),
        ("at most 10,000", ["small", "equal"]),
    ],
)
def test_sentences_with_a_number_within_the_bound(bound: str, kept: list[str]) -> None:
    library = small_library()
    texts = {
        "big": "In 2024 the project had 20,235 samples.",
        "small": "It has 476 samples since 2019 in 1+MG.",
        "equal": "It aims at 10,000 genomes.",
        "scaled": "It aims at 5 million people.",
        "none": "The genomes of 2021 are read under act 552/2019.",
    }
    ranked = [told(library, name, 2026, text, 1.0, 0.5) for name, text in texts.items()]
    match = bound_in(f"Which countries have {bound} samples?")
    assert match is not None
    assert [c.hit.document.id for c in within(ranked, match)] == kept
