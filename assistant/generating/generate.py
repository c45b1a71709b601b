"""From an extractive answer to a worded one: passages out, drafts in, each checked before anybody sees it.

The nulls are decided before: only an answer that the extractive path gives is worded. Whatever goes wrong, the reader
gets that extractive answer and one plain notice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Protocol

from assistant.composing.cite import Builder
from assistant.errors import ModelError
from assistant.generating import tell
from assistant.generating.check import REFUSAL, Finding, Judge
from assistant.generating.comparison import check_comparison
from assistant.generating.evidence import Slice
from assistant.generating.prompt import Prompt, Usage, for_passages, for_synthesis
from assistant.generating.protocol import Draft, Reader
from assistant.model import Answer, Citation, Hit, ModelUse, Statement
from assistant.ports import Snapshot

CALLS = 4
"""Countries are asked about in so many calls at most; more countries share one."""
PASSAGES = 6


class Writes(Protocol):
    """Something that writes text for a prompt: pieces of text, then perhaps its usage; raises ModelError."""

    def write(self, prompt: Prompt, seconds: float) -> Iterator[str | Usage]: ...


@dataclass(frozen=True, slots=True)
class Group:
    """The passages of one country ('' for the whole scope), best first."""

    country: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be worded, by whom, checked by whom, within how many seconds."""

    question: str
    extractive: Answer
    groups: tuple[Group, ...]
    model: Writes
    judge: Judge
    snapshot: Snapshot
    name: str
    place: str
    seconds: float = 60.0
    compare: bool = False


@dataclass
class _Book:
    """What has been written, checked and cited so far."""

    builder: Builder
    written: int = 0
    withheld: int = 0
    refused: bool = False
    usages: list[Usage] = field(default_factory=list)
    sources: dict[int, tuple[str, Hit]] = field(default_factory=dict)
    """Citation number → country and passage, cut down to the sentence cited."""
    checking: float = 0.0
    """Seconds."""

    def supported(self) -> list[Statement]:
        return [s for s in self.builder.statements if s.supported]


def word(task: Task) -> Iterator[str | Answer]:
    """Yield checked statements as text while they come, and last the whole answer; never raises ModelError."""
    book = _Book(Builder(task.snapshot))
    started = time.perf_counter()
    failure = ""
    try:
        for groups in _calls(task.groups):
            yield from _from_passages(task, book, groups, started)
        if task.compare and len({s.country for s in book.supported()}) > 1:
            yield from _side_by_side(task, book, started)
    except ModelError as problem:
        failure = str(problem)
    if book.refused:
        failure = "it declined to answer"
    elif not failure and not book.supported():
        failure = "none of its statements is supported by the pages" if book.written else "its answer was empty"
    yield _finished(task, book, failure, time.perf_counter() - started)


