"""Whether a statement turns its source round: "not" dropped, a plan told as done, a direction reversed. Pure.

The words stand in `data/polarity.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.generating.facts import numbers
from assistant.generating.pairing import segments
from assistant.words import content_stems, stem


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((files("assistant") / "data" / "polarity.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def _words(name: str) -> re.Pattern[str]:
    """Return one pattern over the lines of a list of `data/polarity.toml`, whole words, any case."""
    lines = [line.strip() for line in str(_data()[name]).splitlines() if line.strip()]
    return re.compile(r"(?<!\w)(?:" + "|".join(lines) + r")(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _pairs() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    def whole(text: str) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{text})\b", re.IGNORECASE)

    return tuple((whole(pair["first"]), whole(pair["second"])) for pair in _data()["pair"])


_CLAUSE = re.compile(
    r"[;:]\s|,?\s+\b(?:but|while|whereas|although|though|however|because)\b|,\s+(?:and|which|who|where|so|or|with)\s"
    r"|(?<=[a-z\d)])\.\s+(?=[A-ZÀ-Þ“])"
    r"|\s+\band (?=(?:has|have|had|is|are|was|were|it|they|does|did|may|can|will|must|lacks|\w+ed)\b)",
)
_ORDER = re.compile(
    r"\b(before|after|since|until|till|by|from|to|following|prior to|ahead of|later than|earlier than)\s+"
    r"(?:the |its |about |mid-|early |late |end of |\d{1,2} |January |February |March |April |May |June |July |August "
    r"|September |October |November |December )*([A-ZÀ-Þ]\w+|\d[\w.,]*\w|\d)",
)
_EARLY, _LATE = {"before", "prior to", "ahead of", "until", "till", "earlier than", "by"}, {
    "after", "since", "following", "later than", "from",
}  # fmt: skip


def clauses(text: str) -> list[str]:
    """Return a text in clauses; one without two words of content is left with its neighbour."""
    parts, start = [], 0
    for match in _CLAUSE.finditer(text):
        if len(_content(text[start : match.start()])) >= 2:
            parts.append(text[start : match.start()])
            start = match.start()
    tail = text[start:]
    if parts and len(_content(tail)) < 2:
        parts[-1] += tail
    else:
        parts.append(tail)
    return parts


@lru_cache(maxsize=8192)
def _content(text: str) -> frozenset[str]:
    return frozenset(content_stems(text)) | {f"{n.value:g}" for n in numbers(text)}


_BARE = "complete|sufficient|adequate|active|valid|effective|voluntar|dependent"
_PREFIXED = re.compile(rf"\b(?:de-|un|non-|dis|in(?={_BARE}))(\w{{4,}})", re.IGNORECASE)
_WHOLE = re.compile(r"(?<![\w-])[^\W\d_]{4,}(?![\w-])")


def _prefix_changed(one: str, other: str) -> bool:
    """Return whether the one has a word ("identified") of which the other has the denied form alone."""
    denied = {stem(m.group(1)) for m in _PREFIXED.finditer(other)}
    if not denied:
        return False
    plain = {stem(word) for word in _WHOLE.findall(other)}
    return any(s in denied and s not in plain for s in map(stem, _WHOLE.findall(one)))


def _negated(text: str) -> bool:
    """Return whether a clause denies: by "not" and its kin or by a word like "lacks", not by both at once."""
    text = _words("idle").sub(" ", text)
    grammar = bool(_words("negation").search(text) or re.search(r"n['’]t\b|\bnon-", text))
    return grammar != bool(_words("denial").search(text))


def _planned(text: str) -> bool:
    return bool(_words("plan").search(text))


def flipped(statement: str, source: str) -> str:
    """Return what the statement turns round against its source, in plain words, or ''."""
    if (
        _differs(statement, source, _negated)
        or _prefix_changed(statement, source)
        or _prefix_changed(source, statement)
    ):
        return "says the opposite of its source"
    if _differs(statement, source, _planned) or _figure_planned(statement, source):
        return "tells a plan as a fact, or a fact as a plan"
    if _words("must").search(statement) and not _words("must").search(source) and _words("may").search(source):
        return "tells a permission as a duty"
    if _reversed(statement, source) or _misordered(statement, source):
        return "reverses a direction of its source"
    return ""


def _differs(statement: str, source: str, marked: Callable[[str], bool]) -> bool:
    """Return whether a clause of the statement rests on a clause of the source that is marked the other way."""
    there = [(marked(c), _content(c)) for c in clauses(source)]
    for clause in clauses(statement):
        flag, content = marked(clause), _content(clause)
        alike = max((len(content & words) for f, words in there if f == flag), default=0)
        other = max((len(content & words) for f, words in there if f != flag), default=0)
        if other > alike:
            return True
    return False


def _figure_planned(statement: str, source: str) -> bool:
    """Return whether a figure that the source only plans is told without a word of planning."""
    if _planned(statement):
        return False
    there = [(_planned(part), {(n.value, n.kind) for n in numbers(part) if not n.is_year}) for part in segments(source)]
    return any(
        all(planned for planned, figures in there if (n.value, n.kind) in figures)
        for n in numbers(statement)
        if any((n.value, n.kind) in figures for _, figures in there)
    )


def _reversed(statement: str, source: str) -> bool:
    for first, second in _pairs():
        for here, there in ((first, second), (second, first)):
            said = here.search(statement) and not there.search(statement)
            if said and there.search(source) and not here.search(source):
                return True
    return False


def _misordered(statement: str, source: str) -> bool:
    """Return whether "before X" of the one is "after X" of the other."""
    there = _orders(source)
    return any(there.get(thing, side) != side for thing, side in _orders(statement).items())


def _orders(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ORDER.finditer(text):
        word, thing = match.group(1).lower(), match.group(2).lower().rstrip(".,")
        side = "early" if word in _EARLY else "late" if word in _LATE else ""
        if side:
            found[thing] = "both" if found.get(thing, side) != side else side
    return {thing: side for thing, side in found.items() if side != "both"}


def refuses(text: str) -> bool:
    """Return whether a statement speaks of the passages' silence or of the writer instead of answering."""
    return bool(_words("refusal").search(text))


def instructs(text: str) -> bool:
    """Return whether a sentence of a document addresses a language model; it is data and proves nothing."""
    return bool(_words("instruction").search(text))


def merged(parts: Sequence[str]) -> str:
    """Return several slices of a source as one text to compare with."""
    return "; ".join(part.rstrip(" .;") for part in parts) + "."
