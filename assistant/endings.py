"""How the languages of Europe bend a country's name: "Suomessa", "Polsce", "Ελλάδας", "na Gearmáine" (pure).

Not a grammar: what of a name stays (its stems) and what may follow (endings), wide enough for the cases of a name and
narrow enough that no other word is taken. Everything is compared without accents and in small letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SHORTEST = 4
"""A stem keeps this many letters, three where only a final a or o falls away: "Mali" is no stem "mal-"."""

_SLAVIC = "a e i o u y ou om em oj ej ech ach ich ih ah ami ama am um im ie ia iu ii ego emu ov ow ych ym ymi iej"
_CYRILLIC = "а я е и і ї ы й у ю о ою ею ой ей ом ем ем ам ах ами ями ям ях ов ів ии ию ия ого ому ой"
_FINNIC = "n a t in an en on un ssa sta lla lta lle ksi na tta aan een iin oon uun nsa kin ko"
_ENDINGS: dict[str, str] = {
    "cs": _SLAVIC, "sk": _SLAVIC, "pl": _SLAVIC + " ze owi owie", "hr": _SLAVIC, "sl": _SLAVIC, "bs": _SLAVIC,
    "sr": _CYRILLIC, "ru": _CYRILLIC, "uk": _CYRILLIC, "be": _CYRILLIC,
    "fi": _FINNIC,
    "et": "i e s is es st ist est sse isse l il el lt ilt elt le ile ele ga iga ks iks ni ini na ta t d",
    "hu": "n an en on t at et ot ban ben ba be bol rol tol ra re hoz hez nal nel nak nek val vel gal gel lal lel ert "
    "ig kent i ul",
    "lt": "a as ai os oje o ui ams uose ais us u e es eje ei iu i is ies iai io iui ije ijoje ijos",
    "lv": "a as ai u e es ei i is am em im us os s aja ajas",
    "el": "α ας η ης ος ο ου ον ες ων ους οι ε εσ",
    "ro": "a ei ul ului i ii iei ia le lor",
    "de": "s es n en r er m em e", "nl": "s", "sv": "s", "da": "s", "nb": "s", "nn": "s", "is": "s i ar u um a",
    "sq": "a e se s ne i it in", "ga": "e a i", "en": "", "bg": "", "mk": "",
}  # fmt: skip
_FALLS = {
    "cs": r"[aeiouy]$", "sk": r"[aeiouy]$", "pl": r"[aeiouy]$", "hr": r"[aeo]$", "sl": r"[aeo]$", "bs": r"[aeo]$",
    "sr": r"[аео]$", "ru": r"[аяыейоь]$", "uk": r"[аяиіїейоь]$", "be": r"[аяыейоь]$",
    "lt": r"(?:as|is|ys|us|ai|es|os|a|e|i)$", "lv": r"(?:is|s|a|e|i|as|es)$",
    "el": r"(?:ασ|οσ|εσ|οι|ον|ου|α|η|ο)$", "ro": r"(?:ul|a)$", "sq": r"[ae]$",
    "de": r"e$", "is": r"a$", "ga": r"[ae]$",
}  # fmt: skip
"""What falls away before an ending."""
_WEAKER = (("kk", "k"), ("pp", "p"), ("tt", "t"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"), ("mp", "mm"), ("nk", "ng"))
"""Finnish: the strong grade of the last consonants, and the weak one."""
_MUTATED = re.compile(r"^(?:mb|gc|nd|bhf|ng|bp|dt|ts|([bcdfgmpst])h|[nth]-?(?=[aeiou]))")
_ECLIPSED = {"mb": "b", "gc": "c", "nd": "d", "bhf": "f", "ng": "g", "bp": "p", "dt": "t", "ts": "s"}


class _Bare(dict[int, int]):
    """Each letter without its accents, looked up once."""

    def __missing__(self, letter: int) -> int:
        self[letter] = ord(unicodedata.normalize("NFD", chr(letter))[0])
        return self[letter]


_BARE = _Bare()


def fold(text: str) -> str:
    """Return the text without accents, letter for letter: the length never changes."""
    return text if text.isascii() else text.translate(_BARE)


def plain(word: str) -> str:
    """Return a word as it is compared: no accents, small letters, one sigma."""
    return fold(word).lower().replace("ς", "σ")


@lru_cache(maxsize=64)
def endings(language: str) -> frozenset[str]:
    """Return what may follow a stem in a language, the empty ending included."""
    return frozenset(("", *(plain(ending) for ending in _ENDINGS.get(language, "").split())))


LONGEST = max(len(ending) for text in _ENDINGS.values() for ending in text.split())
"""Letters of the longest ending."""


def root(word: str, language: str) -> str:
    """Return a compared word without what a language puts before it: Irish "bhFionlainn" → "fionlainn"."""
    if language != "ga":
        return word
    found = _MUTATED.match(word)
    if not found or len(word) < 5:
        return word
    start = found.group()
    return _ECLIPSED.get(start, found.group(1) or "") + word[found.end() :]


def stems(word: str, language: str) -> tuple[str, ...]:
    """Return the beginnings that the forms of a name's word share, the whole word among them; compared forms."""
    whole = root(plain(word), language)
    found = [whole]
    if language == "fi":
        found += _finnish(whole)
    elif falls := re.search(_FALLS.get(language, r"$^"), whole):
        stem = whole[: falls.start()]
        if len(stem) >= SHORTEST or (len(stem) == 3 and falls.group() in "aoаоα"):
            found.append(stem)
    if language in ("hr", "sl", "cs", "sk") and re.search(r"[bcdfghjklmnprstvz][ae]r$", whole):
        found.append(whole[:-2] + whole[-1:])  # Cipar, Cipra
    return tuple(dict.fromkeys(found))


def _finnish(whole: str) -> list[str]:
    """Return the stems of a Finnish name: weak grade, final i as e, plural, "-s", and consonants with a linking i."""
    if whole.endswith("t"):
        return [whole[:-1], whole[:-1] + "i", whole[:-2] + "oi", whole[:-2] + "i"]  # Alankomaissa, Yhdysvalloissa
    if whole.endswith("s"):
        return [whole[:-1] + "kse", whole + "i"]
    if whole[-1:] not in "aeiouy":
        return [whole + "i"]
    found = [whole[:-1] + "e"] if whole.endswith("i") and len(whole) > 4 else []
    for strong, weak in _WEAKER:
        if whole[:-1].endswith(strong):
            found.append(whole[: -1 - len(strong)] + weak + whole[-1])
    return found
