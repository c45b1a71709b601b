"""The shipped digests and their catalogue: sources, PDFs and entries agree, and no country is missing."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from dialect import KINDS, read_blocks, read_digest
from typeset import main, typeset

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
SOURCES = sorted((CORPUS / "digests").glob("*.md"))
SIGNATORIES = "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL NO PT RO SE SI".split()  # noqa: SIM905
ENTRIES: list[dict[str, Any]] = tomllib.loads((CORPUS / "catalogue.toml").read_text(encoding="utf-8"))["document"]
TEXT_FIELDS = ("id", "title", "publisher", "kind", "language", "licence", "file")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_pdf_is_what_its_source_gives(path: Path) -> None:
    digest = read_digest(path)
    assert (CORPUS / "documents" / f"{digest.id}.pdf").read_bytes() == typeset(digest)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_digest_ends_with_its_sources(path: Path) -> None:
    parts = read_blocks(read_digest(path))
    headings = [part.text for part in parts if part.kind == "heading" and part.level == 1]
    assert headings[-1] == "Sources"
    assert parts[-1].kind == "numbers"


def test_catalogue_matches_the_front_matters(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == ""


def test_ids_and_files_are_unique() -> None:
    for field in ("id", "file"):
        values = [entry[field] for entry in ENTRIES]
        assert len(values) == len(set(values))


def test_our_entries_and_pdfs_are_the_same_set() -> None:
    ours = {entry["file"] for entry in ENTRIES if not entry["official"]}
    assert ours == {f"documents/{path.name}" for path in (CORPUS / "documents").glob("*.pdf")}
    assert ours == {f"documents/{path.stem}.pdf" for path in SOURCES}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_entry_is_whole(entry: dict[str, Any]) -> None:
    assert all(isinstance(entry[field], str) and entry[field] for field in TEXT_FIELDS)
    assert entry["kind"] in KINDS
    assert ("author_country" in entry) != ("author_body" in entry)
    assert all(len(code) == 2 and code.isupper() and code not in ("UK", "EL", "EU") for code in entry["countries"])
    assert entry["verified"] is False or entry["address"].startswith(("https://", "http://"))
    assert entry["file"].startswith("official/" if entry["official"] else "documents/")


def test_references_between_entries_lead_somewhere_and_back() -> None:
    known = {entry["id"]: entry for entry in ENTRIES}
    for entry in ENTRIES:
        assert all(known[name]["official"] for name in entry.get("digest_of", ()))
        if "replaces" in entry:
            assert known[entry["replaces"]]["replaced_by"] == entry["id"]
        if "replaced_by" in entry:
            assert known[entry["replaced_by"]]["replaces"] == entry["id"]


def test_every_country_has_its_national_digest() -> None:
    ours = {entry["id"]: entry for entry in ENTRIES if not entry["official"]}
    for code in [*SIGNATORIES, "PL", "SK"]:
        entry = ours[f"national-digest-{code.lower()}"]
        assert (entry["countries"], entry["kind"], entry["language"]) == ([code], "national-strategy", "en")
    assert ours["national-digest-fr-fr"]["language"] == "fr"
