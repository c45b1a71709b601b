"""What a question names and the evidence lacks: names, figures, years, names with a number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.judging.guards import evidence_text, missing
from assistant.understood import Understood
from tests.made import document_of, spans_in

ASKED = Understood("q", "q", "q", names=("Kask", "MIDAS"), numbers=("1,250", "3.5 %"), years_named=(2021,),
                   identifiers=("Article 13",))  # fmt: skip
ALL = "Anna Kask led Midas in 2021: 1 250 samples, 3,5 %, under article 13."


def test_nothing_is_missing_where_all_is_said() -> None:
    assert missing(ASKED, ALL) == ()


@pytest.mark.parametrize(
    ("old", "new", "lacking"),
    [
        ("Kask", "Tamm", ("Kask",)),
        ("Midas", "Bridas", ("MIDAS",)),
        ("1 250", "1 260", ("1,250",)),
        ("3,5 %", "3,6 %", ("3.5 %",)),
        ("2021", "2022", ("2021",)),
        ("article 13", "article 14", ("Article 13",)),
        ("article 13", "page 13 of it", ("Article 13",)),
    ],
)
def test_what_is_missing_is_named_as_the_question_writes_it(old: str, new: str, lacking: tuple[str, ...]) -> None:
    assert missing(ASKED, ALL.replace(old, new)) == lacking


def test_names_are_found_with_other_accents_hyphens_and_endings() -> None:
    asked = replace(Understood("q", "q", "q"), names=("Semmelweis", "COVID-19", "Kovács"))
    assert missing(asked, "Semmelweisin yliopisto, Covid19, Kovacs") == ()
    assert missing(replace(asked, names=("HTA",)), "HTAs and others") == ()
    assert missing(replace(asked, names=("HTA",)), "with tax and chtal") == ("HTA",)  # an abbreviation stands whole


def test_an_identifier_may_stand_apart_from_its_word_by_little() -> None:
    asked = replace(Understood("q", "q", "q"), identifiers=("district 12",))
    assert missing(asked, "Districts 11 and 12 have one.") == ()
    assert missing(asked, "The 12 district has one.") == ()
    assert missing(asked, "District 145 has 12 rooms for all patients.") == ("district 12",)


def test_a_figure_behind_a_year_and_a_part_of_an_article_are_found() -> None:
    asked = replace(Understood("q", "q", "q"), numbers=("120,000",), identifiers=("Article 13(2)",))
    assert missing(asked, "In 2019 120,000 gave, under Article 13, paragraph 2") == ()


def test_across_languages_names_are_not_compared_and_figures_are() -> None:
    assert missing(ASKED, "Kaikki: 1 250 näytettä, 3,5 %, 2021, 13 artikla", same_language=False) == ()
    assert missing(ASKED, "Kaikki: 2021, 3,5 %", same_language=False) == ("1,250", "Article 13")


def test_headings_titles_publishers_and_years_are_evidence() -> None:
    document = document_of(title="The MIDAS pilot", publisher="Hub of Kask", year=2021, original_title="Pilotti")
    spans, _ = spans_in("It costs little money.", document=document, headings=("Article 13",))
    assert evidence_text(spans).split(" \n ") == [
        "It costs little money.", "Article 13", "The MIDAS pilot", "Hub of Kask", "2021", "Pilotti",
    ]  # fmt: skip
    assert missing(ASKED, evidence_text(spans)) == ("1,250", "3.5 %")
