"""The catalogue: who says what about whom, and when. What it does not say is guessed, and named as a guess."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from assistant.errors import CatalogueError
from assistant.model import Document, Kind, Reading
from assistant.reading.entries import check_entries
from assistant.reading.subject import country_of

Countries = Callable[[str], tuple[str, ...]]
YEARS = range(1990, 2031)

_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b.*|powerpoint[- ]presentation|untitled.*|document\d*|presentation\d*|"
    r"slide \d+|layout \d+|title|print|.*\.(?:docx?|pptx?|indd|qxd|tex|pdf|xlsx?|rtf|odt)|[\W\d_]*|[0-9a-f_-]{12,})$",
    re.IGNORECASE,
)
_KIND_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("policy-brief", re.compile(r"policy[\s_-]*brief", re.IGNORECASE)),
    ("visit-report", re.compile(r"(?:country[\s_-]*(?:exchange[\s_-]*)?|study[\s_-]*|exchange[\s_-]*)visit|visit[\s_-]*(?:report|digest)", re.IGNORECASE)),  # noqa: E501
    ("framework", re.compile(r"framework|maturity[\s_-]*(?:level[\s_-]*)?model|concept[\s_-]*paper|guideline", re.I)),
    ("national-strategy", re.compile(r"strateg|roadmap|(?:action|national|implementation)[\s_-]*plan|\bplan\b|programm?e|strategia|stratégie|handlingsplan", re.IGNORECASE)),  # noqa: E501
)  # fmt: skip
_MONTH = r"(?:jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|des)[a-zä]*\.?,?\s+"
_DATED = re.compile(_MONTH + r"((?:19|20)\d\d)", re.IGNORECASE)
_BORNE = re.compile(
    rf"(?:^|[,·|–—(])[^\S\n]*(?:\d{{1,2}}\.?\s)?{_MONTH}((?:19|20)\d\d)\)?$", re.IGNORECASE | re.MULTILINE
)
"""The date that a document bears: it ends a line, and a place, a sign or nothing stands before it."""


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
        {entry["file"]: entry for entry in entries if entry.get("file")},
        {entry["sha256"].lower(): entry for entry in entries if entry.get("sha256")},
        {
            str(PurePosixPath(entry["file"]).with_suffix("")): entry
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
    find_countries: Countries = lambda text: (),
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
        if value or name in ("kind", "language"):
            guessed.append(name)
        return value

    title = pick("title", lambda: guess_title(reading, file))
    named = f"{title}\n{_spoken(file)}"
    head = "\n".join(page.text for page in reading.pages[:2])[:6000]
    countries = (
        tuple(entry["countries"])
        if "countries" in entry
        else pick("countries", lambda: find_countries(named) or country_of(reading.pages))
    )
    kind = pick("kind", lambda: guess_kind(f"{named}\n{head[:600]}", named, national=bool(countries)))
    return Document(
        id=entry.get("id") or _new_id(file, {*taken, *(str(e["id"]) for e in catalogue.entries)}),
        file=file, sha256=sha256, title=title, publisher=str(entry.get("publisher", "")),
        author=str(entry.get("author_country") or entry.get("author_body") or reading.author),
        countries=tuple(countries), kind=kind,
        year=pick("year", lambda: guess_year(title, file, head, reading.created)),
        language=pick("language", lambda: guess_language(reading)),
        licence=str(entry.get("licence", "")), address=address_of(entry),
        original_title=str(entry.get("original_title", "")),
        official=bool(entry.get("official", False)), digest_of=tuple(entry.get("digest_of", ())),
        guessed=tuple(guessed), pages=len(reading.pages), warnings=reading.warnings, report=reading.report,
    )  # fmt: skip


def address_of(entry: Mapping[str, Any]) -> str:
    """Return where an entry's document is to be found: its address, else its DOI as one, else ''."""
    doi = str(entry.get("doi", ""))
    return str(entry.get("address", "")) or (f"https://doi.org/{doi}" if doi else "")


def _spoken(file: str) -> str:
    """Return a file's name as words: "ee_genome-plan.pdf" → "ee genome plan"."""
    return re.sub(r"[\W_]+", " ", Path(file).stem).strip()


def _new_id(file: str, taken: Collection[str]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", Path(file).stem.lower()).strip("-") or "document"
    name, number = slug, 2
    while name in taken:
        name, number = f"{slug}-{number}", number + 1
    return name


def guess_title(reading: Reading, file: str) -> str:
    """Return the largest text of the first pages, else the title of the file's own data, else the file's name."""
    for page in reading.pages[:2]:
        for kind in ("title", "heading"):
            for block in page.blocks:
                text = " ".join(page.text[block.start : block.end].split())
                near = bool(page.geometry) or block.start < 200  # in plain text only what stands at the top
                if block.kind == kind and 4 <= len(text) <= 250 and near and (kind == "title" or block.level == 1):
                    return text
        if not _NO_TITLE.match(reading.title.strip() or "-"):
            return reading.title.strip()
    words = _spoken(file)
    return words[:1].upper() + words[1:]


def guess_kind(text: str, named: str, *, national: bool = True) -> Kind:
    """Return the kind that title and file name say, else the first lines of the text.

    A strategy or roadmap of no country is a framework of the initiative.
    """
    for words in (named, text):
        for kind, pattern in _KIND_WORDS:
            if pattern.search(words):
                return "framework" if kind == "national-strategy" and not national else kind
    return "other"


def guess_year(title: str, file: str, head: str, created: str) -> int | None:
    """Return a plausible year (1990 to 2030): of the title, the file name, the first pages, the creation date.

    In the first pages a year beside a month or at a line's end is a date; the latest of them counts. A file made
    from an older template may say that it is older than the date that its first lines bear.
    """
    for words in (title, _spoken(file)):
        years = _years(words)
        if years:
            return years[0] if re.search(r"(?:19|20)\d\d\s*[–-]\s*(?:19|20)\d\d", words) else years[-1]
    borne = [int(year) for year in _BORNE.findall(head[:1500]) if int(year) in YEARS]
    dated = [int(year) for year in _DATED.findall(head[:3000]) if int(year) in YEARS]
    made = _years(created[:4])
    if borne and made and made[0] < borne[0]:
        return borne[0]
    if made and (not dated or max(dated) > made[0]):
        return made[0]
    return max(dated) if dated else next(iter(_years(head[:1500])), None)


def _years(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text) if int(found) in YEARS]


def guess_language(reading: Reading) -> str:
    """Return the two-letter code of the language most of the text is in."""
    if reading.report.languages:  # told by the process that read the file
        return reading.report.languages[0][0]
    text = " ".join(page.text for page in reading.pages[:8])[:8000]
    if len(text) < 40:
        return reading.language[:2].lower() or "en"
    from py3langid.langid import classify

    return str(classify(text)[0])
