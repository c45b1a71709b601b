"""Which sentences answer: cosine, covered words weighted by idf, the neighbourhood, and the passage they stand in.

The rule and its weights come from a study on five public question sets (DECISIONS.md); they were not fitted here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.countries import countries_in
from assistant.model import Expects, Hit, Sentence
from assistant.words import content_stems, synonyms

Idf = Callable[[str], float]
SYNONYM = 0.7
RAREST = 5.0
"""No single word weighs more than this, so that one unusual word of the question cannot decide alone."""
RUNS_ON = 0.65
"""How much lower the bar is for the sentence right before or after the best one: an answer often runs on."""
CUT = 0.15
"""What a sentence loses that the end of a page or column cuts."""

_DATE = re.compile(
    r"\b(1[89]\d\d|20\d\d)\b|\b(January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_NUMBER = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|hundred|thousand|million|billion|half|third"
    r"|quarter)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(because|since|therefore|so that|in order to|due to|owing to|reason|thanks to)\b", re.IGNORECASE
)
_LEANS = re.compile(
    r"^(this|these|it|they|he|she|such|its|their|that|those|both"
    r"|the (former|latter|same|act|law|plan|project|programme))\b",
    re.IGNORECASE,
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks for, as stems with their idf weights."""

    stems: tuple[str, ...]
    weights: tuple[float, ...]
    expects: Expects = "open"
    bound: float = 1.0

    @property
    def total(self) -> float:
        """The weight of all words together, never 0."""
        return sum(self.weights) or 1.0


def wanted_of(topic: str, expects: Expects, idf: Idf, bound: float, drop: frozenset[str] = frozenset()) -> Wanted:
    """Return what to cover; `drop` are stems that the scope already guarantees (names of the country searched)."""
    stems = tuple(stem for stem in content_stems(topic) if stem not in drop)
    return Wanted(stems, tuple(min(RAREST, idf(stem)) for stem in stems), expects, max(bound, 1e-6))


_MONEY = re.compile(
    r"[€£$]|\b(EUR|GBP|USD|DKK|SEK|NOK|CZK|PLN|HUF|euros?|pounds?|kroner|crowns?)\b|\b(million|billion)\b",
    re.IGNORECASE,
)
_ASKS_MONEY = re.compile(
    r"\bhow much\b.*\b(money|cost|costs|spend|spent|pay|paid|invest\w*|fund\w*|budget)\b|\bhow (costly|expensive)\b"
    r"|\b(what|which|how (big|large|high))\b[^?]*\b(budget|cost|costs|price|funding|expenditure)\b",
    re.IGNORECASE,
)
_KINDS = {
    "date": frozenset(content_stems("date dates year years day days month months deadline")),
    "number": frozenset(content_stems("number numbers share percentage proportion percent rate figure size amount")),
}


_MANY = re.compile(r"\bhow many (?:of the |of |more |new )?((?:[\w-]+\s*){1,3})", re.IGNORECASE)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_YEAR_OR_DATE = re.compile(rf"\b(1[89]\d\d|20\d\d)\b|\b\d{{1,2}} (?=({_MONTHS})\b)")
_MONEY_STEMS = frozenset(content_stems("money cost spend paid pay invest fund budget price expensive per whole total"))


def fits_kind(candidate: Candidate, question: str, wanted: Wanted) -> bool:
    """Return whether a sentence holds what is asked for: a sum of money or a number of the thing asked, a date of it.

    "How many counsellors": a numeral that is no year, in a sentence on counsellors. "Budget of the biobank": a sum of
    money in a sentence that has one of the question's other words.
    """
    text, own = candidate.text, candidate.own
    if _ASKS_MONEY.search(question):
        topic = [s for s, w in zip(wanted.stems, wanted.weights, strict=True) if w >= 1 and s not in _MONEY_STEMS]
        return bool(_MONEY.search(text)) and (not topic or any(_meets(stem, candidate.around) for stem in topic))
    many = _MANY.search(question)
    if many:
        things = [stem for stem in content_stems(many.group(1)) if stem in wanted.stems]
        return bool(_NUMBER.search(_YEAR_OR_DATE.sub(" ", text))) and (
            not things
            or any(_meets(stem, own | frozenset(content_stems(candidate.hit.document.title))) for stem in things)
        )
    if wanted.expects == "date":
        return bool(_DATE.search(text)) and candidate.coverage >= 0.3
    return wanted.expects != "number" or bool(_NUMBER.search(text))


def _meets(stem: str, present: frozenset[str]) -> bool:
    return stem in present or not present.isdisjoint(synonyms(stem))


