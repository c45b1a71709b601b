"""What an answer says in its own voice: how sure it is, for whom nothing was found, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.composing import wording
from assistant.composing.part import Part
from assistant.countries import countries_in
from assistant.judging.spans import texts_of
from assistant.model import Hit, Scope, Verdict
from assistant.ports import Snapshot
from assistant.understood import Understood


def once(snapshot: Snapshot, scope: Scope, countries: Sequence[str]) -> int:
    """Return how many documents speak of any of the countries within the scope, each counted once."""
    return snapshot.count(replace(scope, countries=tuple(countries)))[0]


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


def narrowed(snapshot: Snapshot, scope: Scope, absent: Sequence[str]) -> bool:
    """Return whether the library has documents about these countries that the filters leave out."""
    for code in absent:
        outside = scope.countries is not None and code not in scope.countries
        left = 0 if outside else snapshot.count(replace(scope, countries=(code,)))[0]
        if snapshot.count(Scope(countries=(code,)))[0] > left:
            return True
    return False


def remarks(
    verdict: Verdict,
    understood: Understood,
    snapshot: Snapshot,
    scope: Scope,
    parts: Sequence[Part],
    absent: Sequence[str],
) -> list[str]:
    """Return the remarks of an answer, most important first."""
    everywhere = understood.all_countries
    found: list[str] = []
    if absent and not everywhere:
        found.append(wording.no_documents(absent, narrowed(snapshot, scope, absent)))
    unplaced = [part.country for part in parts if part.unplaced and part.chosen]
    if unplaced:
        found.append(wording.unplaced(unplaced))
    if verdict == "nothing-near":
        found.append(wording.nothing_near(sum(part.documents for part in parts)))
    if verdict == "closest":
        lacking = list(dict.fromkeys(word for part in parts for word in part.missing))
        found.append(wording.closest(lacking, ranks=understood.intent == "closest"))
    if verdict in ("answered", "partly"):
        found += _beside(understood, snapshot, scope, parts)
    if understood.intent == "outline" and verdict in ("answered", "partly"):
        found.append(wording.OUTLINE)
    return found


def _beside(understood: Understood, snapshot: Snapshot, scope: Scope, parts: Sequence[Part]) -> list[str]:
    """Return what is said of the countries that are not among the sure ones."""
    denied = [part.country for part in parts if part.country and part.denied]
    unsure = [p.country for p in parts if p.country and not p.answered and not p.denied and p.near and p.chosen]
    heard = {*denied, *unsure}
    silent = [part.country for part in parts if part.country and not part.answered and part.country not in heard]
    said = []
    if denied:
        said.append(wording.denied(denied))
    if unsure:
        said.append(wording.less_sure_about(unsure))
    if silent:
        count = once(snapshot, scope, silent)
        said.append(wording.silent(silent, count) if understood.all_countries else wording.nothing_found(silent, count))
    return said