def _calls(groups: Sequence[Group]) -> list[list[Group]]:
    size = -(-len(groups) // CALLS) or 1
    return [list(groups[place : place + size]) for place in range(0, len(groups), size)]


def _from_passages(task: Task, book: _Book, groups: Sequence[Group], started: float) -> Iterator[str]:
    given = [(group.country, hit) for group in groups for hit in group.hits[:PASSAGES]]
    numbered = dict(enumerate(given, start=1))
    hits = {number: hit for number, (_, hit) in numbered.items()}
    for draft in _drafts(task, book, for_passages(task.question, list(hits.items())), started):
        finding = _timed(book, partial(task.judge.check, draft, hits))
        countries = {numbered[n][0] for n in draft.numbers if n in numbered}
        if finding.supported and len(countries) > 1:
            finding = replace(finding, supported=False, reason="mixes the passages of several countries")
        yield from _added(book, finding, countries.pop() if len(countries) == 1 else "", len(task.groups) > 1)


def _side_by_side(task: Task, book: _Book, started: float) -> Iterator[str]:
    """Ask for the findings that passed to be set side by side; a failure here costs nothing but the comparison."""
    kept = book.supported()
    sources = {n: book.sources[n] for s in kept for n in s.citations}
    try:
        for draft in _drafts(task, book, for_synthesis(task.question, kept), started):
            finding = _timed(book, partial(check_comparison, task.judge, draft, sources))
            yield from _added(book, finding, "", True)
    except ModelError:
        return


def _drafts(task: Task, book: _Book, prompt: Prompt, started: float) -> Iterator[Draft]:
    left = task.seconds - (time.perf_counter() - started)
    if left < 0.5:
        raise ModelError("the model took too long")
    reader = Reader()
    stream = task.model.write(prompt, left)
    try:
        for piece in stream:
            if isinstance(piece, Usage):
                book.usages.append(piece)
            else:
                yield from reader.feed(piece)
    finally:
        if isinstance(stream, Generator):
            stream.close()
    yield from reader.close()


def _timed(book: _Book, check: Callable[[], Finding]) -> Finding:
    begun = time.perf_counter()
    finding = check()
    book.checking += time.perf_counter() - begun
    return finding


def _added(book: _Book, finding: Finding, country: str, several: bool) -> Iterator[str]:
    """Cite what a statement rests on and keep it; yield its text when it is supported."""
    book.written += 1
    if finding.reason == REFUSAL:
        book.refused = True
    slices = finding.slices if finding.supported else finding.slices[:1]
    numbers = [number for one in slices if (number := _cite(book, one, country)) is not None] if finding.shown else []
    if not numbers:
        book.withheld += 1
        return
    before = book.supported()
    statement = Statement(finding.text, tuple(sorted(numbers)), country, finding.supported, verbatim=False)
    book.builder.statements.append(statement)
    if finding.supported and not book.refused:
        if several and (not before or before[-1].country != country):
            yield f"{tell.heading(country)}\n"
        yield f"{tell.line(statement)}\n"


def _cite(book: _Book, one: Slice, country: str) -> int | None:
    number = book.builder.cite(one.hit, one.start, one.end)
    if number is not None:
        sentences = tuple(s for s in one.hit.passage.sentences if (s.start, s.end) == (one.start, one.end))
        book.sources.setdefault(
            number, (country, replace(one.hit, passage=replace(one.hit.passage, sentences=sentences)))
        )
    return number


def _finished(task: Task, book: _Book, failure: str, seconds: float) -> Answer:
    """Return the worded answer, or the extractive one with a notice when there was a failure."""
    use = ModelUse(
        name=task.name,
        place=task.place,
        written=book.written,
        supported=0 if failure else len(book.supported()),
        withheld=book.written if failure else book.withheld,
        input_tokens=_sum([u.input_tokens for u in book.usages]),
        output_tokens=_sum([u.output_tokens for u in book.usages]),
        cost=_sum([u.cost for u in book.usages]),
        fallback=failure,
    )
    was = task.extractive
    stages = {name: value for name, value in was.milliseconds.items() if name != "total"}
    stages |= {"model": round(1000 * (seconds - book.checking), 2), "check": round(1000 * book.checking, 2)}
    if failure:
        return replace(was, notices=(*was.notices, tell.not_used(use)), model=use, milliseconds=stages)
    statements = _with_extractive(book, was)
    return replace(
        was,
        statements=tuple(statements),
        citations=tuple(book.builder.citations),
        text=tell.compose(statements, was.remarks),
        notices=(*was.notices, tell.worded(use)),
        milliseconds=stages,
        model=use,
    )


def _with_extractive(book: _Book, was: Answer) -> list[Statement]:
    """Return the worded statements and, for a country of which none is supported, its quoted ones."""
    told = {s.country for s in book.supported()}
    by_number = {citation.number: citation for citation in was.citations}
    statements = list(book.builder.statements)
    for statement in was.statements:
        if statement.country and statement.country not in told:
            numbers = [_adopted(book, by_number[n]) for n in statement.citations]
            statements.append(replace(statement, citations=tuple(numbers)))
    order = list(dict.fromkeys(s.country for s in was.statements))
    return sorted(statements, key=lambda s: order.index(s.country) if s.country in order else len(order))


def _adopted(book: _Book, citation: Citation) -> int:
    """Return the number of an extractive citation among those of the worded answer."""
    for known in book.builder.citations:
        if (known.document, known.page, known.start, known.end) == (
            citation.document, citation.page, citation.start, citation.end,
        ):  # fmt: skip
            return known.number
    book.builder.citations.append(replace(citation, number=len(book.builder.citations) + 1))
    return len(book.builder.citations)


def _sum(values: Sequence[float | int | None]) -> Any:
    """Return the sum of what is known, None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
