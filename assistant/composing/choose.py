"""Which sentences are shown: the best, each with the neighbours of its paragraph that it needs, within some words.

A quotation never leaves its paragraph: across paragraphs a page's reading order is less sure, and so is verbatim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.judging.spans import Span, adjacent, needs_before, siblings_of
from assistant.model import Sentence
from assistant.words import content_stems

LIST = 12
"""Lists of up to so many items are shown whole."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How much is shown: words in all, quotations, and the words up to which one quotation takes its neighbours."""

    words: int = 190
    most: int = 5
    fill: int = 45


@dataclass(frozen=True, slots=True)
class Quotation:
    """A run of sentences of one paragraph (or the items of one list), the best of them in front as `span`."""

    span: Span
    sentences: tuple[Sentence, ...]

    @property
    def start(self) -> int:
        """Where it begins on its page."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Where it ends on its page."""
        return self.sentences[-1].end

    @property
    def words(self) -> int:
        """How many words its sentences have."""
        return sum(_words(self.span, sentence) for sentence in self.sentences)

    def holds(self, span: Span) -> bool:
        """Return whether a sentence is part of it."""
        return span.page == self.span.page and any(s.start <= span.sentence.start < s.end for s in self.sentences)


def _words(span: Span, sentence: Sentence) -> int:
    passage = span.hit.passage
    return len(passage.text[max(0, sentence.start - passage.start) : sentence.end - passage.start].split())


def choose(spans: Sequence[Span], measure: Measure, question: frozenset[str] = frozenset()) -> list[Quotation]:
    """Return the quotations to show, best first. `spans` are ranked; `question` are the stems of the question."""
    chosen: list[Quotation] = []
    for span in spans:
        used = sum(one.words for one in chosen)
        if len(chosen) == measure.most or used >= measure.words:
            break
        if any(one.holds(span) for one in chosen) or _repeats(span, chosen, question):
            continue
        beside = next((place for place, one in enumerate(chosen) if _continues(one, span)), None)
        if beside is not None:
            chosen[beside] = _joined(chosen[beside], span)
            continue
        room = measure.words - used
        quotation = _opened(span, measure, room)
        if chosen and quotation.words > 1.3 * room:
            continue
        chosen.append(quotation)
    return chosen


def _opened(span: Span, measure: Measure, room: int) -> Quotation:
    """Return the quotation that a sentence begins: its whole list, or itself with neighbours of its paragraph."""
    items = siblings_of(span)
    listed = Quotation(span, items)
    if 1 < len(items) <= LIST and listed.words <= max(room, measure.fill):
        return listed
    if span.sentence.kind in ("row", "bullet"):
        return Quotation(span, (span.sentence,))
    return _filled(span, min(measure.fill, room))


def _filled(span: Span, words: int) -> Quotation:
    """Return a sentence with the sentence it leans on and, up to so many words, those behind and before it."""
    siblings = span.hit.passage.sentences
    low = high = span.place
    if needs_before(span):
        low -= 1
    used = sum(_words(span, s) for s in siblings[low : high + 1])
    for step in (1, 1, -1):
        at = high + 1 if step > 0 else low - 1
        if not 0 <= at < len(siblings):
            continue
        pair = (siblings[high], siblings[at]) if step > 0 else (siblings[at], siblings[low])
        if adjacent(span.hit.passage, *pair) and used + _words(span, siblings[at]) <= words:
            used += _words(span, siblings[at])
            low, high = min(low, at), max(high, at)
    return Quotation(span, siblings[low : high + 1])


def _continues(one: Quotation, span: Span) -> bool:
    """Return whether a sentence follows or precedes a quotation in its paragraph."""
    if one.span.page != span.page or one.span.paragraph != span.paragraph:
        return False
    passage = span.hit.passage
    return adjacent(passage, one.sentences[-1], span.sentence) or adjacent(passage, span.sentence, one.sentences[0])


def _joined(one: Quotation, span: Span) -> Quotation:
    ordered = sorted((*one.sentences, span.sentence), key=lambda s: s.start)
    return replace(one, sentences=tuple(ordered))


def _repeats(span: Span, chosen: Sequence[Quotation], question: frozenset[str]) -> bool:
    """Return whether a sentence only repeats the question, or says what a chosen one says."""
    stems = frozenset(content_stems(span.text))
    if span.text.rstrip().endswith("?") or (question and stems <= question):
        return True
    return any(same(span.text, one.span.text) for one in chosen)


def same(first: str, second: str) -> bool:
    """Return whether two sentences say nearly the same: three quarters of the shorter one's words, all its figures."""
    a, b = set(content_stems(first)), set(content_stems(second))
    if not a or not b:
        return False
    figures = ({s for s in one if s[:1].isdigit()} for one in (a, b))
    shared = len(a & b)
    return shared > 0.75 * min(len(a), len(b)) and shared > 0.6 * len(a | b) and len(set(map(frozenset, figures))) == 1
