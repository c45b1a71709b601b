"""Who speaks in a document: parliaments, gazettes, laws and web addresses that belong to one country (pure).

"Valtioneuvosto" is Finland's government as surely as "Finland" is its name; "ministère" says that some state speaks, in
French. The words stand in `data/authorities.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.countries import codes, fold
from assistant.places import AS_WRITTEN, spoken_in

_ADDRESS = re.compile(r"(?:https?://|www\.|@)((?:[a-z0-9-]+\.)+[a-z]{2,6})\b", re.IGNORECASE)
_STATE = re.compile(r"(?:^|\.)(?:gov|gouv|gob|govt|gv|gc|admin|bund|mil|nhs)\.([a-z]{2})$")
_NO_COUNTRY = frozenset("io ai co me tv ly eu to gl fm".split())  # noqa: SIM905
"""Endings of addresses that the whole world uses."""
_WORD = re.compile(r"[^\W\d_]\w*")
_MOST = 6


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((files("assistant") / "data" / "authorities.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _own() -> dict[str, tuple[tuple[re.Pattern[str], str], ...]]:
    """Return the words of all countries by their first three letters: (pattern, country), the longest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for code, forms in _data()["own"].items():
        for form in forms:
            found.setdefault(form[:3], []).append((form, code))
    return {
        start: tuple((_pattern(form), code) for form, code in sorted(forms, key=lambda pair: -len(pair[0])))
        for start, forms in found.items()
    }


def _pattern(form: str) -> re.Pattern[str]:
    bent = re.escape(form).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    return re.compile(bent + r"(?!\w)")


def authorities_in(text: str) -> dict[str, Counter[str]]:
    """Return country → its own authorities, gazettes and laws as the text writes them, with how often."""
    own, end = _own(), 0
    found: dict[str, Counter[str]] = {}
    for word in _WORD.finditer(text):
        if word.start() < end:
            continue
        for pattern, code in own.get(text[word.start() : word.start() + 3], ()):
            match = pattern.match(text, word.start())
            if match:
                found.setdefault(code, Counter())[" ".join(match.group().split())] += 1
                end = match.end()
                break
    return found


def state_words(text: str, language: str) -> int:
    """Return how many words of state in a language the text has, at most six."""
    beginnings = tuple(_data()["government"].get(language, "").split())
    if not beginnings:
        return 0
    count = 0
    for match in re.finditer(r"[^\W\d_]+", fold(text).lower().replace("ς", "σ")):
        count += match.group().startswith(beginnings)
        if count == _MOST:
            break
    return count


def addresses_in(text: str) -> tuple[Counter[str], Counter[str]]:
    """Return country → hosts of its state, and country → all hosts under its ending; a host counts once."""
    state: Counter[str] = Counter()
    every: Counter[str] = Counter()
    known = frozenset(codes())
    for host in sorted({".".join(m.group(1).lower().split(".")[-3:]) for m in _ADDRESS.finditer(text)}):
        ending = host.rsplit(".", 1)[1]
        code = "US" if ending in ("gov", "mil") else ending.upper()
        code = AS_WRITTEN.get(code, code)
        if code not in known or ending in _NO_COUNTRY:
            continue
        every[code] += 1
        state[code] += bool(_STATE.search(host) or code == "US")
    return +state, every


@lru_cache(maxsize=1)
def _beyond() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in _data()["beyond"]["covers"]), re.MULTILINE)


def is_beyond(cover: str) -> str:
    """Return the mark on a cover that says that no country speaks here (an act of the Union), or ""."""
    found = _beyond().search(cover)
    return " ".join(found.group().split()) if found else ""


def homes_of(language: str) -> dict[str, float]:
    """Return the countries that a language hints at → how strongly (0 to 1)."""
    where = spoken_in(language)
    most = {code: share for code, share in where.items() if share >= 0.5}
    home = _data()["home"].get(language, next(iter(most), "") if len(most) == 1 else "")
    if language == "en" or not where:
        return {}
    return {code: 1.0 if code == home else 0.3 for code in (*where, *((home,) if home else ()))}
