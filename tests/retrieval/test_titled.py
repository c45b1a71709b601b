"""A document meant by its kind and its subject."""

from __future__ import annotations

import pytest

from assistant.model import Document
from assistant.retrieval.known import Known
from assistant.retrieval.question import understand
from assistant.retrieval.titled import titled

DOCUMENTS = (
    Document("last", "a.pdf", "0", "Making genomic medicine last", kind="policy-brief"),
    Document("babies", "b.pdf", "0", "Sequencing every newborn? What ministries should know", kind="policy-brief"),
    Document("plan", "c.pdf", "0", "Action plan for rare diseases", kind="other"),
)


@pytest.mark.parametrize(
    ("text", "document", "plain"),
    [
        ("What does the brief on making genomic medicine last recommend?", "last", "What does the brief recommend?"),
        ("Summarise the brief on newborn sequencing.", "babies", "Summarise the brief."),
        ("Who wrote the newborn brief?", "babies", "Who wrote the brief?"),
        ("What does the plan for rare diseases cost?", "plan", "What does the plan cost?"),
        ("What does the policy brief say on training?", "", "What does the policy brief say on training?"),
        ("What does the brief on genomic medicine say?", "", "What does the brief on genomic medicine say?"),
        ("What does the brief on Estonia say?", "", "What does the brief on Estonia say?"),
        ("What is the strategy for newborn sequencing?", "", "What is the strategy for newborn sequencing?"),
    ],
)
def test_the_subject_in_the_title_of_one_document_says_which(text: str, document: str, plain: str) -> None:
    assert titled(text, DOCUMENTS) == (document, plain)


def test_several_documents_on_a_subject_stay_open() -> None:
    twice = (*DOCUMENTS, Document("more", "d.pdf", "0", "Newborn sequencing: one year on", kind="policy-brief"))
    assert titled("Who wrote the newborn brief?", twice) == ("", "Who wrote the newborn brief?")


def test_the_subject_says_where_to_look_and_is_not_what_is_asked() -> None:
    asked = understand("Summarise the brief on newborn sequencing.", (), Known(DOCUMENTS))
    assert (asked.documents, asked.expects, asked.kinds) == (("babies",), "overview", None)
    asked = understand("What does the newborn brief say on costs?", (), Known(DOCUMENTS))
    assert (asked.documents, asked.search_text) == (("babies",), "costs?")
    assert asked.text == "What does the newborn brief say on costs?"


VISITS = (Document("si", "s.pdf", "0", "Visit to Slovenia", kind="visit-report", countries=("SI",)),)


@pytest.mark.parametrize(
    ("text", "document", "countries"),
    [
        ("What will Slovakia do after the visit to Slovenia?", ("si",), ("SK",)),
        ("How many people took part in the exchange visit to Slovenia?", ("si",), ("SI",)),
        ("What was seen during the visit to Portugal?", None, ("PT",)),
        ("What does Slovenia do for patients who visit a clinic?", None, ("SI",)),
    ],
)
def test_a_visit_is_told_in_its_report(text: str, document: tuple[str, ...] | None, countries: tuple[str, ...]) -> None:
    asked = understand(text, (), Known(VISITS))
    assert (asked.documents, asked.countries) == (document, countries)
