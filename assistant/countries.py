"""Which country a text speaks about: names, adjectives, capitals, institutions and laws, as data.

The words stand in `data/gazetteer.toml` (English), `data/world.toml` (the other countries, so that a question about one
of them is never answered about somebody else) and `data/foreign_names.toml` (adjectives and irregular forms of other
languages); the names of all countries in all languages of the Union come from `places`. Codes are ISO 3166-1 alpha-2
(GB and GR, where the EU writes UK and EL; XK for Kosovo).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.endings import fold as fold
from assistant.namesakes import SHORT, also_a_word, means_place
from assistant.places import find

SIGNATORIES: tuple[str, ...] = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
    "LV", "MT", "NL", "NO", "PT", "RO", "SE", "SI",
)  # fmt: skip
"""The countries that signed the declaration of the 1+ Million Genomes initiative."""

EUROPE: tuple[str, ...] = (*SIGNATORIES, "CH", "IS", "LI", "PL", "SK")
"""The countries that a question about every country is about."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "nordic": ("DK", "FI", "IS", "NO", "SE"),
    "scandinavian": ("DK", "NO", "SE"),
    "baltic": ("EE", "LV", "LT"),
    "benelux": ("BE", "NL", "LU"),
    "hosts": ("GB", "EE", "FI"),
    "signatories": SIGNATORIES,
    "non-signatories": ("PL", "SK"),
    "iberian": ("ES", "PT"),
    "visegrad": ("CZ", "HU", "PL", "SK"),
    "german-speaking": ("AT", "CH", "DE"),
    "mediterranean-islands": ("CY", "MT"),
}
"""The members of each group of countries that questions name."""

_KEYS = (
    ("names", "name"),
    ("adjectives", "adjective"),
    ("capitals", "capital"),
    ("institutions", "institution"),
    ("towns", "institution"),
    ("nicknames", "institution"),
)
"""Lists of the gazetteer, and how strongly their forms mean the country."""
_PLAIN_KEYS = _KEYS[:-1]
"""Those that count in documents too: nicknames are read in questions only."""
_ANY_CASE_THOUGH_SHORT = frozenset({"UK", "USA", "NHS", "Brno", "Graz", "Lyon"})
_TOKEN = re.compile(r"\w+")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|from|near|around|to|of)\s+$", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<![\w-])[a-zċġħż]{1,3}-$")
"""The Maltese article before a name: "fil-Finlandja", "tal-Ġermanja"."""
_STAR = 6
"""A starred form stands for up to so many more letters (case endings)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A country named in a text: `text[start:end] == surface`; strength is name, adjective or institution.

    A capital is a name where it speaks for its country ("Tallinn signed"), an institution where it is a place
    ("a hospital in Tallinn"). `foreign` is true for a word of another language.
    """

    code: str
    start: int
    end: int
    surface: str
    strength: str
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    text: str
    code: str
    strength: str
    exact: bool = False
    star: bool = False


_Table = dict[str, tuple[_Form, ...]]


@lru_cache(maxsize=4)
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files("assistant") / "data" / name).read_text(encoding="utf-8"))


def _table_of(forms: Sequence[_Form], folded: bool = False) -> _Table:
    """Return first word (lower-case) → its forms, longest first."""
    table: dict[str, list[_Form]] = {}
    for form in forms:
        first = _TOKEN.search(form.text)
        if first:
            word = first.group()
            # A starred single word is found by its first letters.
            key = word[:3] if form.star and word == form.text else word
            table.setdefault((fold(key) if folded else key).lower(), []).append(form)
    return {key: tuple(sorted(found, key=lambda f: -len(f.text))) for key, found in table.items()}


@lru_cache(maxsize=2)
def _english(questions: bool) -> _Table:
    """Return the English forms; questions know more of them, in any case."""
    world = _data("world.toml")
    exact, shy = frozenset(world["exact"]), frozenset(world["questions_only"])
    forms: dict[str, _Form] = {}
    for code, entry in _data("gazetteer.toml").items():
        for key, strength in _KEYS if questions else _PLAIN_KEYS:
            for text in entry.get(key, ()):
                short = strength == "institution" and len(text) <= 4 and text not in _ANY_CASE_THOUGH_SHORT
                forms.setdefault(text, _Form(text, code, strength, text in exact or short))
    for code, texts in world["countries"].items():
        for place, text in enumerate(texts):
            if questions or text not in shy:
                forms.setdefault(text, _Form(text, code, "adjective" if place else "name", text in exact))
    return _table_of(tuple(forms.values()))


