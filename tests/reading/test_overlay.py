"""What is seen is read, what is not seen is not: annotations, layers, things drawn over text, attachments."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from assistant.model import Reading
from assistant.reading.reader import read_document
from tests.reading.makers import FIRST, appearance, fill, paragraph, picture, show, write_pdf

BODY = paragraph(FIRST, 60, 600)
UNDER = "hidden text was left out on page 1: drawn invisibly, under something else or on a layer that is switched off"


def annotated(folder: Path, annotation: str, content: str = BODY, look: str = "", root: str = "") -> Reading:
    """Return the reading of a page with one annotation, whose look is object 8."""
    more = (annotation, look or appearance("nothing"))
    return read_document(write_pdf(folder / "made.pdf", [content], extra="/Annots[7 0 R]", more=more, root=root))


def test_the_value_of_a_form_field_is_read_where_it_stands(tmp_path: Path) -> None:
    field = "<</Type/Annot/Subtype/Widget/F 4/FT/Tx/T(n)/V(7,700 genomes)/Rect[260 690 560 730]/AP<</N 8 0 R>>>>"
    content = show("Number of genomes planned:", 60, 700) + BODY
    reading = annotated(tmp_path, field, content, appearance("7,700 genomes"), "/AcroForm<</Fields[7 0 R]>>")
    assert reading.pages[0].text.startswith("Number of genomes planned:\n\n7,700 genomes\n\n")


@pytest.mark.parametrize("sort", ["FreeText", "Stamp"])
def test_notes_and_stamps_on_the_page_are_read(tmp_path: Path, sort: str) -> None:
    words = "Correction: Slovenia plans 7,700 genomes in all."
    reading = annotated(
        tmp_path, f"<</Type/Annot/Subtype/{sort}/F 4/Rect[60 700 360 740]/AP<</N 8 0 R>>>>", look=appearance(words)
    )
    assert words in reading.pages[0].text


def test_an_annotation_that_is_not_shown_is_not_read(tmp_path: Path) -> None:
    note = "<</Type/Annot/Subtype/FreeText/F 2/Rect[60 700 360 740]/AP<</N 8 0 R>>>>"
    assert annotated(tmp_path, note, look=appearance("Not for anybody.")).pages[0].text == " ".join(FIRST)


def test_struck_words_are_left_out_and_named(tmp_path: Path) -> None:
    content = show("Austria plans 50,000 80,000 genomes.", 60, 700) + BODY
    struck = "<</Type/Annot/Subtype/StrikeOut/F 4/Rect[122 698 156 710]/QuadPoints[122 710 155 710 122 698 155 698]>>"
    reading = annotated(tmp_path, struck, content)
    assert reading.pages[0].text.startswith("Austria plans 80,000 genomes.")
    assert reading.warnings == ("hidden text was left out on page 1: struck out",)


def test_comments_are_named(tmp_path: Path) -> None:
    comment = "<</Type/Annot/Subtype/Text/F 4/Rect[10 10 30 30]/Contents(Please check this figure.)>>"
    reading = annotated(tmp_path, comment)
    assert (reading.pages[0].text, reading.warnings) == (" ".join(FIRST), ("comments on page 1 are not read",))


def test_text_under_an_opaque_annotation_is_not_read(tmp_path: Path) -> None:
    cover = "<</Type/Annot/Subtype/Square/F 4/Rect[50 690 350 730]/AP<</N 8 0 R>>>>"
    look = appearance("", paint="1 1 1 rg 0 0 300 40 re f")
    reading = annotated(tmp_path, cover, show("Old: 770 genomes are planned.", 60, 700) + BODY, look)
    assert (reading.pages[0].text, reading.warnings) == (" ".join(FIRST), (UNDER,))


@pytest.mark.parametrize("cover", [picture(50, 690, 300, 40), fill(50, 690, 300, 40)])
def test_text_under_what_is_drawn_later_is_not_read(tmp_path: Path, cover: str) -> None:
    content = show("Old: 770 genomes are planned.", 60, 700) + cover + BODY
    reading = read_document(write_pdf(tmp_path / "made.pdf", [content]))
    assert (reading.pages[0].text, reading.warnings) == (" ".join(FIRST), (UNDER,))


def test_text_over_a_picture_stays(tmp_path: Path) -> None:
    content = picture(50, 690, 300, 40, 230) + show("New: 7,700 genomes are planned.", 60, 700) + BODY
    reading = read_document(write_pdf(tmp_path / "made.pdf", [content]))
    assert "New: 7,700 genomes are planned." in reading.pages[0].text
    assert reading.warnings == ()


@pytest.mark.parametrize("over", [0, 100])
def test_a_layer_that_is_switched_off_is_not_read(tmp_path: Path, over: int) -> None:
    """The second time the hidden words stand on the very spot of others that are seen."""
    off = "/OC /OC1 BDC\n" + show("Austria closes its biobank.", 60, 800 - over) + "EMC\n"
    seen = show("Austria extends its plans.", 60, 700)
    reading = read_document(
        write_pdf(
            tmp_path / "made.pdf", [off + seen + BODY], resources="/Properties<</OC1 7 0 R>>",
            root="/OCProperties<</OCGs[7 0 R]/D<</OFF[7 0 R]>>>>", more=("<</Type/OCG/Name(draft)>>",),
        )
    )  # fmt: skip
    assert reading.pages[0].text == "Austria extends its plans.\n\n" + " ".join(FIRST)
    assert reading.warnings == (UNDER,)


def test_attached_files_are_named(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=write_pdf(tmp_path / "made.pdf", [BODY]))
    writer.add_attachment("budget.xlsx", b"numbers")
    writer.write(tmp_path / "portfolio.pdf")
    assert read_document(tmp_path / "portfolio.pdf").warnings == ("attached files are not read: budget.xlsx",)
