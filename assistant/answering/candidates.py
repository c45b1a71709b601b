"""Every sentence that may answer, scored: cosine, covered words weighted by idf, the neighbourhood, and the passage.

The rule and its weights come from a study on five public question sets (DECISIONS.md); they were not fitted here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.asking import Asked, asked_of
from assistant.answering.either import alternatives
from assistant.answering.kinds import advises, holds, kind_stems, meets
from assistant.countries import countries_in
from assistant.model import Expects, Hit, Passage, Sentence
from assistant.words import answered_by, bag, content_stems, expansion, in_plain_words, subject

Idf = Callable[[str], float]
SYNONYM = 0.7
"""What a word used for another counts; the same for a word that only the sentence before has."""
RAREST = 4.0
"""No single word weighs more than this, so that one unusual word of the question cannot decide alone."""
NOTHING = Asked("none")
ADVICE = 0.2
"""What a sentence under a heading such as "Recommendations" gains where advice is asked for."""
ROW = 0.1
"""What a row of a table loses where no date, number or sum is asked for."""
WEIGHING = frozenset(content_stems("main key major biggest greatest chief important overall itself themselves"))
"""Words with which a question weighs or turns what it asks for, and which no answer repeats."""
ACCOUNTS = frozenset(
    content_stems(
        "challenge barrier obstacle problem difficulty gap weakness strength success achievement lesson conclusion "
        "finding result recommendation goal objective aim target priority measure step benefit advantage risk need"
    )
)
"""What a heading says of every sentence under it: under "Open challenges" each tells a challenge, without the word."""
STILL = frozenset(content_stems("remain remains still other key main current general"))
"""Words that a heading may have beside all that is asked for ("What remains difficult")."""
_STATED = re.compile(
    r"(?:\d[\d.]*\s+)?((?:[^\W\d]+\s+){0,2}[^\W\d]+)\s+(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])\s?[.:–—-]?\s+[A-ZÄÅÖÜÉÕ]"
)
PLANS = frozenset(content_stems("plan plans planned strategy pursue pursued propose proposed define defined"))
"""Words that ask for what is planned beside saying what ("What measures does Austria plan?")."""
TOLD = 0.4
"""What a sentence gains under a heading that is all the question asks for ("What are the recommendations?")."""
STATED = 0.5
"""What a heading gains that states what is asked for: no sentence under it repeats that word."""
CUT = 0.15
"""What a sentence loses that the end of a page or column cuts."""

_REASON = re.compile(
    r"\b(because|since|therefore|so that|in order to|due to|owing to|reason|thanks to)\b", re.IGNORECASE
)
_LEANS = re.compile(
    r"^(?!this (policy )?(brief|report|document|paper|publication|brochure|roadmap|digest|book|guide)\b)"
    r"(this|these|it|they|he|she|such|its|their|that|those|both|his|her|another|others?|in addition|there|the (former|"
    r"latter|same|act|law|plan|project|programme|study|centre|center|strategy|group|committee|agency|work))\b"
    r"|^(in|since|by|from|until|at|on|with|according to|between|after|before)\b[^,.;:]{1,40},? (it|they)\b",
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
    fits: bool = True
    """Whether it has the kind of thing asked for (a date, a number of it, a sum, somebody)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks for, as stems with their idf weights."""

    stems: tuple[str, ...]
    weights: tuple[float, ...]
    expects: Expects = "open"
    bound: float = 1.0
    asked: Asked = NOTHING
    question: str = ""
    either: tuple[tuple[str, ...], ...] = ()
    """Words of which one is enough."""

    @property
    def total(self) -> float:
        """The weight of all words together, of alternatives only the heaviest; never 0."""
        return self.summed(dict(zip(self.stems, self.weights, strict=True))) or 1.0

    def summed(self, values: Mapping[str, float]) -> float:
        """Return the sum of values by stem, of each group of alternatives the highest only."""
        grouped = {stem for group in self.either for stem in group}
        alone = sum(value for stem, value in values.items() if stem not in grouped)
        return alone + sum(max(values.get(stem, 0.0) for stem in group) for group in self.either)


def wanted_of(
    topic: str, expects: Expects, idf: Idf, bound: float, drop: frozenset[str] = frozenset(), question: str = ""
) -> Wanted:
    """Return what to cover; `drop` are stems that the scope already guarantees (names of the country searched)."""
    topic, question = in_plain_words(topic), in_plain_words(question)
    stems = tuple(stem for stem in content_stems(topic) if stem not in drop)
    stems = tuple(stem for stem in stems if stem not in WEIGHING) or stems
    weights = tuple(min(RAREST, idf(stem)) for stem in stems)
    return Wanted(
        stems,
        weights,
        expects,
        max(bound, 1e-6),
        asked_of(question or topic, expects, stems, weights),
        question,
        alternatives(question or topic, stems),
    )


def covered(wanted: Wanted, present: frozenset[str], near: frozenset[str] = frozenset()) -> float:
    """Return the idf-weighted share of the wanted stems that are present.

    A word used for another counts 0.7 of it, and so does a word that only `near` holds; an abbreviation counts in full
    where all words of what it stands for are present.
    """
    found: dict[str, float] = {}
    for word, weight in zip(wanted.stems, wanted.weights, strict=True):
        long = expansion(word)
        if word in present or (long and present.issuperset(long)):
            found[word] = weight
        elif word in near or not present.isdisjoint(answered_by(word)):
            found[word] = SYNONYM * weight
    return min(1.0, wanted.summed(found) / wanted.total)


def has(word: str, present: frozenset[str]) -> bool:
    """Return whether a stem, a word used for it, or all words of what it stands for are present."""
    long = expansion(word)
    return meets(word, present) or bool(long and present.issuperset(long))


def lacking_subject(wanted: Wanted, around: frozenset[str]) -> str:
    """Return the stem of a subject that the question names and the evidence never does, '' where there is none.

    Of alternatives one is enough.
    """
    spared = {word for group in wanted.either if any(has(word, around) for word in group) for word in group}
    for word in wanted.stems:
        named, long = subject(word), expansion(word)
        if word not in spared and named and around.isdisjoint(named) and not (long and around.issuperset(long)):
            return word
    return ""


def candidates(hits: Sequence[Hit], wanted: Wanted, country: str = "") -> list[Candidate]:
    """Return every quotable sentence of the hits with its score, best first, ties by place.

    With a country, only sentences that speak of it: all of its own document, and in a document about several or none
    those that name it or stand under it.
    """
    found: dict[tuple[str, int, int], Candidate] = {}
    for hit in hits:
        for candidate in _of_hit(hit, wanted, country):
            key = (hit.passage.document, hit.passage.page, candidate.sentence.start)
            if key not in found or found[key].score < candidate.score:
                found[key] = candidate
    return sorted(
        found.values(), key=lambda c: (-c.score, c.hit.passage.document, c.hit.passage.page, c.sentence.start)
    )


def _of_hit(hit: Hit, wanted: Wanted, country: str) -> list[Candidate]:
    passage = hit.passage
    texts = texts_of(passage)
    bags = [bag(text) for text in texts]
    headings = bag(" ".join(passage.headings))
    told = _told(passage.headings[-1], wanted) if passage.headings else frozenset()
    frame = headings | bag(hit.document.title)
    told_all, of_stated = _all_told(wanted, told, hit), asks_stated(wanted)
    advice = ADVICE * advises(wanted.question, passage.headings)
    passage_score = 0.5 * hit.dense + 0.5 * min(1.0, hit.lexical / wanted.bound)
    found = []
    for i, sentence in enumerate(passage.sentences):
        if not quotable(texts[i]) or (country and not speaks_of(hit, texts, i, country)):
            continue
        own = bags[i] | told | _lead_bag(sentence, hit) | kind_stems(texts[i])
        stated = of_stated and _all_told(wanted, stated_as(texts[i]), hit)
        own = own.union(wanted.stems) if stated else own
        near = bags[i - 1] if i and leans(texts[i]) and adjacent(passage.sentences[i - 1], sentence) else frozenset()
        around = own.union(frame, *bags[max(0, i - 1) : i + 2])
        cosine = hit.sentence_scores[i] if i < len(hit.sentence_scores) else hit.dense
        coverage, window = covered(wanted, own, near), covered(wanted, around)
        fits = holds(wanted.asked, texts[i], own | near | headings, around)
        score = cosine + 0.35 * coverage + 0.3 * window + passage_score + _nudge(texts[i], wanted, fits)
        score += (STATED * stated or TOLD * told_all or advice) - CUT * (sentence.open_start + sentence.open_end)
        score -= ROW * (sentence.kind == "row" and wanted.asked.want == "none")
        found.append(Candidate(hit, sentence, texts[i], score, cosine, coverage, window, own | near, around, fits))
    return found


def _told(heading: str, wanted: Wanted) -> frozenset[str]:
    """Return what a heading says of every sentence under it: its accounts, or all of it where it is the question."""
    said = bag(heading)
    if is_stated(heading):
        return frozenset()
    asks_it = wanted.asked.want == "none" and wanted.stems and frozenset(wanted.stems) == said - STILL
    return said if asks_it else said & ACCOUNTS


def asks_stated(wanted: Wanted) -> bool:
    """Return whether what headings state is asked for: "What are the objectives of the strategy?"."""
    return wanted.asked.want == "none" and not ACCOUNTS.isdisjoint(wanted.stems)


def stated_as(text: str) -> frozenset[str]:
    """Return what a numbered heading says that it states, {objective} of "Objective 2: A national data platform"."""
    found = _STATED.match(text)
    return ACCOUNTS & bag(found.group(1)) if found else frozenset()


def is_stated(text: str) -> bool:
    """Return whether a text is one of several that each state a thing ("Objective 2: A national data platform")."""
    return bool(stated_as(text))


def _all_told(wanted: Wanted, told: frozenset[str], hit: Hit) -> bool:
    """Return whether a heading is all that is asked for, beside words of the document's title ("of the strategy")."""
    more = [stem for stem in wanted.stems if not meets(stem, told)]
    beside = bag(hit.document.title) | PLANS if asks_stated(wanted) else frozenset()
    return bool(told) and len(more) < len(wanted.stems) and beside.issuperset(more)


