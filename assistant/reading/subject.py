"""Whose document it is, where the catalogue does not tell: clues of many kinds, weighed against one another (pure).

A title, a file's name ("KEN_plan.pdf"), the cover, the authorities and laws the text speaks of, its web addresses, the
places it names and its language each point to a country, strongly or weakly. One that has enough on its side, and far
more than any other, is the document's. An act of the Union, or a paper that names many countries alike, has none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from assistant.countries import Mention, codes, countries_in, is_whole, mentions, name_of
from assistant.model import Page
from assistant.namesakes import also_a_word
from assistant.places import AS_WRITTEN, alpha3
from assistant.reading.authorities import addresses_in, authorities_in, homes_of, is_beyond, state_words

COVER, PAGES, LONGEST = 1500, 60, 200_000
"""Characters of the cover, pages that are looked through, and characters of them."""
ENOUGH, AHEAD = 4.0, 1.5
"""The weight a country needs, and how many times the weight of the next one."""
_PLACE_WEIGHT = {"name": 1.0, "adjective": 1.0, "institution": 0.5}
_PROPER = re.compile(r"\s+[A-Z]\w+")
PARAGRAPHS = 6
"""How many paragraphs that name a country are a full clue."""
_WEIGHT = {"name": 6.0, "adjective": 4.5, "institution": 3.5}
"""What a mention in the title weighs; in the file's name a little less."""


@dataclass(frozen=True, slots=True)
class Clue:
    """One hint at a country: its weight (enough is 4), and what was seen, in words."""

    code: str
    weight: float
    seen: str


@dataclass(frozen=True, slots=True)
class Subject:
    """The countries a document is about, and the clues that say so, strongest first, in words."""

    countries: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


def subject_of(title: str, file: str, pages: Sequence[Page], *, author: str = "", language: str = "") -> Subject:
    """Return whose document it is; several countries only where its title names them.

    `file` is the path below the corpus folder, `author` what the file's own data say, `language` ISO 639-1.
    """
    text = "\n\n".join(page.text for page in pages[:PAGES])[:LONGEST]
    cover = "\n".join(page.text for page in pages[:2])[:COVER]
    clues = [
        *_of_title(title, language),
        *_of_file(file, language),
        *_of_cover(cover, author, language),
        *_of_authorities(text),
        *_of_addresses(text),
        *_of_places(text, language),
    ]
    clues += _of_language(text, language, clues)
    titled = [code for code in countries_in(title, language=language) if any(c.code == code for c in clues)]
    return _weighed(clues, titled, is_beyond(f"{title}\n{cover}"))


def _weighed(clues: Sequence[Clue], titled: Sequence[str], beyond: str) -> Subject:
    total: Counter[str] = Counter()
    for clue in clues:
        total[clue.code] += clue.weight  # type: ignore[assignment]
    if len(titled) > 1:
        return Subject(tuple(titled), _words(clues, titled))
    ranked = total.most_common(2)
    if not ranked:
        return Subject()
    code, most = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    needed = 2 * ENOUGH if beyond else ENOUGH
    if most < needed or (most < AHEAD * second and code not in titled):
        return Subject()
    return Subject((code,), _words(clues, (code,)))


def _words(clues: Iterable[Clue], found: Sequence[str]) -> tuple[str, ...]:
    best = sorted((clue for clue in clues if clue.code in found), key=lambda clue: -clue.weight)
    return tuple(dict.fromkeys(clue.seen for clue in best))


def _best(found: Iterable[Mention], weights: dict[str, float], where: str) -> list[Clue]:
    """Return the strongest mention of each country as a clue."""
    best: dict[str, Clue] = {}
    for mention in found:
        weight = weights[mention.strength]
        if mention.code not in best or weight > best[mention.code].weight:
            best[mention.code] = Clue(mention.code, weight, f"{where} {mention.surface}")
    return list(best.values())


def _of_title(title: str, language: str) -> list[Clue]:
    return _best(mentions(title, language=language), _WEIGHT, "the title says")


def _of_file(file: str, language: str) -> list[Clue]:
    """Return what the file's name, and less so its folders, say: names in any language, and ISO codes."""
    path = PurePosixPath(file)
    stem = path.stem
    words = re.sub(r"[\W_]+", " ", stem).strip()
    named = mentions(words.title() if words.islower() else words, True, language)
    clear = [m for m in named if not also_a_word(m.surface)]
    unsure = [m for m in named if also_a_word(m.surface)]
    clues = _best(clear, {"name": 5.0, "adjective": 3.5, "institution": 3.0}, "the file's name says")
    clues += _best(unsure, {"name": 3.0, "adjective": 2.0, "institution": 1.0}, "the file's name says")
    clues += _codes(stem)
    for code, words_of in authorities_in(re.sub(r"[\W_]+", " ", stem)).items():
        clues.append(Clue(code, 3.0, f"the file's name says {next(iter(words_of))}"))
    for folder in path.parent.parts:
        clues += _best(mentions(re.sub(r"[\W_]+", " ", folder), True), dict.fromkeys(_WEIGHT, 2.0), "its folder says")
    return clues


