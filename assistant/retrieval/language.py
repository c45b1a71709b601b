"""Which language a question is in, and its words of the subject in English.

Short questions are English unless small words of another language stand in them: only then is py3langid asked (it takes
a tenth of a second to load), restricted to the eight languages, so that an English question full of names is never
taken for another language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.countries import fold, mentions, name_of
from assistant.model import Expects
from assistant.words import STOP

NAMES = {
    "fr": "French", "de": "German", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "fi": "Finnish",
    "et": "Estonian",
}  # fmt: skip
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ENGLISH = frozenset(
    """what which who whom whose when where why how is are was were do does did has have had can could will would
    should may must the of and in on for from with by to about this that these those it its they their there any
    all many much an as at be been not or if than into between compare tell list show give say says said please""".split()  # noqa: E501, SIM905
)
_ALSO_ENGLISH = frozenset(
    """comment come was""".split()  # noqa: SIM905
)
_COMPOUND = 6


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((files("assistant") / "data" / "languages.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _signs() -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in _data()["signs"].items()}


def language_of(question: str) -> str:
    """Return the ISO 639-1 code of the question's language: en, or one of `NAMES`."""
    words = [fold(word).lower() for word in _TOKEN.findall(question)]
    words = [part for word in words for part in (word, *re.split(r"['’]", word))] if "'" in question else words
    english = sum(word in _ENGLISH for word in words)
    first = words[0] if words and words[0] not in _ALSO_ENGLISH else ""
    asks = _data()["asks"]
    counts = {code: sum(word in signs for word in words) + (first in asks[code]) for code, signs in _signs().items()}
    most = max(counts.values(), default=0)
    if most < 2 and not (most == 1 and english == 0 and len(words) <= 5 and _marked(question)):
        return "en"
    if most <= english:
        return "en"
    likely = [code for code, count in counts.items() if count == most]
    return likely[0] if len(likely) == 1 else _classified(question, counts)


def _marked(question: str) -> bool:
    """Whether a very short text shows by accents outside its names that it is not English."""
    return not re.sub(r"[A-ZÀ-Ž][\w-]*", " ", question).isascii()


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([*NAMES, "en"])
    return identifier


def _classified(question: str, counts: dict[str, int]) -> str:
    """Let py3langid choose among the languages whose small words were seen most."""
    scores = dict(_identifier().rank(question))
    best = max(counts.values())
    return max((code for code in counts if counts[code] == best), key=lambda code: float(scores.get(code, -1e9)))


def expects_of(question: str, language: str) -> Expects:
    """Return what kind of answer a question in another language wants; "open" when its first words do not say."""
    text = fold(question).lower()
    for words, kind in _data()["asks"].get(language, {}).items():
        if re.match(rf"\W*(?:\w+\W+)?{words}\b", text):
            return kind  # type: ignore[no-any-return]
    return "open"


def asks_all(question: str, language: str) -> bool:
    """Whether a question in another language asks which countries."""
    text = fold(question).lower()
    return any(fold(words) in text for words in _data()["all"].get(language, ()))


def more_words() -> tuple[str, ...]:
    """Return the words that begin a follow-up in another language."""
    return tuple(_data()["more"]["words"])


def asking(kind: Expects, everywhere: bool) -> str:
    """Return the English question word that stands before the words that could be read."""
    if everywhere:
        return "Which countries"
    words = {"number": "How many", "date": "When", "who": "Who", "why": "Why", "how": "How"}
    return words.get(kind, "What")


def in_english(question: str, language: str, frequency: Callable[[str], int] | None = None) -> tuple[str, ...]:
    """Return what could be read of a question in English: subject words, other words as they are, country names.

    A word that could not be read is kept as it stands when the library has it (`frequency`), or when that is unknown.
    """
    signs = _signs().get(language, frozenset())
    taken = mentions(question, True, language)
    text = fold(question).lower()
    found: list[str] = []
    for match in re.finditer(r"[^\W_]+(?:\+[^\W_]+)?", question):
        word = fold(match.group()).lower()
        if len(word) < 2 or any(m.start < match.end() and match.start() < m.end for m in taken):
            continue
        glosses = _glossed(word, text)
        if glosses:
            found.extend(glosses)
        elif word not in signs and word not in STOP and (frequency is None or frequency(match.group()) > 0):
            found.append(match.group())
    names = [m.surface if m.strength == "institution" and not m.foreign else name_of(m.code) for m in taken]
    return tuple(dict.fromkeys((*found, *names)))


def _glossed(word: str, text: str) -> list[str]:
    """Return the English of a word or of the parts of a compound; the longest fit wins where two overlap."""
    spans: list[tuple[int, int, str]] = []
    for english, beginnings in _data()["gloss"].items():
        for start in beginnings:
            if " " in start:
                place = 0 if start in text and word[:4] == start[:4] else -1
            else:
                place = word.find(start) if len(start) >= _COMPOUND else -1 + word.startswith(start)
            if place >= 0:
                spans.append((place, place + len(start), english))
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return [english for _, _, english in sorted(kept)]
