"""Whether a name that is a person's, a state's, a river's, a bird's or a common word too means the country here (pure).

"Georgia pays" and "the clinics of Jordan" speak of countries, "Atlanta, Georgia", "Michael Jordan" and "guinea pigs" do
not. The forms, and the words beside them that decide, stand in `data/world.toml`; nothing depends on one text.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

SHORT = 5
"""A name of so many letters is easily another word in another language."""
_SENTENCE = re.compile(r"(?:^|(?<!\b[A-Z])[.!?:;]\s+|\n\s*|[•▪‣–—|·#*-]\s+)(?:[Tt]he\s+)?$")
_TITLED = re.compile(r"\s*(?:[–—:,|·()?\n-]|$)")
_GIVEN = re.compile(
    r"(?:^|\s)(?!(?:In|Of|Is|Does|And|How|What|Has|Have|Did|Do|For|From|With|Are|Can|Could|Was|Will|To|The|Why|When|Where|"
    r"Which|Who|Compare|Should|Tell)\b)(?:[A-Z][a-zà-ÿ]+|[A-Z]\.)\s+$"
)
"""A capitalised word right before, which opens no question: "Michael Jordan"."""
_SURNAMED = re.compile(r"\s+(?:[A-Z]\.|[A-ZÀ-Ž][a-zà-ÿ]+\b(?!\s+(?:of|for|and)\b))")
_OFFICE = re.compile(r"\s+(?:Ministry|Government|National|Health|Genome|Strategy|Plan|Vision|Digital|State|Data)\b")
"""Capitalised words after a country's name that are no surname."""
_GOVERNS = re.compile(
    r"\b(?:in|of|from|to|for|across|within|outside|between|and|or|than|visits?|including|as|like|[Rr]epublic|"
    r"[Gg]overnment)\s+(?:the\s+)?$|[A-Z]\w+,\s+$"
)
"""What stands before the name of a place."""
_OWNS = re.compile(r"[’']s?\s+[a-z]|,\s+[A-Z]\w+(?:,|\s+and\b)|\s+and\s+[A-Z]\w+(?:\W|$)|\s+\((?:country|republic)")
"""What stands after it."""


@lru_cache(maxsize=1)
def _world() -> dict[str, Any]:
    return tomllib.loads((files("assistant") / "data" / "world.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _forms() -> frozenset[str]:
    return frozenset(form.lower() for form in _world()["also_words"])


@lru_cache(maxsize=1)
def _beside() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what before and what after a form says that no country is meant."""
    before, after = ("|".join(map(re.escape, _world()[key])) for key in ("not_before", "not_after"))
    return re.compile(rf"\b(?:{before})[,\s]+$"), re.compile(rf",?\s+(?:{after})\b|-\w")


def also_a_word(surface: str) -> bool:
    """Return whether a form is in English a person's, state's, river's or animal's name too."""
    return surface.lower() in _forms()


def means_place(surface: str, before: str, after: str, *, language: str, question: bool) -> bool:
    """Return whether a form means the country, told by the text right before and right after it.

    In another language a short name at the beginning of a sentence is easily a common word ("Oman" is "own" in
    Finnish). In an English document a form that is something else too needs a word beside it that speaks of a place, or
    the beginning of a sentence; a question is only refused where the words beside it speak of something else.
    """
    if language not in ("", "en") and len(surface) <= SHORT:
        return not _SENTENCE.search(before) or bool(_TITLED.match(after))
    if not also_a_word(surface):
        return True
    not_before, not_after = _beside()
    if not_before.search(before) or not_after.match(after):
        return False
    governed = bool(_GOVERNS.search(before))
    if question:
        return governed or not _GIVEN.search(before)
    if _SURNAMED.match(after) and not _OFFICE.match(after):
        return False
    return governed or bool(_OWNS.match(after) or _SENTENCE.search(before))
