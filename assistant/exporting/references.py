"""The sources of an answer or a matrix for reference managers: RIS, BibTeX and CSL-JSON, one record a document (pure).

A record carries the official title, who published it and when, the pages that are quoted (as printed), the address and
the day it was looked up, and each quotation as a note with its page. Nothing a document says can end a field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from urllib.parse import quote

from assistant.countries import codes
from assistant.evidence import Matrix
from assistant.exporting.frame import Stamp, plain
from assistant.exporting.text import supported
from assistant.model import Answer, Citation, Document, content_key
from assistant.originals import PROJECT, digest_words

GENRES = {
    "policy-brief": "Policy brief", "visit-report": "Visit report", "national-strategy": "National strategy",
    "framework": "Framework", "other": "",
}  # fmt: skip
# A brace that is escaped counts as a brace all the same, so it is named.
_BIBTEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One cited document. `pages` are the printed labels of the pages quoted; `notes` the quotations, with theirs.

    `translated` is the title in English where the official one is in another language, else ''. `address` is a web
    address or ''; `seen` the day it was looked up. `year` is None where nobody says.
    """

    key: str
    title: str
    translated: str
    author: str
    publisher: str
    genre: str
    year: int | None
    language: str
    pages: tuple[str, ...]
    address: str
    seen: date
    notes: tuple[str, ...]


def records_of(citations: Iterable[Citation], stamp: Stamp) -> list[Record]:
    """Return a record for each document cited, in the order in which they are cited first."""
    ordered = list(citations)
    first = {c.document: place for place, c in reversed(list(enumerate(ordered)))}
    ordered.sort(key=lambda c: first[c.document])
    return [_record(list(group), stamp) for _, group in groupby(ordered, attrgetter("document"))]


def of_answer(answer: Answer) -> list[Citation]:
    """Return the citations of an answer that may leave the tool."""
    return supported(answer)[1]


def of_matrix(matrix: Matrix) -> list[Citation]:
    """Return the citations of a matrix, cell by cell."""
    return [quote.citation for cell in matrix.cells for quote in cell.quotes]


def _record(citations: Sequence[Citation], stamp: Stamp) -> Record:
    one = citations[0]
    known = stamp.documents.get(one.document) or Document(one.document, one.file, "", one.title, year=one.year)
    official = known.original_title or known.title
    body = known.author if known.author not in codes() and known.author != known.publisher else ""
    return Record(
        key=_key(known.id),
        title=_line(official),
        translated=_line(known.title) if known.title != official else "",
        author=_line(body),
        publisher=_line(known.publisher),
        genre="Digest" if known.digest else GENRES.get(known.kind, ""),
        year=known.year,
        language=known.language,
        pages=tuple(dict.fromkeys(_line(c.label) or str(c.page) for c in citations)),
        address=_address(stamp.address(known.id)),
        seen=stamp.day,
        notes=tuple(
            dict.fromkeys(
                [
                    *([_line(f"{digest_words(known.originals, by=f'the {PROJECT}')}.")] if known.digest else []),
                    *(f"“{_line(c.quote)}” (p. {_line(c.label) or c.page})" for c in citations),
                ]
            )
        ),
    )


def _key(identifier: str) -> str:
    """Return a key that every program takes, another for another id."""
    key = re.sub(r"[^A-Za-z0-9.-]+", "-", identifier).strip("-.")
    return key if key == identifier else f"{key}-{content_key(identifier)[:6]}".strip("-")


def _line(text: str) -> str:
    return " ".join(plain(text).split())


def _address(text: str) -> str:
    """Return a web address in which nothing can end a field, or ''."""
    return quote(_line(text), safe="/:?#[]@!$&'()*+,;=%~") if re.match("https?://", text, re.IGNORECASE) else ""


def to_ris(citations: Iterable[Citation], stamp: Stamp) -> bytes:
    """Return RIS (one tag a line, CRLF, UTF-8), as Zotero, EndNote and Mendeley read it."""
    lines: list[str] = []
    for r in records_of(citations, stamp):
        tags = [
            ("TY", "RPRT"), ("ID", r.key), ("TI", r.title), ("TT", r.translated), ("AU", r.author),
            ("PB", r.publisher), ("PY", str(r.year or "")), ("M3", r.genre), ("SP", ", ".join(r.pages)),
            ("LA", r.language), ("UR", r.address), ("Y2", r.seen.strftime("%Y/%m/%d") if r.address else ""),
            *(("N1", note) for note in r.notes),
        ]  # fmt: skip
        lines += [f"{tag}  - {value}" for tag, value in tags if value]
        lines += ["ER  - ", ""]
    return "".join(f"{line}\r\n" for line in lines).encode()


def to_bibtex(citations: Iterable[Citation], stamp: Stamp) -> bytes:
    """Return BibTeX in UTF-8; every character that means something to TeX is escaped, the address is not."""
    entries = []
    for r in records_of(citations, stamp):
        fields = {
            "author": f"{{{_tex(r.author)}}}" if r.author else "", "title": f"{{{_tex(r.title)}}}",
            "institution": f"{{{_tex(r.publisher)}}}" if r.publisher else "", "year": str(r.year or ""),
            "type": _tex(r.genre), "pages": _tex(", ".join(r.pages)), "language": r.language, "url": r.address,
            "urldate": r.seen.isoformat() if r.address else "",
            "note": _tex(f"English title: {r.translated}") if r.translated else "",
            "annote": _tex(" ".join(r.notes)),
        }  # fmt: skip
        body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        entries.append(f"@techreport{{{r.key},\n{body}}}\n")
    return "\n".join(entries).encode()


def _tex(text: str) -> str:
    return text.translate(_BIBTEX)


def to_csl(citations: Iterable[Citation], stamp: Stamp) -> bytes:
    """Return CSL-JSON, a list of items, as citation processors and Zotero read it."""
    items = []
    for r in records_of(citations, stamp):
        item = {
            "id": r.key, "type": "report", "title": r.title, "author": [{"literal": r.author}] if r.author else [],
            "publisher": r.publisher, "genre": r.genre, "page": ", ".join(r.pages), "language": r.language,
            "issued": {"date-parts": [[r.year]]} if r.year else None, "URL": r.address,
            "accessed": {"date-parts": [[r.seen.year, r.seen.month, r.seen.day]]} if r.address else None,
            "note": f"English title: {r.translated}" if r.translated else "", "annote": " ".join(r.notes),
        }  # fmt: skip
        items.append({name: value for name, value in item.items() if value})
    return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()
