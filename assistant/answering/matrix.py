"""One cell of the evidence matrix: which sentences of a country's documents are evidence on one indicator.

How to make a matrix: `wiring.open_desk(settings).matrix(scope, progress)` returns an `assistant.evidence.Matrix`,
filled by the same chain as a question, kept on disk, and recomputed only where a country's passages changed.
`assistant.evidence` holds the values and the pure helpers for a screen: `coverage` (heat map), `coverage_of`,
`profile` (one country), `Matrix.row`, `Matrix.column` (one indicator), `silence_words`, `changes`, and `NO_LEVEL`,
which stands on every output. Each `Quote.citation` has document, page, label, year and boxes, as in an answer.

The rule of evidence. A sentence counts when
1. search for the indicator's question among the passages about the country finds it (`chain.part_of`);
2. it speaks of the country: it stands in that country's own document, or names the country itself;
3. where the indicator has terms, one of them stands in it or in the sentence that introduces it (a heading does not
   do: most quotations it let in on development cells did not speak to the indicator);
4. its score is high enough by itself and near the best one.
A grid without terms (a user's own questions) asks for what an answer asks for: the chain must decide "answered".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.build import citation_of
from assistant.answering.candidates import Candidate
from assistant.answering.choose import choose, same, with_antecedent
from assistant.answering.differ import differing
from assistant.answering.part import Part
from assistant.countries import countries_in, mentions
from assistant.evidence import Cell, Indicator, Quote, Strength
from assistant.ports import Snapshot
from assistant.words import RAISED, WORD, stem

QUOTES = 3
LIST = 3
WINDOW = 8
"""The words of a term stand within so many words of one another."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a sentence must reach: scores as in `Candidate.score`, shares from 0 to 1. Set on development cells only."""

    least: float = 0.5
    """No sentence below this score is evidence."""
    direct: float = 1.0
    """From this score on, a sentence with a term of its own speaks directly."""
    near: float = 0.8
    """A further quotation reaches this share of the best one's score."""


RULE = Rule()


def fill(indicator: Indicator, part: Part, snapshot: Snapshot, key: str, rule: Rule = RULE) -> Cell:
    """Return the cell of one country on one indicator; `part` is the chain's search for that country. Pure."""
    picked = evidence_of(indicator, part, rule)
    quotes: list[Quote] = []
    for candidate, strength in picked:
        sentence = with_antecedent(candidate)
        citation = citation_of(snapshot, candidate.hit, sentence.start, sentence.end, len(quotes) + 1)
        if citation is not None:
            quotes.append(Quote(citation, strength))
    return Cell(
        country=part.country,
        indicator=indicator.id,
        domain=indicator.domain,
        quotes=tuple(quotes),
        silence=None if quotes else "nothing-found" if part.documents else "no-documents",
        searched=part.documents,
        differing=differing([(q.citation.document, q.citation.quote) for q in quotes]),
        key=key,
        other_languages=sum(document.language != "en" for document in snapshot.documents()),
    )


def evidence_of(indicator: Indicator, part: Part, rule: Rule = RULE) -> list[tuple[Candidate, Strength]]:
    """Return up to three sentences that are evidence, best first, with their strength."""
    named = [c for c in part.ranked if names_country(c, part.country)]
    if not indicator.terms:
        if part.decision.outcome != "answered":
            return []
        chosen = choose(named, words=120, most=QUOTES)
        return [(c, "direct" if place == 0 else "partial") for place, c in enumerate(chosen)]
    terms = terms_of(indicator.terms)
    found = [(c, _strength(c, terms, rule)) for c in named if c.score >= rule.least and _meets(c, terms)]
    found = _own_first(found, part.country)
    if not found:
        return []
    found = [pair for pair in found if pair[0].score >= rule.near * found[0][0].score]
    return sorted(_spread(found), key=lambda pair: (pair[1] != "direct", -pair[0].score))


def _spread(found: Sequence[tuple[Candidate, Strength]]) -> list[tuple[Candidate, Strength]]:
    """Return the three best that do not repeat one another; a source that differs from the best one takes a place."""
    kept: list[tuple[Candidate, Strength]] = []
    for pair in found:
        if not any(same(pair[0].text, other.text) and not _differ(pair[0], other) for other, _ in kept):
            kept.append(pair)
    top = kept[:QUOTES]
    against = next((pair for pair in kept[QUOTES:] if any(_differ(pair[0], other) for other, _ in top[:2])), None)
    return [*top[: QUOTES - 1], against] if against else top


