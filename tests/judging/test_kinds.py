"""The kind of thing asked for, by its form: numbers, dates, somebody, in the languages of the documents."""

from __future__ import annotations

import pytest

from assistant.judging.kinds import has_kind, spans_of_kind


@pytest.mark.parametrize(
    ("text", "intent", "found"),
    [
        ("It cost €1.5 million in 2019.", "number", ["€1.5 million"]),
        ("About 12,500 samples and 30 % of nurses.", "number", ["12,500", "30 %"]),
        ("Four hubs opened.", "number", ["Four"]),
        ("Kolme keskusta sai 20 miljoonaa.", "number", ["Kolme", "20 miljoonaa"]),
        ("Es kostete 3,5 Mrd Euro.", "number", ["3,5 Mrd Euro"]),
        ("On 3 May 2021 and 12.6.2022.", "number", []),  # dates are no numbers
        ("It opened on 3 May 2021.", "date", ["3 May 2021"]),
        ("Le 12 février 2020, puis en 2022.", "date", ["12 février 2020", "2022"]),
        ("Am 1. März 2019 und 2020-02-01", "date", ["1. März 2019", "2020-02-01"]),
        ("The hub is run by Anna Kask, head of the Hub for Genomes.", "who", ["Anna Kask", "Hub for Genomes"]),
        ("Nobody runs it.", "who", []),  # a capital that opens the sentence
        ("It cost 5 euro in 2019.", "yes-no", []),
    ],
)
def test_what_is_asked_for_stands_in_a_text(text: str, intent: str, found: list[str]) -> None:
    assert [text[slice(*span)] for span in spans_of_kind(text, intent)] == found  # type: ignore[arg-type]


def test_a_text_has_the_kind_where_none_is_asked_for() -> None:
    assert has_kind("It opened.", "how")
    assert has_kind("It opened in 2019.", "date")
    assert not has_kind("It opened.", "date")
    assert not has_kind("It opened in 2019.", "number")
