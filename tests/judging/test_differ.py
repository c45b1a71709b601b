"""Do two sources differ: the same thing with another number, or yes and no."""

from __future__ import annotations

import pytest

from assistant.judging.differ import counted, differing


def test_what_differs_is_a_number_of_one_thing_or_yes_and_no_between_two_documents() -> None:
    twelve = "FinnGen works with 12 pharmaceutical companies in Finland."
    thirteen = "FinnGen in Finland had 13 pharmaceutical companies in 2022."
    assert differing([("a", twelve), ("b", thirteen)]) == ((0, 1),)
    row = "2017–2023 · about EUR 92 million · 13 pharmaceutical companies by late 2022"
    assert differing([("a", twelve), ("b", row)]) == ((0, 1),), "both words of the thing counted are enough"
    denied = "Finland has neither a genome act nor a genome centre."
    assert differing([("a", "Finland planned a genome centre under a genome act."), ("b", denied)]) == ((0, 1),)
    assert differing([("a", denied), ("b", denied)]) == ()
    assert differing([("a", twelve), ("a", thirteen)]) == (), "one document does not contradict itself here"
    assert differing([("a", twelve), ("b", twelve)]) == ()
    assert counted("In 2022 about 1,250 samples and 5 million donors from 16 June") == {
        "sampl": {"1250"}, "donor": {"5 million"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The hub trains 40 nurses a year.", "The hub trains 40 nurses in two rooms."),  # the same number
        ("The hub trains 40 nurses.", "The hub has 50 rooms."),  # another thing
        ("It opened in 2019 with nurses.", "It opened in 2021 with nurses."),  # years are no numbers of things
        ("The register is kept in Riga.", "The register of nurses is kept in Riga since May."),
    ],
)
def test_what_does_not_differ(first: str, second: str) -> None:
    assert differing([("a", first), ("b", second)]) == ()
