"""The one function every user asks through: an understood question in, an `Answer` out. No language model.

The room imports no other: search is a function that `wiring` passes in.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answering import silence, wording
from assistant.answering.bound import bound_in, within, without_bound
from assistant.answering.build import Builder, leads_of
from assistant.answering.candidates import Candidate, candidates
from assistant.answering.decide import Decision, decide, default_rule
from assistant.answering.doubts import denials, of_answered, unnamed
from assistant.answering.fair import COMPARED, EVERYWHERE
from assistant.answering.naming import names_in
from assistant.answering.overview import HITS, account
from assistant.answering.part import Brief, Part
from assistant.answering.phrase import named_first
from assistant.answering.shown import add_parts, differences
from assistant.answering.side_by_side import side_by_side
from assistant.answering.told import announces, asks_stated
from assistant.answering.wanted import Wanted, wanted_of
from assistant.countries import EUROPE, countries_in, mentions, name_of
from assistant.model import Answer, Citation, Hit, Scope, Searched, Understood, Verdict
from assistant.words import content_stems


def answer(understood: Understood, brief: Brief) -> Answer:
    """Return the answer; never raises for want of evidence. Milliseconds are given per stage."""
    if understood.help:
        return Answer(
            understood.original,
            understood.text,
            "help",
            wording.HELP,
            remarks=(wording.HELP,),
            fingerprint=brief.fingerprint,
        )
    started = time.perf_counter()
    parts, absent = parts_of(understood, brief)
    searched_at = time.perf_counter()
    result = _composed(understood, brief, parts, absent)
    ended = time.perf_counter()
    spent = {"search": 1000 * (searched_at - started), "compose": 1000 * (ended - searched_at)}
    return replace(result, milliseconds={name: round(value, 2) for name, value in spent.items()})


def parts_of(understood: Understood, brief: Brief) -> tuple[list[Part], list[str]]:
    """Return the searches a question needs, one for each country asked about, and the countries without a document."""
    targets = _targets(understood, brief)
    absent = [code for code in targets if code and not _holds(brief, code)]
    parts = [part_of(understood, brief, code) for code in targets if code not in absent]
    parts = side_by_side(understood, parts)
    if understood.all_countries and len(parts) > 1 and not any(p.decision.outcome == "answered" for p in parts):
        parts += side_by_side(understood, [part_of(understood, brief, "")])  # what is said of no country, or of all
    passing = [part.country for part in parts if part.in_passing and part.decision.outcome != "answered"]
    return [part for part in parts if part.country not in passing], [*absent, *passing]


def _holds(brief: Brief, country: str) -> bool:
    allowed = brief.scope.countries
    if allowed is not None and country not in allowed:
        return False
    return brief.snapshot.count(replace(brief.scope, countries=(country,)))[0] > 0


def _targets(understood: Understood, brief: Brief) -> tuple[str, ...]:
    """Return the countries to search one by one; ('',) stands for the whole scope at once."""
    if understood.all_countries:
        if brief.scope.countries is not None:
            return brief.scope.countries or ("",)
        named = {code for code in EUROPE if _holds(brief, code)}  # a brief about none of them may speak of several
        return tuple(sorted(named.union(*(d.countries for d in brief.snapshot.documents())))) or ("",)
    if brief.scope.countries is not None:
        return brief.scope.countries or tuple(understood.countries or ("",))
    return ("",)


def part_of(understood: Understood, brief: Brief, country: str) -> Part:
    """Search for one country ('' for the whole scope) and decide; what the matrix asks for each of its cells."""
    scope = replace(brief.scope, countries=(country,)) if country else brief.scope
    limit = HITS if understood.expects == "overview" else 8 if country or not understood.all_countries else 20
    hits, asked = list(brief.find(scope, limit)), wanted_by(understood, brief, country)
    if asks_stated(asked[0]):  # a list of objectives has no nearest few
        hits += _announcing(brief, scope, hits, asked[0])
    return _part(understood, brief, country, hits, *asked)


def _announcing(brief: Brief, scope: Scope, hits: Sequence[Hit], wanted: Wanted) -> list[Hit]:
    """Return more passages under headings that state what is asked for, all of the document that has the first."""
    more = [hit for hit in brief.find(scope, HITS)[len(hits) :] if announces(hit, wanted)]
    first = next((hit.document.id for hit in (*hits, *more) if announces(hit, wanted)), None)
    inside = brief.find(replace(scope, documents=(first,)), HITS) if first and scope.documents is None else []
    return [*more, *(hit for hit in inside if announces(hit, wanted))]


def part_from(understood: Understood, brief: Brief, country: str, hits: Sequence[Hit]) -> Part:
    """Rank the sentences of passages found for a country ('' for the whole scope) and decide."""
    return _part(understood, brief, country, hits, *wanted_by(understood, brief, country))


def _part(
    understood: Understood, brief: Brief, country: str, hits: Sequence[Hit], wanted: Wanted, names: Sequence[str]
) -> Part:
    scope = replace(brief.scope, countries=(country,)) if country else brief.scope
    documents, in_passing = brief.snapshot.count(scope)[0], silence.in_passing(hits, country)
    if understood.expects == "overview" and not in_passing:
        told = account(hits, country, understood.text, 6 if len(understood.countries or ()) < 2 else 3)
        decision = Decision("answered" if told else "nothing-relevant", float(bool(told)))
        return Part(country, documents, tuple(told), decision, wanted)
    ranked = candidates(hits, wanted, country, brief.snapshot.page)
    ranked = named_first(ranked, understood.text, wanted.stems)
    bound = bound_in(understood.text) if understood.all_countries else None
    ranked = within(ranked, bound) if bound else ranked
    if in_passing:  # the sentences around the mention speak of others
        ranked = [replace(c, window=c.coverage, around=c.own) for c in ranked if country in countries_in(c.text)]
    decision = _decision(understood, brief, ranked, wanted, names)
    return Part(country, documents, tuple(ranked), decision, wanted, in_passing)


def _decision(
    understood: Understood, brief: Brief, ranked: Sequence[Candidate], wanted: Wanted, names: Sequence[str]
) -> Decision:
    """Decide by the bar that holds for the question."""
    bar = EVERYWHERE if understood.all_countries else COMPARED if understood.compare else 1.0
    named = () if understood.compare else names  # what names one country's case need not stand in the other's
    return decide(ranked, wanted, named, brief.rule or default_rule(), understood.text, bar)


def wanted_by(understood: Understood, brief: Brief, country: str) -> tuple[Wanted, tuple[str, ...]]:
    """Return the words and the names that evidence for this country must cover.

    The names of the country searched are guaranteed by the scope and count for nothing.
    """
    surfaces = [m.surface for m in mentions(understood.text, True) if m.strength != "institution"]
    named = [*surfaces, understood.group, *[name_of(code) for code in understood.countries or ()]]
    topics = {name_of(code) for code in understood.topic_countries}
    drop = frozenset(content_stems(" ".join(word for word in named if word not in topics)))
    text, topic = understood.text, understood.search_text
    if understood.all_countries:
        text, topic = without_bound(text), without_bound(topic)
    wanted = wanted_of(
        topic,
        understood.expects,
        brief.idf,
        brief.bounds.get(country, brief.bound),
        drop if country else frozenset(),
        text,
    )
    return wanted, (*understood.must, *names_in(text, named))


def _composed(understood: Understood, brief: Brief, parts: Sequence[Part], absent: Sequence[str]) -> Answer:
    answered = [part for part in parts if part.decision.outcome == "answered"]
    if understood.all_countries and len(parts) > 1:
        answered.sort(key=lambda part: (-part.standing, part.country))
    builder = Builder(brief.snapshot)
    add_parts(builder, answered, understood.expects, brief.quote_words, everywhere=understood.all_countries)
    searched = tuple(
        [Searched(p.country, p.documents, len(p.ranked) if p.decision.outcome == "answered" else 0) for p in parts]
        + [Searched(code, 0, 0) for code in absent]
    )
    verdict = _verdict(bool(builder.statements), parts, absent, understood)
    leads = _leads(verdict, parts, builder, understood)
    remarks = _remarks(verdict, parts, absent, searched, understood, brief)
    if leads and verdict == "not-enough" and denials(parts, everywhere=False):
        remarks = [wording.denied(leads[0])]
    if verdict in ("answered", "partly"):
        outlined = understood.expects == "overview"
        remarks = [*([wording.OUTLINE] if outlined else [*builder.notes, *differences(builder)]), *remarks]
    return Answer(
        question=understood.original,
        understood=understood.text,
        verdict=verdict,
        text=wording.compose(builder.statements, builder.citations, remarks),
        statements=tuple(builder.statements),
        citations=tuple(builder.citations),
        leads=tuple(leads),
        searched=searched,
        notices=understood.notices,
        remarks=tuple(remarks),
        fingerprint=brief.fingerprint,
    )


def _leads(verdict: Verdict, parts: Sequence[Part], builder: Builder, understood: Understood) -> list[Citation]:
    """Return passages beside the answer: first what denies the question, then what is nearest where nothing answers."""
    if verdict in ("nothing-relevant", "no-documents"):
        return []
    first = denials(parts, everywhere=understood.all_countries)
    if verdict == "partly" and not understood.all_countries:
        first += [c for p in parts if p.decision.outcome == "not-enough" for c in p.ranked[:2]]
    pool = [*first, *sorted((c for p in parts for c in p.ranked[:12]), key=lambda c: -c.score)]
    return leads_of(builder.snapshot, pool, builder.citations, max(5, len(first)))


def _verdict(found: bool, parts: Sequence[Part], absent: Sequence[str], understood: Understood) -> Verdict:
    if found and understood.all_countries:
        return "answered"
    if found:
        answered = [p for p in parts if p.decision.outcome == "answered"]
        return "partly" if len(answered) < len(parts) or absent or unnamed(answered) else "answered"
    if not parts:
        return "no-documents"
    return "not-enough" if any(p.decision.outcome == "not-enough" for p in parts) else "nothing-relevant"


def _remarks(
    verdict: Verdict,
    parts: Sequence[Part],
    absent: Sequence[str],
    searched: Sequence[Searched],
    understood: Understood,
    brief: Brief,
) -> list[str]:
    if verdict in ("answered", "partly"):
        return of_answered(understood, brief, parts, absent)
    reason = next((p.decision.reason for p in parts if p.decision.reason), "")
    remarks = silence.declined(verdict, brief.snapshot, brief.scope, searched, reason, understood.all_countries)
    topics = silence.topics_of([c for p in parts for c in p.ranked[:8]])
    if verdict == "nothing-relevant" and topics and len(parts) <= 3 and understood.countries:
        remarks.append(wording.nearest_topics(topics))

    def judge(hits: Sequence[Hit], country: str) -> Decision:
        return part_from(understood, brief, country, hits).decision

    others = silence.elsewhere(understood, brief.scope, brief.find, judge)
    return [*remarks, wording.covered_elsewhere(others)] if others else remarks


def milliseconds_total(stages: Mapping[str, float]) -> dict[str, float]:
    """Return the stages with their sum under "total" in front."""
    return {"total": round(sum(stages.values()), 2), **stages}
