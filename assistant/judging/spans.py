"""A sentence that may answer, in its frame: its passage, its paragraph, what introduces it, and its scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.countries import countries_in
from assistant.judging.quotable import leans, quotable
from assistant.model import Hit, Page, Passage, PassageReading, Sentence

PageOf = Callable[[str, int], Page]
"""Returns a page of a document by its number."""


@dataclass(frozen=True, slots=True)
class ReadHit:
    """A passage found and read."""

    hit: Hit
    read: PassageReading


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence that may be quoted: `text` as it stands, `paragraph` the block of its page that holds it.

    `score` orders the spans of one question; `likeness` is the reader's (or else the encoder's) score of the sentence.
    """

    hit: Hit
    place: int
    sentence: Sentence
    text: str
    paragraph: int
    relevance: float
    likeness: float
    score: float = field(compare=False, default=0.0)

    @property
    def page(self) -> tuple[str, int]:
        """The document and the number of the page on which it stands."""
        return self.hit.passage.document, self.hit.passage.page

    @property
    def where(self) -> tuple[str, int, int]:
        """Document, page and first character: spans sorted by it are in reading order."""
        return *self.page, self.sentence.start


def text_of(passage: Passage, sentence: Sentence) -> str:
    """Return the text of a sentence of a passage."""
    return passage.text[sentence.start - passage.start : sentence.end - passage.start]


def texts_of(passage: Passage) -> list[str]:
    """Return the text of every sentence of a passage, in order."""
    return [text_of(passage, sentence) for sentence in passage.sentences]


def lead_of(passage: Passage, sentence: Sentence) -> str:
    """Return the words that introduce an item or head a row, where they stand in the passage; else ''."""
    if not sentence.lead:
        return ""
    start, end = (place - passage.start for place in sentence.lead)
    return passage.text[start:end] if 0 <= start < end else ""


def spans_of(read: Sequence[ReadHit], page_of: PageOf, country: str = "") -> list[Span]:
    """Return every quotable sentence of the passages, each once (in the passage that scores it best), unordered.

    With a country, only sentences that speak of it: all of its own documents, and elsewhere those that name it or
    stand under it.
    """
    found: dict[tuple[str, int, int], Span] = {}
    for one in read:
        passage = one.hit.passage
        texts = texts_of(passage)
        blocks = _blocks(page_of(passage.document, passage.page))
        for place, sentence in enumerate(passage.sentences):
            if not quotable(texts[place]) or (country and not speaks_of(one.hit, texts, place, country)):
                continue
            likeness = _likeness(one, place)
            span = Span(one.hit, place, sentence, texts[place], _block_at(blocks, sentence.start), one.read.relevance,
                        likeness)  # fmt: skip
            known = found.get(span.where)
            if known is None or (span.relevance, likeness) > (known.relevance, known.likeness):
                found[span.where] = span
    return list(found.values())


def _likeness(one: ReadHit, place: int) -> float:
    if place < len(one.read.sentences):
        return one.read.sentences[place]
    scores = one.hit.sentence_scores
    return scores[place] if place < len(scores) else one.hit.dense


def _blocks(page: Page) -> Sequence[tuple[int, int]]:
    return [(block.start, block.end) for block in page.blocks]


def _block_at(blocks: Sequence[tuple[int, int]], start: int) -> int:
    """Return the place of the block that holds a character; -1 where the page has no blocks."""
    return next((place for place, (low, high) in enumerate(blocks) if low <= start < high), -1)


def speaks_of(hit: Hit, texts: Sequence[str], place: int, country: str) -> bool:
    """Return whether sentence `place` of a passage speaks of the country, by its words, lead-in or context."""
    if hit.document.countries == (country,):
        return True
    if len(hit.document.countries) == 1:  # what it says of others, it says in the sentence that names them
        return country in countries_in(texts[place])
    lead = lead_of(hit.passage, hit.passage.sentences[place])
    context = [texts[place], *([lead] if lead else []), *texts[:place][::-1][:3], *hit.passage.headings[::-1]]
    for text in context:
        named = countries_in(text)
        if named:
            return country in named
    return hit.document.unplaced


def adjacent(passage: Passage, first: Sentence, second: Sentence) -> bool:
    """Return whether the second sentence follows the first in its paragraph, both of one kind."""
    between = passage.text[first.end - passage.start : second.start - passage.start]
    return first.kind == second.kind and 0 <= second.start - first.end <= 3 and "\n\n" not in between


def siblings_of(span: Span) -> tuple[Sentence, ...]:
    """Return the items of the span's list in its passage, whether it is one of them or introduces them."""
    sentence = span.sentence
    lead = sentence.lead if sentence.kind == "bullet" else (sentence.start, sentence.end)
    return tuple(s for s in span.hit.passage.sentences if s.kind == "bullet" and s.lead is not None and s.lead == lead)


def needs_before(span: Span) -> bool:
    """Return whether a sentence points back to the one before, which stands in the same paragraph."""
    if span.place == 0 or span.sentence.kind not in ("prose", "side") or not leans(span.text):
        return False
    passage = span.hit.passage
    return adjacent(passage, passage.sentences[span.place - 1], span.sentence)
