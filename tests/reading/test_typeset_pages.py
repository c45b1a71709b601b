"""Pages of many kinds, set by a typesetter, whose sentences are known: each must come out whole and in order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pypdf
import pytest

from assistant.geometry import boxes_of, unpack
from assistant.model import Page, Reading
from assistant.reading.passages import cut_passages
from assistant.reading.reader import read_document
from assistant.reading.sentences import split_sentences
from tests.reading.typeset import DE, EN, FR, PAGES, source, typeset

pytest.importorskip("typst")
NAMES = [*PAGES, "cropped", "two_up", "sideways"]
LANGUAGES = {"german": "de", "french": "fr"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("typeset")


@cache
def reading_of(folder: Path, name: str) -> tuple[Path, Reading]:
    path = typeset(folder, name)
    return path, read_document(path)


def sentences(reading: Reading, language: str = "en") -> list[str]:
    return [page.text[s.start : s.end] for page in reading.pages for s in split_sentences(page, language)]


def fold(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text).lower() if char.isalnum())


def texts(page: Page, kind: str) -> list[str]:
    return [page.text[block.start : block.end] for block in page.blocks if block.kind == kind]


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_that_was_set_is_found_whole(folder: Path, name: str) -> None:
    _, reading = reading_of(folder, name)
    spoken = sentences(reading, LANGUAGES.get(name, "en"))
    found = {re.sub(r"\d+$| \[[\d, ]+\]$|^\d\.\d\.\d ", "", sentence) for sentence in spoken}
    flat = fold(source(name)) if name in PAGES else fold(" ".join(page.text for page in reading.pages))
    wanted = {sentence for sentence in (*EN, *DE, *FR) if fold(sentence) in flat}
    assert {sentence.replace("\u202f", " ").replace("\u00a0", " ") for sentence in wanted} - found == set()
    assert len(wanted) >= (0 if name in ("slides", "cards") else 5)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "sideways"])
def test_a_second_reader_finds_the_sentences_too(folder: Path, name: str) -> None:
    path, reading = reading_of(folder, name)
    plain = [fold(page.extract_text()) for page in pypdf.PdfReader(path).pages]
    places = [(page.number, page.text[s.start : s.end]) for page in reading.pages for s in split_sentences(page)]
    missed = [text for number, text in places if fold(text) not in plain[number - 1]]
    if name == "report":  # its first row has a cell that spans two: a plain reader mixes them
        assert missed.pop().startswith("Governance · A council")
    assert missed == []


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_has_boxes_on_its_page(folder: Path, name: str) -> None:
    _, reading = reading_of(folder, name)
    for page in reading.pages:
        for sentence in split_sentences(page):
            boxes = boxes_of(unpack(page.geometry), sentence.start, sentence.end)
            assert boxes
            assert all(0 <= b[0] < b[2] <= page.width and 0 <= b[1] < b[3] <= page.height for b in boxes)


def test_columns_notes_and_floats_do_not_weave(folder: Path) -> None:
    page = reading_of(folder, "two_columns")[1].pages[0]
    assert texts(page, "title") == ["A national strategy for genomic medicine"]
    found = sentences(Reading((page,)))
    assert "The ministry of health set up a national genomics council in the spring of 2021" in found[-6]
    assert not any("decree of 12 March" in sentence for sentence in found)
    assert any("decree of 12 March" in text for text in texts(page, "references"))
    bullets = [page.text[slice(*block.lead)] for block in page.blocks if block.kind == "bullet" and block.lead]
    assert bullets == ["The council has four tasks:"] * 4


def test_slides_keep_heads_and_items_apart(folder: Path) -> None:
    pages = reading_of(folder, "slides")[1].pages
    assert texts(pages[2], "heading") == ["What comes next", "Until 2024", "From 2025"]
    assert texts(pages[2], "bullet") == [
        "Pilot in two hospitals",
        "Training of 120 family doctors",
        "Roll-out to all counties",
        "Pharmacogenomic reports for every adult who asks for one",
    ]
    assert texts(pages[1], "running") == ["Country visit, Tallinn", "2"]


@pytest.mark.parametrize("name", ["tables", "sideways"])
def test_tables_with_shaded_rows_and_without_rulings(folder: Path, name: str) -> None:
    page = reading_of(folder, name)[1].pages[0]
    rows = {
        page.text[block.start : block.end]: page.text[slice(*block.lead)]
        for block in page.blocks
        if block.kind == "table" and block.lead
    }
    assert rows["Finland · 500 000 · 2017 · FinnGen consortium"] == "Country · Genomes · Since · Lead body"
    assert rows["Train 90 counsellors · 2027 · Three universities"] == "Aim · By · Responsible"
    assert rows["Hospitals connected · 14 of 19"] == "Indicator · Value in 2023"
    assert len(rows) == 10


def test_a_page_printed_sideways_is_read_and_marked_where_it_shows(folder: Path) -> None:
    page = reading_of(folder, "sideways")[1].pages[0]
    upright = reading_of(folder, "tables")[1].pages[0]
    assert page.text == upright.text
    assert (page.width, page.height) == (upright.height, upright.width)
    start = page.text.index("Estonia")
    (box,) = boxes_of(unpack(page.geometry), start, start + 7)
    (straight,) = boxes_of(unpack(upright.geometry), start, start + 7)
    assert box == pytest.approx(
        (page.width - straight[3], straight[0], page.width - straight[1], straight[2]), abs=0.3
    )  # fmt: skip


def test_contents_references_and_roman_numbers(folder: Path) -> None:
    reading = reading_of(folder, "front_matter")[1]
    assert [page.label for page in reading.pages] == ["i", "ii", "iii", "iv", "1", "2", "3"]
    assert [page.printed for page in reading.pages] == ["i", "ii", "iii", "iv", "1", "2", "3"]
    assert split_sentences(reading.pages[2]) == ()
    assert split_sentences(reading.pages[6]) == ()
    assert texts(reading.pages[3], "table")[1] == "GDPR · General Data Protection Regulation"
    assert len(texts(reading.pages[5], "bullet")) == 3


def test_a_drop_capital_belongs_to_its_word(folder: Path) -> None:
    page = reading_of(folder, "drop_caps")[1].pages[0]
    assert texts(page, "paragraph")[0].startswith("The ministry of health")


def test_two_printed_pages_on_a_sheet(folder: Path) -> None:
    page = reading_of(folder, "two_up")[1].pages[0]
    assert page.printed == "1–2"
    heads = [page.text[b.start : b.end] for b in page.blocks if b.kind in ("title", "heading")]
    assert heads == [
        "1 Where we stand", "1.1 Governance and law", "1.2 Workforce", "2 What we will do", "2.1 Priority areas",
    ]  # fmt: skip


def test_a_row_of_cards_is_read_card_by_card(folder: Path) -> None:
    page = reading_of(folder, "cards")[1].pages[0]
    assert texts(page, "heading") == ["Care", "Research", "Trust"]
    assert sentences(Reading((page,)))[-2:] == [
        "Source: Ministry of Health, 2023.",
        "Figures for 2022 are provisional.",
    ]
    assert page.text.index("Plain language") < page.text.index("Source:")


def test_a_report_with_numbered_paragraphs_notes_and_a_spanning_cell(folder: Path) -> None:
    first, second, third = reading_of(folder, "report")[1].pages
    assert texts(first, "title") + texts(first, "heading") == ["1. Background", "1.1 Where we come from"]
    assert texts(first, "bullet") == [
        "the Ministry of Health;",
        "the two data centres, namely",
        "the northern one,",
        "the southern one; and",
        "patient organisations.",
    ]
    assert [text[:8] for text in texts(first, "references")] == ["1 Act on"]
    assert texts(second, "running") == ["Page 2 of 3", "| National Genomics Strategy"]
    assert texts(third, "table") == [
        "Governance · A council that meets at least four times a year and publishes its minutes · 2024",
        "Law in force · 2025",
        "Workforce · Counsellors per million people · 20",
    ]


def test_contents_without_leaders_and_words_set_apart(folder: Path) -> None:
    contents, page = reading_of(folder, "toc")[1].pages
    assert split_sentences(contents) == ()
    assert texts(contents, "title") == []
    assert texts(page, "side") == ["“We want every family to have an answer.”"]


def test_columns_above_and_below_a_box(folder: Path) -> None:
    page = reading_of(folder, "mixed")[1].pages[0]
    names = ["Morning session", "Discussion", "Key lesson", "Afternoon session", "References"]
    assert [text for text in texts(page, "heading") if text in names] == names
    leads = [page.text[slice(*block.lead)] for block in page.blocks if block.kind == "bullet" and block.lead]
    assert leads == ["Three points stood out:"] * 3
    assert len(texts(page, "references")) == 3


def test_cells_that_span_columns_and_labels_of_uneven_length(folder: Path) -> None:
    rows = texts(reading_of(folder, "agenda")[1].pages[0], "table")
    assert rows == [
        "Day 1 – Tuesday 14 May",
        "09:00–09:30 · Welcome · Vesna Kralj, State Secretary",
        "09:30–10:45 · The genome project · Borut Zupan",
        "Day 2 – Wednesday 15 May",
        "09:00–10:15 · Legal framework · Tina Oblak",
        "June 2025 · First meeting of the council",
        "September 2026 · Sequencers installed",
        "January 2027 · Whole genomes enter the list of services",
        "October 2028 · Hubs in three towns open",
        "December 2030 · Final evaluation published",
        "State budget · 4,300 · 5,150 · 2,900",
        "European Regional Development Fund · 1,200 · 5,600 · 0",
        "Donors and foundations · 150 · 150 · 100",
    ]
    heads = texts(reading_of(folder, "agenda")[1].pages[0], "caption")
    assert heads[-2:] == ["Source · 2026 · 2027 · 2028", "Table 1: Sources of funding, thousand leva"]


def test_the_title_of_a_numbered_box_heads_its_items_and_nothing_after_them(folder: Path) -> None:
    def words(texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    passages = cut_passages("d", reading_of(folder, "agenda")[1].pages, words, passage_tokens=40)
    heads = {p.text[s.start - p.start : s.end - p.start]: p.headings for p in passages for s in p.sentences}
    assert heads["Fund a permanent secretariat for the network."] == (
        "Exchange",
        "Box 2. Recommendations to the Commission",
    )
    assert heads[EN[11]] == ("Exchange",)
