"""Which language a question is in.

English unless small words of another language stand in it, or unless it has none of the small words of English: only
then is py3langid asked (it takes a tenth of a second to load), among the languages of the Union, so that an English
question full of names is never taken for another language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.endings import plain

UNION = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl",
    "pt", "ro", "sk", "sl", "sv", "no",
)  # fmt: skip
"""The official languages of the Union, and Norwegian."""
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ENGLISH = frozenset(
    """a what which who whom whose when where why how is are was were do does did has have had can could will would
    should may must the of and in on for from with by to about this that these those it its they their there any
    all many much an as at be been not or if than into between compare tell list show give say says said please""".split()  # noqa: E501, SIM905
)
_SHARED = frozenset(
    """a in is was an as at on of do for to be by has had must will all can or""".split()  # noqa: SIM905
)
"""Words of English that other languages have too: each tells half as much."""
_ALSO_ENGLISH = frozenset(
    """comment come was meta cad min""".split()  # noqa: SIM905
)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((files("assistant") / "data" / "languages.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _signs() -> dict[str, frozenset[str]]:
    """Return the small words of each language, its question words included, as they are compared."""
    words = {code: [*text.split(), *_data()["asks"][code]] for code, text in _data()["signs"].items()}
    return {code: frozenset(map(plain, found)) - _ENGLISH for code, found in words.items()}


def language_of(question: str, spoken: Collection[str] = ()) -> str:
    """Return the ISO 639-1 code of the question's language; `spoken` are further languages of the library."""
    typed = [word.lower() for word in _TOKEN.findall(question) if not (word.isupper() and 1 < len(word) < 4)]
    typed = [part for word in typed for part in dict.fromkeys((word, *re.split(r"['’-]", word)))]
    words = [plain(word) for word in typed]
    only = sum(word in _ENGLISH and word not in _SHARED for word in typed)
    english = only + sum(word in _SHARED for word in typed) / 2
    first = words[0] if words and words[0] not in _ALSO_ENGLISH else ""
    asks = _asks()
    counts = {code: sum(word in signs for word in words) + (first in asks[code]) for code, signs in _signs().items()}
    most = max(counts.values(), default=0)
    if most > english and (most >= 2 or _marked(question)):
        likely = [code for code, count in counts.items() if count >= max(1, most - 1)]
        return _classified(question, likely)
    if (english == 0 or (only == 0 and most)) and len(words) >= 3 and _sentence(question):
        return _classified(question, {*UNION, *spoken})
    return "en"


def _marked(question: str) -> bool:
    """Whether a very short text shows by accents outside its names that it is not English."""
    return any(not word.isascii() and word[0].islower() for word in _TOKEN.findall(question))


def _sentence(question: str) -> bool:
    """Whether a text has three small-letter words at least: names alone tell no language."""
    words = re.findall(r"(?<!\w)[^\W\d_]{2,}", question)
    return sum(word[0].islower() for word in words) >= 3 or _marked(question)


@lru_cache(maxsize=1)
def _asks() -> dict[str, frozenset[str]]:
    return {code: frozenset(map(plain, words)) for code, words in _data()["asks"].items()}


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)


def _classified(question: str, among: Collection[str]) -> str:
    """Let py3langid choose among some languages."""
    return next((code for code, _ in _identifier().rank(question) if code in among), "en")


def asks_all(question: str, language: str) -> bool:
    """Whether a question in another language asks which countries."""
    text = plain(question)
    return any(plain(words) in text for words in _data()["all"].get(language, ()))


def more_words() -> tuple[str, ...]:
    """Return the words that begin a follow-up in another language."""
    return tuple(_data()["more"]["words"])
