"""The countries of the world as CLDR knows them: names in many languages, ISO codes, who speaks what.

The table `data/territories.json` is made by `eval/territories.py` from Babel, and read here on first need (some
milliseconds). The words that CLDR does not have (adjectives, capitals, institutions) stand in our own lists.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from assistant.endings import LONGEST, endings, plain, root, stems

AS_WRITTEN: Mapping[str, str] = {"UK": "GB", "EL": "GR"}
"""Codes as the Union writes them, and as ISO does."""

_WORD = re.compile(r"[^\W_]+")
_NEXT = re.compile(r"(?:[\s'’.&]|\s?[-–—/]\s?)+(?=[^\W\d_])")
"""What may part the words of a name."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name found at a place of a text: its country, where it ends, and how many letters of it are not an ending."""

    code: str
    end: int
    exact: bool
    """Whether it stands there as CLDR writes it."""
    letters: int


class _Name(NamedTuple):
    code: str
    language: str
    words: tuple[tuple[str, ...], ...]
    """The stems of each word; the first is the word itself."""


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((files("assistant") / "data" / "territories.json").read_text(encoding="utf-8"))
    return loaded


def languages() -> tuple[str, ...]:
    """Return the languages whose names of countries are known (ISO 639-1)."""
    return tuple(_data()["names"])


def alpha3() -> Mapping[str, str]:
    """Return ISO 3166-1 alpha-3 code → alpha-2 code."""
    return _data()["alpha3"]  # type: ignore[no-any-return]


def spoken_in(language: str) -> Mapping[str, float]:
    """Return the countries where a language is official → which share of the people (0 to 1) speaks it."""
    return _data()["spoken"].get({"nb": "no", "nn": "no"}.get(language, language), {})  # type: ignore[no-any-return]


def names_of(code: str, language: str) -> tuple[str, ...]:
    """Return what a country is called in a language, () where that is not known."""
    return tuple(_data()["names"].get("nb" if language == "no" else language, {}).get(code, ()))


def own_names(code: str) -> tuple[str, ...]:
    """Return what a country is called in its own official languages."""
    return tuple(_data()["own"].get(code, ()))


def _table(names: Iterator[_Name]) -> dict[str, tuple[_Name, ...]]:
    """Return stem of the first word → names, those of most words first."""
    table: dict[str, dict[_Name, None]] = {}
    for name in names:
        for stem in name.words[0]:
            table.setdefault(stem, {})[name] = None
    return {stem: tuple(sorted(found, key=lambda n: -len(n.words))) for stem, found in table.items()}


def _name(code: str, text: str, language: str) -> _Name | None:
    words = tuple(stems(word, language) for word in _WORD.findall(text))
    return _Name(code, language, words) if words and len(text) > 2 else None


@lru_cache(maxsize=64)
def _of(language: str) -> dict[str, tuple[_Name, ...]]:
    table = _data()["names"].get(language, {})
    made = (_name(code, text, language) for code, texts in table.items() for text in texts)
    return _table(name for name in made if name)


@lru_cache(maxsize=1)
def _whole() -> dict[str, tuple[_Name, ...]]:
    """Return the names of every language, only as they are written in full, by their first word."""
    table: dict[str, list[_Name]] = {}
    for text, code in _data()["every"].items():
        words = text.split(" ")
        table.setdefault(words[0], []).append(_Name(code, "", tuple((word,) for word in words)))
    return {word: tuple(sorted(found, key=lambda n: -len(n.words))) for word, found in table.items()}


def find(text: str, start: int, word: str, language: str = "") -> Found | None:
    """Return the country whose name begins with the word at a place of the text, in a language; "" is any, in full.

    Case endings of the language are read. Which case the letters are in is left to the caller.
    """
    if language in ("no", "nn"):
        language = "nb"
    table, allowed = (_of(language), endings(language)) if language else (_whole(), frozenset(("",)))
    seen = root(plain(word), language)
    for cut in range(min(LONGEST, len(seen) - 2) + 1) if len(allowed) > 1 else (0,):
        stem = seen[: len(seen) - cut]
        if cut and seen[len(stem) :] not in allowed:
            continue
        for name in table.get(stem, ()):
            end = _rest(text, start + len(word), name, allowed)
            if end:
                exact = not cut and stem == name.words[0][0]
                if exact or cut or len(name.words) > 1 or stem in name.words[0][1:]:
                    return Found(name.code, end, exact, end - start - (cut if len(name.words) == 1 else 0))
    return None


def _rest(text: str, end: int, name: _Name, allowed: frozenset[str]) -> int:
    """Return where a name ends whose first word ends at `end`, 0 where its other words do not follow."""
    for wanted in name.words[1:]:
        gap = _NEXT.match(text, end)
        match = _WORD.match(text, gap.end()) if gap else None
        if not match:
            return 0
        seen = root(plain(match.group()), name.language)
        if not any(seen.startswith(stem) and seen[len(stem) :] in allowed for stem in wanted):
            return 0
        end = match.end()
    return end
