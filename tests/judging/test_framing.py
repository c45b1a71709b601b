"""A row of a table is read with its caption, its heading row and the line that opens its part."""

from __future__ import annotations

from assistant.judging.framing import Frame, frame_of, states_unit
from assistant.model import BlockKind, Page
from tests.made import page_of

CAPTION, HEAD = "Table 1: Budget by area (million euro)", "Area · 2026 · 2027"
CENTRE, TRAINING, TOTAL = "Centre · 14.5 · 9.8", "Training · 1.9 · 2.6", "Total · 16.4 · 12.4"


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
    assert frame_of(page, 10_000) == Frame()


def test_a_unit_is_money_a_share_or_a_multiple() -> None:
    assert [states_unit(text) for text in (CAPTION, "Staff (%)", "Table 2: Indicators")] == [True, True, False]
