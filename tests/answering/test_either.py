"""Of the words a question offers as alternatives one is enough."""

from __future__ import annotations

import pytest

from assistant.answering.either import alternatives
from assistant.answering.wanted import covered, lacking_subject, wanted_of
from assistant.words import content_stems


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("Do foundations, donors or sponsors pay?", [("foundat", "donor", "sponsor")]),
        ("Did media or the public doubt it?", [("media", "public")]),
        ("Is there a jury or forum, a law or an act?", [("juri", "forum"), ("law", "act")]),
        ("What does Law 138/2023 provide?", []),
        ("Does Findata charge, or is it free?", []),
    ],
)
def test_what_a_question_joins_by_or(question: str, groups: list[tuple[str, ...]]) -> None:
    assert list(alternatives(question, content_stems(question))) == groups


def test_one_of_the_alternatives_covers_the_question() -> None:
    wanted = wanted_of("jury or forum on genomes", "open", lambda stem: 2.0, 1.0)
    assert wanted.total == 4.0
    assert covered(wanted, frozenset(["forum", "genom"])) == 1.0
    assert covered(wanted, frozenset(["juri"])) == 0.5
    assert covered(wanted, frozenset(["juri", "forum"])) == 0.5


def test_a_subject_among_alternatives_need_not_be_named_where_another_is() -> None:
    wanted = wanted_of("newborns or forum", "open", lambda stem: 2.0, 1.0)
    assert lacking_subject(wanted, frozenset(["forum"])) == ""
    assert lacking_subject(wanted, frozenset(["law"])) == "newborn"
