"""One clear sentence answers where a question shares few words with it."""

from dataclasses import replace

import pytest

from assistant.answering.candidates import Candidate
from assistant.answering.clear import is_clear, says_all, stands_out
from assistant.model import Document, Hit, Passage, Sentence

COSINES, SCORES = (0.55, 0.5, 0.35, 0.3, 0.2), (1.2, 1.1, 1.0, 0.95, 0.9)


def ranking(cosines: tuple[float, ...] = COSINES, scores: tuple[float, ...] = SCORES) -> list[Candidate]:
    hit = Hit(Passage("k", "d", 1, 0, 9, "Journalists were not admitted."), Document("d", "d.pdf", "0", "Notes"), 1.0)
    return [
        Candidate(hit, Sentence(0, 9), hit.passage.text, score, cosine, 0.1, 0.2)
        for cosine, score in zip(cosines, scores, strict=True)
    ]


def test_a_sentence_well_before_all_others_stands_out() -> None:
    assert stands_out(ranking(), 0.1)


@pytest.mark.parametrize(
    ("cosines", "scores"),
    [
        ((0.49, 0.4, 0.3, 0.3, 0.2), SCORES),  # not close in meaning
        ((0.55, 0.5, 0.45, 0.45, 0.4), SCORES),  # the middling sentence is as close
        (COSINES, (1.2, 1.19, 1.0, 0.95, 0.9)),  # the next is level with it
        (COSINES, (1.2, 1.1, 1.05, 1.0, 1.0)),  # and so are five
        (COSINES[:4], SCORES[:4]),  # too few to stand out from
    ],
)
def test_it_does_not_where_others_come_near(cosines: tuple[float, ...], scores: tuple[float, ...]) -> None:
    assert not stands_out(ranking(cosines, scores), 0.3)


def test_it_does_not_without_what_is_asked_for_or_where_hardly_anything_speaks_for_it() -> None:
    best, *others = ranking()
    assert not stands_out([replace(best, fits=False), *others], 0.3)
    assert not stands_out([best, *others], 0.09)


def test_a_sentence_that_says_every_word_in_others_answers() -> None:
    best, *others = ranking(scores=(1.1, 1.1, 1.1, 1.1, 1.1))
    all_in_others = replace(best, coverage=0.7)
    assert says_all([all_in_others, *others], 0.25) and is_clear([all_in_others], 0.25)
    assert not says_all([all_in_others], 0.24)
    assert not says_all([replace(all_in_others, coverage=0.69), *others], 0.33)
    assert not says_all([replace(all_in_others, fits=False), *others], 0.33)
    assert not is_clear([], 1.0)
