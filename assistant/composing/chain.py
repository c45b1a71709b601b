"""The one function every user asks through: an understood question in, an `Answer` out. No language model.

Find, read, choose, judge, cite. The room imports no other but judging: search and the reader are functions that
`wiring` passes in. What the documents hold is always shown; the verdict says how sure it is.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.composing import silence, wording
from assistant.composing.cells import note_of
from assistant.composing.choose import Measure, choose
from assistant.composing.cite import Builder
from assistant.composing.headline import headline, marked
from assistant.composing.outline import outline
from assistant.composing.part import Brief, Part
from assistant.countries import EUROPE, name_of
from assistant.judging.coverage import words_of
from assistant.judging.denials import denies
from assistant.judging.guards import evidence_text, missing
from assistant.judging.judge import features
from assistant.judging.limits import within
from assistant.judging.rank import ranked
from assistant.judging.spans import ReadHit, Span, spans_of
from assistant.model import Answer, Hit, Searched, Verdict
from assistant.understood import Understood
from assistant.words import content_stems

EACH = 8
"""So many passages are found and read for each of a few countries."""
ALL = 2
"""So many passages are read for each country where every country is asked about."""
CONFIRMED = ("yes-no", "countries")
"""Kinds of questions that a sentence in the very words of the question answers."""
FEW = 5
"""More countries than these are read like every country."""
UNSURE = 6
"""So many countries below the verdict are shown with their nearest quotation where every country is asked about."""


def answer(understood: Understood, brief: Brief) -> Answer:
    """Return the answer; never raises for want of evidence. Milliseconds are given per stage."""
    if understood.help:
        return Answer(
            understood.original, understood.text, "help", wording.HELP, remarks=(wording.HELP,),
            fingerprint=brief.fingerprint,
        )  # fmt: skip
    started = time.perf_counter()
    parts, absent = parts_of(understood, brief)
    read_at = time.perf_counter()
    result = _composed(understood, brief, parts, absent)
    ended = time.perf_counter()
    spent = {"search and read": 1000 * (read_at - started), "compose": 1000 * (ended - read_at)}
    return replace(result, milliseconds={name: round(value, 2) for name, value in spent.items()})


def parts_of(understood: Understood, brief: Brief) -> tuple[list[Part], list[str]]:
    """Return the searches a question needs, one for each country asked about, and the countries without a document."""
    targets = _targets(understood, brief)
    few = len(targets) <= FEW and brief.scope.unplaced
    absent = [code for code in targets if code and not _holds(brief, code, unplaced=few)]
    held = [code for code in targets if code not in absent]
    parts = [part_of(understood, brief, code, several=len(held)) for code in held]
    if understood.all_countries and len(parts) > 1 and not any(part.answered for part in parts):
        parts.append(part_of(understood, brief, ""))  # what is said of no country, or of all
    passing = [part.country for part in parts if part.in_passing and not part.answered]
    return [part for part in parts if part.country not in passing], [*absent, *passing]


def _holds(brief: Brief, country: str, *, unplaced: bool = False) -> bool:
    """Return whether a document speaks of the country, or some document may: nobody says of which country it is."""
    allowed = brief.scope.countries
    if allowed is not None and country not in allowed:
        return False
    return brief.snapshot.count(replace(brief.scope, countries=(country,), unplaced=unplaced))[0] > 0


def _targets(understood: Understood, brief: Brief) -> tuple[str, ...]:
    """Return the countries to search one by one; ('',) stands for the whole scope at once."""
    if understood.all_countries:
        if brief.scope.countries is not None:
            return brief.scope.countries or ("",)
        documents = brief.snapshot.documents()
        named = {code for code in EUROPE if _holds(brief, code)}  # a brief about none of them may speak of several
        return tuple(sorted(named.union(*(d.countries for d in documents)))) or ("",)
    if brief.scope.countries is not None:
        return brief.scope.countries or tuple(understood.countries or ("",))
    return ("",)


def part_of(understood: Understood, brief: Brief, country: str, several: int = 1) -> Part:
    """Search, read, choose and judge for one country ('' for the whole scope) of so many asked about."""
    scope = (
        replace(brief.scope, countries=(country,), unplaced=brief.scope.unplaced and several <= FEW)
        if country
        else brief.scope
    )
    limit = brief.passages if several <= 1 else EACH if several <= FEW else ALL
    hits = brief.find(scope, limit)
    return part_from(understood, brief, country, hits, several)


def part_from(understood: Understood, brief: Brief, country: str, hits: Sequence[Hit], several: int = 1) -> Part:
    """Read, choose and judge passages that were found for a country."""
    scope = replace(brief.scope, countries=(country,)) if country else brief.scope
    read = tuple(ReadHit(hit, one) for hit, one in zip(hits, brief.read(hits), strict=True))
    words = words_of(understood.search_text, brief.idf, _guaranteed(understood) if country else frozenset())
    page_of = brief.snapshot.page
    spans = ranked(spans_of(read, page_of, country), read)
    spans = within(spans, understood)
    measure = _measure(brief.measure, several)
    if understood.intent == "outline":
        chosen = outline(spans, measure)
    else:
        said = () if understood.intent in CONFIRMED else content_stems(understood.text)
        chosen = choose(spans, measure, frozenset(said))
    shown = [replace(one.span, text=_text(one.span, one.start, one.end)) for one in chosen]
    abroad = bool(shown) and shown[0].hit.document.language != understood.language
    evidence = evidence_text(shown)
    lacking = missing(understood, evidence, same_language=not abroad) if shown else ()
    values = features(understood, words, read, shown, evidence, len(lacking), abroad=abroad)
    judge = brief.judge
    probability = judge.probability(values) if shown else 0.0
    asks_who = understood.all_countries and not understood.denied
    denied = asks_who and bool(shown) and denies(shown[0].text, frozenset(words.stems))
    return Part(
        country=country,
        documents=brief.snapshot.count(scope)[0],
        words=words,
        read=read,
        spans=tuple(spans),
        chosen=tuple(chosen),
        probability=probability,
        answered=bool(shown) and not lacking and not denied and probability >= judge.answered,
        near=bool(shown) and probability >= judge.near,
        missing=lacking,
        denied=denied,
        features=values,
        reader=judge.reader,
        in_passing=silence.in_passing(hits, country),
        unplaced=bool(country) and not _holds(brief, country),
    )


def _text(span: Span, start: int, end: int) -> str:
    passage = span.hit.passage
    return passage.text[max(0, start - passage.start) : end - passage.start]


def _guaranteed(understood: Understood) -> frozenset[str]:
    """Return the stems of the countries' names, which the scope guarantees; those of a topic country stay asked."""
    named = [*understood.places, understood.group, *[name_of(code) for code in understood.countries or ()]]
    topics = {name_of(code) for code in understood.topic_countries}
    return frozenset(content_stems(" ".join(word for word in named if word not in topics)))