def is_whole(mention: Mention) -> bool:
    """Return whether a mention names the country itself or its people, not a part, a town or an institution of it."""
    entry, world = _data("gazetteer.toml").get(mention.code, {}), _data("world.toml")["countries"]
    forms = {*entry.get("names", ()), *entry.get("adjectives", ()), *world.get(mention.code, ())}
    return mention.surface.lower() in {form.lower() for form in forms - set(entry.get("parts", ()))}


@lru_cache(maxsize=16)
def _foreign(language: str) -> _Table:
    """Return the names of other languages; for `language` also its adjectives, endings and everyday words."""
    data = _data("foreign_names.toml")
    shy = frozenset(data["shy"])
    forms: dict[str, _Form] = {}
    for name, table in data.items():
        if name == "shy":
            continue
        for code, texts in table.items():
            for text in texts:
                bare = text.rstrip("*")
                strength = "name" if bare[:1].isupper() else "adjective"
                if name == language:
                    forms[bare] = _Form(bare, code, strength, star=text.endswith("*"))
                elif strength == "name" and len(bare) > 3 and bare not in shy:
                    forms.setdefault(bare, _Form(bare, code, strength))
    return _table_of(tuple(forms.values()), folded=True)


def codes() -> tuple[str, ...]:
    """Return every code the gazetteer knows, the countries of the initiative first."""
    return (*_data("gazetteer.toml"), *_data("world.toml")["countries"])


def name_of(code: str) -> str:
    """Return the English name of a country, or the code itself when it is unknown."""
    entry = _data("gazetteer.toml").get(code)
    if entry:
        return str(entry["name"])
    found = _data("world.toml")["countries"].get(code)
    return str(found[0]) if found else code


def adjective_of(code: str) -> str:
    """Return the English adjective of a country ("Estonian"), or "" where there is none."""
    entry = _data("gazetteer.toml").get(code)
    found = (entry or {}).get("adjectives") or ()
    return str(found[0]) if found else ""


@lru_cache(maxsize=1)
def surface_forms() -> Mapping[str, tuple[str, str]]:
    """Return every English surface form that questions know → (code, strength)."""
    return {form.text: (form.code, form.strength) for forms in _english(True).values() for form in forms}


@lru_cache(maxsize=8192)
def mentions(text: str, any_case: bool = False, language: str = "") -> tuple[Mention, ...]:
    """Return the countries named in a text, in order.

    `any_case` reads a question: "estonia", "FINLAND", nicknames and names in other languages count too. `language`
    (ISO 639-1) adds the names, adjectives and case endings of that language; English is always read. A form that is a
    person's name or an everyday word too counts in a document only where the words beside it speak of a place.
    """
    english = _english(any_case)
    others = _foreign(language) if any_case or language not in ("", "en") else None
    folded = fold(text) if others else text
    found: list[Mention] = []
    end = 0
    for token in _TOKEN.finditer(text):
        start, word = token.start(), token.group()
        article = language == "mt" and _ARTICLE.search(text, max(0, start - 6), start)
        if start < end or (start and text[start - 1] == "-" and not article):
            continue
        seen = (
            _english_at(text, start, word, english, any_case),
            _foreign_at(text, folded, start, word, others) if others is not None else None,
            _world_at(text, start, word, any_case, language),
        )
        mention = max(filter(None, seen), key=lambda m: m.end, default=None)
        if mention is not None and _is_meant(text, mention, mention.surface, any_case, language):
            found.append(mention)
            end = mention.end
    return tuple(found)


