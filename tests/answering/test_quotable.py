"""What is worth quoting: sentences, and a label with its figure however short; never a bare heading or a contact."""

from __future__ import annotations

import pytest

from assistant.answering.candidates import quotable


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
