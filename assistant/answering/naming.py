"""The names and numbers of a question: whether the evidence has them, and near the sentence that would answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.candidates import Candidate
from assistant.answering.kinds import meets
from assistant.countries import countries_in, fold, mentions
from assistant.words import OPENING, STOP, content_stems, stem

_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*\d|(?<![\w.,])\d(?!\w)")
_NAME = re.compile(
    r"(?<![\w-])[A-ZÄÖÜÉÀÅØ][\w'’.-]*[\w](?:\s+(?:of|for|on|the|and|de|du|des|für|og)?\s*[A-ZÄÖÜÉÀÅØ][\w'’-]+)*"
)
_WHICH_COUNTRIES = re.compile(
    rf"{OPENING}(?:(?:in|from|for|to|by|of) )?(?:which|what) (?:(?:\d+|\w+) ){{0,2}}?"
    r"(?:countries|country|member states?|nations?)\b",
    re.IGNORECASE,
)
_COMMON = frozenset(["europe", "european", "union", "member", "states", "gps", "ministry", "act", "law"])
"""Words of names that tell nothing: half of the others must be there."""
_PHRASE = re.compile(
    r"(?<![\w-])[A-ZÄÖÜÉÀÅØÕŽŠ][\w'’-]*(?:\s+(?:(?:of|for|on|the|and|de|du|des|für|og)\s+)*[A-ZÄÖÜÉÀÅØÕŽŠ][\w'’-]*)+"
)
"""A name of several words."""
_COINED = re.compile(r"(?<![\w-])(?:[A-Z][a-z]+[A-Z]\w*|[A-Z]{6,})(?![\w-])")
"""One word that can only be a name: GoGreece, BALLETT."""


_OWNER = re.compile(r"['’]s$")
"""What makes an owner of a name: "Portugal's pilot" names Portugal."""


def not_near(question: str, ranked: Sequence[Candidate], reach: int = 1) -> str:
    """Return a name that the passages know but that stands near no sentence that would answer, '' when all are near.

    Near is at most `reach` sentences before: a sum of money further on is not the budget of the Malta BioBank. Such a
    name has several words or can be nothing else.
    """
    fitting = [c for c in ranked[:4] if c.fits]
    phrases = list(_PHRASE.finditer(question))
    coined = _COINED.finditer(_PHRASE.sub(lambda match: " " * len(match.group()), question))
    for match in (*phrases, *coined):
        name = " ".join(match.group().lower().split())
        if (
            match.start() == 0
            or _is_country(name)
            or not any(name in " ".join(c.hit.passage.text.lower().split()) for c in ranked)
        ):
            continue
        short, places = _initials(match.group()), [_vicinity(c, reach) for c in fitting]
        if not any(name in near or (short and short in re.findall(r"\w+", near)) for near in places):
            return match.group()
    return ""


def _initials(name: str) -> str:
    """Return the lower-cased initials of a name ("gms" for Genomic Medicine Sweden), '' where there are under three."""
    found = "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper()).lower()
    return found if len(found) > 2 else ""


def names_no_country(question: str, evidence: Sequence[Candidate]) -> bool:
    """Return whether a question asks which countries, and the evidence is about none and names none."""
    if not _WHICH_COUNTRIES.search(question):
        return False
    return not any(c.hit.document.countries or c.hit.passage.countries or countries_in(c.text) for c in evidence)


def _is_country(name: str) -> bool:
    """Whether a phrase is a country's name: the search keeps to that country's passages, however they name it."""
    return any(m.strength != "institution" and m.surface.lower() == name for m in mentions(name, True))


def _vicinity(candidate: Candidate, reach: int) -> str:
    """Return the sentence with those before it, headings and title, lower-cased, white space folded."""
    passage = candidate.hit.passage
    place = passage.sentences.index(candidate.sentence)
    first, last = passage.sentences[max(0, place - reach)], candidate.sentence
    text = passage.text[first.start - passage.start : last.end - passage.start]
    return " ".join(" ".join((candidate.framed, text, *passage.headings, candidate.hit.document.title)).lower().split())


def names_in(question: str, ignore: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the numbers and proper names of a question (not its first word, not what `ignore` lists)."""
    found = [match.group().strip(".,") for match in _NUMBER.finditer(question)]
    skip = {word.lower() for phrase in ignore for word in re.findall(r"\w+", phrase)}
    for match in _NAME.finditer(question):
        words = [_OWNER.sub("", word) for word in re.findall(r"[\w'’-]+", match.group())]
        words = [word for word in words if word.lower() not in STOP and word.lower() not in skip]
        if match.start() == 0 and words and question.startswith(words[0]) and not words[0].isupper():
            words = words[1:]
        if words:
            found.append(" ".join(words))
    return tuple(dict.fromkeys(found))


def missing_names(names: Sequence[str], evidence: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the names and numbers that stand nowhere in the evidence: its passages, headings, titles and tables."""
    hits = [c.hit for c in evidence]
    texts = [" ".join((hit.passage.text, *hit.passage.headings, hit.document.title)) for hit in hits]
    joined = " ".join([*texts, *(str(hit.document.year) for hit in hits), *(c.framed for c in evidence)])
    stems, digits = frozenset(content_stems(joined)), re.sub(r"(?<=\d)[,. ](?=\d{3})", "", joined)
    lowered = joined.lower()
    lacking = []
    for name in names:
        if name[0].isdigit():
            if not re.search(rf"(?<!\d){re.escape(re.sub(r'[,. ]', '', name))}(?!\d)", digits) and name not in joined:
                lacking.append(name)
        else:
            parts = [word for word in re.findall(r"\w+", name) if word.lower() not in STOP]
            # A short acronym may stand in the text in full; it decides nothing.
            long = [word for word in parts if not (word.isupper() and len(word) <= 5) and word.lower() not in _COMMON]
            present = sum(meets(stem(word), stems) or word.lower() in lowered for word in long)
            if long and present < 0.5 * len(long) and not _without_accents(long, lowered):
                lacking.append(name)
    return tuple(lacking)


def _without_accents(words: Sequence[str], lowered: str) -> bool:
    """Return whether half of the words stand in a text where neither writes its accents ("Sami" for "Sámi")."""
    plain = fold(lowered)
    return sum(fold(word).lower() in plain for word in words) >= 0.5 * len(words)