def texts_of(passage: Passage) -> list[str]:
    """Return the text of every sentence of a passage, in order."""
    return [passage.text[s.start - passage.start : s.end - passage.start] for s in passage.sentences]


def leans(text: str) -> bool:
    """Return whether a sentence begins with a word that points back ("It", "This", "The act")."""
    return bool(_LEANS.match(text))


def adjacent(first: Sentence, second: Sentence) -> bool:
    """Return whether the second sentence follows the first on the page, both of one kind."""
    return first.kind == second.kind and 0 <= second.start - first.end <= 2


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
    return False


def _lead_bag(sentence: Sentence, hit: Hit) -> frozenset[str]:
    if not sentence.lead:
        return frozenset()
    start, end = (place - hit.passage.start for place in sentence.lead)
    return bag(hit.passage.text[start:end]) if 0 <= start < end else frozenset()


_WORDS = re.compile(r"[^\W\d_]{2,}")
_MAIL = re.compile(r"\S@\w+[\w.-]*\.\w")
_ADDRESS = re.compile(r"\s*(https?://|www\.)\S+\s*$")


_FIGURE = re.compile(r"[^\W\d_]{4,}[^\d]*?(?::|·)\s*(?:[€£$]|[A-Z]{3}\b)?\s*(?:about |some |over )?\d")
"""A label and its figure: a line of a fact box ("Inhabitants: 5.5 million") or a row of a table ("Nurses · 90")."""
_NUMBERED_THING = re.compile(
    r"\s*(?:tel|phone|telephone|fax|isbn|issn|doi|pages?|version|volume|figure|table|date|contact|room)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def quotable(text: str) -> bool:
    """Whether a slice is worth quoting: a few words with letters, not a bare heading, number, address or contact.

    A label with its figure is, however short.
    """
    words = len(_WORDS.findall(text))
    few = 1 if _FIGURE.match(text) and not _NUMBERED_THING.match(text) else 3
    return words >= few and not _ADDRESS.match(text) and not (words < 16 and _MAIL.search(text))


def _nudge(text: str, wanted: Wanted, fits: bool) -> float:
    """Answer types: only dates and numbers help (answering study §2), and a stated reason for why."""
    if wanted.asked.want in ("date", "count", "share", "money", "number"):
        return 0.1 if fits else -0.1
    if wanted.expects == "why":
        return 0.03 if _REASON.search(text) else 0.0
    return 0.0
