"""Every sentence that may answer, scored: cosine, covered words weighted by idf, the neighbourhood, and the passage.

The rule and its weights come from a study on five public question sets (DECISIONS.md); they were not fitted here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.alone import leans, quotable
from assistant.answering.framing import CELL, frame_of, opens_part
from assistant.answering.kinds import advises, holds, kind_stems
from assistant.answering.series import SERIAL, is_another
from assistant.answering.told import all_told, asks_stated, stated_as, told_of
from assistant.answering.wanted import Wanted, covered
from assistant.countries import countries_in
from assistant.model import Hit, Page, Passage, Sentence
from assistant.words import bag, content_stems

PageOf = Callable[[str, int], Page]
"""Returns a page of a document by its number."""
Table = tuple[str, int, tuple[int, int] | None]
"""Document, page and the place of the heading row."""

ADVICE = 0.2
"""What a sentence under a heading such as "Recommendations" gains where advice is asked for."""
ROW = 0.1
"""What a row of a table loses where no date, number or sum is asked for."""
LABEL = 0.25
"""What a row gains whose own words are all that is asked for: those of caption and heading row all rows share."""
TOLD = 0.4
"""What a sentence gains under a heading that is all the question asks for ("What are the recommendations?")."""
STATED = 0.5
"""What a heading gains that states what is asked for: no sentence under it repeats that word."""
ABROAD = frozenset(content_stems("abroad"))
"""What a sentence says that names another country than the one its passage is about."""
CUT = 0.15
"""What a sentence loses that the end of a page or column cuts."""

_REASON = re.compile(
    r"\b(because|since|therefore|so that|in order to|due to|owing to|reason|thanks to)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with the evidence for it. Shares from 0 to 1; `score` has no fixed range."""

    hit: Hit
    sentence: Sentence
    text: str
    score: float
    cosine: float
    coverage: float
    window: float
    own: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    """Stems of the sentence with its lead-in, and of its neighbourhood with headings and title."""
    fits: bool = True
    """Whether it has the kind of thing asked for (a date, a number of it, a sum, somebody)."""
    framed: str = ""
    """What introduces it: the lead-in of an item; caption, heading row and part of the table for a row."""
    told: bool = False
    """Whether it stands under a heading that is all the question asks for ("Recommendations for the workforce")."""

    @property
    def page(self) -> tuple[str, int]:
        """The document and the number of the page on which it stands."""
        return self.hit.passage.document, self.hit.passage.page

    @property
    def place(self) -> tuple[str, int, int]:
        """Document, page and first character: sentences sorted by it are in reading order."""
        return *self.page, self.sentence.start


def candidates(
    hits: Sequence[Hit], wanted: Wanted, country: str = "", page_of: PageOf | None = None
) -> list[Candidate]:
    """Return every quotable sentence of the hits with its score, best first, ties by place.

    With a country, only sentences that speak of it: all of its own document, and in a document about several or none
    those that name it or stand under it. With `page_of` a row of a table is read with its caption and heading row.
    """
    found: dict[tuple[str, int, int], Candidate] = {}
    tables: dict[Table, float] = {}
    for hit in hits:
        for table in {table_of(hit.passage, sentence) for sentence in hit.passage.sentences if sentence.kind == "row"}:
            tables[table] = max(tables.get(table, 0.0), _strength(hit, wanted))
    for hit in hits:
        for candidate in _of_hit(hit, wanted, country, page_of, tables):
            known = found.get(candidate.place)
            if known is None or known.score < candidate.score:
                found[candidate.place] = candidate
    return sorted(found.values(), key=lambda c: (-c.score, c.place))


def table_of(passage: Passage, row: Sentence) -> Table:
    """Return what tells the table of a row from others: its place and that of its heading row."""
    return passage.document, passage.page, row.lead


def label_covered(wanted: Wanted, text: str, framed: str) -> float:
    """Return how much of the question a row says itself; words of its heading row ask for a column and count less."""
    own = bag(text)
    return 0.75 * covered(wanted, own - bag(framed)) + 0.25 * covered(wanted, own)


def _strength(hit: Hit, wanted: Wanted) -> float:
    """Return how well the passage as a whole meets the question, from 0 to 1."""
    return 0.5 * hit.dense + 0.5 * min(1.0, hit.lexical / wanted.bound)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all sentences of one passage have in common: their neighbours, and what its headings say of each."""

    hit: Hit
    texts: list[str]
    bags: list[frozenset[str]]
    headings: frozenset[str]
    frame: frozenset[str]
    """Stems of the headings and of the document's title."""
    told: frozenset[str]
    told_all: bool
    lift: float
    """What every sentence gains by the headings."""


def _shared(hit: Hit, wanted: Wanted) -> _Shared:
    texts, headings = texts_of(hit.passage), bag(" ".join(hit.passage.headings))
    told = told_of(hit.passage.headings, wanted)
    told_whole = all_told(wanted, told, hit)
    lift = TOLD * told_whole or ADVICE * advises(wanted.question, hit.passage.headings)
    frame = headings | bag(hit.document.title)
    return _Shared(hit, texts, [bag(text) for text in texts], headings, frame, told, told_whole, lift)


def _of_hit(
    hit: Hit, wanted: Wanted, country: str, page_of: PageOf | None, tables: Mapping[Table, float]
) -> list[Candidate]:
    """Return the sentences of a passage that can be quoted and speak of the country, each with its score."""
    passage, shared, strength = hit.passage, _shared(hit, wanted), _strength(hit, wanted)
    found = []
    for place, sentence in enumerate(passage.sentences):
        if not quotable(shared.texts[place]) or (country and not speaks_of(hit, shared.texts, place, country)):
            continue
        is_row = sentence.kind == "row"
        if is_row and page_of and opens_part(page_of(passage.document, passage.page), sentence.start):
            continue
        nearest = tables[table_of(passage, sentence)] if is_row else strength
        found.append(_candidate(shared, place, wanted, _framed(sentence, hit, page_of), nearest))
    return found


