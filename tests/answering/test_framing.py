"""A row of a table is read with its caption, its heading row and the line that opens its part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.build import Builder
from assistant.answering.candidates import Candidate, candidates, label_covered
from assistant.answering.framing import Frame, frame_of, opens_part, states_unit
from assistant.answering.shown import rows_meant
from assistant.answering.wanted import Wanted, wanted_of
from assistant.model import Block, BlockKind, Hit, Page, Passage, Sentence, content_key
from tests.fakes import MemorySnapshot, small_library

CAPTION, HEAD = "Table 1: Budget by area (million euro)", "Area · 2026 · 2027"
CENTRE, TRAINING, TOTAL = "Centre · 14.5 · 9.8", "Training · 1.9 · 2.6", "Total · 16.4 · 12.4"


def page_of(parts: Sequence[tuple[BlockKind, str, str]]) -> Page:
    """Return a page of blocks (kind, text, text of the block that leads it)."""
    text = "\n\n".join(part for _, part, _ in parts)
    blocks = []
    for kind, part, lead in parts:
        start = text.index(part)
        at = text.index(lead) if lead else 0
        blocks.append(Block(kind, start, start + len(part), lead=(at, at + len(lead)) if lead else None))
    return replace(small_library().page("fi", 1), text=text, blocks=tuple(blocks))


def words(page: Page, row: str) -> list[str | None]:
    frame = frame_of(page, page.text.index(row))
    return [span and page.text[slice(*span)] for span in (frame.caption, frame.head, frame.part)]


def rows(*texts: str) -> list[tuple[BlockKind, str, str]]:
    return [("caption", HEAD, ""), *[("table", text, HEAD) for text in texts]]  # type: ignore[list-item]


def test_a_caption_stands_above_or_below() -> None:
    above = page_of([("caption", CAPTION, ""), *rows(CENTRE, TRAINING)])
    below = page_of([("paragraph", "Costs rise.", ""), *rows(CENTRE, TRAINING), ("caption", CAPTION, "")])
    assert words(above, TRAINING) == words(below, CENTRE) == [CAPTION, HEAD, None]


def test_a_caption_between_two_tables_belongs_to_the_one_that_has_no_other() -> None:
    second: list[tuple[BlockKind, str, str]] = [("table", "Nurses · 3", ""), ("caption", "Table 2: Staff", "")]
    page = page_of([*rows(CENTRE), ("caption", CAPTION, ""), *second])
    assert words(page, CENTRE)[0] == CAPTION
    assert words(page, "Nurses · 3")[0] == "Table 2: Staff"


def test_words_that_announce_a_table_are_its_caption() -> None:
    page = page_of([("paragraph", "Money is scarce. The sums in million euro:", ""), *rows(CENTRE)])
    assert words(page, CENTRE)[0] == "The sums in million euro:"
    page = page_of([("paragraph", "Money is scarce. The table gives million euro.", ""), *rows(CENTRE)])
    assert words(page, CENTRE)[0] == "The table gives million euro."
    assert words(page_of([("paragraph", "Money is scarce.", ""), *rows(CENTRE)]), CENTRE)[0] is None


def test_a_line_of_one_cell_opens_a_part() -> None:
    page = page_of(rows("Day 1", CENTRE, "Day 2", TRAINING))
    assert [words(page, row)[2] for row in (CENTRE, TRAINING)] == ["Day 1", "Day 2"]
    assert words(page, "Day 2")[2] is None
    assert [opens_part(page, page.text.index(row)) for row in ("Day 1", CENTRE, "Day 2")] == [True, False, True]
    assert frame_of(page, 10_000) == Frame()


def test_a_unit_is_money_a_share_or_a_multiple() -> None:
    assert [states_unit(text) for text in (CAPTION, "Staff (%)", "Table 2: Indicators")] == [True, True, False]


def ranked(library: MemorySnapshot, page: Page, wanted: Wanted) -> list[Candidate]:
    """Return the rows of a page ranked; the passage holds them without caption and heading row."""
    start = page.text.index(CENTRE)
    sentences = tuple(Sentence(b.start, b.end, "row", b.lead) for b in page.blocks if b.kind == "table")
    text = page.text[start:]
    passage = Passage(content_key("fi", text), "fi", 1, start, len(page.text), text, (), ("FI",), sentences)
    library.pages[("fi", 1)] = page
    return candidates([Hit(passage, library.document("fi"), 1.0)], wanted, "", library.page)


def test_a_sum_is_given_by_the_caption_and_only_the_row_meant_is_shown() -> None:
    library, question = small_library(), "How much is the budget for training in 2027?"
    wanted = wanted_of(question, "number", lambda stem: 1.0, 1.0, question=question)
    found = ranked(library, page_of([("caption", CAPTION, ""), *rows(CENTRE, TRAINING, TOTAL)]), wanted)
    assert (found[0].text, found[0].fits) == (TRAINING, True)
    assert [c.text for c in rows_meant(found, wanted)] == [TRAINING]
    builder = Builder(library)
    assert builder.add(found[0].hit, found[0].sentence, "FI")
    assert builder.statements[0].text == f"{CAPTION} {HEAD} {TRAINING}"
    assert len(builder.statements[0].citations) == 3


def test_rows_of_one_table_rank_by_their_own_words_wherever_the_passages_are_cut() -> None:
    library, question = small_library(), "What is the budget for training?"
    wanted = wanted_of(question, "number", lambda stem: 1.0, 1.0, question=question)
    page = page_of([("caption", CAPTION, ""), *rows(CENTRE, TRAINING, TOTAL)])
    library.pages[("fi", 1)] = page
    sentences = [Sentence(b.start, b.end, "row", b.lead) for b in page.blocks if b.kind == "table"]
    hits = []
    for sentence, dense in zip(sentences, (0.9, 0.1, 0.9), strict=True):
        text = page.text[sentence.start : sentence.end]
        key = content_key("fi", text)
        passage = Passage(key, "fi", 1, sentence.start, sentence.end, text, (), ("FI",), (sentence,))
        hits.append(Hit(passage, library.document("fi"), 1.0, dense=dense, sentence_scores=(0.3,)))
    assert candidates(hits, wanted, "", library.page)[0].text == TRAINING


def test_a_word_of_the_heading_row_asks_for_a_column_and_not_for_the_row_of_that_name() -> None:
    question = "What is the total for training?"
    wanted = wanted_of("total training", "number", lambda stem: 1.0, 1.0, question=question)
    head = "Area · 2026 · Total"
    assert label_covered(wanted, "Training · 1.9 · 4.5", head) > label_covered(wanted, "Total · 16.4 · 28.8", head)
