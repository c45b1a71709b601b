"""What an entry of the catalogue must look like, and how entries must fit together; what is wrong is named (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from assistant.countries import codes
from assistant.errors import CatalogueError
from assistant.model import KINDS
from assistant.places import AS_WRITTEN
from assistant.words import composed

NEEDED = ("id", "title", "kind")
TEXTS = frozenset({"id", "title", "original_title", "publisher", "author_country", "author_body", "kind"}) | frozenset(
    {"language", "licence", "address", "doi", "file", "sha256"}
)
LISTS = frozenset({"countries", "digest_of"})
EITHER = frozenset({"replaces", "replaced_by"})
"""One id as a text, or several as a list."""
FLAGS = frozenset({"official", "verified"})
KNOWN = TEXTS | LISTS | EITHER | FLAGS | {"year"}


def check_entries(entries: Sequence[Any]) -> None:
    """Raise CatalogueError for the first entry that is not as it must be, alone or beside the others."""
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            raise CatalogueError(f"number {number}", "(entry)", "wanted a [[document]] with fields")
        _check(str(entry.get("id") or f"number {number}"), entry)
    _check_unique(entries)
    _check_references(entries)


def ids_of(entry: Mapping[str, Any], field: str) -> tuple[str, ...]:
    """Return the ids that a field names, whether it is written as a text or as a list."""
    value = entry.get(field, ())
    return (value,) if isinstance(value, str) else tuple(value)


def _check(name: str, entry: Mapping[str, Any]) -> None:
    for needed in NEEDED:
        if not entry.get(needed):
            raise CatalogueError(name, needed, "is missing")
    for key, value in entry.items():
        _check_type(name, key, value)
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", entry["id"]):
        raise CatalogueError(name, "id", f"wanted small letters, digits and hyphens, got {entry['id']!r}")
    if entry["kind"] not in KINDS:
        raise CatalogueError(name, "kind", f"wanted one of {', '.join(KINDS)}, got {entry['kind']!r}")
    year = entry.get("year")
    if year is not None and (isinstance(year, bool) or not isinstance(year, int) or not 1900 <= year <= 2100):
        raise CatalogueError(name, "year", f"wanted a year from 1900 to 2100, got {year!r}")
    language = entry.get("language", "en")
    if not re.fullmatch(r"[a-z]{2,3}", language):
        raise CatalogueError(name, "language", f"wanted an ISO 639 code such as 'et', got {language!r}")
    _check_countries(name, entry)
    _check_places(name, entry)


def _check_type(name: str, key: str, value: Any) -> None:
    if key not in KNOWN:
        raise CatalogueError(name, key, f"is not a known field; known are {', '.join(sorted(KNOWN))}")
    if key in FLAGS and not isinstance(value, bool):
        raise CatalogueError(name, key, f"wanted true or false, got {value!r}")
    is_list = isinstance(value, list) and all(isinstance(item, str) for item in value)
    if key in LISTS and not is_list:
        raise CatalogueError(name, key, f"wanted a list of texts, got {value!r}")
    if key in EITHER and not (is_list or isinstance(value, str)):
        raise CatalogueError(name, key, f"wanted an id or a list of ids, got {value!r}")
    if key in TEXTS and not isinstance(value, str):
        raise CatalogueError(name, key, f"wanted a text, got {value!r}")


def _check_countries(name: str, entry: Mapping[str, Any]) -> None:
    if entry.get("author_country") and entry.get("author_body"):
        raise CatalogueError(name, "author_body", "wanted either author_country or author_body, got both")
    known = frozenset(codes())
    for field, values in (
        ("author_country", list(filter(None, [entry.get("author_country")]))),
        ("countries", entry.get("countries", [])),
    ):
        for code in values:
            if code not in known:
                hint = f"; it is written {AS_WRITTEN[code]!r}" if code in AS_WRITTEN else ""
                raise CatalogueError(name, field, f"wanted ISO codes such as 'EE', got {code!r}{hint}")
        if len(set(values)) < len(values):
            raise CatalogueError(name, field, f"names a country twice: {values!r}")


def _check_places(name: str, entry: Mapping[str, Any]) -> None:
    """Check where the document is: file, checksum, address, DOI, and that nothing is verified that has no address."""
    file = entry.get("file", "")
    if file.startswith(("/", "\\")) or ".." in file.split("/") or "\\" in file or ":" in file:
        raise CatalogueError(name, "file", f"wanted a path below the corpus folder, got {file!r}")
    if file and not PurePosixPath(file).suffix:
        raise CatalogueError(name, "file", f"wanted a file name with its ending, such as .pdf, got {file!r}")
    if entry.get("sha256") and not re.fullmatch(r"[0-9a-fA-F]{64}", entry["sha256"]):
        raise CatalogueError(name, "sha256", "wanted 64 hexadecimal digits")
    address = entry.get("address", "")
    if address and not _is_address(address):
        raise CatalogueError(name, "address", f"wanted https://… without spaces, got {address!r}")
    doi = entry.get("doi", "")
    if doi and not re.fullmatch(r"10\.\d{4,9}/\S+", doi):
        raise CatalogueError(name, "doi", f"wanted a DOI such as '10.1000/182', got {doi!r}")
    if entry.get("verified") and not (address or doi):
        raise CatalogueError(name, "verified", "there is neither an address nor a DOI that could have been verified")


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname) and not re.search(r"\s", address)


def _check_unique(entries: Sequence[Mapping[str, Any]]) -> None:
    for key in ("id", "file", "sha256"):
        seen: dict[str, str] = {}
        for entry in entries:
            value = str(entry.get(key, ""))
            value = composed(value) if key == "file" else value.lower()
            if value and value in seen:
                raise CatalogueError(entry["id"], key, f"{value!r} stands in entry {seen[value]!r} too")
            if value:
                seen[value] = entry["id"]


def _check_references(entries: Sequence[Mapping[str, Any]]) -> None:
    """Check that ids named exist, that both versions say so, and that no document is older than itself."""
    known = {entry["id"]: entry for entry in entries}
    back = {"replaces": "replaced_by", "replaced_by": "replaces"}
    for entry in entries:
        for field in ("digest_of", *back):
            for other in ids_of(entry, field):
                if other not in known:
                    raise CatalogueError(entry["id"], field, f"there is no entry {other!r}")
                if other == entry["id"]:
                    raise CatalogueError(entry["id"], field, "names the entry itself")
                if field in back and entry["id"] not in ids_of(known[other], back[field]):
                    raise CatalogueError(entry["id"], field, f"entry {other!r} does not say {back[field]} in return")
    for entry in entries:
        seen, ahead = set(), list(ids_of(entry, "replaced_by"))
        while ahead:
            name = ahead.pop()
            if name == entry["id"]:
                raise CatalogueError(entry["id"], "replaced_by", "leads in a circle back to the entry")
            if name not in seen:
                seen.add(name)
                ahead += ids_of(known[name], "replaced_by")
