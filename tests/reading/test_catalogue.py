"""The catalogue names what is wrong; guesses are plain and said to be guesses."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import CatalogueError
from assistant.model import Block, Original, Page, Reading
from assistant.reading.catalogue import Catalogue, describe, load_catalogue
from assistant.reading.guesses import guess_kind, guess_title, guess_year

GOOD = '[[document]]\nid = "ee-plan"\ntitle = "Plan"\nkind = "national-strategy"\nfile = "documents/ee.pdf"\n'
ROOT = Path(__file__).parents[2]


def reading(text: str, title: str = "", created: str = "", heading: str = "") -> Reading:
    whole = f"{heading}\n\n{text}"
    blocks = (Block("title", 0, len(heading)),) if heading else ()
    return Reading((Page(1, "1", whole, blocks),), title=title, created=created)


@pytest.mark.parametrize(
    ("line", "entry", "field"),
    [
        ('kind = "leaflet"', "ee-plan", "kind"),
        ("year = 3000", "ee-plan", "year"),
        ('countries = ["Estonia"]', "ee-plan", "countries"),
        ('colour = "red"', "ee-plan", "colour"),
        ('file = "../secret.pdf"', "ee-plan", "file"),
        ('sha256 = "12"', "ee-plan", "sha256"),
        ('official = "yes"', "ee-plan", "official"),
        ('id = ""', "number 1", "id"),
        ('title = ""', "ee-plan", "title"),
        ("original_title = 7", "ee-plan", "original_title"),
        ('publisher = ["A"]', "ee-plan", "publisher"),
        ('author_country = "Estonia"', "ee-plan", "author_country"),
        ('author_country = "EE"\nauthor_body = "Ministry"', "ee-plan", "author_body"),
        ('countries = ["UK"]', "ee-plan", "countries"),
        ('countries = ["EE", "EE"]', "ee-plan", "countries"),
        ('countries = "EE"', "ee-plan", "countries"),
        ('language = "English"', "ee-plan", "language"),
        ("licence = 4", "ee-plan", "licence"),
        ('address = "www.sm.ee"', "ee-plan", "address"),
        ('address = "https://sm.ee/a plan"', "ee-plan", "address"),
        ('doi = "https://doi.org/10.1000/x"', "ee-plan", "doi"),
        ("verified = true", "ee-plan", "verified"),
        ('year = "2020"', "ee-plan", "year"),
        ('file = "documents/plan"', "ee-plan", "file"),
        ('replaces = "nowhere"', "ee-plan", "replaces"),
        ('replaced_by = "ee-plan"', "ee-plan", "replaced_by"),
        ('digest_of = ["nowhere"]', "ee-plan", "digest_of"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, line: str, entry: str, field: str) -> None:
    name = line.split(" ")[0]
    lines = [old for old in GOOD.splitlines() if not old.startswith(name + " ")]
    (tmp_path / "catalogue.toml").write_text("\n".join([*lines, line]) + "\n")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path / "catalogue.toml")
    assert (caught.value.entry, caught.value.field) == (entry, field)


def test_an_error_says_what_was_wanted(tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").write_text(GOOD + 'countries = ["UK"]\n')
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path / "catalogue.toml")
    assert str(caught.value) == (
        "catalogue entry 'ee-plan', field 'countries': wanted ISO codes such as 'EE', got 'UK'; it is written 'GB'"
    )


@pytest.mark.parametrize(
    ("first", "second", "entry", "problem"),
    [
        ('replaced_by = "b"', "", "a", "entry 'b' does not say replaces in return"),
        ('replaces = ["b"]', 'replaced_by = ["c"]', "a", "entry 'b' does not say replaced_by in return"),
        (
            'replaces = "b"\nreplaced_by = "b"', 'replaces = "a"\nreplaced_by = "a"', "a",
            "leads in a circle back to the entry",
        ),
    ],
)  # fmt: skip
def test_versions_agree_on_which_is_newer(tmp_path: Path, first: str, second: str, entry: str, problem: str) -> None:
    form = '[[document]]\nid = "{}"\ntitle = "T"\nkind = "other"\n{}\n'
    third = 'replaces = "b"' if '"c"' in second else ""
    text = form.format("a", first) + form.format("b", second) + form.format("c", third)
    (tmp_path / "catalogue.toml").write_text(text)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path / "catalogue.toml")
    assert (caught.value.entry, caught.value.problem) == (entry, problem)


def test_an_official_page_that_became_a_pdf_is_known(tmp_path: Path) -> None:
    more = 'official = true\nsha256 = "' + "b" * 64 + '"\n'
    (tmp_path / "catalogue.toml").write_text(GOOD.replace("ee.pdf", "ee.html") + more)
    catalogue = load_catalogue(tmp_path / "catalogue.toml")
    assert describe("documents/ee.pdf", "a" * 64, reading("Text"), catalogue).id == "ee-plan"
    beside = describe("documents/ee.pdf", "a" * 64, reading("Text"), catalogue, taken={"ee-plan"})
    assert (beside.id, beside.official) == ("ee", False)


def test_two_entries_with_one_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").write_text(GOOD + GOOD.replace("ee-plan", "other"))
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path / "catalogue.toml")
    assert caught.value.field == "file"


def test_the_catalogue_speaks_before_any_guess(tmp_path: Path) -> None:
    more = 'countries = ["EE"]\nauthor_country = "EE"\nyear = 2021\nlanguage = "en"\ndoi = "10.1000/x"\n'
    (tmp_path / "catalogue.toml").write_text(GOOD + more)
    catalogue = load_catalogue(tmp_path / "catalogue.toml")
    document = describe("documents/ee.pdf", "0" * 64, reading("Text of 1999."), catalogue)
    assert (document.id, document.title, document.year, document.countries) == ("ee-plan", "Plan", 2021, ("EE",))
    assert (document.author, document.address, document.guessed) == ("EE", "https://doi.org/10.1000/x", ())


def test_a_renamed_file_is_known_by_its_checksum(tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").write_text(GOOD + f'sha256 = "{"a" * 64}"\n')
    catalogue = load_catalogue(tmp_path / "catalogue.toml")
    assert describe("other.pdf", "A" * 64, reading("Text"), catalogue).id == "ee-plan"


def test_guesses_are_named() -> None:
    made = reading(
        "The country report says that the visit of Finland took place in June 2021 and was a success for everybody.",
        title="Microsoft Word - draft7.docx", created="2022-01-05", heading="Country exchange visit to Finland",
    )  # fmt: skip
    document = describe("fi visit.pdf", "0" * 64, made, Catalogue(), taken={"fi-visit"})
    assert document.title == "Country exchange visit to Finland"
    assert (document.id, document.kind, document.countries) == ("fi-visit-2", "visit-report", ("FI",))
    assert document.language == "en"
    assert document.year == 2021
    assert document.guessed == ("title", "countries", "kind", "year", "language")


@pytest.mark.parametrize("useless", ["Microsoft Word - x.docx", "PowerPoint Presentation", "untitled", "Slide 1", ""])
def test_a_useless_title_is_not_taken(useless: str) -> None:
    assert guess_title(reading("text", title=useless), "dk_strategy-2021.pdf") == "Dk strategy 2021"


def test_a_strategy_without_a_country_in_its_title_is_of_the_one_it_speaks_of() -> None:
    cover = "Republic of Austria\n\nVienna, March 2025"
    of_many = "Austria plans.\n\nEstonia acts.\n\nFinland pays.\n\nSweden asks.\n\nThe Austrian law stands."
    of_one = "Austria plans.\n\nThe Austrian law stands.\n\nA family in Graz waits, one in Estonia does not."

    def guessed(*parts: str) -> tuple[str, tuple[str, ...], int | None]:
        made = reading("\n\n".join(parts), created="2025-04-01", heading="National Strategy for Genomic Medicine")
        document = describe("strategy final.pdf", "0" * 64, made, Catalogue())
        return document.kind, document.countries, document.year

    assert guessed(cover, of_one) == ("national-strategy", ("AT",), 2025)
    assert guessed(cover, of_many) == ("framework", (), 2025)
    assert guessed("x" * 1500, cover, of_one, of_one) == ("national-strategy", ("AT",), 2025)


def test_the_date_a_document_bears_is_before_the_date_of_its_template() -> None:
    assert guess_year("Note", "note.docx", "For the Directorate of Health, Lisbon, November 2024", "2013-12-23") == 2024
    assert guess_year("Note", "note.docx", "POLICY BRIEF 14 · OCTOBER 2023\n\nText", "2013-12-23") == 2023
    assert guess_year("Note", "note.docx", "It is to be done by March 2027", "2013-12-23") == 2013


def test_years_and_kinds() -> None:
    assert guess_year("Roadmap 2020–2022", "x.pdf", "", "") == 2020
    assert guess_year("Plan", "plan-2019.pdf", "", "2024-01-01") == 2019
    assert guess_year("Plan", "plan.pdf", "Published 4 March 2018 in Oslo", "2024-01-01") == 2018
    assert guess_year("Plan", "plan.pdf", "Goals for May 2028", "2024-01-01") == 2024
    assert guess_year("Plan", "plan.pdf", "Published 4 March 2018 in Oslo", "") == 2018
    assert guess_year("Plan", "plan.pdf", "since 1871", "") is None
    assert guess_kind("", "Policy brief on strategy") == "policy-brief"
    assert guess_kind("", "Roadmap of the initiative", national=False) == "framework"


def test_the_catalogue_of_the_corpus_is_good() -> None:
    catalogue = load_catalogue(ROOT / "corpus" / "catalogue.toml")
    assert len(catalogue.entries) >= 8


def test_a_digest_names_the_publications_it_stands_for(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_text(
        '[[document]]\nid = "plan"\ntitle = "Plan"\nkind = "national-strategy"\ncountries = ["EE"]\nyear = 2016\n'
        'official = true\naddress = "https://plan.example/"\n'
        '[[document]]\nid = "digest"\ntitle = "Estonia"\nkind = "national-strategy"\ncountries = ["EE"]\n'
        'file = "digest.pdf"\nofficial = false\ndigest_of = ["plan"]\n'
    )
    document = describe("digest.pdf", "0", Reading(()), load_catalogue(path))
    assert (document.digest, document.originals) == (True, (Original("Plan", 2016, "https://plan.example/"),))
    assert not describe("other.pdf", "0", Reading(()), load_catalogue(path)).digest
