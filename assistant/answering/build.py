"""From chosen sentences to statements and checked citations: numbers, boxes, verification."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answering.candidates import Candidate
from assistant.answering.choose import beside, whole_list, with_antecedent
from assistant.answering.differ import differing
from assistant.answering.framing import frame_of, states_unit
from assistant.answering.newest import supersedes
from assistant.answering.verify import fold, is_verbatim
from assistant.model import Citation, Hit, Place, Sentence, Statement
from assistant.ports import Snapshot
from assistant.words import content_stems


@dataclass
class Builder:
    """Collects the statements of one answer; a slice is cited once and keeps its number."""

    snapshot: Snapshot
    statements: list[Statement] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What is said of a quotation in the assistant's own voice."""
    _numbers: dict[tuple[str, int, int, int], int] = field(default_factory=dict)

    def cite(self, hit: Hit, start: int, end: int) -> int | None:
        """Return the number of the citation of that slice, or None when it is not verbatim on its page."""
        key = (hit.passage.document, hit.passage.page, start, end)
        if key not in self._numbers:
            citation = citation_of(self.snapshot, hit, start, end, len(self.citations) + 1)
            if citation is None:
                return None
            self.citations.append(citation)
            self._numbers[key] = citation.number
        return self._numbers[key]

    def add(self, hit: Hit, sentence: Sentence, country: str) -> bool:
        """Add one statement; a bullet or table row brings its lead-in as a citation of its own, where that helps."""
        if not self._stands(hit, sentence.start, sentence.end):
            return False
        before = [self.cite(hit, *span) for span in self._introduced(hit, sentence)]
        number = self.cite(hit, sentence.start, sentence.end)
        if number is None:
            return False
        shown = {seen for s in self.statements for seen in s.citations}
        numbers = [one for one in before if one is not None and one != number and one not in shown]
        numbers.append(number)
        text = " ".join(self.citations[one - 1].quote for one in numbers)
        self.statements.append(Statement(clean(text), tuple(numbers), country))
        return True

    def _stands(self, hit: Hit, start: int, end: int) -> bool:
        page = self.snapshot.page(hit.document.id, hit.passage.page)
        return is_verbatim(clean(page.text[start:end]), page.text, start, end)

    def _introduced(self, hit: Hit, sentence: Sentence) -> list[tuple[int, int]]:
        """Return where the words stand that introduce an item, or that a row of a table cannot be read without.

        A caption is such where it says in what the numbers are given, a heading row where it says more than
        "Date · Event".
        """
        if sentence.kind == "bullet":
            return [sentence.lead] if sentence.lead else []
        if sentence.kind != "row":
            return []
        page = self.snapshot.page(hit.document.id, hit.passage.page)
        frame = frame_of(page, sentence.start)
        spans = []
        if frame.caption and states_unit(page.text[slice(*frame.caption)]):
            spans.append(frame.caption)
        head = frame.head or sentence.lead
        if head and not PLAIN_HEADS.issuperset(content_stems(page.text[slice(*head)])):
            spans.append(head)
        return [*spans, frame.part] if frame.part else spans

    def merged(self) -> None:
        """Show a sentence that answers for several countries once, with the countries it speaks of."""
        first: dict[int, int] = {}
        kept: list[Statement] = []
        for statement in self.statements:
            place = first.setdefault(statement.citations[-1], len(kept))
            if place == len(kept):
                kept.append(statement)
            elif statement.country not in (kept[place].country, *kept[place].others):
                kept[place] = replace(kept[place], others=(*kept[place].others, statement.country))
        self.statements[:] = kept


PLAIN_HEADS = frozenset(
    content_stems(
        "date event year years time month day period when what who name number no item topic subject description "
        "detail details source sources note notes remark value figure step action result amount text content measure"
    )
)
"""Words in the heading row of a table without which a row reads as well."""


def clean(text: str) -> str:
    """Return a quotation in one line: white space folded, nothing else changed."""
    return re.sub(r"\s+", " ", text).strip()


def citation_of(snapshot: Snapshot, hit: Hit, start: int, end: int, number: int) -> Citation | None:
    """Return the checked citation of a slice of the hit's page, or None when it is not verbatim there."""
    document, passage = hit.document, hit.passage
    page = snapshot.page(document.id, passage.page)
    quote = clean(page.text[start:end])
    if not is_verbatim(quote, page.text, start, end):
        return None
    return Citation(
        number=number,
        document=document.id,
        file=document.file,
        title=document.title,
        year=document.year,
        page=page.number,
        label=page.label or str(page.number),
        quote=quote,
        start=start,
        end=end,
        boxes=snapshot.boxes(document.id, page.number, start, end),
        verified=True,
        kind=document.kind,
        countries=passage.countries,
        author=document.author,
        section=" › ".join(passage.headings),
        ocr=page.ocr,
        also=tuple(_also(snapshot, hit, quote)),
    )