def _measure(whole: Measure, several: int) -> Measure:
    """Return how much one country of so many may take: one quotation each is reserved, the words are shared."""
    if several <= 1:
        return whole
    return Measure(max(40, whole.words // several + 15), 2 if several <= 3 else 1, min(whole.fill, 40))


def _composed(understood: Understood, brief: Brief, parts: Sequence[Part], absent: Sequence[str]) -> Answer:
    everywhere = understood.all_countries and len(parts) > 1
    sure = [part for part in parts if part.answered]
    sure.sort(key=lambda part: -part.probability) if everywhere else None
    unsure = [part for part in parts if part.near and not part.answered and part.chosen]
    unsure.sort(key=lambda part: -part.probability) if everywhere else None
    builder = Builder(brief.snapshot)
    for part in (*sure, *(unsure[:UNSURE] if everywhere else unsure)):
        for quotation in part.chosen:
            builder.add(quotation, part.country, sure=part.answered)
    builder.merged()
    verdict = _verdict(understood, builder, parts, absent)
    searched = tuple(
        [Searched(p.country, p.documents, len(p.chosen) if p.answered else 0) for p in parts]
        + [Searched(code, 0, 0) for code in absent]
    )
    notes = [note_of(brief.snapshot, part.chosen[0], understood.text) for part in sure[:3]]
    said = silence.remarks(verdict, understood, brief.snapshot, brief.scope, parts, absent)
    remarks = [*(note for note in notes if note), *said]
    citations = marked(builder.citations, understood.intent) if verdict in ("answered", "partly") else builder.citations
    first = headline(verdict, understood, sure, citations)
    return Answer(
        question=understood.original,
        understood=understood.text,
        verdict=verdict,
        text=wording.compose(first, builder.statements, citations, remarks),
        headline=first,
        statements=tuple(builder.statements),
        citations=tuple(citations),
        probability=round(max((part.probability for part in parts), default=0.0), 4),
        taken=understood.taken,
        searched=searched,
        notices=understood.notices,
        remarks=tuple(remarks),
        fingerprint=brief.fingerprint,
    )


def _verdict(understood: Understood, builder: Builder, parts: Sequence[Part], absent: Sequence[str]) -> Verdict:
    if not parts:
        return "no-documents"
    if not builder.statements:
        return "nothing-near"
    sure = [part for part in parts if part.answered]
    if not sure or understood.intent == "closest":
        return "closest"
    if understood.all_countries:
        return "answered"
    return "answered" if len(sure) == len(parts) and not absent else "partly"


def milliseconds_total(stages: Mapping[str, float]) -> dict[str, float]:
    """Return the stages with their sum under "total" in front."""
    return {"total": round(sum(stages.values()), 2), **stages}
