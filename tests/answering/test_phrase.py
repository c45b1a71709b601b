"""Words that stand together in a question must stand together in what answers for one of all countries."""

from __future__ import annotations

import pytest

from assistant.answering.candidates import Candidate
from assistant.answering.fair import falls_behind
from assistant.answering.phrase import named_first, nowhere_whole, pairs_of, together
from assistant.model import Document, Hit, Passage, Sentence
from assistant.words import content_stems
from tests.answering.test_newest import told
from tests.fakes import small_library

CENTRE = (("nation", "genom"), ("genom", "centr"))


@pytest.mark.parametrize(
    ("question", "pairs"),
    [
        ("Which countries have a national genome centre?", CENTRE),
        ("Which countries run early-adopter nodes?", (("early-adopt", "node"),)),  # "run" is what they do
        ("Which countries have a citizens' jury or forum?", ()),  # alternatives
        ("Which countries joined in April 2024?", ()),  # a date is no name
    ],
)
def test_the_words_that_stand_together(question: str, pairs: tuple[tuple[str, str], ...]) -> None:
    assert pairs_of(question, content_stems(question)) == pairs


def test_together_means_at_most_two_words_apart_in_either_order() -> None:
    assert together(CENTRE, "The National Genome Centre opened.") == 1.0
    assert together(CENTRE, "Genome data go to a national centre for all.") == 0.0
    assert together(CENTRE, "The centre for genomes is regional.") == 0.5
    assert together((), "Anything.") == 0.0


def test_a_country_with_the_words_alone_falls_behind_one_with_the_thing() -> None:
    library = small_library()
    whole = told(library, "a", 2026, "Denmark has a National Genome Centre.", 1.6, 0.9)
    words = told(library, "b", 2026, "The national plan reads each genome in one centre.", 1.7, 0.9)
    assert falls_behind([[whole], [words]], CENTRE) == [1]
    assert falls_behind([[whole], [words]], ()) == []
    assert falls_behind([[words]], CENTRE) == []  # none has it, so the words must do


def test_a_country_far_behind_the_best_is_not_shown() -> None:
    library = small_library()
    best = told(library, "a", 2026, "Denmark has a National Genome Centre.", 1.7, 0.9)
    far = told(library, "b", 2026, "Italy has been a member from the start.", 1.1, 0.9)
    assert falls_behind([[best], [far]], ()) == [1]
    assert falls_behind([], ()) == []


def ranking(*texts: str) -> list[Candidate]:
    whole = " ".join(texts)
    hit = Hit(Passage("k", "d", 1, 0, len(whole), whole), Document("d", "d.pdf", "0", "Digest"), 1.0)
    return [
        Candidate(hit, Sentence(0, len(text)), text, 2.0 - 0.1 * place, 1, 1, 1) for place, text in enumerate(texts)
    ]


def test_a_question_for_existence_is_answered_by_what_names_the_thing_whole() -> None:
    question, stems = "Is there a genome centre in Denmark?", ("genom", "centr")
    found = ranking("The centre keeps each genome for years.", "The National Genome Centre opened in 2019.")
    assert [c.text for c in named_first(found, question, stems)] == [found[1].text, found[0].text]
    assert named_first(found, "Who leads the genome centre in Denmark?", stems) == found
    assert not nowhere_whole(found, question, stems)
    assert nowhere_whole(found[:1], question, stems)
    assert nowhere_whole(found[:1], "Does Denmark have a genome centre?", stems)
    assert not nowhere_whole(found[:1], "Do Danes have to pay the genome centre?", stems)
    assert not nowhere_whole(found[:1], "Is there a centre in Denmark?", ("centr",))
