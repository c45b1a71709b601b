"""From chosen sentences to statements and checked citations: numbers, boxes, verification."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answering.candidates import Candidate
from assistant.answering.choose import whole_list, with_antecedent
from assistant.answering.verify import is_verbatim
from assistant.model import Citation, Hit, Sentence, Statement
from assistant.ports import Snapshot


@dataclass
class Builder:
    """Collects the statements of one answer; a slice is cited once and keeps its number."""

    snapshot: Snapshot
    statements: list[Statement] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
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
        """Add one statement; a bullet or table row brings its lead-in as a citation of its own."""
        number = self.cite(hit, sentence.start, sentence.end)
        if number is None:
            return False
        numbers = [number]
        text = self.citations[number - 1].quote
        if sentence.lead and sentence.kind in ("bullet", "row"):
            lead = self.cite(hit, *sentence.lead)
            if lead is not None and lead != number:
                numbers = [lead, number]
                shown = any(lead in statement.citations for statement in self.statements)
                text = text if shown else f"{self.citations[lead - 1].quote} {text}"
        self.statements.append(Statement(clean(text), tuple(numbers), country))
        return True


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
    )


def add_chosen(builder: Builder, chosen: Sequence[Candidate], country: str, *, is_list: bool, words: int) -> None:
    """Add the chosen sentences by document (best first) in reading order; a list question gets the list."""
    order = {c.hit.document.id: rank for rank, c in reversed(list(enumerate(chosen)))}
    shown: list[tuple[str, int, int, int]] = []
    spent = 0
    for candidate in sorted(chosen, key=lambda c: (order[c.hit.document.id], c.hit.passage.page, c.sentence.start)):
        for sentence in _with_company(candidate, is_list=is_list, first=candidate is chosen[0]):
            page = (candidate.hit.passage.document, candidate.hit.passage.page)
            if any(place[:2] == page and place[2] <= sentence.start < place[3] for place in shown):
                # The sentence before, which it leans on, stands there already.
                sentence = candidate.sentence
            if any(place[:2] == page and place[2] <= sentence.start < place[3] for place in shown):
                continue
            start = candidate.hit.passage.start
            length = len(candidate.hit.passage.text[max(0, sentence.start - start) : sentence.end - start].split())
            if spent and spent + length > 1.6 * words:
                continue
            if builder.add(candidate.hit, sentence, country):
                shown.append((*page, sentence.start, sentence.end))
                spent += length


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
        place = (candidate.hit.passage.document, candidate.hit.passage.page, candidate.sentence.start)
        if place in taken or any(c.start <= place[2] < c.end and (c.document, c.page) == place[:2] for c in skip):
            continue
        taken.add(place)
        number = len(skip) + len(leads) + 1
        citation = citation_of(snapshot, candidate.hit, candidate.sentence.start, candidate.sentence.end, number)
        if citation:
            leads.append(citation)
        if len(leads) == limit:
            break
    return leads
