"""Words as an index keeps them: stems by language, without accents, found however a keyboard writes them.

A word of a document is stemmed as its language has it, and once more without its accents where that gives another
stem; a word of a question is stemmed by every language it may be answered in, with and without accents. So both ways
of writing meet: Łódź and Lodz, København and Koebenhavn, Großstraße and Grossstrasse. Snowball has 26 of the languages
of Europe; words of the others (Bulgarian, Latvian, Maltese, Slovene, …) are folded only.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

STEMMERS = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hr": "serbian",
    "hu": "hungarian", "hy": "armenian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "nl": "dutch",
    "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sk": "czech", "sr": "serbian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
"""Language → Snowball's name for it; Slovak by the rules of Czech, whose endings it shares."""
WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*", re.UNICODE)
"""A word of the index: hyphenated words count in their parts."""
_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ĸ": "k", "ß": "ss", "æ": "ae",
        "œ": "oe", "þ": "th", "ŋ": "n", "ς": "σ", "’": "'", "\u00ad": "", "\u200b": "", "\u2060": "",
    }
)  # fmt: skip
"""Letters that no decomposition takes apart, and signs nobody sees."""
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_SPELT = re.compile(r"(?<=[^\W\d_])(?:ae|oe|ue|aa)|^(?:ae|oe|ue|aa)")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
_ELIDED = re.compile(
    r"(?:[^\W\d_]{1,2}|qu|lorsqu|puisqu|jusqu|(?:d|n|s|co)?ell|all|dall|sull|quell|quest|bell)'(?=\w{2})"
)
_own = threading.local()


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return a word in small letters without accents, with the letters of a plain keyboard."""
    if word.isascii():
        return word.lower()
    small = unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
    return unicodedata.normalize("NFKC", "".join(sign for sign in small if not unicodedata.combining(sign)))


def _stemmed(word: str, language: str) -> str:
    """Return the stem in a language; the word itself where Snowball has none."""
    name = STEMMERS.get(language)
    if name is None:
        return word
    # A stemmer keeps its state between calls, so two threads must never share one.
    kept: dict[str, Any] = _own.__dict__.setdefault("stemmers", {})
    stemmer = kept.get(name)
    if stemmer is None:
        import snowballstemmer

        stemmer = kept[name] = snowballstemmer.stemmer(name)
    return str(stemmer.stemWord(word))


def _plain(word: str) -> str:
    """Return a word in small letters, without the small word elided before it, initials without points."""
    small = unicodedata.normalize("NFKC", word).lower().replace("’", "'")
    if "'" in small:
        small = _ELIDED.sub("", small, count=1).removesuffix("'s")
    if _INITIALS.fullmatch(small):
        return small.replace(".", "")
    if len(small) == 1 and "α" <= small <= "ω":
        return unicodedata.name(small).rsplit(" ", 1)[-1].lower()
    return small


@lru_cache(maxsize=262144)
def terms_of_word(word: str, language: str) -> tuple[str, ...]:
    """Return the one or two terms under which a document's word is kept."""
    plain = _plain(word)
    first = fold(_stemmed(plain, language))
    if plain.isascii():
        return (first,)
    second = _stemmed(fold(plain), language)
    return (first,) if first == second else (first, second)


@lru_cache(maxsize=16384)
def asked_terms(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return every term under which a question's word may be kept in documents of these languages, each once.

    A letter with two dots is also asked as spelt out, and two letters that may stand for one as that one.
    """
    plain = _plain(word)
    ways = dict.fromkeys((plain, fold(plain)))
    if not plain.isascii():
        ways[fold(plain.translate(_SPELT_OUT))] = None
    elif _SPELT.search(plain):
        ways[_SPELT.sub(lambda found: found.group()[0], plain)] = None
    found: Iterable[str] = (fold(_stemmed(way, language)) for language in languages for way in ways)
    return tuple(dict.fromkeys(found))
