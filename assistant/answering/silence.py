"""What an answer says about what it did not find: for whom, in how many documents, and what is there instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answering import wording
from assistant.answering.candidates import Candidate, texts_of
from assistant.answering.decide import Decision
from assistant.countries import countries_in
from assistant.model import Hit, Scope, Searched, Understood, Verdict
from assistant.ports import Snapshot

Judge = Callable[[Sequence[Hit], str], Decision]
"""Decide whether passages about a country answer."""
OFFERED = 3
"""So many topics or countries are offered at most."""
_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[A-Z]\d*(?:\.\d+)*\.|[IVX]+\.)\s+")


def once(snapshot: Snapshot, scope: Scope, countries: Sequence[str]) -> int:
    """Return how many documents speak of any of the countries within the scope, each counted once."""
    return snapshot.count(replace(scope, countries=tuple(countries)))[0]


def topics_of(ranked: Sequence[Candidate], limit: int = OFFERED) -> tuple[str, ...]:
    """Return the headings under which the nearest sentences stand, each once, without their numbers."""
    headings = (_NUMBERING.sub("", c.hit.passage.headings[-1]).strip() for c in ranked if c.hit.passage.headings)
    return tuple(dict.fromkeys(heading for heading in headings if heading))[:limit]


def in_passing(hits: Sequence[Hit], country: str) -> bool:
    """Return whether passages name a country only beside at least two others, and nothing is about it.

    Such a mention may answer in its own words; it is no document about the country.
    """
    if not country or not hits or any(country in hit.document.countries for hit in hits):
        return False
    for hit in hits:
        passage = hit.passage
        if country in countries_in(" ".join(passage.headings)):
            return False
        named = [countries_in(text) for text in texts_of(passage)]
        if any(country in found and len(found) < 3 for found in named):
            return False
    return True


def elsewhere(
    understood: Understood, scope: Scope, find: Callable[[Scope, int], list[Hit]], judge: Judge
) -> tuple[str, ...]:
    """Return countries that were not asked about and whose documents may answer, nearest first; one wider search.

    Nothing is offered where the reader's own filter, and not the question, said where to look.
    """
    asked = understood.countries
    if not asked or understood.all_countries or understood.own or scope.countries != asked:
        return ()
    by_country: dict[str, list[Hit]] = {}
    for hit in find(replace(scope, countries=None), 16):
        if len(hit.passage.countries) == 1 and hit.passage.countries[0] not in asked:
            by_country.setdefault(hit.passage.countries[0], []).append(hit)
    nearest = list(by_country.items())[: 2 * OFFERED]
    return tuple(code for code, hits in nearest if judge(hits, code).outcome == "answered")[:OFFERED]


def of_parts(
    snapshot: Snapshot, scope: Scope, silent: Sequence[tuple[str, str]], absent: Sequence[str], everywhere: bool
) -> list[str]:
    """Return what a partly answered question says of the countries without an answer.

    `silent` are (country, outcome). A question about every country names no country without a document.
    """
    remarks = []
    unsure = [country for country, outcome in silent if outcome == "not-enough" and not everywhere and country]
    nothing = [country for country, _ in silent if country and country not in unsure]
    if unsure:
        remarks.append(wording.not_sure_about(unsure, once(snapshot, scope, unsure)))
    if nothing:
        remarks.append(wording.nothing_found(nothing, once(snapshot, scope, nothing)))
    if absent and not everywhere:
        remarks.append(wording.no_documents(absent, narrowed(snapshot, scope, absent)))
    return remarks


def narrowed(snapshot: Snapshot, scope: Scope, absent: Sequence[str]) -> bool:
    """Return whether the library has documents about these countries that the filters leave out."""
    for code in absent:
        outside = scope.countries is not None and code not in scope.countries
        left = 0 if outside else snapshot.count(replace(scope, countries=(code,)))[0]
        if snapshot.count(Scope(countries=(code,)))[0] > left:
            return True
    return False


def declined(
    verdict: Verdict,
    snapshot: Snapshot,
    scope: Scope,
    searched: Sequence[Searched],
    reason: str,
    everywhere: bool,
) -> list[str]:
    """Return what is said when nothing answers: what is absent, what was searched, and why it is not enough."""
    absent = [s.country for s in searched if s.country and not s.documents and not everywhere]
    looked = [s for s in searched if s.documents and (s.country or not everywhere or len(searched) == 1)]
    remarks = [wording.no_documents(absent, narrowed(snapshot, scope, absent))] if absent else []
    if verdict == "nothing-relevant" and everywhere and len(looked) > 1:
        remarks.append(wording.nothing_anywhere(once(snapshot, scope, [s.country for s in looked]), len(looked)))
    elif verdict == "nothing-relevant":
        remarks.append(wording.nothing_relevant(looked[:6]))
    elif verdict == "not-enough":
        remarks.append(wording.not_enough([] if everywhere else looked, reason))
    return remarks
