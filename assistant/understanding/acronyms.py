"""Acronyms: what the short form stands for, mined from the passages that hold it, by initials in order.

In "long form (ABC)" every letter of the short form begins a word before the bracket, in order from the right: stricter
than Schwartz & Hearst (2003), who take letters inside words too, and so not misled by names of other languages.
Expansion hurts when it is always on (measured: MRR .667 to .610), so a long form is only searched with where the short
form alone finds nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

ACRONYM = re.compile(r"(?<![\w+-])(?=[A-Za-z\d]*[A-Z][A-Za-z\d]*[A-Z])[A-Z][A-Za-z\d]{1,6}(?![\w-])")
_COUNTRY_WORDS = frozenset(
    """IT IS BE SE NO DE AT IN ES PT OK US UK EU UN TV AM PM WHO CAN ALL AND THE NOT""".split()  # noqa: SIM905
)
_IN_BRACKETS = re.compile(r"((?:[\w’'/&-]+,?[ \n]){1,10})\(\s*([A-Z][\w+-]{1,7})s?\s*[;,)]")
_BRACKET_LONG = re.compile(r"(?<![\w-])([A-Z][A-Z\d+-]{1,7})\s*\(((?:[\w’'/&-]+[ \n]?){2,10})\)")


def acronyms_in(text: str) -> tuple[str, ...]:
    """Return the acronyms of a question; ordinary words in capitals ("IT", "NO") and shouted questions give none."""
    if text.isupper():
        return ()
    found = (m.group() for m in ACRONYM.finditer(text))
    return tuple(dict.fromkeys(f.removesuffix("s") for f in found if f not in _COUNTRY_WORDS))


def mined(texts: Iterable[str], acronym: str) -> tuple[str, ...]:
    """Return the different long forms that stand beside the acronym in the texts, the most frequent first."""
    counts: dict[str, int] = {}
    written: dict[str, str] = {}
    for text in texts:
        pairs = [(m.group(2), m.group(1)) for m in _IN_BRACKETS.finditer(text)]
        pairs += [(m.group(1), m.group(2)) for m in _BRACKET_LONG.finditer(text)]
        for short, words in pairs:
            long = long_form(words, short) if short.removesuffix("s") == acronym else ""
            if long:
                key = re.sub(r"[^a-z]+", "", long.lower()).removesuffix("s")
                counts[key] = counts.get(key, 0) + 1
                written.setdefault(key, long)
    # "Genome of Europe project (GoE)" is "Genome of Europe (GoE)" with a word behind it.
    keys = [key for key in counts if not any(key != other and key.startswith(other) for other in counts)]
    return tuple(written[key] for key in sorted(keys, key=lambda k: (-counts[k], k)))


def long_form(words: str, short: str) -> str:
    """Return the end of `words` that spells the short form by the initials of its words in order, or "".

    Small words may be passed over, and one word behind the last initial ("… Infrastructure project (GDI)").
    """
    words = " ".join(words.split())
    letters = [c.lower() for c in short.removesuffix("s") if c.isalnum()]
    parts = list(re.finditer(r"[^\W_]+", words))
    if len(letters) < 2 or len(parts) < 2:
        return ""
    place = len(parts) - 1
    if not _begins(parts[place].group(), letters[-1]):
        place -= 1
    for letter in reversed(letters):
        while place >= 0 and not _begins(parts[place].group(), letter) and parts[place].group().lower() in _SMALL:
            place -= 1
        if place < 0 or not _begins(parts[place].group(), letter):
            return ""
        place -= 1
    return words[parts[place + 1].start() :]


def _begins(word: str, letter: str) -> bool:
    return word[0].lower() == letter or (letter == "1" and word.lower() == "one")


_SMALL = frozenset(("of for and the on in to a an one with by at de la et des für und der").split())  # noqa: SIM905


@lru_cache(maxsize=1)
def known_meanings() -> dict[str, str]:
    """Return short form → long form of the subject, for libraries that never write one of the two."""
    return dict(tomllib.loads((files("assistant") / "data" / "acronyms.toml").read_text(encoding="utf-8")))
