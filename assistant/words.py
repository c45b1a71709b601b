"""Which words of a question carry its topic, and small language facts shared by search and answer."""

from __future__ import annotations

import re
import threading
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*", re.UNICODE)
"""A word: letters and digits, with hyphens, apostrophes and points inside."""

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
"""Alternatives of a regular expression."""
OPENING = r"^\W*(?:and |but |so )?"
"""How a question begins in a regular expression: with a word that joins it to the one before, or without."""
_STOP_TEXT = """a an the and or but if of to in on at by for from with without within into onto over under about as is
are was were be been being do does did doing done have has had having can could may might must shall should will would
what which who whom whose when where why how there here this that these those it its they them their we our us you your
i me my he she his her not no nor so than then too very just also any some each every all both more most other another
such only own same out up down off again further once during before after above below between through because until
while please tell give show say says said know explain describe according per via s t d ll re ve don isn aren
country countries exist exists get gets got make makes made take takes took use used uses using go goes went let
like many much need needs needed want wants one two anybody anyone someone everyone anything something let's
compare compared comparing comparison difference differences different differ versus vs similar contrast kind kinds
type types aspect regarding concerning relation related respect main give gives given gave set aside put
puts come comes came happen happened happens called name names named currently today now already still
yet can't cannot won't don't doesn't didn't isn't aren't wasn't weren't couldn't shouldn't wouldn't hasn't haven't
ever exactly actually really documents document report reports source sources information minimum maximum least
und oder der die das ein eine wie was wer wo wann warum ist sind le la les un une des du de et ou qui que quoi est
sont dans pour avec el los las y o en es por con para il lo gli e di da che come sono"""

_NUMBERED = re.compile(r"([^\W\d_]{3,})\d{1,3}")
RAISED = str.maketrans(dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " "))
"""Raised reference numbers stand glued to the word before them."""

STOP: frozenset[str] = frozenset(_STOP_TEXT.split())
"""Words that tell no subject, of a question above all."""


_own = threading.local()


def composed(text: str) -> str:
    """Return text in composed Unicode (NFC): how names are compared, never how they are shown."""
    return unicodedata.normalize("NFC", text)


def _stemmer() -> Any:
    """Return this thread's stemmer: it keeps its state between calls, so two threads must never share one."""
    found = getattr(_own, "stemmer", None)
    if found is None:
        import snowballstemmer

        found = _own.stemmer = snowballstemmer.stemmer("english")
    return found


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the lower-cased Snowball (Porter 2) stem of one word."""
    return str(_stemmer().stemWord(word.lower().replace("’", "'").removesuffix("'s")))


def content_words(text: str) -> list[str]:
    """Return the words of a text that are no stop words, lower-cased, in order, each once."""
    words = (match.group().lower().replace("’", "'") for match in WORD.finditer(text.translate(RAISED)))
    return list(dict.fromkeys(w for w in words if w.removesuffix("'s").removesuffix("’s") not in STOP and len(w) > 1))


def content_stems(text: str) -> list[str]:
    """Return the stems of the content words, each once; "whole-genome" and "BRCA1" also count in their parts."""
    plain = text if text.isascii() else text.translate(RAISED)
    return list(dict.fromkeys(chain.from_iterable(map(_stems_of, WORD.findall(plain)))))


@lru_cache(maxsize=65536)
def _stems_of(word: str) -> tuple[str, ...]:
    """Return the stems that one word as written stands for; none for a stop word."""
    return tuple(stem(part) for whole in content_words(word) for part in _parts(whole) if part and part not in STOP)


def _parts(word: str) -> list[str]:
    numbered = _NUMBERED.fullmatch(word)
    parts = re.split(r"[-–/]", word) if re.search(r"[-–/]", word) else []
    return [word, *parts, *([numbered.group(1)] if numbered else [])]


@lru_cache(maxsize=1)
def _expansions() -> dict[str, tuple[str, ...]]:
    """Return stem of an abbreviation → stems of what it stands for, from `data/acronyms.toml`."""
    text = (files("assistant") / "data" / "acronyms.toml").read_text(encoding="utf-8")
    return {
        stem(name): tuple(part for part in content_stems(long) if "-" not in part)
        for name, long in tomllib.loads(text).items()
    }


def expansion(one: str) -> tuple[str, ...]:
    """Return the stems of what an abbreviation stands for; empty for every other word."""
    return _expansions().get(one, ())


@lru_cache(maxsize=16384)
def bag(text: str) -> frozenset[str]:
    """Return the stems a text covers: its own in both spellings, and what its abbreviations stand for."""
    own = content_stems(text)
    spelt = (stem(other_spelling(word)) for word in content_words(text))
    return frozenset(own).union(spelt, *(expansion(one) for one in own))


_SPELT = {
    "centre": "center", "programme": "program", "tumour": "tumor", "counsellor": "counselor", "behaviour": "behavior",
    "fibre": "fiber", "licence": "license", "enrolment": "enrollment",
}  # fmt: skip
_OTHERWISE = {
    **_SPELT,
    **{second: first for first, second in _SPELT.items()},
    **{f"{first}s": f"{second}s" for first, second in _SPELT.items()},
    **{f"{second}s": f"{first}s" for first, second in _SPELT.items()},
}
_ISE = re.compile(r"(?<=\w{3}i)[sz](?=(?:e|es|ed|ing|ations?)$)")


@lru_cache(maxsize=16384)
def other_spelling(word: str) -> str:
    """Return a lower-case word as the other side of the Atlantic writes it; the word itself where both agree."""
    return _OTHERWISE.get(word) or _ISE.sub(lambda letter: "sz"[letter.group() == "s"], word)


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads((files("assistant") / "data" / "synonyms.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, frozenset[str]]:
    """Return stem → stems used for it in either direction, from `data/synonyms.toml`."""
    table: dict[str, set[str]] = {}
    for line in _table()["groups"]:
        stems = {stem(word) for word in line.split()}
        for one in stems:
            table.setdefault(one, set()).update(stems - {one})
    return {one: frozenset(others) for one, others in table.items()}


def synonyms(one: str) -> frozenset[str]:
    """Return the stems that may stand for a stem; empty for most words."""
    return _synonyms().get(one, frozenset())
