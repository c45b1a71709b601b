"""What holds for every question: nothing raises, spans are slices, what is shown is understood the same again."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.countries import codes, mentions, name_of
from assistant.understanding.question import understand

WORDS = st.sampled_from(
    """what which who how why and in of the Estonia finnish Danes Findata countries they it its there since 2020 policy
    brief compare with besides other than Nordics Estonai and? strategies NIPT Länder pays don't itself 100k ( ) , ?
    """.split()  # noqa: SIM905
)
QUESTIONS = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
COUNTRIES = st.lists(st.sampled_from(["EE", "FI", "DK", "NL", "GB", "PT", "CZ"]), min_size=1, max_size=3, unique=True)


@settings(max_examples=300, deadline=None)
@given(st.lists(QUESTIONS | st.text(max_size=60), max_size=3), QUESTIONS | st.text(max_size=80))
def test_nothing_raises_and_codes_are_known(history: list[str], question: str) -> None:
    found = understand(question, history)
    assert set(found.countries or ()) | set(found.topic_countries) <= set(codes())
    assert found.original == " ".join(question.split())
    assert found.help or found.text
    assert found == understand(question, history)


@settings(max_examples=200, deadline=None)
@given(QUESTIONS | st.text(max_size=80), st.sampled_from(["", "de", "fi", "pt"]))
def test_mentions_are_slices_in_order(text: str, language: str) -> None:
    found = mentions(text, True, language)
    assert all(text[m.start : m.end] == m.surface for m in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@settings(max_examples=100, deadline=None)
@given(COUNTRIES, COUNTRIES)
def test_a_country_takes_the_place_of_another(old: list[str], new: list[str]) -> None:
    before = f"How do {' and '.join(name_of(code) for code in old)} fund biobanks?"
    found = understand(f"And {' and '.join(name_of(code) for code in new)}?", [before])
    assert set(found.countries or ()) == set(new)
    assert understand(found.text).countries == found.countries
    assert "fund biobanks" in found.text


@settings(max_examples=60, deadline=None)
@given(COUNTRIES)
def test_a_question_that_points_back_keeps_the_countries(asked: list[str]) -> None:
    before = f"How do {' and '.join(name_of(code) for code in asked)} fund biobanks?"
    for question in ("Who pays?", "Since when?", "What about training?", "Who decides on it?"):
        assert set(understand(question, [before]).countries or ()) == set(asked)
