"""From chosen sentences to statements and checked citations: numbers, boxes, verification."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.composing.choose import Quotation
from assistant.judging.framing import frame_of, states_unit
from assistant.judging.verify import fold, is_verbatim
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

    def add(self, quotation: Quotation, country: str, *, sure: bool = True) -> bool:
        """Add a quotation as one statement, with what introduces it; False where it is not verbatim on its page.

        Sentences that follow one another are one slice; the items of a list that does not run on are one slice each.
        """
        hit = quotation.span.hit
        before = [self.cite(hit, *span) for span in self._introduced(hit, quotation.sentences[0])]
        numbers = [self.cite(hit, *span) for span in self._slices(hit, quotation.sentences)]
        own = [one for one in numbers if one is not None]
        if not own:
            return False
        shown = {seen for s in self.statements for seen in s.citations}
        leads = [one for one in before if one is not None and one not in own and one not in shown]
        cited = list(dict.fromkeys([*leads, *own]))
        text = " ".join(self.citations[one - 1].quote for one in cited)
        self.statements.append(Statement(clean(text), tuple(cited), country, sure=sure))
        return True

    def _slices(self, hit: Hit, sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
        """Return the slices of a run of sentences: joined where no letter of another block stands between."""
        page = self.snapshot.page(hit.document.id, hit.passage.page).text
        slices = [(sentences[0].start, sentences[0].end)]
        for sentence in sentences[1:]:
            start, end = slices[-1]
            if any(c.isalnum() for c in page[end : sentence.start]) or sentence.kind == "row":
                slices.append((sentence.start, sentence.end))
            else:
                slices[-1] = (start, sentence.end)
        return slices

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
        language=document.language,
        digest=document.digest,
        originals=document.originals,
    )


def _also(snapshot: Snapshot, hit: Hit, quote: str) -> Iterator[Place]:
    """Yield the pages of other documents, folded into this hit, on which the very words of the quotation stand."""
    for identifier, number in hit.also:
        if identifier != hit.document.id and fold(quote) in fold(snapshot.page(identifier, number).text):
            other = snapshot.document(identifier)
            yield Place(identifier, other.title, other.year, number)
