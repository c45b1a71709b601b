"""Countries named in texts and questions, and what a passage is about."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from assistant.countries import GROUPS, about, adjective_of, codes, countries_in, fold, mentions, name_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Estonia and the Danish law", ("EE", "DK")),
        ("estonia", ()),
        ("NHS England and UK Biobank", ("GB",)),
        ("Northern Ireland", ("GB",)),
        ("the Republic of Ireland", ("IE",)),
        ("Guinea pigs and Jordan Smith", ()),
        ("Kenya", ("KE",)),
        ("a First Steps guide", ()),
        ("non-Finnish Europeans", ()),
        ("Finland's Findata", ("FI",)),
        ("Łukasiewicz–PORT in Poland", ("PL",)),
        ("Islanders and Icelanders", ("IS",)),
    ],
)
def test_passages_are_read_as_written(text: str, found: tuple[str, ...]) -> None:
    assert countries_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("estonia AND finland", ("EE", "FI")),
        ("first steps", ()),
        ("First Steps", ("GR",)),
        ("what impact", ()),
        ("genomics england", ("GB",)),
        ("a polish law", ()),
        ("Jordan", ("JO",)),
        ("give us data", ()),
    ],
)
def test_questions_know_more(text: str, found: tuple[str, ...]) -> None:
    assert countries_in(text, True) == found


def test_a_mention_is_a_slice_of_the_text() -> None:
    text = "Does Tallinn or a hospital in Riga ask Findata and the Finns of ESTONIA?"
    found = mentions(text, True)
    assert [(m.code, m.surface, m.strength) for m in found] == [
        ("EE", "Tallinn", "name"),
        ("LV", "Riga", "institution"),
        ("FI", "Findata", "institution"),
        ("FI", "Finns", "adjective"),
        ("EE", "ESTONIA", "name"),
    ]
    assert all(text[m.start : m.end] == m.surface for m in found)


def test_a_passage_is_about_its_document_s_country_or_those_it_names() -> None:
    assert about(("SE",), (), "As in Finland, it is free.") == ("SE",)
    assert about((), ("Visits", "Estonia: trust"), "Finland follows.") == ("EE", "FI")
    assert about(("EE", "FI"), (), "In Finland it is free.") == ("FI",)
    assert about((), (), "It is free.") == ()
    assert about((), ("Box 1",), "The hospital of Ghent shares its staff, as Metspalu says.") == ("BE",)
    assert about((), (), "In Finnland ist es frei.", "de") == ("FI",)
    assert about((), (), "In Finnland ist es frei.") == ()


def test_a_sentence_or_row_that_begins_with_a_country_speaks_of_it() -> None:
    text = "Malta and Cyprus will send samples.\n\nHungary · 4 · Semmelweis\n\n• The Netherlands pays. As in Finland."
    assert about(("SI",), (), text) == ("SI", "MT", "CY", "HU", "NL")
    assert about(("SI",), (), "Genomes of Spain. Tallinn signed.") == ("SI",)


def test_names_and_codes() -> None:
    assert (name_of("EE"), name_of("KE"), name_of("ZZ")) == ("Estonia", "Kenya", "ZZ")
    assert (adjective_of("PL"), adjective_of("EE"), adjective_of("ZZ")) == ("Polish", "Estonian", "")
    assert len(set(codes())) == len(codes())
    assert all(code in codes() for members in GROUPS.values() for code in members)
    assert fold("Åland–Łódź é") == "Aland–Łodz e"


def test_no_form_stands_for_two_countries() -> None:
    def table(name: str) -> dict:
        return tomllib.loads((files("assistant") / "data" / name).read_text(encoding="utf-8"))

    owners: dict[str, set[str]] = {}
    for code, entry in table("gazetteer.toml").items():
        for key in ("names", "adjectives", "capitals", "institutions", "towns", "nicknames"):
            for form in entry.get(key, ()):
                owners.setdefault(form, set()).add(code)
    for code, forms in table("world.toml")["countries"].items():
        for form in forms:
            owners.setdefault(form, set()).add(code)
    assert {form: found for form, found in owners.items() if len(found) > 1} == {}
    known = set(codes())
    for name, forms in table("foreign_names.toml").items():
        assert name == "shy" or set(forms) <= known
