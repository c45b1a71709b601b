"""File names are compared in composed Unicode, whatever the disk has, and shown as given."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from assistant.cli.show import wanted_documents
from assistant.indexing.scopes import _fits
from assistant.model import Scope
from assistant.reading.catalogue import Catalogue
from assistant.words import composed
from tests.fakes import small_library

NAME = "Übersicht Łódź é.pdf"
FORMS = [unicodedata.normalize(form, NAME) for form in ("NFC", "NFD")]


@pytest.mark.parametrize("on_disk", FORMS)
@pytest.mark.parametrize("typed", FORMS)
def test_a_document_is_found_by_its_name_in_either_form(on_disk: str, typed: str) -> None:
    library = small_library()
    library.documents_[0] = document = replace(library.documents_[0], file=f"reports/{on_disk}")
    assert _fits(document, Scope(documents=(typed,)))
    assert _fits(document, Scope(documents=(f"reports/{typed}",)))
    found = wanted_documents(library, [f"reports/{typed}"])
    assert [one.file for one in found] == [f"reports/{on_disk}"]


@pytest.mark.parametrize("on_disk", FORMS)
def test_the_catalogue_knows_a_file_in_either_form(on_disk: str) -> None:
    entry = {"id": "x", "file": FORMS[0]}
    assert Catalogue((entry,), {composed(FORMS[1]): entry}).entry_of(on_disk, "0" * 64) == entry