def _also(snapshot: Snapshot, hit: Hit, quote: str) -> Iterator[Place]:
    """Yield the pages of other documents, folded into this hit, on which the very words of the quotation stand."""
    for identifier, number in hit.also:
        if identifier != hit.document.id and fold(quote) in fold(snapshot.page(identifier, number).text):
            other = snapshot.document(identifier)
            yield Place(identifier, other.title, other.year, number)


def add_chosen(
    builder: Builder, chosen: Sequence[Candidate], country: str, *, is_list: bool, words: int, by_year: bool = False
) -> None:
    """Add the chosen sentences by document and run (best first) in reading order; a list question gets the list.

    A run are sentences that follow one another on a page, all of its items where a list is asked for. With `by_year` a
    newer document goes before an older one that says no more on the question.
    """
    order = _order(chosen, by_year)
    runs = _runs(chosen, whole_page=is_list)

    def place(c: Candidate) -> tuple[float, int, int]:
        return order[c.hit.document.id], runs[id(c)], c.sentence.start

    shown: list[tuple[str, int, int, int]] = []
    spent = 0
    for candidate in sorted(chosen, key=place):
        for sentence in _with_company(candidate, is_list=is_list, first=candidate is chosen[0]):
            page = candidate.page
            if any(seen[:2] == page and seen[2] <= sentence.start < seen[3] for seen in shown):
                # The sentence before, which it leans on, stands there already.
                sentence = candidate.sentence
            if any(seen[:2] == page and seen[2] <= sentence.start < seen[3] for seen in shown):
                continue
            start = candidate.hit.passage.start
            length = len(candidate.hit.passage.text[max(0, sentence.start - start) : sentence.end - start].split())
            if spent and spent + length > 1.6 * words:
                continue
            if builder.add(candidate.hit, sentence, country):
                shown.append((*page, sentence.start, sentence.end))
                spent += length


def _runs(chosen: Sequence[Candidate], *, whole_page: bool) -> dict[int, int]:
    """Return for each sentence, by its id, the rank of the best one in its run: the best is read first."""
    ranked = {id(c): rank for rank, c in enumerate(chosen)}
    runs: list[list[Candidate]] = []
    for candidate in sorted(chosen, key=lambda c: c.place):
        before = runs[-1][-1] if runs else None
        if before and (beside(before, candidate) or _in_one_list(before, candidate, whole_page=whole_page)):
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    return {id(c): min(ranked[id(other)] for other in run) for run in runs for c in run}


def _in_one_list(before: Candidate, after: Candidate, *, whole_page: bool) -> bool:
    """Return whether two sentences of a page are items of one list, or all of the page is to stay together."""
    listed = before.sentence.lead is not None and before.sentence.lead == after.sentence.lead
    return before.page == after.page and (whole_page or listed)


def _order(chosen: Sequence[Candidate], by_year: bool) -> dict[str, float]:
    """Return the rank of each document: that of its best sentence, but a newer one goes before one it differs from.

    By year it also goes before one whose best sentence it matches.
    """
    order: dict[str, float] = {c.hit.document.id: rank for rank, c in reversed(list(enumerate(chosen)))}
    documents = {c.hit.document.id: c.hit.document for c in chosen}
    pairs = list(differing([(c.hit.document.id, _whole(c)) for c in chosen]))
    if by_year:
        pairs += [(i, j) for i, older in enumerate(chosen) for j, c in enumerate(chosen) if supersedes(c, older)]
    for pair in pairs:
        old, new = sorted((documents[chosen[place].hit.document.id] for place in pair), key=lambda d: d.year or 0)
        if (old.year or 0) < (new.year or 0):
            order[new.id] = min(order[new.id], order[old.id] - 0.5)
    return order


def _whole(candidate: Candidate) -> str:
    """Return the text of a sentence with the one it leans on, which may name what it counts."""
    sentence, passage = with_antecedent(candidate), candidate.hit.passage
    return passage.text[sentence.start - passage.start : sentence.end - passage.start]


def _with_company(candidate: Candidate, *, is_list: bool, first: bool) -> tuple[Sentence, ...]:
    """Return the sentence with the one it leans on, or the whole list where a list is asked for or introduced."""
    siblings = whole_list(candidate) if is_list or first else ()
    if 1 < len(siblings) <= 12 and (is_list or candidate.text.rstrip().endswith(":")):
        return siblings
    return (with_antecedent(candidate),)


def leads_of(snapshot: Snapshot, ranked: Sequence[Candidate], skip: Sequence[Citation], limit: int) -> list[Citation]:
    """Return the next best sentences as citations that are not part of the answer."""
    taken = {(c.document, c.page, c.start) for c in skip}
    leads: list[Citation] = []
    for candidate in ranked:
        start = candidate.sentence.start
        within = any(c.start <= start < c.end and (c.document, c.page) == candidate.page for c in skip)
        if candidate.place in taken or within:
            continue
        taken.add(candidate.place)
        number = len(skip) + len(leads) + 1
        citation = citation_of(snapshot, candidate.hit, candidate.sentence.start, candidate.sentence.end, number)
        if citation:
            leads.append(citation)
        if len(leads) == limit:
            break
    return leads
