"""Words that stand together in a question must stand together in what answers for one of all countries."""

from __future__ import annotations

import pytest

from assistant.answering.candidates import Candidate
from assistant.answering.fair import SURE, standings
from assistant.answering.phrase import named_first, names_thing, nowhere_whole, pairs_of, thing_of, together
from assistant.answering.wanted import Wanted
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


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("Which countries have a national genome centre?", ("nation", "centr")),
        ("Which countries have a biobank law?", ("law",)),
        ("In which countries is there a plan for genomics?", ("plan",)),
        ("Which countries reimburse genomic tests?", ()),
    ],
)
def test_the_thing_that_a_question_asks_who_has(question: str, thing: tuple[str, ...]) -> None:
    assert thing_of(question) == thing


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The Danish National Genome Center opened.", True),  # a centre in the other spelling
        ("The national plan of 2019 reads the genomes of all newborns in one centre.", False),  # too far apart
        ("A centre in Oslo.", False),
    ],
)
def test_a_national_thing_is_called_so(text: str, named: bool) -> None:
    assert names_thing(("nation", "centr"), text) is named


def test_a_country_stands_by_its_sentences_beside_the_best() -> None:
    library = small_library()
    whole = told(library, "a", 2026, "Denmark has a National Genome Centre.", 1.6, 0.9)
    words = told(library, "b", 2026, "The national plan of 2019 reads the genomes of all newborns.", 1.6, 0.9)
    far = told(library, "c", 2026, "Italy has been a member from the start.", 0.9, 0.1)
    question, wanted = "Which countries have a national genome centre?", Wanted((), ())
    assert standings([[whole], [words]], [0.9, 0.3], wanted, question) == [2.9, 0.0]  # the words and not the thing
    assert standings([[words]], [0.5], wanted, question) == [2.5]  # none has it, so the words must do
    assert standings([[whole], [words]], [0.9, 0.5], wanted, "Which countries read genomes?") == [2.9, 2.5]
    assert standings([[whole], [far]], [0.9, 0.9], wanted, "Which countries read genomes?") == [2.9, 0.0]
    assert standings([], [], wanted, question) == []


def test_where_no_sentence_has_most_of_the_words_every_country_is_doubtful() -> None:
    library = small_library()
    near = told(library, "a", 2026, "Denmark has a National Genome Centre.", 1.6, 0.5)
    assert standings([[near]], [0.9], Wanted((), ()), "Which countries read genomes?") == [SURE - 0.01]


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
    assert named_first(found, "Which countries have a genome centre?", stems)[0].text == found[1].text
    assert named_first(found, "Who leads the genome centre in Denmark?", stems) == found
    assert not nowhere_whole(found, question, stems)
    assert nowhere_whole(found[:1], question, stems)
    assert nowhere_whole(found[:1], "Does Denmark have a genome centre?", stems)
    assert not nowhere_whole(found[:1], "Do Danes have to pay the genome centre?", stems)
    assert not nowhere_whole(found[:1], "Is there a centre in Denmark?", ("centr",))
