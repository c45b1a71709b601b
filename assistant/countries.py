"""Which country a text speaks about: names, adjectives, capitals, institutions and laws, as data.

The words stand in `data/gazetteer.toml`. Codes are ISO 3166-1 alpha-2 (GB and GR, where the EU writes UK and EL).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

SIGNATORIES: tuple[str, ...] = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
    "LV", "MT", "NL", "NO", "PT", "RO", "SE", "SI",
)  # fmt: skip

GROUPS: Mapping[str, tuple[str, ...]] = {
    "nordic": ("DK", "FI", "IS", "NO", "SE"),
    "scandinavian": ("DK", "NO", "SE"),
    "baltic": ("EE", "LV", "LT"),
    "benelux": ("BE", "NL", "LU"),
    "hosts": ("GB", "EE", "FI"),
    "signatories": SIGNATORIES,
    "non-signatories": ("PL", "SK"),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A country named in a text: `text[start:end] == surface`; strength is name, adjective or institution."""

    code: str
    start: int
    end: int
    surface: str
    strength: str


@lru_cache(maxsize=1)
def _gazetteer() -> dict[str, Any]:
    return tomllib.loads((files("assistant") / "data" / "gazetteer.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _lookup() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """Return one pattern over every surface form, and form → (code, strength); longest form wins."""
    table: dict[str, tuple[str, str]] = {}
    for code, entry in _gazetteer().items():
        for strength, key in (("name", "names"), ("adjective", "adjectives"), ("institution", "institutions")):
            for form in entry[key]:
                table.setdefault(form, (code, strength))
    forms = sorted(table, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(form) for form in forms) + r")(?!\w)"), table


@lru_cache(maxsize=1)
def _caseless() -> dict[str, str]:
    """Return lower-cased names and adjectives of four letters or more → the form as written in the gazetteer."""
    return {form.lower(): form for form, (_, kind) in _lookup()[1].items() if kind != "institution" and len(form) > 3}


def codes() -> tuple[str, ...]:
    """Return every code the gazetteer knows."""
    return tuple(_gazetteer())


def name_of(code: str) -> str:
    """Return the English name of a country, or the code itself when it is unknown."""
    entry = _gazetteer().get(code)
    return str(entry["name"]) if entry else code


def surface_forms() -> Mapping[str, tuple[str, str]]:
    """Return every surface form → (code, strength)."""
    return _lookup()[1]


@lru_cache(maxsize=8192)
def mentions(text: str, any_case: bool = False) -> tuple[Mention, ...]:
    """Return the countries named in a text, in order; `any_case` also accepts "estonia" and "FINLAND" (questions)."""
    pattern, table = _lookup()
    if any_case:
        text = _restore_case(text)
    found = []
    for match in pattern.finditer(text):
        code, strength = table[match.group()]
        found.append(Mention(code, match.start(), match.end(), match.group(), strength))
    return tuple(found)


def _restore_case(text: str) -> str:
    """Write names in the gazetteer's case; the length never changes, so offsets hold."""
    words = _caseless()

    def fix(match: re.Match[str]) -> str:
        form = words.get(match.group().lower())
        return form if form and len(form) == len(match.group()) and form != "Polish" else match.group()

    text = re.sub(r"(?<!\w)uk(?!\w)", "UK", text)
    for form in words:
        if " " in form and form in text.lower():
            text = re.sub(re.escape(form), lambda m: words[m.group().lower()], text, flags=re.IGNORECASE)
    return re.sub(r"[^\W\d_]{4,}", fix, text)


def countries_in(text: str, any_case: bool = False) -> tuple[str, ...]:
    """Return the ISO codes of the countries a text names, in order of first mention, each once."""
    return tuple(dict.fromkeys(mention.code for mention in mentions(text, any_case)))


def about(document_countries: Sequence[str], headings: Sequence[str], text: str) -> tuple[str, ...]:
    """Return the countries a passage is about.

    A document about one country speaks about that country throughout, whoever else it mentions in passing. In a
    document about several or none, a passage is about those it names, or else the one its innermost heading names.
    """
    if len(document_countries) == 1:
        return tuple(document_countries)
    named = countries_in(text)
    for heading in reversed(headings):
        in_heading = countries_in(heading)
        if in_heading:
            return tuple(dict.fromkeys((*in_heading, *named)))
    return named
