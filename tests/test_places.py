"""Countries of the world by their names: in every language of the Union, in any case, and where they are words too."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from assistant.countries import codes, countries_in, name_of
from assistant.places import alpha3, languages, names_of, spoken_in

ROOT = Path(__file__).parents[1]
UNION = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()  # noqa: SIM905


def test_the_table_is_what_babel_has() -> None:
    pytest.importorskip("babel")
    spec = importlib.util.spec_from_file_location("territories", ROOT / "eval" / "territories.py")
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert made.TARGET.read_text(encoding="utf-8") == made.written()


def test_every_country_has_a_code_a_name_and_is_found_by_it_in_every_language_of_the_union() -> None:
    assert set(UNION) <= set(languages())
    assert all(name_of(code) != code for code in codes())
    assert len({*codes()}) >= 195 and set(alpha3().values()) <= set(codes())
    missed = [
        (language, code, name)
        for language in UNION
        for code in codes()
        for name in names_of(code, language)
        if countries_in(f"1. {name}:", True, language) != (code,)
        and len(name) > 3
        and not name.startswith("S:t ")
        and (code, len(name.split())) != ("CG", 1)  # "Congo" alone is the larger one
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fi", "Suomessa, Viron ja Ruotsiin sekä Yhdysvalloissa ja Alankomaissa", ("FI", "EE", "SE", "US", "NL")),
        ("fi", "maat ovat Turkin, Kyproksella, Irlannissa", ("TR", "CY", "IE")),
        ("et", "riigid Eestis, Soomest ja Portugalis", ("EE", "FI", "PT")),
        ("hu", "ország: Finnországban, Törökországból, Egyesült Királyságban", ("FI", "TR", "GB")),
        ("pl", "w Polsce, Finlandii i Niemczech oraz Gruzji i na Kubie", ("PL", "FI", "DE", "GE", "CU")),
        ("cs", "v Německu, ve Spojeném království a v Turecku", ("DE", "GB", "TR")),
        ("sk", "na Slovensku a vo Fínsku", ("SK", "FI")),
        ("sl", "v Sloveniji in na Finskem", ("SI", "FI")),
        ("hr", "u Hrvatskoj i na Cipru", ("HR", "CY")),
        ("lt", "šalys Lietuvoje ir Jungtinėje Karalystėje", ("LT", "GB")),
        ("lv", "valstis Igaunijā un Apvienotajā Karalistē", ("EE", "GB")),
        ("el", "χώρες της Ελλάδας, της Κύπρου και της Τουρκίας", ("GR", "CY", "TR")),
        ("bg", "в България и Финландия", ("BG", "FI")),
        ("ro", "strategia României și a Regatului Unit", ("RO", "GB")),
        ("ga", "sa Ghearmáin, i bhFionlainn agus na hEastóine", ("DE", "FI", "EE")),
        ("mt", "fil-Finlandja u tal-Ġermanja", ("FI", "DE")),
        ("sv", "i Sverige och Turkiets strategi", ("SE", "TR")),
        ("de", "die Strategie Finnlands und der Vereinigten Staaten", ("FI", "US")),
    ],
)
def test_case_endings_are_read_in_documents_and_questions(language: str, text: str, found: tuple[str, ...]) -> None:
    assert countries_in(text, language=language) == found
    assert countries_in(text, True, language) == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Oman terveyden hoito. Perusta on laki. Maan malli."),
        ("pl", "Mali pacjenci. Małe dania."),
        ("en", "The suomessa perusta"),
        ("de", "Die Man und die Kosten"),
        ("it", "I mali rari. Mali rari."),
    ],
)
def test_other_words_are_no_country(language: str, text: str) -> None:
    assert countries_in(text, language=language) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The strategy of Georgia", ("GE",)),
        ("Georgia pays for samples", ("GE",)),
        ("clinics in Jordan", ("JO",)),
        ("Turkey's plan", ("TR",)),
        ("the Republic of Chad", ("TD",)),
        ("Mali, Niger and Guinea", ("ML", "NE", "GN")),
        ("Cuba", ("CU",)),
        ("in San Marino", ("SM",)),
        ("an office in Atlanta, Georgia", ()),
        ("the University of Georgia", ()),
        ("Georgia Tech", ()),
        ("Georgia, USA", ("US",)),
        ("says Michael Jordan", ()),
        ("Jordan Smith wrote it", ()),
        ("J. Jordan", ()),
        ("guinea pigs and turkey meat", ()),
        ("Guinea pigs", ()),
        ("South Georgia", ()),
        ("Papua New Guinea", ("PG",)),
        ("Equatorial Guinea", ("GQ",)),
    ],
)
def test_names_that_are_also_words_need_a_place(text: str, found: tuple[str, ...]) -> None:
    assert countries_in(text) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How much does Georgia pay per sample?", ("GE",)),
        ("what does turkey pay for a sample?", ("TR",)),
        ("And in Chile?", ("CL",)),
        ("What did Michael Jordan say?", ()),
        ("Does the University of Georgia share data?", ()),
        ("Compare Jordan and Cuba", ("JO", "CU")),
        ("How is San Marino doing?", ("SM",)),
        ("Who works on guinea pigs?", ()),
        ("What is done in Türkiye and Österreich?", ("TR", "AT")),
    ],
)
def test_questions_name_any_country(question: str, found: tuple[str, ...]) -> None:
    assert countries_in(question, True) == found


def test_who_speaks_what() -> None:
    assert set(spoken_in("fi")) == {"FI"}
    assert spoken_in("de")["DE"] > 0.8 and "CH" in spoken_in("de")