def _differ(first: Candidate, second: Candidate) -> bool:
    pair = [(c.hit.document.id, c.text) for c in (first, second)]
    return bool(differing(pair))


def names_country(candidate: Candidate, country: str) -> bool:
    """Return whether the sentence stands in the country's own document, or it or its lead names the country.

    An institution or a place does not name it: a workshop in a capital says nothing on the country. Nor does a row of
    a table in a document about several countries: it lists topics, dates and shares.
    """
    if not country or candidate.hit.document.countries == (country,):
        return True
    if candidate.sentence.kind == "row":
        return False
    texts = (candidate.text, _lead(candidate))
    return any(country == m.code and m.strength != "institution" for text in texts for m in mentions(text))


def _own_first(found: list[tuple[Candidate, Strength]], country: str) -> list[tuple[Candidate, Strength]]:
    """Leave out sentences that only list countries (three or more) where the country's own documents speak."""
    own = [pair for pair in found if pair[0].hit.document.countries == (country,)]
    if not own:
        return found
    return [pair for pair in found if pair in own or len(countries_in(pair[0].text)) < LIST]


def _strength(candidate: Candidate, terms: Sequence[tuple[str, ...]], rule: Rule) -> Strength:
    own = holds(candidate.text, terms)
    return "direct" if own and candidate.score >= rule.direct else "partial"


def _meets(candidate: Candidate, terms: Sequence[tuple[str, ...]]) -> bool:
    lead = _lead(candidate)
    return holds(candidate.text, terms) or (bool(lead) and holds(f"{lead} {candidate.text}", terms))


def _lead(candidate: Candidate) -> str:
    if not candidate.sentence.lead:
        return ""
    passage = candidate.hit.passage
    start, end = (place - passage.start for place in candidate.sentence.lead)
    return passage.text[start:end] if 0 <= start < end else ""


def holds(text: str, terms: Sequence[tuple[str, ...]]) -> bool:
    """Return whether all words of one of the terms stand in the text within `WINDOW` words, in any order."""
    places = _places(text)
    return any(_near(term, places) for term in terms)


def _near(term: tuple[str, ...], places: Mapping[str, tuple[int, ...]]) -> bool:
    found = [_spots(word, places) for word in term]
    if not all(found):
        return False
    first, *others = found
    return any(
        any(all(any(low <= spot < low + WINDOW for spot in spots) for spots in others) for low in _lows(start))
        for start in first
    )


def _spots(word: str, places: Mapping[str, tuple[int, ...]]) -> tuple[int, ...]:
    """Return where a word of a term stands; "ethics_committee" asks for the words side by side."""
    first, *rest = word.split("_")
    starts = places.get(first, ())
    return tuple(s for s in starts if all(s + n in places.get(part, ()) for n, part in enumerate(rest, start=1)))


def _lows(place: int) -> range:
    return range(max(0, place - WINDOW + 1), place + 1)


@lru_cache(maxsize=512)
def terms_of(terms: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return each term as the stems that must all be there; "=word" asks for the very word, "a_b" for a before b."""
    return tuple(tuple(dict.fromkeys(_folded(word) for word in term.split())) for term in terms)


def _folded(word: str) -> str:
    parts = word.lower().split("_")
    return "_".join(part if part.startswith("=") else stem(part) for part in parts)


@lru_cache(maxsize=16384)
def _places(text: str) -> Mapping[str, tuple[int, ...]]:
    """Return where each stem of a text stands (parts of hyphenated words too), and each word itself marked "="."""
    found: dict[str, list[int]] = {}
    for place, match in enumerate(WORD.finditer(text.translate(RAISED))):
        word = match.group().lower()
        for part in dict.fromkeys((word, *re.split(r"[-–/]", word))):
            if part:
                found.setdefault(stem(part), []).append(place)
                found.setdefault(f"={part}", []).append(place)
    return {word: tuple(spots) for word, spots in found.items()}
