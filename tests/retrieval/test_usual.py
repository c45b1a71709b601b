"""How much a word tells in a library of a few documents."""

import math

import pytest

from assistant.retrieval.usual import LACKED, USUAL, filled_up, in_reach, inverse_frequency


def test_a_library_of_its_own_size_tells_by_itself() -> None:
    assert filled_up(USUAL, 3, "genom") == inverse_frequency(USUAL, 3) == math.log(1 + 197.5 / 3.5)
    assert in_reach(USUAL, 0) == inverse_frequency(USUAL, 0) == math.log(1 + 200.5 / 0.5)


def test_in_a_small_library_rare_words_weigh_alike_whether_it_has_them_or_not() -> None:
    had, lacked = filled_up(10, 2, "courier"), filled_up(10, 0, "journalist")
    assert (had, lacked) == pytest.approx((math.log(1 + 198.5 / 2.5), math.log(1 + 200.5 / 0.5)))
    assert lacked / had < 1.4 < inverse_frequency(10, 0) / inverse_frequency(10, 2)


def test_a_word_of_the_field_is_common_however_small_the_library() -> None:
    assert filled_up(10, 1, "genom") == pytest.approx(math.log(1 + (200 - 115 + 0.5) / (115 + 0.5)))


def test_a_word_that_a_small_library_lacks_adds_little_to_what_could_be_reached() -> None:
    assert in_reach(10, 0) == inverse_frequency(10, LACKED * 10 * 0.95) < inverse_frequency(10, 1)
    assert in_reach(10, 4) == inverse_frequency(10, 4)


def test_an_empty_library_weighs_nothing() -> None:
    assert (filled_up(0, 0, "genom"), in_reach(0, 0)) == (0.0, 0.0)
