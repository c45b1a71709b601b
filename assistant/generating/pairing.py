"""Whether figures and names stand with the words of the source: "212,000 in 2025" is not "212,000 in 2024". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.generating.facts import names, numbers
from assistant.words import MONTHS, content_stems

_SEGMENT = re.compile(r"[,;:–—]\s|\s[–—]|\s+\b(?:and|while|but|whereas|of which|of whom|plus)\b\s+|\.\s+(?=[A-ZÀ-Þ])")
_MONTHS = frozenset(MONTHS.lower().split("|"))
_CONTRAST = re.compile(r"\b(?:rather than|instead of|and not|but not)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Thing:
    """A figure or a name with the other content of its segment."""

    key: str
    kind: str
    context: frozenset[str]


@lru_cache(maxsize=4096)
def _things(text: str) -> tuple[_Thing, ...]:
    found = []
    for part in segments(text):
        keys = [(f"{n.value:g}", "year" if n.is_year else n.kind) for n in numbers(part)]
        keys += [(w.lower(), "month" if w.lower() in _MONTHS else "name") for _, w in names(part)]
        words = frozenset(stem for stem in content_stems(part) if not stem[0].isdigit())
        content = words | {key for key, _ in keys}
        for key, kind in keys:
            found.append(_Thing(key, kind, content - {key} - frozenset(content_stems(key))))
    return tuple(found)


def segments(text: str) -> list[str]:
    """Return a text in short stretches: between commas, brackets and "and"."""
    text = re.sub(r"\([^()]*\)", lambda m: re.sub(r"[,;:]", " ", m.group()), text)
    return [part for part in _SEGMENT.split(text) if part and re.search(r"\w", part)]


def regrouped(statement: str, source: str) -> bool:
    """Return whether a figure or a name of the statement stands with the words of another one of its kind."""
    there: dict[str, list[_Thing]] = {}
    for thing in _things(source):
        there.setdefault(thing.key, []).append(thing)
    here = {thing.key: thing for thing in _things(statement)}
    for key, said in here.items():
        if key not in there:
            continue
        own = max(len(said.context & t.context) for t in there[key])
        kind = there[key][0].kind
        for other, places in there.items():
            if other == key or places[0].kind != kind:
                continue
            foreign = max(len(said.context & t.context) for t in places)
            if foreign <= own:
                continue
            if other not in here and foreign >= own + 2 and own == 0 and any(t.context for t in there[key]):
                return True
            if other in here and _exchanged(here[other], there[key], places, own, foreign):
                return True
    return _companion_changed(here, there) or _contrast_turned(statement, source)


def _exchanged(said: _Thing, theirs: list[_Thing], own: list[_Thing], before: int, foreign: int) -> bool:
    """Return whether the other one, too, stands nearer to these words than to its own."""
    mine = _fits(said, own)
    return _fits(said, theirs) > mine or (before == 0 and mine == 0 and foreign >= 2)


def _fits(said: _Thing, places: list[_Thing]) -> int:
    return max(len(said.context & t.context) for t in places)


def _companion_changed(here: dict[str, _Thing], there: dict[str, list[_Thing]]) -> bool:
    """Return whether a figure is told with another year or month than those it stands beside."""
    for key, said in here.items():
        if key not in there or said.kind in ("year", "month", "name"):
            continue
        for kind in ("year", "month"):
            mine = {k for k in said.context if k in here and here[k].kind == kind}
            known = {k for k in mine if k in there}
            beside = [{k for k in t.context if k in there and there[k][0].kind == kind} for t in there[key]]
            if known and all(found and not found & mine for found in beside):
                return True
    return False


def _contrast_turned(statement: str, source: str) -> bool:
    """Return whether "A rather than B" has become "B rather than A"."""
    said, stands = _CONTRAST.search(statement), _CONTRAST.search(source)
    if not said or not stands:
        return False
    before, after = _around(statement, said)
    left, right = _around(source, stands)
    return len((before - left) & right) + len((after - right) & left) > len(after & right)


def _around(text: str, match: re.Match[str]) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(content_stems(text[: match.start()])), frozenset(content_stems(text[match.end() :]))
