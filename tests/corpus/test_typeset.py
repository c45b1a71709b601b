"""From the Markdown dialect to typst source: exact results, so that no character of a digest can become markup."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from dialect import Block, DigestError, inline, literal, read_blocks, read_digest, to_typst
from entries import BEGIN, END, rewritten
from typeset import knowledge_date, typeset, typst_source

FACTS = """+++
id = "small"
title = "A small digest"
subtitle = "Test digest"
kind = "other"
countries = ["EE"]
author = "Genomic Policy Assistant project"
year = 2026
as_of = "March 2026"
language = "en"
{more}+++
"""


def write(folder: Path, body: str, more: str = "", name: str = "small") -> Path:
    path = folder / f"{name}.md"
    path.write_text(FACTS.format(more=more) + body, encoding="utf-8")
    return path


def blocks(folder: Path, body: str) -> list[Block]:
    return read_blocks(read_digest(write(folder, body)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", '"plain"'),
        ('say "yes"', '"say \\"yes\\""'),
        (r"C:\dir", '"C:\\\\dir"'),
        (r"5 \* 3 \$ \_x\_", '"5 * 3 $ _x_"'),
        ("#set $x$ @ref <tag> [x] ~ `c` // é α", '"#set $x$ @ref <tag> [x] ~ `c` // é α"'),
    ],
)
def test_literals_keep_every_character(text: str, expected: str) -> None:
    assert literal(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain #x", '#"plain #x"'),
        ("an *italic* word", '#"an "#emph("italic")#" word"'),
        ("**R1.1** Tell", '#strong("R1.1")#" Tell"'),
        ("3 * 4 is 12", '#"3 * 4 is 12"'),
        (r"**a\*b** *c*", '#strong("a*b")#" "#emph("c")'),
    ],
)
def test_inline_markup(text: str, expected: str) -> None:
    assert inline(text) == expected


@pytest.mark.parametrize("text", ["*open", "a* b", "**bold*", "a **b"])
def test_an_asterisk_without_partner_is_an_error(text: str) -> None:
    with pytest.raises(DigestError, match="asterisk without a partner"):
        inline(text)


def test_blocks_in_reading_order(tmp_path: Path) -> None:
    body = (
        "## Head\nFirst line\nof one paragraph.\n\nLead-in:\n- one\n  more\n- two\n\n3. three\n4. four\n\n"
        "### Sub\n::: side Box\nInside.\n\n- point\n:::\n"
    )
    assert blocks(tmp_path, body) == [
        Block("heading", "Head", level=1),
        Block("paragraph", "First line of one paragraph."),
        Block("paragraph", "Lead-in:"),
        Block("bullets", rows=(("one more",), ("two",))),
        Block("numbers", start=3, rows=(("three",), ("four",))),
        Block("heading", "Sub", level=2),
        Block("side", "Box", inner=(Block("paragraph", "Inside."), Block("bullets", rows=(("point",),)))),
    ]


def test_table_with_caption(tmp_path: Path) -> None:
    body = "Table: Dates\n\n| Date | Event |\n|---|---|\n| 2018 | Estonia signs the declaration |\n"
    assert blocks(tmp_path, body) == [
        Block("table", "Dates", rows=(("Date", "Event"), ("2018", "Estonia signs the declaration")))
    ]
    assert to_typst(blocks(tmp_path, body)) == (
        '#ruled(caption: "Dates", weights: (auto, 16fr, ), head: ([#"Date"], [#"Event"], ), cells: (\n'
        '  [#"2018"], [#"Estonia signs the declaration"], \n))\n'
    )


def test_lists_boxes_and_headings_as_typst() -> None:
    source = to_typst(
        [
            Block("heading", "A #1", level=2),
            Block("bullets", rows=(("x",),)),
            Block("numbers", start=3, rows=(("y",),)),
            Block("side", "Box", inner=(Block("paragraph", "z"),)),
        ]
    )
    assert source == (
        '#heading(level: 2, "A #1")\n\n#list(\n  [#"x"],\n)\n\n#enum(start: 3,\n  [#"y"],\n)\n\n'
        '#sidebox("Box", [\n#"z"\n])\n'
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("# Title\n", "line 12: not in the dialect"),
        ("#### Deep\n", "not in the dialect"),
        ("ok\n\n> quote\n", "line 14: not in the dialect"),
        ("see [this](https://example.org)\n", "not in the dialect"),
        ("- one\n  - nested\n", "line 13: not in the dialect"),
        ("::: side Box\nno end\n", "side box"),
        ("::: side\nno title\n:::\n", "side box"),
        ("| a | b |\n|---|---|\n| 1 |\n", "line 14: 1 cells, the header has 2"),
        ("| a |\n| 1 |\n", "a row of dashes"),
        ("Table: lost\n\nText\n", "has no table"),
        ("Table: lost\n", "has no table"),
    ],
)
def test_what_is_outside_the_dialect_is_named(tmp_path: Path, body: str, said: str) -> None:
    with pytest.raises(DigestError, match=said):
        blocks(tmp_path, body)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('layout = "wide"\n', "layout is 'wide'"),
        ("contents = 1\n", "contents is 1, wanted a bool"),
        ('colour = "red"\n', "unknown field colour"),
        ("year = 1\n", "not TOML"),
    ],
)
def test_front_matter_is_checked(tmp_path: Path, more: str, said: str) -> None:
    with pytest.raises(DigestError, match=said):
        read_digest(write(tmp_path, "", more))


def test_front_matter_must_fit_the_file_and_iso(tmp_path: Path) -> None:
    with pytest.raises(DigestError, match="id is 'small', wanted 'other'"):
        read_digest(write(tmp_path, "", name="other"))
    path = write(tmp_path, "")
    path.write_text(path.read_text(encoding="utf-8").replace('"EE"', '"UK"'), encoding="utf-8")
    with pytest.raises(DigestError, match="'UK' is not an ISO"):
        read_digest(path)
    path.write_text("no front matter", encoding="utf-8")
    with pytest.raises(DigestError, match="no front matter"):
        read_digest(path)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("March 2026", date(2026, 3, 1)),
        ("mai 2021", date(2021, 5, 1)),
        ("décembre 2022", date(2022, 12, 1)),
        ("June 2021, with facts to April 2022", date(2021, 6, 1)),
        ("spring", date(2026, 1, 1)),
    ],
)
def test_document_date(tmp_path: Path, as_of: str, expected: date) -> None:
    path = write(tmp_path, "")
    path.write_text(path.read_text(encoding="utf-8").replace("March 2026", as_of), encoding="utf-8")
    assert knowledge_date(read_digest(path)) == expected


def test_title_page_names_the_official_publication(tmp_path: Path) -> None:
    more = 'official = "Plan X"\nofficial_publisher = "Body"\nofficial_address = "https://example.org/x"\n'
    source = typst_source(read_digest(write(tmp_path, "Text.\n", more)))
    note = "Digest written for this project; the official publication is Plan X, Body, https://example.org/x."
    assert f'note: "{note}"' in source
    assert 'note: "Digest written for this project."' in typst_source(read_digest(write(tmp_path, "Text.\n")))


def test_pdf_has_labels_outline_and_metadata_and_keeps_its_bytes(tmp_path: Path) -> None:
    from pypdf import PdfReader

    body = "## One\nŁukasiewicz, Őű, Ș ț, Ελλάδα α β, 100 % #x $y$ @z.\n\n### Two\n- a\n\n## Sources\n1. S.\n"
    digest = read_digest(write(tmp_path, body, "front_matter = true\ncontents = true\n"))
    pdf = typeset(digest)
    assert typeset(digest) == pdf
    (tmp_path / "small.pdf").write_bytes(pdf)
    reader = PdfReader(tmp_path / "small.pdf")
    assert reader.page_labels == ["i", "ii", "1"]
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("A small digest", "Genomic Policy Assistant project")
    assert str(reader.metadata.creation_date).startswith("2026-03-01")
    assert reader.root_object["/Lang"] == "en"
    first, below, last = reader.outline
    assert [first["/Title"], below[0]["/Title"], last["/Title"]] == ["1 One", "1.1 Two", "2 Sources"]
    assert "Łukasiewicz, Őű, Ș ț, Ελλάδα α β, 100 % #x $y$ @z." in reader.pages[2].extract_text()


def test_catalogue_part_is_rewritten_and_the_rest_kept(tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue.toml"
    hand = '# by hand\n[[document]]\nid = "plan-x"\ncountries = ["EE"]\nkind = "national-strategy"\n'
    catalogue.write_text(f"# head\n{BEGIN}\nold\n{END}\n{hand}", encoding="utf-8")
    digest = read_digest(write(tmp_path, "", 'digest_of = ["plan-x"]\n'))
    expected = (
        '[[document]]\nid = "small"\ntitle = "A small digest"\npublisher = "Genomic Policy Assistant project"\n'
        'author_body = "Genomic Policy Assistant project"\ncountries = ["EE"]\nkind = "other"\nyear = 2026\n'
        'language = "en"\nlicence = "CC BY 4.0"\nverified = false\nfile = "documents/small.pdf"\nofficial = false\n'
        'digest_of = ["plan-x"]'
    )
    assert rewritten(catalogue, [digest]) == f"# head\n{BEGIN}\n\n{expected}\n\n{END}\n{hand}"
    with pytest.raises(DigestError, match="digest_of names 'nowhere'"):
        rewritten(catalogue, [read_digest(write(tmp_path, "", 'digest_of = ["nowhere"]\n'))])
    catalogue.write_text("nothing", encoding="utf-8")
    with pytest.raises(DigestError, match="marker lines"):
        rewritten(catalogue, [digest])