def _world_at(text: str, start: int, word: str, any_case: bool, language: str) -> Mention | None:
    """Read a name of the world's countries: in the text's language, in a question in any other one too.

    Small letters count in a question in that language, where the name is long enough to be no other word.
    """
    capital = any(letter.isupper() for letter in word[:4])  # Irish "bhFionlainn"
    seen = find(text, start, word, language or "en") if capital or any_case else None
    foreign = language not in ("", "en") or seen is None
    if seen is None and any_case and capital and fold(word) not in _shy():
        seen = find(text, start, word)
    if seen is None or not (capital or seen.letters > SHORT + 2 * (not seen.exact)):
        return None
    found = Mention(seen.code, start, seen.end, text[start : seen.end], "name", foreign)
    return found if _is_meant(text, found, text[start : start + seen.letters], any_case, language) else None


def _is_meant(text: str, mention: Mention, bare: str, any_case: bool, language: str) -> bool:
    if mention.strength == "institution" or (mention.code in EUROPE and not also_a_word(bare)):
        return True
    before, after = text[max(0, mention.start - 30) : mention.start], text[mention.end : mention.end + 30]
    return means_place(bare, before, after, language=language, question=any_case)


@lru_cache(maxsize=1)
def _shy() -> frozenset[str]:
    return frozenset(fold(form) for form in _data("foreign_names.toml")["shy"])


def _english_at(text: str, start: int, word: str, table: _Table, any_case: bool) -> Mention | None:
    for form in table.get(word.lower(), ()):
        end = start + len(form.text)
        seen = text[start:end]
        same = seen == form.text or (any_case and not form.exact and seen.lower() == form.text.lower())
        if same and not (end < len(text) and (text[end].isalnum() or text[end] == "_")):
            strength = form.strength
            if strength == "capital":
                place = not any_case or _PLACE_BEFORE.search(text[max(0, start - 12) : start])
                strength = "institution" if place else "name"
            return Mention(form.code, start, end, seen, strength)
    return None


def _foreign_at(text: str, folded: str, start: int, word: str, table: _Table) -> Mention | None:
    low = folded[start : start + len(word)].lower()
    for form in (*table.get(low, ()), *table.get(low[:3], ())):
        wanted = fold(form.text).lower()
        end = start + len(wanted)
        if folded[start:end].lower() != wanted:
            continue
        tail = _TOKEN.match(text, end)
        rest = len(tail.group()) if tail else 0
        if rest <= (_STAR if form.star else 0):
            return Mention(form.code, start, end + rest, text[start : end + rest], form.strength, True)
    return None


@lru_cache(maxsize=16384)
def countries_in(text: str, any_case: bool = False, language: str = "") -> tuple[str, ...]:
    """Return the ISO codes of the countries a text names, in order of first mention, each once."""
    return tuple(dict.fromkeys(mention.code for mention in mentions(text, any_case, language)))


_OPENS = re.compile(r"(?:^|[.!?:]\s+|\n\n|[•▪‣–-]\s+)(?:the\s+)?$", re.IGNORECASE)
_JOINED = re.compile(r"(?:,\s*|,?\s+and\s+)(?:the\s+)?", re.IGNORECASE)


def opening(text: str, language: str = "en") -> tuple[str, ...]:
    """Return the codes of the countries, named as such, with which a sentence or a row of the text begins."""
    found: dict[str, None] = {}
    end = -1
    for mention in mentions(text, language=language):
        joined = end >= 0 and _JOINED.fullmatch(text, end, mention.start)
        if mention.strength == "name" and (joined or _OPENS.search(text, max(0, mention.start - 12), mention.start)):
            found[mention.code] = None
            end = mention.end
        else:
            end = -1
    return tuple(found)


def about(
    document_countries: Sequence[str], headings: Sequence[str], text: str, language: str = "en"
) -> tuple[str, ...]:
    """Return the countries a passage is about.

    A document about one country speaks about that country throughout, whoever else it mentions in passing; those of
    whom a sentence or a row of a table speaks first are spoken of too ("Malta and Cyprus will send samples"). In a
    document about several or none, a passage is about those it names, or else the one its innermost heading names.
    """
    if len(document_countries) == 1:
        return tuple(dict.fromkeys((*document_countries, *opening(text, language))))
    named = countries_in(text, language=language)
    for heading in reversed(headings):
        in_heading = countries_in(heading, language=language)
        if in_heading:
            return tuple(dict.fromkeys((*in_heading, *named)))
    return named
