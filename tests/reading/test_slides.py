"""PowerPoint files: a page a slide, bullets under the slide's title; what is not shown is left out and named."""

from __future__ import annotations

from pathlib import Path

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from assistant.errors import UnreadableDocument
from assistant.model import Page
from assistant.reading.guard import read_guarded
from assistant.reading.passages import cut_passages
from assistant.reading.reader import read_document
from assistant.reading.sentences import split_sentences


def parts(page: Page) -> list[tuple[str, str]]:
    return [(block.kind, page.text[block.start : block.end]) for block in page.blocks]


def quotable(page: Page) -> list[str]:
    return [page.text[s.start : s.end] for s in split_sentences(page)]


def test_slides_are_pages_with_their_title(tmp_path: Path) -> None:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Estonia reads 200,000 genomes"
    body = slide.placeholders[1].text_frame
    body.text = "Two aims:"
    for text in ("build trust", "share data in medi\u00adcine"):
        item = body.add_paragraph()
        item.text, item.level = text, 1
    body.add_paragraph().text = "Last\vitem"
    table = slide.shapes.add_table(3, 3, 0, Inches(3), Inches(4), Inches(1)).table
    for row, cells in enumerate((("Country", "2023", "2024"), ("Latvia", "700", "650"), ("Malta", "", "12"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    second = show.slides.add_slide(show.slide_layouts[6])
    second.shapes.add_textbox(0, 0, Inches(3), Inches(1)).text_frame.text = "Money"
    second.shapes.add_textbox(0, Inches(2), Inches(3), Inches(1)).text_frame.text = "It costs ten million euros."
    show.save(str(tmp_path / "a.pptx"))
    reading = read_document(tmp_path / "a.pptx")
    assert [page.label for page in reading.pages] == ["slide 1", "slide 2"]
    assert parts(reading.pages[0]) == [
        ("heading", "Estonia reads 200,000 genomes"), ("paragraph", "Two aims:"), ("bullet", "build trust"),
        ("bullet", "share data in medicine"), ("bullet", "Last item"), ("caption", "Country · 2023 · 2024"),
        ("table", "Latvia · 700 · 650"), ("table", "Malta · – · 12"),
    ]  # fmt: skip
    assert quotable(reading.pages[0])[:3] == ["Estonia reads 200,000 genomes", "Two aims:", "build trust"]
    assert parts(reading.pages[1]) == [("heading", "Money"), ("paragraph", "It costs ten million euros.")]
    passages = cut_passages("a", reading.pages, lambda texts: [len(text.split()) for text in texts])
    assert [passage.headings for passage in passages] == [("Estonia reads 200,000 genomes",), ("Money",)]
    assert read_guarded(tmp_path / "a.pptx") == reading


def test_what_a_slide_does_not_show_is_left_out_and_named(tmp_path: Path) -> None:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    frame = slide.shapes.add_textbox(0, 0, Inches(3), Inches(1)).text_frame
    paragraph = frame.paragraphs[0]
    for text, settings in (
        ("It reads ", {}), ("50 ", {"strike": "sngStrike"}), ("10", {}), ("6", {"baseline": "30000"}), (" genomes.", {}),  # noqa: E501
        ("Tiny.", {"sz": "100"}),
    ):  # fmt: skip
        run = paragraph.add_run()
        run.text = text
        for name, value in settings.items():
            run._r.get_or_add_rPr().set(name, value)
    hidden = slide.shapes.add_textbox(0, 0, Inches(3), Inches(1))
    hidden.text_frame.text = "Hidden words."
    hidden._element.nvSpPr.cNvPr.set("hidden", "1")
    slide.shapes.add_textbox(-Inches(9), 0, Inches(3), Inches(1)).text_frame.text = "Beside the slide."
    slide.notes_slide.notes_text_frame.text = "Say this."
    unseen = show.slides.add_slide(show.slide_layouts[1])
    unseen.shapes.title.text = "A hidden slide"
    unseen._element.set("show", "0")
    show.save(str(tmp_path / "a.pptx"))
    reading = read_document(tmp_path / "a.pptx")
    assert [quotable(page) for page in reading.pages] == [["It reads 10⁶ genomes."], []]
    assert reading.warnings == (
        "hidden slides were left out",
        "hidden text was left out: hidden shapes, shapes beside the slide, letters too small to read",
        "struck-out or deleted text was left out",
        "speaker notes were left out",
    )


def test_merged_cells_and_charts(tmp_path: Path) -> None:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    table = slide.shapes.add_table(3, 3, 0, 0, Inches(4), Inches(1)).table
    for row, cells in enumerate((("Country", "Genomes", ""), ("", "Planned", "Done"), ("Latvia", "700", "650"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    table.cell(0, 1).merge(table.cell(0, 2))
    data = CategoryChartData()
    data.categories = ["Malta", "Italy"]
    data.add_series("Budget", (1.5, 12))
    for shown in (True, False):
        frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, Inches(3), Inches(3), data)
        frame.chart.plots[0].has_data_labels = shown
        if shown:
            frame.chart.plots[0].data_labels.show_value = True
    show.save(str(tmp_path / "a.pptx"))
    reading = read_document(tmp_path / "a.pptx")
    assert parts(reading.pages[0])[1:8] == [
        ("caption", "Country · Genomes Planned · Genomes Done"), ("table", "Latvia · 700 · 650"),
        ("caption", "– · Budget"), ("table", "Malta · 1.5"), ("table", "Italy · 12"), ("caption", "Budget"),
        ("caption", "Malta"),
    ]  # fmt: skip
    assert reading.warnings == ("words inside charts and drawings are kept as labels and not quoted",)


def test_a_damaged_presentation_is_named(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.pptx", "w") as file:
        file.writestr("ppt/presentation.xml", "<p/>")
    with pytest.raises(UnreadableDocument, match="damaged or no PowerPoint file"):
        read_document(tmp_path / "a.pptx")
