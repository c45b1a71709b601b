"""Which of the ranked sentences are shown: the few that answer, in the words of the page, each with what it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.candidates import Candidate, adjacent, leans
from assistant.model import Sentence
from assistant.words import content_stems

RUNS_ON = 0.65
"""How much lower the bar is for the sentence right before or after the best one: an answer often runs on."""


def choose(ranked: Sequence[Candidate], *, words: int, most: int, near: float = 0.72) -> list[Candidate]:
    """Return the few best sentences within `words` words: no two that say the same, none far behind the best.

    A further sentence must speak to the question by its words or its meaning nearly as well as the best one.
    """
    chosen: list[Candidate] = []
    used = 0
    for candidate in _near_the_best(ranked):
        length = len(candidate.text.split())
        bar = near * ranked[0].score * (RUNS_ON if beside(ranked[0], candidate) else 1.0)
        if chosen and (candidate.score < bar or used + length > words):
            continue
        weak = candidate.coverage < 0.5 * ranked[0].coverage and candidate.cosine < 0.8 * ranked[0].cosine
        if chosen and weak and not beside(ranked[0], candidate):
            continue
        if any(same(candidate.text, other.text) for other in chosen):
            continue
        chosen.append(candidate)
        used += length
        if len(chosen) == most:
            break
    return chosen


def beside(first: Candidate, second: Candidate) -> bool:
    """Return whether two sentences follow one another on one page."""
    if (first.hit.passage.document, first.hit.passage.page) != (second.hit.passage.document, second.hit.passage.page):
        return False
    a, b = first.sentence, second.sentence
    return 0 <= b.start - a.end <= 3 or 0 <= a.start - b.end <= 3


def _near_the_best(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the ranking with the best sentence's own passage and page moved up: an answer often runs on."""
    if not ranked:
        return []
    best = ranked[0]
    home = (best.hit.passage.document, best.hit.passage.page)

    def moved(candidate: Candidate) -> float:
        passage = candidate.hit.passage
        if (passage.document, passage.page) != home:
            return candidate.score
        return candidate.score + (
            0.25 if beside(best, candidate) else 0.12 if passage.headings == best.hit.passage.headings else 0.05
        )

    return [best, *sorted(ranked[1:], key=lambda c: -moved(c))]


def same(first: str, second: str) -> bool:
    """Whether two sentences say nearly the same: two thirds of the smaller one's words and all its numbers shared."""
    a, b = set(content_stems(first)), set(content_stems(second))
    if not a or not b:
        return False
    shared = len(a & b) / min(len(a), len(b))
    return (
        shared > 0.75
        and len(a & b) / len(a | b) > 0.6
        and set(re.findall(r"\d+", first)) == set(re.findall(r"\d+", second))
    )


def with_antecedent(candidate: Candidate) -> Sentence:
    """Return the sentence widened by the one before where it begins with a word that points back."""
    sentence, siblings = candidate.sentence, candidate.hit.passage.sentences
    if sentence.kind not in ("prose", "side") or not leans(candidate.text):
        return sentence
    place = siblings.index(sentence)
    if place == 0 or not adjacent(siblings[place - 1], sentence):
        return sentence
    before = siblings[place - 1]
    passage = candidate.hit.passage
    gap = passage.text[before.end - passage.start : sentence.start - passage.start]
    if "\n\n" in gap:
        return sentence
    return Sentence(before.start, sentence.end, sentence.kind, sentence.lead, before.open_start, sentence.open_end)


def whole_list(candidate: Candidate) -> tuple[Sentence, ...]:
    """Return the bullets of the candidate's list, in order, whether it is one of them or introduces them."""
    sentence, siblings = candidate.sentence, candidate.hit.passage.sentences
    lead = sentence.lead if sentence.kind == "bullet" else (sentence.start, sentence.end)
    return tuple(s for s in siblings if s.kind == "bullet" and s.lead is not None and s.lead == lead)
