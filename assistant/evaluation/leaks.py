"""Does anything about another country slip in? Counted from the question's own words, never from what was understood.

A leak is a quotation shown, or a passage found, that is about other countries only, where the words of the question
(or, when it names none, of the last turn before that does) name countries, or a country filter was set. Where the
gazetteer itself is under test (a misspelt name, "the three Baltic states", a country it does not know), the gold
question says in `asked` whom it names. A question that names nobody ("What is NorSeq?") cannot leak.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.countries import countries_in, name_of
from assistant.evaluation.gold import GoldQuestion
from assistant.model import Answer, Citation, Hit, Scope
from assistant.ports import Desk, Snapshot

TOPICS = (
    "consent for the use of genome data", "the cost of genome sequencing", "rare diseases", "cancer patients",
    "newborn screening", "the national biobank", "the genetic testing law", "training of doctors and nurses",
    "patient organisations", "data protection", "sharing data across borders", "the number of sequenced genomes",
    "artificial intelligence", "pharmacogenomics", "the role of industry", "governance and steering bodies",
    "public trust", "computing and storage", "genetic counsellors",
)  # fmt: skip
"""Subjects that the documents of every country may treat."""
FORMS = (
    "What is said about {}?",
    "Who is responsible for {}?",
    "How much money goes into {}?",
    "{}",
    "Why does {} matter?",
)
"""How a generated question asks about a subject."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """A generated question with a country filter; one in five names another country to tempt the search."""

    question: str
    country: str


def asked(q: GoldQuestion) -> frozenset[str]:
    """Return the countries the words of a question name; empty when they name none."""
    if q.asked is not None:
        return frozenset(q.asked)
    for words in (q.question, *reversed(q.history)):
        named = countries_in(words, True)
        if named:
            return frozenset(named)
    return frozenset()


def about(snapshot: Snapshot, document: str, countries: Sequence[str], quote: str | None = None) -> frozenset[str]:
    """Return whom a passage is about, or a quotation: the one country of its document and whom the words name.

    In a document on several countries or none, what its passage names.
    """
    own = snapshot.document(document).countries
    if len(own) != 1:
        return frozenset(countries)
    return frozenset((*own, *(countries if quote is None else countries_in(quote))))


def leaks_of(wanted: frozenset[str], snapshot: Snapshot, answer: Answer, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return where an answer or its hits speak about other countries only, as "document page" with the place."""
    if not wanted:
        return ()

    def foreign(document: str, countries: Sequence[str], quote: str | None = None) -> bool:
        places = about(snapshot, document, countries, quote)
        return bool(places) and places.isdisjoint(wanted)

    def of(place: str, citations: Sequence[Citation]) -> list[str]:
        return [
            f"{place} {c.document} page {c.page}"
            for c in citations
            if foreign(c.document, c.countries, None if c.number in introducing else c.quote)
        ]

    speaking = {statement.citations[-1] for statement in answer.statements}
    introducing = {number for s in answer.statements for number in s.citations[:-1]} - speaking  # name nobody

    found = [f"hit {h.document.id} page {h.passage.page}" for h in hits if foreign(h.document.id, h.passage.countries)]
    return (*of("quotation", answer.citations), *found)


def filtered_questions(snapshot: Snapshot, count: int = 500) -> list[Filtered]:
    """Return `count` generated questions: countries of the library by turns, topics and forms rotated."""
    present = sorted({code for document in snapshot.documents() for code in document.countries})
    if not present:
        return []
    out = []
    for number in range(count):
        country = present[number % len(present)]
        turn = number // len(present)
        topic = TOPICS[(turn + number % len(present)) % len(TOPICS)]
        text = FORMS[(number + turn) % len(FORMS)].format(topic)
        if number % 5 == 4:
            text = f"{text.rstrip('?')} in {name_of(present[(number + 7) % len(present)])}?"
        out.append(Filtered(text[:1].upper() + text[1:], country))
    return out


def filter_leaks(desk: Desk, count: int = 500) -> tuple[str, ...]:
    """Ask generated questions with a country filter and return every leak with its question; must be empty."""
    snapshot = desk.snapshot()
    found: list[str] = []
    for made in filtered_questions(snapshot, count):
        scope = Scope(countries=(made.country,))
        answer, hits = desk.ask(made.question, scope=scope), desk.search(made.question, 10, scope=scope)
        places = leaks_of(frozenset({made.country}), snapshot, answer, hits)
        found += [f"{made.question} [{made.country}]: {place}" for place in places]
    return tuple(found)