def kind_stems(text: str) -> frozenset[str]:
    """Return the words of a question that a date or a number in the text answers ("which year", "what share")."""
    found: frozenset[str] = frozenset()
    if _DATE.search(text):
        found |= _KINDS["date"]
    if _NUMBER.search(text):
        found |= _KINDS["number"]
    return found


def covered(wanted: Wanted, present: frozenset[str]) -> float:
    """Return the idf-weighted share of the wanted stems that are present; a synonym counts for 0.7 of its word."""
    found = 0.0
    for word, weight in zip(wanted.stems, wanted.weights, strict=True):
        if word in present:
            found += weight
        elif not present.isdisjoint(synonyms(word)):
            found += SYNONYM * weight
    return found / wanted.total


def candidates(hits: Sequence[Hit], wanted: Wanted, country: str = "") -> list[Candidate]:
    """Return every quotable sentence of the hits with its score, best first, ties by place.

    With a country, only sentences that speak of it: all of its own document, and in a document about several or none
    those that name it or stand under it.
    """
    found: dict[tuple[str, int, int], Candidate] = {}
    for hit in hits:
        passage = hit.passage
        texts = [passage.text[s.start - passage.start : s.end - passage.start] for s in passage.sentences]
        bags = [frozenset(content_stems(text)) for text in texts]
        frame = frozenset(content_stems(" ".join((hit.document.title, *passage.headings))))
        passage_score = 0.5 * hit.dense + 0.5 * min(1.0, hit.lexical / wanted.bound)
        for i, sentence in enumerate(passage.sentences):
            if not _quotable(texts[i]) or (country and not speaks_of(hit, texts, i, country)):
                continue
            lead = _lead_bag(sentence, hit)
            own = bags[i] | lead | kind_stems(texts[i])
            window = own.union(frame, *bags[max(0, i - 1) : i + 2])
            cosine = hit.sentence_scores[i] if i < len(hit.sentence_scores) else hit.dense
            coverage, around = covered(wanted, own), covered(wanted, window)
            score = cosine + 0.35 * coverage + 0.3 * around + passage_score + _nudge(texts[i], wanted.expects)
            score -= CUT * (sentence.open_start + sentence.open_end)
            key = (passage.document, passage.page, sentence.start)
            if key not in found or found[key].score < score:
                found[key] = Candidate(hit, sentence, texts[i], score, cosine, coverage, around, own, window)
    return sorted(
        found.values(), key=lambda c: (-c.score, c.hit.passage.document, c.hit.passage.page, c.sentence.start)
    )


def speaks_of(hit: Hit, texts: Sequence[str], place: int, country: str) -> bool:
    """Return whether sentence `place` of the hit speaks of the country, by its words, lead-in or context."""
    if hit.document.countries == (country,):
        return True
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
    return country in passage.countries and len(passage.countries) == 1


def _lead_bag(sentence: Sentence, hit: Hit) -> frozenset[str]:
    if not sentence.lead:
        return frozenset()
    start, end = (place - hit.passage.start for place in sentence.lead)
    return frozenset(content_stems(hit.passage.text[start:end])) if 0 <= start < end else frozenset()


def _quotable(text: str) -> bool:
    """Whether a slice is worth quoting: a few words with letters, not a bare heading, number or address."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) >= 3 and not re.match(r"^(https?://|www\.)\S+$", text.strip())


def _nudge(text: str, expects: Expects) -> float:
    """Answer types: only dates and numbers help (answering.md §2), and a stated reason for why."""
    if expects == "date":
        return 0.1 if _DATE.search(text) else -0.05
    if expects == "number":
        return 0.1 if _NUMBER.search(text) else -0.05
    if expects == "why":
        return 0.03 if _REASON.search(text) else 0.0
    return 0.0


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
    if sentence.kind not in ("prose", "side") or not _LEANS.match(candidate.text):
        return sentence
    place = siblings.index(sentence)
    if place == 0 or siblings[place - 1].kind != sentence.kind:
        return sentence
    before = siblings[place - 1]
    passage = candidate.hit.passage
    gap = passage.text[before.end - passage.start : sentence.start - passage.start]
    if "\n\n" in gap or sentence.start - before.end > 2:
        return sentence
    return Sentence(before.start, sentence.end, sentence.kind, sentence.lead, before.open_start, sentence.open_end)


def whole_list(candidate: Candidate) -> tuple[Sentence, ...]:
    """Return the bullets of the candidate's list, in order, whether it is one of them or introduces them."""
    sentence, siblings = candidate.sentence, candidate.hit.passage.sentences
    lead = sentence.lead if sentence.kind == "bullet" else (sentence.start, sentence.end)
    return tuple(s for s in siblings if s.kind == "bullet" and s.lead is not None and s.lead == lead)
