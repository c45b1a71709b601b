"""What a program may narrow a question to, and the `Scope` it becomes (pure): wrong words are named, never ignored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

from assistant.countries import codes, countries_in
from assistant.errors import SettingsError
from assistant.model import KINDS, Scope
from assistant.places import AS_WRITTEN


class Filters(TypedDict, total=False):
    """Where to look. What is left out, or None, narrows nothing; an empty list allows nothing.

    `countries` are ISO codes ("EE") or names; `kinds` of document as the catalogue has them; `years` one year or
    (first, last), both included; `documents` ids or files; `languages` ISO 639-1 codes.
    """

    countries: Sequence[str] | str | None
    kinds: Sequence[str] | str | None
    years: int | tuple[int, int] | None
    documents: Sequence[str] | str | None
    languages: Sequence[str] | str | None


def country_code(text: str) -> str | None:
    """Return the ISO code of a country by code or name, or None where the text names none, or several."""
    code = AS_WRITTEN.get(text.strip().upper(), text.strip().upper())
    if code in codes():
        return code
    named = countries_in(text, True)
    return named[0] if len(named) == 1 else None


def scope_of(filters: Filters) -> Scope | None:
    """Return the filters as a scope, None where nothing is narrowed; raises SettingsError naming what was wrong."""
    if strange := sorted(set(filters) - set(Filters.__annotations__)):
        raise SettingsError(f"wanted filters of {', '.join(Filters.__annotations__)}, got {strange[0]!r}")
    given: dict[str, Any] = {name: value for name, value in filters.items() if value is not None}
    if not given:
        return None
    years = given.pop("years", None)
    lists: dict[str, Any] = {name: tuple(dict.fromkeys(_texts(name, value))) for name, value in given.items()}
    if "countries" in lists:
        lists["countries"] = tuple(dict.fromkeys(map(_country, lists["countries"])))
    for kind in lists.get("kinds", ()):
        if kind not in KINDS:
            raise SettingsError(f"kinds: wanted one of {', '.join(KINDS)}, got {kind!r}")
    return Scope(**lists, years=None if years is None else _years(years))


def _texts(name: str, value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, Sequence | set | frozenset) or not all(isinstance(one, str) for one in value):
        raise SettingsError(f"{name}: wanted a text or a list of texts, got {value!r}")
    return tuple(value)


def _country(text: str) -> str:
    code = country_code(text)
    if code is None:
        raise SettingsError(f"countries: wanted an ISO code such as EE, or a name, got {text!r}")
    return code


def _years(value: object) -> tuple[int, int]:
    pair = (value, value) if isinstance(value, int) else value
    if not isinstance(pair, Sequence) or len(pair) != 2 or not all(isinstance(year, int) for year in pair):
        raise SettingsError(f"years: wanted a year or (first, last), got {value!r}")
    first, last = pair
    if first > last:
        raise SettingsError(f"years: wanted the earlier year first, got {value!r}")
    return first, last
