"""The catalogue names what is wrong; guesses are plain and said to be guesses."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import CatalogueError
from assistant.model import Block, Page, Reading
from assistant.reading.catalogue import Catalogue, describe, guess_kind, guess_title, guess_year, load_catalogue

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
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, line: str, entry: str, field: str) -> None:
    name = line.split(" ")[0]
    lines = [old for old in GOOD.splitlines() if not old.startswith(name + " ")]
    (tmp_path / "catalogue.toml").write_text("\n".join([*lines, line]) + "\n")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path / "catalogue.toml")
    assert (caught.value.entry, caught.value.field) == (entry, field)


def test_two_entries_with_one_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").write_text(GOOD + GOOD.replace("ee-plan", "other"))
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path / "catalogue.toml")
    assert caught.value.field == "file"


def test_the_catalogue_speaks_before_any_guess(tmp_path: Path) -> None:
    more = 'countries = ["EE"]\nauthor_country = "EE"\nyear = 2021\nlanguage = "en"\ndoi = "10.1/x"\n'
    (tmp_path / "catalogue.toml").write_text(GOOD + more)
    catalogue = load_catalogue(tmp_path / "catalogue.toml")
    document = describe("documents/ee.pdf", "0" * 64, reading("Text of 1999."), catalogue)
    assert (document.id, document.title, document.year, document.countries) == ("ee-plan", "Plan", 2021, ("EE",))
    assert (document.author, document.address, document.guessed) == ("EE", "https://doi.org/10.1/x", ())


def test_a_renamed_file_is_known_by_its_checksum(tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").write_text(GOOD + f'sha256 = "{"a" * 64}"\n')
    catalogue = load_catalogue(tmp_path / "catalogue.toml")
    assert describe("other.pdf", "A" * 64, reading("Text"), catalogue).id == "ee-plan"


def test_guesses_are_named() -> None:
    made = reading(
        "The country report says that the visit of Finland took place in June 2021 and was a success for everybody.",
        title="Microsoft Word - draft7.docx", created="2022-01-05", heading="Country exchange visit to Finland",
    )  # fmt: skip
    found = {"find_countries": lambda _: ("FI",), "taken": {"fi-visit"}}
    document = describe("fi visit.pdf", "0" * 64, made, Catalogue(), **found)
    assert document.title == "Country exchange visit to Finland"
    assert (document.id, document.kind, document.countries) == ("fi-visit-2", "visit-report", ("FI",))
    assert document.language == "en"
    assert document.year == 2021
    assert document.guessed == ("title", "countries", "kind", "year", "language")


@pytest.mark.parametrize("useless", ["Microsoft Word - x.docx", "PowerPoint Presentation", "untitled", "Slide 1", ""])
def test_a_useless_title_is_not_taken(useless: str) -> None:
    assert guess_title(reading("text", title=useless), "dk_strategy-2021.pdf") == "Dk strategy 2021"


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
