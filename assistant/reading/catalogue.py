"""The catalogue: who says what about whom, and when. What it does not say is guessed, and named as a guess."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from assistant.endings import fold
from assistant.errors import CatalogueError
from assistant.model import Document, Original, Reading
from assistant.reading.entries import check_entries
from assistant.reading.guesses import guess_kind, guess_language, guess_title, guess_year, spoken
from assistant.reading.subject import Subject, subject_of
from assistant.words import composed

_GUESSED = ("title", "countries", "kind", "year", "language")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The entries of corpus/catalogue.toml, by file and by checksum."""

    entries: tuple[Mapping[str, Any], ...] = ()
    by_file: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    by_sha256: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    by_form: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Official publications by their file without its ending: a page may have become a PDF when it was fetched."""

    def entry_of(self, file: str, sha256: str, free: Callable[[str], bool] = lambda name: True) -> Mapping[str, Any]:
        """Return the entry of a file, {} where there is none: by its path, its checksum, its path in the other form.

        By form only where the id is `free`: with both forms present the entry speaks of the one it names.
        """
        file = composed(file)
        named = self.by_file.get(file) or self.by_sha256.get(sha256.lower())
        if named:
            return named
        form = str(PurePosixPath(file).with_suffix("")) if file.lower().endswith((".pdf", ".html")) else ""
        other = self.by_form.get(form, {})
        return other if other and free(str(other["id"])) else {}


def load_catalogue(path: Path) -> Catalogue:
    """Return the checked catalogue, an empty one where there is no file.

    Raises CatalogueError naming the entry and the field, what was seen and what was wanted.
    """
    if not path.is_file():
        return Catalogue()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as problem:
        raise CatalogueError(path.name, "(file)", str(problem)) from problem
    entries = data.get("document", [])
    if not isinstance(entries, list) or set(data) - {"document"}:
        raise CatalogueError(path.name, "document", "wanted only [[document]] entries")
    check_entries(entries)
    return Catalogue(
        tuple(entries),
        {composed(entry["file"]): entry for entry in entries if entry.get("file")},
        {entry["sha256"].lower(): entry for entry in entries if entry.get("sha256")},
        {
            composed(str(PurePosixPath(entry["file"]).with_suffix(""))): entry
            for entry in entries
            if entry.get("official") and entry.get("file")
        },
    )


def describe(
    file: str,
    sha256: str,
    reading: Reading,
    catalogue: Catalogue,
    *,
    taken: Collection[str] = (),
) -> Document:
    """Return the document: by its file in the catalogue, else by its checksum, else guessed from what it says.

    `file` is the path below the corpus folder with "/"; `taken` are ids that other documents have.
    """
    entry = catalogue.entry_of(file, sha256, lambda name: name not in taken)
    guessed: list[str] = []

    def pick(name: str, guess: Callable[[], Any]) -> Any:
        if entry.get(name) not in (None, ""):
            return entry[name]
        value = guess()
        if value or name in ("kind", "language", "countries"):
            guessed.append(name)
        return value

    title = pick("title", lambda: guess_title(reading, file))
    named = f"{title}\n{spoken(file)}"
    head = "\n".join(page.text for page in reading.pages[:2])[:6000]
    language = pick("language", lambda: guess_language(reading))
    subject = Subject()
    if "countries" not in entry:
        subject = subject_of(title, file, reading.pages, author=reading.author, language=language)
    countries = tuple(entry["countries"]) if "countries" in entry else pick("countries", lambda: subject.countries)
    kind = pick("kind", lambda: guess_kind(f"{named}\n{head[:600]}", named, national=bool(countries)))
    return Document(
        id=entry.get("id") or _new_id(file, {*taken, *(str(e["id"]) for e in catalogue.entries)}),
        file=file, sha256=sha256, title=title, publisher=str(entry.get("publisher", "")),
        author=str(entry.get("author_country") or entry.get("author_body") or reading.author),
        countries=tuple(countries), kind=kind,
        year=pick("year", lambda: guess_year(title, file, head, reading.created)),
        language=language,
        licence=str(entry.get("licence", "")), address=address_of(entry),
        original_title=str(entry.get("original_title", "")),
        official=bool(entry.get("official", False)), digest_of=tuple(entry.get("digest_of", ())),
        digest=entry.get("official") is False, originals=originals_of(entry, catalogue),
        guessed=tuple(name for name in _GUESSED if name in guessed), pages=len(reading.pages),
        warnings=reading.warnings, report=replace(reading.report, evidence=subject.evidence),
    )  # fmt: skip


def address_of(entry: Mapping[str, Any]) -> str:
    """Return where an entry's document is to be found: its address, else its DOI as one, else ''."""
    doi = str(entry.get("doi", ""))
    return str(entry.get("address", "")) or (f"https://doi.org/{doi}" if doi else "")


def originals_of(entry: Mapping[str, Any], catalogue: Catalogue) -> tuple[Original, ...]:
    """Return the publications that an entry's digest stands for, in the order it names them."""
    known = {str(other["id"]): other for other in catalogue.entries} if entry.get("digest_of") else {}
    found = [known[str(name)] for name in entry.get("digest_of", ()) if str(name) in known]
    return tuple(Original(str(one["title"]), one.get("year"), address_of(one)) for one in found)


def _new_id(file: str, taken: Collection[str]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", fold(spoken(file)).lower()).strip("-") or "document"
    name, number = slug, 2
    while name in taken:
        name, number = f"{slug}-{number}", number + 1
    return name
