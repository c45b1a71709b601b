"""Words of a question meet those of documents in every language, on every keyboard; numbers and dates in every form."""

from __future__ import annotations

import pytest

from assistant.figures import figure_words, months
from assistant.lexicon import asked_terms, fold, terms_of_word

EVERY = ("cs", "da", "de", "el", "en", "fi", "fr", "hu", "it", "lt", "nl", "pl", "ro", "sv", "tr")

MEET = [
    ("Łódź", "en", "Lodz"),
    ("Lodz", "pl", "Łódź"),
    ("København", "en", "Kobenhavn"),
    ("København", "da", "Koebenhavn"),
    ("Koebenhavn", "en", "København"),
    ("Großstraße", "de", "Grossstrasse"),
    ("Grossstrasse", "de", "Großstraße"),
    ("Köln", "de", "Koeln"),
    ("Koeln", "en", "Köln"),
    ("Köln", "en", "Koln"),
    ("Århus", "da", "Aarhus"),
    ("İzmir", "en", "Izmir"),
    ("ISPARTA", "tr", "Isparta"),
    ("Æbelø", "da", "Aebelo"),
    ("œuvre", "fr", "oeuvre"),
    ("Đakovo", "hr", "Dakovo"),
    ("ofﬁcial", "en", "official"),
    ("génomique", "fr", "genomiques"),
    ("nécessité", "fr", "necessite"),
    ("Πάτρα", "en", "Πατρα"),
    ("στρατηγικής", "el", "στρατηγική"),
    ("l’assurance", "fr", "assurances"),
    ("dell'infrastruttura", "it", "infrastruttura"),
    ("biopankkien", "fi", "biopankki"),
    ("Krankenkassen", "de", "Krankenkasse"),
    ("stratégiájának", "hu", "strategiajanak"),
    ("genomów", "pl", "genomow"),
    ("N.H.S", "en", "NHS"),
    ("U.K", "en", "UK"),
    ("Estonia's", "en", "Estonia"),
    ("α", "en", "alpha"),
]


@pytest.mark.parametrize(("written", "language", "asked"), MEET, ids=lambda value: str(value))
def test_the_word_of_a_question_meets_that_of_a_document(written: str, language: str, asked: str) -> None:
    assert set(terms_of_word(written, language)) & set(asked_terms(asked, (*EVERY, "hr")))


@pytest.mark.parametrize(("written", "language", "asked"), [("national", "en", "rational"), ("Rat", "de", "Ratgeber")])
def test_other_words_do_not_meet(written: str, language: str, asked: str) -> None:
    assert not set(terms_of_word(written, language)) & set(asked_terms(asked, (language,)))


def test_plain_words_have_one_term() -> None:
    assert terms_of_word("Sequencing", "en") == ("sequenc",)
    assert terms_of_word("consent", "xx") == ("consent",)
    assert asked_terms("consent", ("en", "xx")) == ("consent",)


def test_folding_keeps_what_is_no_accent() -> None:
    assert [fold(word) for word in ("Žižka", "ĳs", "ΆΣΟΣ", "Ёлка", "C++")] == ["zizka", "ijs", "ασοσ", "елка", "c++"]


@pytest.mark.parametrize(
    "written",
    [
        "1 250 000",
        "1.250.000",
        "1,250,000",
        "1’250’000",
        "1\u202f250\u202f000",
        "1,25 Mio.",
        "1.25 million",
        "1,25 εκατ.",
    ],
)
def test_a_number_in_every_form(written: str) -> None:
    assert "1250000" in figure_words(f"about {written} genomes")


@pytest.mark.parametrize(
    "written",
    ["3.3.2021", "03/03/2021", "3. 3. 2021", "2021-03-03", "3 March 2021", "March 3rd, 2021", "3. März 2021",
     "3 de marzo de 2021", "3. maaliskuuta 2021", "2021. március 3.", "2021 m. kovo 3 d.", "3 mars 2021",
     "3 Μαρτίου 2021", "3. března 2021", "3 marca 2021"],
)  # fmt: skip
def test_a_date_in_every_form(written: str) -> None:
    assert "d20210303" in figure_words(f"since {written} in force")


@pytest.mark.parametrize(
    "written", ["640 citizens", "in 2021", "Article 13", "version 1.2.3", "10-12 people", "no digits"]
)
def test_other_numbers_have_no_second_form(written: str) -> None:
    assert figure_words(written) == []


def test_a_month_whose_name_differs_is_given_in_both() -> None:
    assert months("listopada") == (10, 11)
    assert figure_words("3 listopada 2021") == ["d20211003", "d20211103"]
