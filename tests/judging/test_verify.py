"""The one normalisation, and what counts as verbatim."""

from __future__ import annotations

import pytest

from assistant.judging.verify import fold, is_verbatim, locate


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("a  b\n c", "a b c"),
        ("geno-\nmics", "genomics"),
        ("ﬁne eﬀort", "fine effort"),
        ("“so” ‘it’ «is»", '"so" \'it\' "is"'),
        ("cost-effective", "cost-effective"),
    ],
    ids=["white space", "hyphen", "ligature", "quotation marks", "real hyphen"],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_verbatim_needs_the_place_as_well() -> None:
    page = "One two three. One two four."
    assert is_verbatim("One two three.", page, 0, 14)
    assert not is_verbatim("One two three.", page, 15, 28)
    assert not is_verbatim("One two three", page, 0, 14)
    assert not is_verbatim("", page, 3, 3)
    assert not is_verbatim("x", page, 20, 99)


def test_locate_finds_a_quotation_by_letters_once() -> None:
    page = "The  brief says:\nPay pa-\ntients. Then rest."
    assert locate("pay patients", page) == (17, 31)
    assert locate("rest rest", page) is None
    assert locate("one one", "one one one one") is None
