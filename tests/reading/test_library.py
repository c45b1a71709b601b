"""Guesses on real documents of others, where they are at hand: country, language, title. Facts only, no text."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from assistant.model import Document
from assistant.reading.catalogue import Catalogue, describe
from assistant.reading.reader import read_document

ROOT = Path(__file__).parents[2]
LIBRARY = Path(os.environ.get("ASSISTANT_SHARED", ROOT.parent / "shared")) / "library"
FILES = [file.relative_to(LIBRARY).as_posix() for file in sorted(LIBRARY.rglob("*")) if file.suffix in (".md", ".pdf")]
OF_FOLDER = {"de": "DE", "fi": "FI", "fr": "FR", "it": "IT", "nl": "NL"}
OF_ENGLISH = {"us_fds": "US", "NZ_": "NZ", "UK_": "GB", "Strategic_Public_Procurement_Estonia": "EE", "vws_": "NL"}
TITLES = {
    "nl/vws_open_source_ambitieladder_maatwerk.md": "Open source ambitieladder in maatwerk aanbesteding of opdracht",
    "en/UK_National_AI_Strategy.pdf": "National AI Strategy",
    "fi/05-Osaava-Suomi-Paaministeri-Petteri-Orpon-hallituksen-ohjelma-20062023-6.pdf": "Osaava Suomi",
    "fr/guide_algorithmes_publics.md": "Les algorithmes publics : enjeux et obligations",
}

pytestmark = pytest.mark.skipif(not FILES, reason="the library is not at hand")


def wanted(file: str) -> tuple[str, ...]:
    """Return whose document a file is, as the list beside the library says; () for the initiative and the Union."""
    folder, name = file.split("/")
    if "canada" in name:
        return ("CA",)
    code = OF_FOLDER.get(folder) or next((code for start, code in OF_ENGLISH.items() if name.startswith(start)), "")
    return (code,) if code else ()


@cache
def document_of(file: str) -> Document:
    return describe(Path(file).name, "0" * 64, read_document(LIBRARY / file), Catalogue())


@pytest.mark.parametrize("file", FILES)
def test_its_country_and_language_are_told(file: str) -> None:
    document = document_of(file)
    assert (document.countries, document.language) == (wanted(file), file.split("/")[0])


@pytest.mark.parametrize("file", [file for file in TITLES if file in FILES])
def test_its_title_is_the_one_it_bears(file: str) -> None:
    assert document_of(file).title == TITLES[file]
