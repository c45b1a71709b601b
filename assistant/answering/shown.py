"""Which sentences of each country become statements: a few, the more countries the fewer, the newer state first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering import wording
from assistant.answering.alone import leans
from assistant.answering.build import Builder, add_chosen
from assistant.answering.candidates import Candidate, label_covered, table_of
from assistant.answering.choose import NEAR, beside, choose
from assistant.answering.columns import cell_asked
from assistant.answering.differ import differing, rival
from assistant.answering.framing import CELL
from assistant.answering.newest import newest_first, with_newer
from assistant.answering.part import Part
from assistant.answering.told import asks_stated, is_stated
from assistant.answering.wanted import Wanted
from assistant.model import Expects

NEARER = 0.85
"""How near to the best a country's second sentence must come where many countries answer: each line costs attention."""
ADDS = 0.85
"""How near to the best a sentence that covers less of the question must come to be read beside it."""
ADDS_COMPARED = 0.77
"""The same where countries are compared, which takes more than the one best sentence of each."""
LONGEST_CELL = 6
"""Words of a cell that is named apart from its row; a longer one needs no counting of columns."""
MOST_TOLD = 14
"""So many sentences of several sections that tell what is asked for are shown at most."""


def add_parts(
    builder: Builder, answered: Sequence[Part], expects: Expects, quote_words: int, *, everywhere: bool = False
) -> None:
    """Add the few best sentences of each country; the more countries, the fewer of each and no long lists.

    With `everywhere` every country was asked, and each that answers shows as little as one of many.
    """
    few, is_list = len(answered) <= 3 and not (everywhere and len(answered) > 1), expects == "list"
    if expects == "overview":
        for part in answered:
            add_chosen(builder, part.ranked, part.country, is_list=False, words=2 * quote_words)
        return
    most, share = _most(len(answered) if few else max(4, len(answered)), is_list), _share(len(answered), quote_words)
    for part in answered:
        every = of_every_section(part.ranked, part.wanted) if few else []
        if every:
            add_chosen(builder, every, part.country, is_list=False, words=2 * quote_words)
            continue
        chosen = choose(part.ranked, words=share, most=most, near=NEAR if few else NEARER, alone=not few)
        chosen = rows_meant(chosen, part.wanted)
        if few:
            least = ADDS if len(answered) == 1 else ADDS_COMPARED
            chosen = [c for c in chosen if adds(chosen[0], c, part.wanted, least)]
        by_year = few and bool(part.country) and newest_first(part.wanted.question)
        if by_year:
            chosen = with_newer(chosen, part.ranked, most)
        chosen = _with_rival(chosen, part)
        builder.notes += _cell(builder, chosen, part.wanted) if few else []
        add_chosen(builder, chosen, part.country, is_list=is_list and few, words=share, by_year=by_year)
    builder.merged()


def _cell(builder: Builder, chosen: Sequence[Candidate], wanted: Wanted) -> list[str]:
    """Return a note on the cell asked for, where the first of the chosen sentences is a row of a table."""
    row = chosen[0].sentence if chosen else None
    if row is None or row.kind != "row" or row.lead is None:
        return []
    passage = chosen[0].hit.passage
    span = (row.start, row.end)
    head, cell = cell_asked(builder.snapshot, passage.document, passage.page, row.lead, span, wanted.question)
    is_number = wanted.asked.want in ("money", "count", "number", "share")
    if not head or len(cell.split()) > LONGEST_CELL or (is_number and not any(map(str.isdigit, cell))):
        return []
    label = next((text for text in chosen[0].text.split(CELL) if re.search(r"[^\W\d]{2}", text)), "")
    return [wording.in_column(label, head, cell)] if label != cell else []


def _most(answered: int, is_list: bool) -> int:
    """Return how many sentences each of so many countries may show."""
    if answered > 3:
        return 3 if is_list and answered <= 10 else 2
    return {0: 4, 1: 4, 2: 3}.get(answered, 2) + (2 if is_list else 0)


