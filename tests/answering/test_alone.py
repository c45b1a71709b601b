"""What can be quoted by itself: a sentence that points back to none, a label with its figure; no heading or contact."""

from __future__ import annotations

import pytest

from assistant.answering.alone import leans, quotable


@pytest.mark.parametrize(
    "text",
    [
        "Consent is broad.",
        "Inhabitants: 5.5 million",
        "Clinical geneticists: 94",
        "Genetic counsellors · 17 · 90 · 36",
        "Budget: EUR 14.2 million",
        "Screened conditions (newborns): about 26",
    ],
)
def test_a_label_with_its_figure_is_quotable(text: str) -> None:
    assert quotable(text)


@pytest.mark.parametrize(
    "text", ["Governance", "Next steps", "Tel: 01 234 567", "Page: 4", "ISBN: 978 3", "2.1 · 14", "Data: open", "94"]
)
def test_bare_headings_and_contacts_are_not(text: str) -> None:
    assert not quotable(text)


def test_a_sentence_on_the_document_itself_points_back_to_nothing() -> None:
    assert not leans("This policy brief addresses the issues of the visits.")
    assert leans("This policy is new.") and leans("This visit took place in May.")
