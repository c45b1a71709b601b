"""Where something is, is told by a place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.decide import Rule, decide
from assistant.answering.places import asks_place, has_place
from tests.answering.test_kinds import candidates_of, wanted


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Where is the Irish office?", True),
        ("In which city did the Irish jury meet?", True),
        ("Where did the public doubt it?", False),
        ("Where do we stand on trust in Ireland?", False),
        ("Which office is in Ireland?", False),
    ],
)
def test_whether_a_place_is_asked_for(question: str, place: bool) -> None:
    assert asks_place(question) is place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("It is based in the Cardiff centre.", True),
        ("The centre stands in Lisbon.", True),
        ("Genomes stay within the firewall.", True),
        ("Data are kept in national or local repositories.", True),
        ("The office had seven staff in 2025.", False),
        ("The office was set up in March under the chief officer.", False),
    ],
)
def test_a_place(text: str, place: bool) -> None:
    assert has_place(text) is place


def test_where_no_place_is_named_the_passages_are_leads() -> None:
    question, rule = "Where is the Irish office?", Rule(9.0, {}, 0.5, 0.0)
    ranked = candidates_of("The Irish office had seven staff in 2025.")
    found = decide([replace(c, fits=False) for c in ranked], wanted(question), (), rule, question)
    assert (found.outcome, found.reason) == ("not-enough", "no place is named for this")
