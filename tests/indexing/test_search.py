"""Vectors and words, with the filter inside, by numbers worked out by hand."""

from __future__ import annotations

import math

import numpy
import pytest

from assistant.indexing.lexical import build, from_bytes
from assistant.indexing.vectors import VectorIndex


def test_bm25_of_two_short_texts() -> None:
    index = build(["trust campaign", "law law consent data"])
    # idf(law) = ln(1 + (2 - 1 + 0.5) / (1 + 0.5)); length 4, mean 3; tf 2; k1 0.9, b 0.6
    idf = math.log(1 + 1.5 / 1.5)
    norm = 0.9 * (1 - 0.6 + 0.6 * 4 / 3)
    assert index.search({"law": 1.0}, 5, None) == [(1, pytest.approx(idf * 2 * 1.9 / (2 + norm), rel=1e-5))]
    assert index.search({"nothing": 1.0}, 5, None) == []


def test_words_meet_by_stem_and_without_accents() -> None:
    index = build(["Médecine génomique", "Sequencing genomes"])
    assert [row for row, _ in index.search({"medecine": 1.0}, 5, None)] == [0]
    assert [row for row, _ in index.search({"sequenced": 1.0}, 5, None)] == [1]
    assert (index.frequency("genome"), index.frequency("law")) == (1, 0)


def test_the_filter_is_inside_both_searches() -> None:
    words = build(["law"] * 5)
    vectors = VectorIndex(numpy.eye(5, dtype=numpy.float32)[[0, 0, 0, 1, 1]])
    allowed = numpy.asarray([False, False, False, True, True])
    assert [row for row, _ in words.search({"law": 1.0}, 2, allowed)] == [3, 4]
    query = numpy.eye(5, dtype=numpy.float32)[0]
    assert vectors.search(query, 2) == [(0, 1.0), (1, 1.0)]
    assert vectors.search(query, 2, allowed) == [(3, 0.0), (4, 0.0)]
    assert vectors.search(query, 2, numpy.zeros(5, dtype=bool)) == []


def test_the_index_survives_its_bytes() -> None:
    index = build(["one two", "two three three"])
    again = from_bytes(index.to_bytes())
    assert again.search({"three": 1.0, "two": 1.0}, 5, None) == index.search({"three": 1.0, "two": 1.0}, 5, None)
    assert from_bytes(build([]).to_bytes()).search({"x": 1.0}, 5, None) == []