def of_every_section(ranked: Sequence[Candidate], wanted: Wanted) -> list[Candidate]:
    """Return the first sentences of each section whose heading is what is asked for, where a document has several.

    A brief that ends every chapter with recommendations makes them in all of these, not in the nearest one. Empty where
    the best sentence stands in no such section, or in the only one.
    """
    if not ranked or not ranked[0].told or is_stated(ranked[0].text) or not asks_stated(wanted):
        return []
    sections: dict[tuple[str, ...], list[Candidate]] = {}
    for candidate in ranked:
        same = candidate.hit.passage.document == ranked[0].hit.passage.document
        if candidate.told and same and not candidate.text.endswith(":"):
            sections.setdefault(candidate.hit.passage.headings, []).append(candidate)
    if len(sections) < 2:
        return []
    found = []
    for told in sections.values():
        told.sort(key=lambda c: (c.hit.passage.page, c.sentence.start))
        found += told[: max(2, MOST_TOLD // len(sections))]
    return sorted(found[:MOST_TOLD], key=lambda c: (c.hit.passage.page, c.sentence.start))


def adds(best: Candidate, candidate: Candidate, wanted: Wanted, least: float = ADDS) -> bool:
    """Return whether a chosen sentence is worth reading beside the best one.

    One that covers less of the question and comes behind is not: it stands near the answer and is none. The sentence
    right after the best one goes on with it where it points back, or where a way or several things are asked for.
    """
    if candidate.score > least * best.score or candidate.coverage >= best.coverage or candidate.fits > best.fits:
        return True
    goes_on = leans(candidate.text) or (wanted.asked.want == "none" and wanted.expects in ("how", "list"))
    return goes_on and beside(best, candidate) and candidate.sentence.start > best.sentence.start


def rows_meant(chosen: Sequence[Candidate], wanted: Wanted) -> list[Candidate]:
    """Return the chosen sentences; of the rows of one table only those whose own words say most of what is asked.

    All rows of a table share its caption and heading row. Where a list or the like is asked for, all stay, and so do
    lines of a label and a value.
    """
    if wanted.asked.want == "none":
        return list(chosen)
    said = [label_covered(wanted, c.text, c.framed) if _table(c) else 0.0 for c in chosen]
    most: dict[object, float] = {}
    for candidate, share in zip(chosen, said, strict=True):
        table = _table(candidate)
        most[table] = max(share, most.get(table, 0.0))
    return [c for c, share in zip(chosen, said, strict=True) if share >= most[_table(c)]]


def _table(candidate: Candidate) -> object:
    """Return what tells the table of a row of several values from others; for all other sentences one value."""
    if candidate.sentence.kind != "row" or candidate.text.count(CELL) < 2:
        return None
    return table_of(candidate.hit.passage, candidate.sentence)


def _with_rival(chosen: list[Candidate], part: Part) -> list[Candidate]:
    """Return the chosen sentences with one of another document that gives another number for the same thing.

    Only where a number is asked for, and only from sentences that speak to the question as well as the best one.
    """
    if part.wanted.asked.want in ("date", "who", "none") or not chosen:
        return chosen
    shown = [(c.hit.document.id, c.text) for c in chosen]
    if differing(shown):
        return chosen
    others = [c for c in part.ranked[:16] if c.fits and c not in chosen and c.coverage >= 0.8 * chosen[0].coverage]
    place = rival(shown[:1], [(c.hit.document.id, c.text) for c in others])
    return chosen if place is None else [*chosen, others[place]]


def differences(builder: Builder) -> list[str]:
    """Return a remark for the sentences on one country that do not say the same in two documents."""
    remarks = []
    for country in dict.fromkeys(s.country for s in builder.statements):
        cited = [builder.citations[s.citations[-1] - 1] for s in builder.statements if s.country == country]
        places = sorted({place for pair in differing([(c.document, c.quote) for c in cited]) for place in pair})
        if places:
            remarks.append(wording.sources_differ([cited[place] for place in places]))
    return remarks if len(remarks) <= 3 else []


def _share(answered: int, words: int) -> int:
    """Return how many words each of so many countries may take."""
    return words if answered <= 1 else max(35, words // answered + 25)
