"""Vectors and words, with the filter inside, by numbers worked out by hand."""

from __future__ import annotations

import math

import numpy
import pytest

from assistant.indexing import compact, vectors
from assistant.indexing.lexical import Postings, build, idf, terms_of
from assistant.indexing.parts import Parts
from assistant.indexing.segment import Segment
from assistant.indexing.segment import build as build_segment
from assistant.indexing.snapshot import SPARE
from assistant.indexing.vectors import VectorIndex, codes_of


def parts_of(*texts: str) -> Parts:
    """Return the index of texts whose vectors are all the same."""
    return Parts([], segment_of(texts, 1), numpy.zeros(0, dtype=numpy.int64))


def segment_of(texts: tuple[str, ...], first: int) -> Segment:
    one = compact.passage_bytes(numpy.asarray([1.0, 0.0], dtype=numpy.float32))
    return build_segment(((first + place, "d", "EE", one, "en", text) for place, text in enumerate(texts)), 2)


def postings_of(index: Postings) -> dict[str, tuple[list[int], list[int]]]:
    words = {"law", "consent", "data", "trust", "campaign"}
    spans = {word: index.span(terms_of(word)[0]) for word in words}
    return {w: (index.rows[a:b].tolist(), index.counts[a:b].tolist()) for w, (a, b) in spans.items()}


def test_postings_of_three_short_texts() -> None:
    index = build([("en", text) for text in ("trust campaign", "law law consent data", "law")])
    assert postings_of(index) == {
        "trust": ([0], [1]),
        "campaign": ([0], [1]),
        "law": ([1, 2], [2, 1]),
        "consent": ([1], [1]),
        "data": ([1], [1]),
    }
    assert index.lengths.tolist() == [2, 4, 1]
    assert index.span("unheard") == (0, 0)


def test_postings_do_not_depend_on_the_size_of_a_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [("en", text) for text in ("law data", "data trust data", "law", "", "campaign law", "trust")]
    whole = build(texts)
    monkeypatch.setattr("assistant.indexing.lexical.CHUNK", 2)
    parts = build(texts)
    for name in ("terms", "starts", "rows", "counts", "lengths"):
        assert numpy.array_equal(getattr(whole, name), getattr(parts, name)), name


def test_bm25_of_two_short_texts() -> None:
    index = parts_of("trust campaign", "law law consent data")
    # idf(law) = ln(1 + (2 - 1 + 0.5) / (1 + 0.5)); length 4, mean 3; tf 2; k1 0.9, b 0.6
    norm = 0.9 * (1 - 0.6 + 0.6 * 4 / 3)
    wanted = math.log(1 + 1.5 / 1.5) * 2 * 1.9 / (2 + norm)
    assert idf(2, 1) == math.log(2)
    assert index.lexical({"law": 1.0}, 5, None) == [(1, pytest.approx(wanted, rel=1e-5))]
    assert index.lexical({"nothing": 1.0}, 5, None) == []


def test_words_meet_by_stem_and_without_accents() -> None:
    index = parts_of("Médecine génomique", "Sequencing genomes")
    assert [row for row, _ in index.lexical({"medecine": 1.0}, 5, None)] == [0]
    assert [row for row, _ in index.lexical({"sequenced": 1.0}, 5, None)] == [1]
    assert (index.frequency("genome"), index.frequency("law")) == (1, 0)


def test_the_filter_is_inside_both_searches() -> None:
    words = parts_of(*["law"] * 5)
    near = VectorIndex(codes_of(numpy.eye(5, dtype=numpy.float32)[[0, 0, 0, 1, 1]]))
    allowed = numpy.asarray([False, False, False, True, True])
    assert [row for row, _ in words.lexical({"law": 1.0}, 2, allowed)] == [3, 4]
    query = numpy.eye(5, dtype=numpy.float32)[0]
    assert near.nearest(query, 2).tolist() == [0, 1]
    assert near.nearest(query, 2, allowed).tolist() == [3, 4]
    assert near.nearest(query, 2, numpy.zeros(5, dtype=bool)).tolist() == []


@pytest.mark.parametrize("share", [None, 0.02, 0.5])
@pytest.mark.parametrize("common", [0.0, 0.4])
def test_what_faiss_proposes_holds_the_exact_neighbours(common: float, share: float | None) -> None:
    """Vectors all round, and vectors that share a direction (cosines from 0.8), as those of multilingual models do."""
    random = numpy.random.default_rng(7)
    points = (random.normal(size=(3000, 64)) + common * 5).astype(numpy.float32)
    points /= numpy.linalg.norm(points, axis=1, keepdims=True)
    allowed = None if share is None else random.random(3000) < share
    exact = points @ points[5]
    wanted = numpy.argsort(-exact if allowed is None else numpy.where(allowed, -exact, 9))[:10]
    proposed = VectorIndex(codes_of(points)).nearest(points[5], 2 * 10 + SPARE, allowed)
    assert set(wanted) <= set(proposed.tolist())
    assert len(proposed) == 2 * 10 + SPARE
    assert allowed is None or allowed[proposed].all()


def test_ties_go_to_the_lower_row() -> None:
    rows, scores = numpy.asarray([4, 2, 9, 1]), numpy.asarray([1.0, 2.0, 2.0, 2.0], dtype=numpy.float32)
    assert vectors.best(rows, scores, 2).tolist() == [1, 2]
    assert vectors.best(rows, scores, 9).tolist() == [1, 2, 9, 4]


def test_vectors_survive_their_bytes() -> None:
    random = numpy.random.default_rng(3)
    points = random.normal(size=(4, 384)).astype(numpy.float32)
    points /= numpy.linalg.norm(points, axis=1, keepdims=True)
    halves = compact.passage_vectors(compact.passage_bytes(points[0]) + compact.passage_bytes(points[1]), 384)
    bytes_ = compact.sentence_vectors(compact.sentence_bytes(points), 384)
    assert numpy.abs(halves - points[:2]).max() < 1e-4
    assert numpy.abs(bytes_ - points).max() < 1e-3
    assert compact.sentence_vectors(b"", 384).shape == (0, 384)
    with pytest.raises(ValueError, match="389 bytes are no sentence vectors of dimension 384"):
        compact.sentence_vectors(b"x" * 389, 384)


def test_words_are_stemmed_by_the_language_of_their_document() -> None:
    texts = [("de", "Die Krankenkassen zahlen 1,25 Mio. Euro"), ("fi", "biopankkien laki, 3.3.2021"), ("en", "The law")]
    one = compact.passage_bytes(numpy.asarray([1.0, 0.0], dtype=numpy.float32))
    segment = build_segment(((place, "d", "", one, *pair) for place, pair in enumerate(texts)), 2)
    index = Parts([], segment, numpy.zeros(0, dtype=numpy.int64), ("de", "en", "fi"))
    for word, row in (("Krankenkasse", 0), ("biopankki", 1), ("laws", 2), ("1,250,000", 0), ("2021-03-03", 1)):
        assert row in [found for found, _ in index.lexical({word: 1.0}, 5, None)], word
    assert (index.frequency("Krankenkassen"), index.frequency("biopankkia"), index.frequency("")) == (1, 1, 0)


def test_the_ways_to_write_a_word_count_once() -> None:
    texts = [("fr", "nécessité"), ("fr", "necessite nécessité"), ("fr", "autre")]
    index = build(texts)
    rows, counts = index.held(("necess", "necessit"))
    assert (rows.tolist(), counts.tolist()) == ([0, 1], [1, 2])
    assert index.frequency(("necess", "necessit")) == 2
    assert index.frequency(("necess", "necessit"), numpy.asarray([1])) == 1