def _candidate(shared: _Shared, place: int, wanted: Wanted, framed: str, strength: float) -> Candidate:
    """Return sentence `place` with the evidence for it; `strength` is that of its passage, or of its whole table."""
    hit, text = shared.hit, shared.texts[place]
    sentence = hit.passage.sentences[place]
    stated = asks_stated(wanted) and all_told(wanted, stated_as(text), hit)
    own, before = _own(shared, place, wanted, framed, stated), _leant_on(shared, place)
    around = own.union(shared.frame, *_beside(shared, place))
    cosine = hit.sentence_scores[place] if place < len(hit.sentence_scores) else hit.dense
    coverage, window = covered(wanted, own, before), covered(wanted, around)
    own |= before
    fits = _fits(shared, place, wanted, framed, own, around)
    score = cosine + 0.35 * coverage + 0.3 * window + strength + _nudge(text, wanted, fits)
    score += (STATED * stated or shared.lift) - CUT * (sentence.open_start + sentence.open_end)
    if sentence.kind == "row":
        score += -ROW if wanted.asked.want == "none" else LABEL * label_covered(wanted, text, framed)
    return Candidate(
        hit, sentence, text, score, cosine, coverage, window, own, around, fits, framed, told=shared.told_all
    )


def _own(shared: _Shared, place: int, wanted: Wanted, framed: str, stated: bool) -> frozenset[str]:
    """Return the stems that a sentence says: its own, those of what frames it, and what it says in other words."""
    text = shared.texts[place]
    own = shared.bags[place] | shared.told | bag(framed) | kind_stems(f"{framed} {text}")
    if stated:
        own = own.union(wanted.stems)
    if ABROAD.issubset(wanted.stems) and set(countries_in(text)) - set(shared.hit.passage.countries):
        own |= ABROAD
    return own


def _leant_on(shared: _Shared, place: int) -> frozenset[str]:
    """Return the stems of the sentence before, where this one points back to it."""
    sentences = shared.hit.passage.sentences
    leaning = place and leans(shared.texts[place]) and adjacent(sentences[place - 1], sentences[place])
    return shared.bags[place - 1] if leaning else frozenset()


def _beside(shared: _Shared, place: int) -> Sequence[frozenset[str]]:
    """Return the stems of a sentence and its neighbours; rows of several values lend each other no words."""
    is_row = shared.hit.passage.sentences[place].kind == "row"
    return () if is_row and shared.texts[place].count(CELL) > 1 else shared.bags[max(0, place - 1) : place + 2]


def _fits(
    shared: _Shared, place: int, wanted: Wanted, framed: str, own: frozenset[str], around: frozenset[str]
) -> bool:
    """Return whether a sentence has the kind of thing asked for, and not that of another one of a series."""
    want, text = wanted.asked.want, shared.texts[place]
    said = own if want == "who" else own | shared.headings  # who pays is no matter of a heading
    unit = framed if shared.hit.passage.sentences[place].kind == "row" else ""
    another = want in SERIAL and is_another(wanted.question, f"{framed} {text}")
    return holds(wanted.asked, text, said, around, unit) and not another


def texts_of(passage: Passage) -> list[str]:
    """Return the text of every sentence of a passage, in order."""
    return [passage.text[s.start - passage.start : s.end - passage.start] for s in passage.sentences]


def gives_reason(text: str) -> bool:
    """Return whether a sentence states a reason ("because", "due to")."""
    return bool(_REASON.search(text))


def adjacent(first: Sentence, second: Sentence) -> bool:
    """Return whether the second sentence follows the first on the page, both of one kind."""
    return first.kind == second.kind and 0 <= second.start - first.end <= 2


def speaks_of(hit: Hit, texts: Sequence[str], place: int, country: str) -> bool:
    """Return whether sentence `place` of the hit speaks of the country, by its words, lead-in or context."""
    if hit.document.countries == (country,):
        return True
    if len(hit.document.countries) == 1:  # what it says of others, it says in the sentence that names them
        return country in countries_in(texts[place])
    passage = hit.passage
    lead = passage.sentences[place].lead
    context = [texts[place]]
    if lead and passage.start <= lead[0]:
        context.append(passage.text[lead[0] - passage.start : lead[1] - passage.start])
    context.extend(texts[:place][::-1][:3])
    context.extend(passage.headings[::-1])
    for text in context:
        named = countries_in(text)
        if named:
            return country in named
    return False


def _framed(sentence: Sentence, hit: Hit, page_of: PageOf | None) -> str:
    """Return what introduces a sentence: the lead-in of an item, caption, heading row and part of a table's row."""
    if sentence.kind == "row" and page_of is not None:
        page = page_of(hit.passage.document, hit.passage.page)
        return " ".join(page.text[slice(*span)] for span in frame_of(page, sentence.start).spans)
    if not sentence.lead:
        return ""
    start, end = (place - hit.passage.start for place in sentence.lead)
    return hit.passage.text[start:end] if 0 <= start < end else ""


def _nudge(text: str, wanted: Wanted, fits: bool) -> float:
    """Answer types: only dates and numbers help (answering study §2), and a stated reason for why."""
    if wanted.asked.want not in ("who", "none"):
        return 0.1 if fits else -0.1
    if wanted.expects == "why":
        return 0.03 if _REASON.search(text) else 0.0
    return 0.0