def _codes(stem: str) -> list[Clue]:
    """Return ISO codes between separators: "SVK_plan", "plan (SEN)", "plan_UZ"; small ones at either end only.

    A name all in capitals tells no code from a word; two letters are as often a language ("_FR") or a short form.
    """
    parts = [part for part in re.split(r"[\W_\d]+", stem) if part]
    shouted = sum(len(part) > 3 for part in parts) > 0 and all(part.isupper() for part in parts)
    clues = []
    for index, part in enumerate(parts):
        upper, edge = part.isupper(), index in (0, len(parts) - 1)
        if (not upper and not (edge and part.islower())) or shouted:
            continue
        three = alpha3().get(part.upper()) if len(part) == 3 else None
        two = AS_WRITTEN.get(part.upper(), part.upper()) if len(part) == 2 else ""
        if three:
            clues.append(Clue(three, 4.0 if upper else 1.5, f"the file's name has the code {part}"))
        elif two in codes():
            clues.append(Clue(two, 2.5 if upper else 1.2, f"the file's name has the code {part}"))
    return clues


def _of_cover(cover: str, author: str, language: str) -> list[Clue]:
    named = [mention for mention in mentions(cover, language=language) if is_whole(mention)]
    clues = _best(named, {"name": 2.0, "adjective": 1.5, "institution": 1.0}, "the first lines say")
    return clues + _best(mentions(author, language=language), dict.fromkeys(_WEIGHT, 2.0), "its author is")


def _of_authorities(text: str) -> list[Clue]:
    """Return the authorities, gazettes and laws of one country; a single word seen once is half a clue."""
    clues = []
    for code, found in authorities_in(text).items():
        weight = min(4.0, 0.5 + len(found) + 0.25 * found.total())
        names = ", ".join(name for name, _ in found.most_common(3))
        clues.append(Clue(code, weight, f"it speaks of {names}"))
    return clues


def _of_addresses(text: str) -> list[Clue]:
    state, every = addresses_in(text)
    clues = [Clue(code, min(3.0, 1.0 + 0.5 * n), f"web addresses of its state ({n})") for code, n in state.items()]
    for code, count in every.items():
        share = count / every.total()
        if count > 1:
            clues.append(Clue(code, min(2.0, 0.25 * count) * share, f"web addresses under its ending ({count})"))
    return clues


def _of_places(text: str, language: str) -> list[Clue]:
    """Return the countries that paragraphs name, by their share of all naming."""
    named: Counter[str] = Counter()
    phrases: set[str] = set()
    for paragraph in text.split("\n\n"):
        best: dict[str, float] = {}
        for mention in mentions(paragraph, language=language):
            weight = _PLACE_WEIGHT[mention.strength]
            phrase = _PROPER.match(paragraph, mention.end) if mention.strength == "adjective" else None
            if phrase and language not in (
                "de",
                "nl",
            ):  # "American Joint Committee" counts once, however often it stands
                whole = mention.surface + phrase.group()
                weight, known = weight / 2, whole in phrases
                phrases.add(whole)
                if known:
                    continue
            best[mention.code] = max(best.get(mention.code, 0.0), weight)
        for code, weight in best.items():
            named[code] += weight  # type: ignore[assignment]
    return [
        Clue(code, 6 * number / named.total() * min(1.0, number / PARAGRAPHS), f"its text names {name_of(code)}")
        for code, number in named.items()
    ]


def _of_language(text: str, language: str, clues: Sequence[Clue]) -> list[Clue]:
    """Return what the language hints at, and whether a state speaks in it; among several countries the one named most.

    Alone it is never enough: a Finnish text may be a translation.
    """
    homes = homes_of(language)
    found = [Clue(code, 2.0 * share, f"it is in the language of {name_of(code)}") for code, share in homes.items()]
    said = state_words(text[:20_000], language)
    if said < 3:
        return found
    total: Counter[str] = Counter()
    for clue in (*clues, *found):
        if not homes or clue.code in homes:
            total[clue.code] += clue.weight  # type: ignore[assignment]
    if total:
        code = total.most_common(1)[0][0]
        found.append(Clue(code, 2.0 if homes else 1.0, "it speaks of ministries, laws and authorities"))
    return found
