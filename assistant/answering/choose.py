"""Which of the ranked sentences are shown: the few that answer, in the words of the page, each with what it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.alone import leans
from assistant.answering.candidates import Candidate, adjacent
from assistant.answering.told import is_stated
from assistant.model import Sentence
from assistant.words import content_stems

NEAR, ELSEWHERE = 0.72, 0.85
"""How near to the best one a further sentence must come, on the same page and on another."""
RUNS_ON = 0.65
"""How much lower the bar is for the sentence right before or after the best one: an answer often runs on."""


def choose(
    ranked: Sequence[Candidate], *, words: int, most: int, near: float = NEAR, alone: bool = False
) -> list[Candidate]:
    """Return the few best sentences within `words` words: no two that say the same, none far behind the best.

    A further sentence must speak to the question by its words or its meaning nearly as well as the best one, the more
    so on another page; where a date, number, sum or person is asked for, it must have one or follow on the best.
    Beside a stated objective the others are shown. With `alone` a neighbour of the best one has no advantage.
    """
    chosen: list[Candidate] = []
    used = 0
    for candidate in ranked if alone else _near_the_best(ranked):
        length = len(candidate.text.split())
        if chosen and (used + length > words or not _worth(ranked[0], candidate, near, alone)):
            continue
        if chosen and candidate.text.endswith(":") and not _is_lead_of(candidate, chosen):
            continue  # it only announces what is not shown
        if any(same(candidate.text, other.text) for other in chosen) or said(candidate.text, chosen):
            continue
        chosen.append(candidate)
        used += length
        if len(chosen) == most:
            break
    return chosen


def _is_lead_of(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Return whether a sentence introduces a chosen item, which then stands under it."""
    span = (candidate.sentence.start, candidate.sentence.end)
    return any(other.sentence.lead == span and other.page == candidate.page for other in chosen)


def _worth(best: Candidate, candidate: Candidate, near: float, alone: bool) -> bool:
    listed = is_stated(best.text)
    if listed and is_stated(candidate.text) and candidate.coverage >= best.coverage:
        return True
    follows = not (alone or listed) and beside(best, candidate)
    here = best.page == candidate.page
    if candidate.score < (near if here else ELSEWHERE) * best.score * (RUNS_ON if follows else 1.0):
        return False
    if best.fits and not candidate.fits and not follows:
        return False
    return follows or not (candidate.coverage < 0.5 * best.coverage and candidate.cosine < 0.8 * best.cosine)


def said(text: str, chosen: Sequence[Candidate]) -> bool:
    """Return whether the chosen sentences say already what a short text says: its words and all its numbers."""
    stems = set(content_stems(text))
    before = set(content_stems(" ".join(other.text for other in chosen)))
    numbers = set(re.findall(r"\d+", text)) - set(re.findall(r"\d+", " ".join(other.text for other in chosen)))
    return bool(stems) and len(stems) <= 12 and not numbers and len(stems & before) >= 0.7 * len(stems)


def beside(first: Candidate, second: Candidate) -> bool:
    """Return whether two sentences follow one another on one page."""
    if first.page != second.page:
        return False
    a, b = first.sentence, second.sentence
    return 0 <= b.start - a.end <= 3 or 0 <= a.start - b.end <= 3


def _near_the_best(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the ranking with the best sentence's own passage and page moved up: an answer often runs on."""
    if not ranked:
        return []
    best = ranked[0]

    def moved(candidate: Candidate) -> float:
        if candidate.page != best.page:
            return candidate.score
        passage = candidate.hit.passage
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
