"""One cell of the evidence matrix: which sentences of a country's documents are evidence on one indicator.

How to make a matrix: `wiring.open_desk(settings).matrix(scope, progress)` returns an `assistant.evidence.Matrix`,
filled by the same chain as a question, kept on disk, and recomputed only where a country's passages changed.
`assistant.evidence` holds the values and the pure helpers for a screen: `coverage` (heat map), `coverage_of`,
`profile` (one country), `Matrix.row`, `Matrix.column` (one indicator), `silence_words`, `changes`, and `NO_LEVEL`,
which stands on every output. Each `Quote.citation` has document, page, label, year and boxes, as in an answer.

The rule of evidence. A sentence counts when
1. search for the indicator's question among the passages about the country finds it;
2. it speaks of the country: it stands in that country's own document, or names the country itself;
3. where the indicator has terms, one of them stands in it or in the sentence that introduces it;
4. the reader finds that it answers the indicator's question: the logit of the sentence with what introduces it.
Without a reader, the share of the question's words in the sentence and around it takes the place of the logit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.composing.choose import same
from assistant.composing.cite import citation_of
from assistant.countries import countries_in, mentions
from assistant.evidence import Cell, Indicator, Quote, Strength
from assistant.judging.coverage import Words, covered
from assistant.judging.differ import differing
from assistant.judging.spans import ReadHit, Span, lead_of, needs_before, spans_of
from assistant.model import Hit, PassageReading
from assistant.ports import Snapshot
from assistant.words import RAISED, WORD, stem

QUOTES = 3
LIST = 3
WINDOW = 8
"""The words of a term stand within so many words of one another."""
LOOKED = 4
"""So many sentences of a cell are read, those nearest by the encoder and by words."""
Score = Callable[[Sequence[str]], Sequence[float]]
"""The reader, bound to the indicator's question: texts in, logits out."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a sentence must reach, in logits of the reader; `near` is how far below the best a further one may lie."""

    least: float
    direct: float
    near: float


BY_READER = Rule(least=-6.0, direct=-1.0, near=4.0)
BY_WORDS = Rule(least=0.3, direct=0.6, near=0.25)
"""Set on development cells of `eval/gold/matrix.jsonl` only."""


@dataclass(frozen=True, slots=True)
class Search:
    """What was searched for one cell: the passages about the country, and how many documents they come from."""

    country: str
    hits: Sequence[Hit]
    documents: int
    words: Words
    score: Score | None


def fill(indicator: Indicator, search: Search, snapshot: Snapshot, key: str) -> Cell:
    """Return the cell of one country on one indicator. Pure for one snapshot and reader."""
    picked = evidence_of(indicator, search, snapshot)
    quotes: list[Quote] = []
    for span, strength in picked:
        start = span.hit.passage.sentences[span.place - 1].start if needs_before(span) else span.sentence.start
        citation = citation_of(snapshot, span.hit, start, span.sentence.end, len(quotes) + 1)
        if citation is not None:
            quotes.append(Quote(citation, strength))
    return Cell(
        country=search.country,
        indicator=indicator.id,
        domain=indicator.domain,
        quotes=tuple(quotes),
        silence=None if quotes else "nothing-found" if search.documents else "no-documents",
        searched=search.documents,
        differing=differing([(q.citation.document, q.citation.quote) for q in quotes]),
        key=key,
        other_languages=sum(document.language != "en" for document in snapshot.documents()),
    )


def evidence_of(indicator: Indicator, search: Search, snapshot: Snapshot) -> list[tuple[Span, Strength]]:
    """Return up to three sentences that are evidence, best first, with their strength."""
    read = [ReadHit(hit, PassageReading(hit.score)) for hit in search.hits]
    spans = [s for s in spans_of(read, snapshot.page, search.country) if names_country(s, search.country)]
    terms = terms_of(indicator.terms)
    if terms:
        spans = [span for span in spans if _meets(span, terms)]
    spans.sort(key=lambda span: (-_lean(span, search.words), span.where))
    spans = _own_first(spans[:LOOKED], search.country)
    rule = BY_READER if search.score else BY_WORDS
    texts = [_framed(span) for span in spans]
    scores = search.score(texts) if search.score else [_lean(span, search.words) for span in spans]
    found = [(span, score) for span, score in zip(spans, scores, strict=True) if score >= rule.least]
    found.sort(key=lambda pair: (-pair[1], pair[0].where))
    found = [pair for pair in found if pair[1] >= found[0][1] - rule.near]
    graded: list[tuple[Span, Strength]] = [
        (span, "direct" if score >= rule.direct else "partial") for span, score in found
    ]
    return _spread(graded)


def _framed(span: Span) -> str:
    """Return a sentence as it is read: its last heading and what introduces it in front."""
    parts = (*span.hit.passage.headings[-1:], lead_of(span.hit.passage, span.sentence), span.text)
    return ". ".join(part for part in parts if part)


def _lean(span: Span, words: Words) -> float:
    """Return the share of the question's words in a sentence and, by less, in what stands around it, plus nearness."""
    passage = span.hit.passage
    around = " ".join((*passage.headings, passage.text))
    return 0.6 * covered(words, _framed(span)) + 0.4 * covered(words, around) + 0.01 * span.likeness


def _spread(found: Sequence[tuple[Span, Strength]]) -> list[tuple[Span, Strength]]:
    """Return the three best that do not repeat one another; a source that differs from the best one takes a place."""
    kept: list[tuple[Span, Strength]] = []
    for pair in found:
        if not any(same(pair[0].text, other.text) and not _differ(pair[0], other) for other, _ in kept):
            kept.append(pair)
    top = kept[:QUOTES]
    against = next((pair for pair in kept[QUOTES:] if any(_differ(pair[0], other) for other, _ in top[:2])), None)
    return [*top[: QUOTES - 1], against] if against else top


def _differ(first: Span, second: Span) -> bool:
    return bool(differing([(span.hit.document.id, span.text) for span in (first, second)]))


def names_country(span: Span, country: str) -> bool:
    """Return whether the sentence stands in the country's own document, or it or its lead names the country.

    An institution or a place does not name it: a workshop in a capital says nothing on the country. Nor does a row of
    a table in a document about several countries: it lists topics, dates and shares.
    """
    if not country or span.hit.document.countries == (country,):
        return True
    if span.sentence.kind == "row":
        return False
    texts = (span.text, lead_of(span.hit.passage, span.sentence))
    return any(country == m.code and m.strength != "institution" for text in texts for m in mentions(text))


def _own_first(spans: list[Span], country: str) -> list[Span]:
    """Leave out sentences that only list countries (three or more) where the country's own documents speak."""
    own = [span for span in spans if span.hit.document.countries == (country,)]
    if not own:
        return spans
    return [span for span in spans if span in own or len(countries_in(span.text)) < LIST]


def _meets(span: Span, terms: Sequence[tuple[str, ...]]) -> bool:
    lead = lead_of(span.hit.passage, span.sentence)
    return holds(span.text, terms) or (bool(lead) and holds(f"{lead} {span.text}", terms))


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
