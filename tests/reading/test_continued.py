"""A table that goes on over pages keeps its heads, and heads of one, two or no rulings stay apart from the rows."""

from __future__ import annotations

from pathlib import Path

from assistant.model import Reading
from assistant.reading.passages import cut_passages
from assistant.reading.reader import read_document
from tests.reading.makers import FIRST, paragraph, rule, show, write_pdf

COLUMNS = (60, 200, 340)


def row(cells: tuple[str, ...], height: float, font: str = "F1") -> str:
    return "".join(show(c, x, height, font=font) for c, x in zip(cells, COLUMNS, strict=False) if c)


def table(rows: list[tuple[str, ...]], top: float, head: str = "F1", heads: int = 1) -> str:
    lines = "".join(row(c, top - 13 - 18 * i, head if i < heads else "F1") for i, c in enumerate(rows))
    return lines + "".join(rule(58, top - 18 * i, 460) for i in range(len(rows) + 1))


def texts(reading: Reading, page: int, kind: str) -> list[str]:
    return [reading.pages[page - 1].text[b.start : b.end] for b in reading.pages[page - 1].blocks if b.kind == kind]


HEADS = ("Country", "Centre", "Programme")
ROWS = [("Latvia", "Riga", "Exomes"), ("Malta", "Valletta", "Panels"), ("Estonia", "Tartu", "Genomes")]


def over_pages(path: Path, second: list[tuple[str, ...]], first: str = "F1", heads: int = 0) -> Reading:
    one = paragraph(FIRST, 60, 760) + table([HEADS, *ROWS], 200, first)
    return read_document(
        write_pdf(path / "made.pdf", [one, table(second, 760, "F2", heads) + paragraph(FIRST, 60, 600)])
    )


def test_the_first_row_of_the_next_page_is_a_row(tmp_path: Path) -> None:
    reading = over_pages(
        tmp_path, [("Poland", "Lodz", "Exomes"), ("Finland", "Turku", "Trios"), ("Spain", "Vigo", "RNA")]
    )
    assert texts(reading, 2, "table") == ["Poland · Lodz · Exomes", "Finland · Turku · Trios", "Spain · Vigo · RNA"]
    passages = cut_passages("d", reading.pages, lambda some: [len(one.split()) for one in some])
    rows = [passage for passage in passages if passage.page == 2]
    assert [passage.headings for passage in rows] == [("Country · Centre · Programme",), ()]
    assert rows[0].text.startswith("Poland") and rows[1].text.startswith("Estonia built")


def test_heads_said_again_and_heads_of_another_table_stay_heads(tmp_path: Path) -> None:
    again = over_pages(tmp_path, [HEADS, ("Poland", "Lodz", "Exomes"), ("Spain", "Vigo", "RNA")])
    assert texts(again, 2, "caption") == ["Country · Centre · Programme"]
    other = over_pages(
        tmp_path, [("Name", "Town", "Kind"), ("Poland", "Lodz", "Exomes"), ("Spain", "Vigo", "RNA")], heads=1
    )
    assert texts(other, 2, "caption") == ["Name · Town · Kind"]
    assert other.pages[1].blocks[1].lead is not None


def test_heads_without_a_ruling_under_them_are_not_woven_into_the_first_row(tmp_path: Path) -> None:
    lines = row(HEADS, 700, "F2") + "".join(row(cells, 684 - 20 * i) for i, cells in enumerate(ROWS))
    rules = "".join(rule(58, height, 460) for height in (712, 678, 658, 638))
    reading = read_document(write_pdf(tmp_path / "made.pdf", [paragraph(FIRST, 60, 780) + lines + rules]))
    assert texts(reading, 1, "caption") == ["Country · Centre · Programme"]
    assert texts(reading, 1, "table") == [" · ".join(cells) for cells in ROWS]


def test_heads_of_two_rows_are_one(tmp_path: Path) -> None:
    rows = [("", "Genomes read in 2024 and in all", ""), ("Country", "Planned", "Done"), ("Latvia", "700", "650"),
            ("Malta", "90", "41")]  # fmt: skip
    wide = table(rows, 700, "F2", 2).replace("1 0 0 1 200 687", "1 0 0 1 230 687")
    reading = read_document(write_pdf(tmp_path / "made.pdf", [paragraph(FIRST, 60, 780) + wide]))
    assert texts(reading, 1, "caption") == ["Country · Genomes read in 2024 and in all Planned · Done"]
    assert texts(reading, 1, "table") == ["Latvia · 700 · 650", "Malta · 90 · 41"]


def test_what_the_edge_of_the_page_cuts_is_not_quoted(tmp_path: Path) -> None:
    cut = ("Estonia built trust over two decades of open", "and the biobank holds samples of a fifth of")
    reading = read_document(write_pdf(tmp_path / "made.pdf", [paragraph(FIRST, 60, 780) + paragraph(cut, 430, 600)]))
    assert "outside the page" in reading.warnings[0]
    assert [text.split()[0] for text in texts(reading, 1, "paragraph")] == ["Estonia"]
    assert len(texts(reading, 1, "caption")) == 1


def test_contents_go_on_on_the_next_page(tmp_path: Path) -> None:
    titles = tuple(
        f"Building number {word} of the programme of genomes in Europe" for word in ("one", "two", "three", "four")
    )
    numbers = "".join(show(str(10 + i), 500, 700 - 40 * i) for i in range(4))
    lines = "".join(show(title, 60, 700 - 40 * i) for i, title in enumerate(titles))
    pages = [show("Contents", 60, 760, 16, "F2") + lines + numbers, lines + numbers, paragraph(FIRST, 60, 700)]
    reading = read_document(write_pdf(tmp_path / "made.pdf", pages))
    assert [len(texts(reading, page, "paragraph")) for page in (1, 2, 3)] == [0, 0, 1]
