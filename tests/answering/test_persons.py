"""Who is asked for by name is a person, not a body."""

from __future__ import annotations

import pytest

from assistant.answering.persons import asks_person, names_person, names_somebody
from assistant.words import content_stems


@pytest.mark.parametrize(
    ("question", "person"),
    [
        ("Who is the director of the centre?", True),
        ("Who chaired the jury?", True),
        ("Which minister launched the plan?", True),
        ("Who leads the project?", False),
        ("Who is responsible for the data?", False),
        ("Who pays?", False),
    ],
)
def test_whether_a_person_is_asked_for(question: str, person: bool) -> None:
    assert asks_person(question) is person


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("The biobank is headed by Lili Milani.", True),
        ("Its secretariat is at Sciensano under Marc Van den Bulcke.", True),
        ("On the proposal of Minister Vandenbroucke it was agreed.", True),
        ("The Council is chaired by the Minister of Health.", True),
        ("The task is led by the Ministry of Health.", False),
        ("The Council of Ministers of Spain approved it on 8 September 2020.", False),
        ("The Directorate of Health coordinates the Norwegian part.", False),
        ("The South-Eastern Norway Regional Health Authority leads the task.", False),
        ("In the Genomic Data Infrastructure (GDI) Finland co-leads the second pillar.", False),
    ],
)
def test_whether_a_text_names_a_person(text: str, person: bool) -> None:
    assert names_person(text) is person


@pytest.mark.parametrize(
    ("text", "somebody"),
    [
        ("A conference was held in Copenhagen on 8 and 9 September 2025.", False),
        ("The conference was opened by Ana Silva.", True),
        ("The regions paid for the conference.", True),
    ],
)
def test_whom_the_question_names_is_nobody_new(text: str, somebody: bool) -> None:
    said = frozenset(content_stems("Who spoke at the Copenhagen conference in September?"))
    assert names_somebody(text, said) is somebody


def test_a_currency_is_nobody() -> None:
    assert not names_somebody("A new campaign has a budget of EUR 2 million.", frozenset())
