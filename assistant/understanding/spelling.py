"""Spelling mistakes in names ("Estonai", "Genomcs England"): corrected, and shown to the reader.

Only names and a few words of the subject are ever put in the place of a word, and never for a word that the library
itself uses or that is ordinary English (`data/spelling.toml` lists the ordinary words that look like a name).
The distance is optimal string alignment: insert, leave out, replace, swap two neighbours (Damerau 1964).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.countries import GROUPS, Mention, fold, mentions, name_of, surface_forms
from assistant.words import STOP

Frequency = Callable[[str], int]
Correction = tuple[str, str]
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 5


def corrected(text: str, frequency: Frequency | None) -> tuple[str, tuple[Correction, ...]]:
    """Return an English text with the names in it spelt right, and what was changed as (seen, written) pairs."""
    out: list[str] = []
    changes: list[Correction] = []
    position = 0
    taken = mentions(text, True)
    here = {m.group().lower() for m in _WORD.finditer(text)}
    for start, end in _words(text, taken):
        word = text[start:end]
        better = _foreign_name(taken, start) or _better(word, here, frequency)
        if better and better != word:
            out.extend((text[position:start], better))
            changes.append((word, better))
            position = end
    return ("".join(out) + text[position:] if changes else text), tuple(changes)


def _words(text: str, taken: Iterable[Mention]) -> list[tuple[int, int]]:
    """Return the spans to look at: words outside known names, and names in another language."""
    inside = [(m.start, m.end, m.foreign) for m in taken]
    spans = [(start, end) for start, end, foreign in inside if foreign]
    for match in _WORD.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end, _ in inside):
            spans.append(match.span())
    return sorted(spans)


def _foreign_name(taken: Iterable[Mention], start: int) -> str:
    """Return the English name for a country's name in another language."""
    return next((name_of(m.code) for m in taken if m.start == start and m.foreign and m.strength == "name"), "")


def _better(word: str, here: set[str], frequency: Frequency | None) -> str:
    low = word.lower()
    if len(low) < _SHORTEST or low in STOP or _ordinary(low) or (word.isupper() and len(word) <= 6):
        return ""
    owner = surface_forms().get(low[:-1].capitalize(), ("", ""))
    if low.endswith("s") and owner[1] == "name" and owner[0] in _own_codes():
        return f"{low[:-1].capitalize()}'s"  # "norways plan"
    if frequency is not None and frequency(low) > 0:
        return ""
    # A word that completes a longer name whose other words stand in the question ("Genomcs England") comes first.
    near = _near(low)
    found = [(far, not beside, form) for far, form, beside in near if not beside or any(b <= here for b in beside)]
    if not found:
        return ""
    first = min(found)[:2]
    nearest = [form for far, alone, form in found if (far, alone) == first]
    return nearest[0] if len({_meaning(form) for form in nearest}) == 1 else ""


def _allowed(low: str, form: str) -> int:
    """Return how many slips a word may have: one, or two in a long name that begins right."""
    long = min(len(low), len(form)) >= 8 and low[0] == form[0].lower()
    return 2 if long and form in surface_forms() else 1


def _meaning(form: str) -> str:
    found = surface_forms().get(form)
    return found[0] if found else form.lower()


@lru_cache(maxsize=4096)
def _near(low: str) -> tuple[tuple[int, str, tuple[frozenset[str], ...]], ...]:
    """Return (distance, form, company) of what a word may be meant for; nothing for a word that is right."""
    key, letters = fold(low), frozenset(fold(low))
    rows = [row for size in range(len(key) - 2, len(key) + 3) for row in _candidates().get(size, ())]
    if any(row[0] == key for row in rows):
        return ()
    near = ((distance(key, other), form, beside) for other, form, of, beside in rows if len(of ^ letters) <= 4)
    return tuple(sorted(row for row in near if row[0] <= _allowed(key, row[1])))


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((files("assistant") / "data" / "spelling.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=4096)
def _ordinary(low: str) -> bool:
    """Whether a word, or the word without an ending, is an ordinary English word that only looks like a name."""
    words = _ordinary_words()
    stems = (low, low.removesuffix("s"), low.removesuffix("es"), low.removesuffix("ed"), low.removesuffix("ing"))
    return any(stem in words for stem in stems)


@lru_cache(maxsize=1)
def _ordinary_words() -> frozenset[str]:
    return frozenset(word for line in _data()["ordinary"] for word in line.split())


@lru_cache(maxsize=1)
def _own_codes() -> frozenset[str]:
    """Return the countries of the initiative and their neighbours: their names are no everyday words."""
    return frozenset(code for members in GROUPS.values() for code in members)


_Candidate = tuple[str, str, frozenset[str], tuple[frozenset[str], ...]]


@lru_cache(maxsize=1)
def _candidates() -> dict[int, list[_Candidate]]:
    """Return length → (key, form, letters, company); a word of a longer name counts only beside its other words."""
    single: dict[str, str] = {}
    beside: dict[str, tuple[str, list[frozenset[str]]]] = {}
    for form in surface_forms():
        words = [m.group() for m in _WORD.finditer(form)]
        if len(words) == 1 and len(form) >= _SHORTEST and form == words[0]:
            single.setdefault(fold(form).lower(), form)
        for word in words if len(words) > 1 else ():
            others = frozenset(other.lower() for other in words if other != word and len(other) > 3)
            if len(word) >= _SHORTEST and others:
                beside.setdefault(fold(word).lower(), (word, []))[1].append(others)
    for term in (word for line in _data()["terms"] for word in line.split()):
        single.setdefault(term, term)
    table: dict[int, list[_Candidate]] = {}
    for key, form in single.items():
        table.setdefault(len(key), []).append((key, form, frozenset(key), ()))
    for key, (form, company) in beside.items():
        table.setdefault(len(key), []).append((key, form, frozenset(key), tuple(company)))
    return table


def distance(first: str, second: str) -> int:
    """Return the optimal string alignment distance of two words."""
    before: list[int] = []
    last = list(range(len(second) + 1))
    for i, left in enumerate(first, start=1):
        row = [i]
        for j, right in enumerate(second, start=1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == second[j - 2] and first[i - 2] == right:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]
