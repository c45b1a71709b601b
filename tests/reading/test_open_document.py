"""OpenDocument text, sheets and slides: structure is kept, what is struck, hidden or remarked is left out and named."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from assistant.errors import UnreadableDocument
from assistant.model import Page, Reading
from assistant.reading.guard import read_guarded
from assistant.reading.reader import read_document
from assistant.reading.sentences import split_sentences

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = {
    "office": "office", "text": "text", "table": "table", "draw": "drawing", "presentation": "presentation",
    "style": "style", "fo": "xsl-fo-compatible",
}  # fmt: skip
_DECLARED = " ".join(f'xmlns:{short}="{_OASIS}:{name}:1.0"' for short, name in _NAMES.items())
_STYLES = (
    '<style:style style:name="Old" style:family="text"><style:text-properties style:text-line-through-style="solid"/>'
    '</style:style><style:style style:name="Up" style:family="text"><style:text-properties style:text-position="super 58%"/>'  # noqa: E501
    '</style:style><style:style style:name="Down" style:family="text"><style:text-properties style:text-position="sub 58%"/>'  # noqa: E501
    '</style:style><style:style style:name="Off" style:family="text"><style:text-properties text:display="none"/>'
    '</style:style><style:style style:name="New" style:family="paragraph"><style:paragraph-properties '
    'fo:break-before="page"/></style:style><style:style style:name="Away" style:family="table"><style:table-properties '
    'table:display="false"/></style:style><style:style style:name="Unseen" style:family="drawing-page">'
    '<style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
)


def read(path: Path, kind: str, body: str, manifest: str = "<m/>") -> Reading:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        file.writestr("META-INF/manifest.xml", manifest)
        file.writestr(
            "content.xml",
            f"<office:document-content {_DECLARED}><office:automatic-styles>{_STYLES}</office:automatic-styles><office:body>"  # noqa: E501
            f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        )
        file.writestr(
            "meta.xml",
            '<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A plan</dc:title><dc:language>mt</dc:language></m>',  # noqa: E501
        )
    return read_document(path)


def parts(page: Page) -> list[tuple[str, str]]:
    return [(block.kind, page.text[block.start : block.end]) for block in page.blocks]


def test_a_text_keeps_its_structure_and_loses_what_is_not_seen(tmp_path: Path) -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Law of '  # noqa: E501
        "2023.</text:p></text:note-body></text:note>"
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="1">Plan</text:h><text:p>It reads <text:span text:style-name="Old">50 </text:span>10'  # noqa: E501
        f'<text:span text:style-name="Up">6</text:span><text:s/>genomes{note}. CO<text:span text:style-name="Down">2</text:span>'  # noqa: E501
        '<text:span text:style-name="Off"> no</text:span> too.<office:annotation><text:p>Remark</text:p></office:annotation>'  # noqa: E501
        "</text:p><text:list><text:list-item><text:p>build trust</text:p></text:list-item></text:list>"
        '<table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Genomes 2023</text:p>'
        "</table:table-cell><table:covered-table-cell/></table:table-row><table:table-row><table:table-cell><text:p>Planned"
        "</text:p></table:table-cell><table:table-cell><text:p>Done</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>700</text:p></table:table-cell><table:table-cell/></table:table-row>"
        '</table:table><text:p text:style-name="New">Next page.</text:p>'
    )
    reading = read(tmp_path / "a.odt", "text", body)
    assert parts(reading.pages[0]) == [
        ("heading", "Plan"), ("paragraph", "It reads 10⁶ genomes¹. CO₂ too."), ("side", "¹ Law of 2023."),
        ("bullet", "build trust"), ("caption", "Genomes 2023"), ("caption", "Planned · Done"), ("table", "700 · –"),
    ]  # fmt: skip
    assert parts(reading.pages[1]) == [("paragraph", "Next page.")]
    lead = next(s.lead for s in split_sentences(reading.pages[0]) if s.kind == "side")
    assert lead is not None
    assert reading.pages[0].text[slice(*lead)] == "It reads 10⁶ genomes¹."
    assert (reading.title, reading.language) == ("A plan", "mt")
    assert reading.warnings == (
        "hidden text was left out: marked as hidden or too small to read",
        "struck-out or deleted text was left out",
        "comments were left out",
    )
    assert read_guarded(tmp_path / "a.odt") == reading


def test_sheets_are_pages(tmp_path: Path) -> None:
    def row(*cells: str, settings: str = "") -> str:
        inside = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
        return f"<table:table-row {settings}>{inside}</table:table-row>"

    body = (
        f'<table:table table:name="Money">{row("Country", "2023")}{row("Malta", "12")}'
        f"{row('Secret', '1', settings=chr(116) + 'able:visibility=' + chr(34) + 'collapse' + chr(34))}"
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="9000"/>'
        '</table:table-row></table:table><table:table table:name="Away" table:style-name="Away"/>'
    )
    reading = read(tmp_path / "a.ods", "spreadsheet", body)
    assert [page.label for page in reading.pages] == ["sheet Money", "sheet Away"]
    assert parts(reading.pages[0]) == [("heading", "Money"), ("caption", "Country · 2023"), ("table", "Malta · 12")]
    assert reading.warnings == (
        "hidden slides or sheets were left out", "hidden text was left out: marked as hidden or too small to read",
    )  # fmt: skip


def test_slides_are_pages(tmp_path: Path) -> None:
    def frame(words: str, kind: str) -> str:
        return f'<draw:frame presentation:class="{kind}"><draw:text-box>{words}</draw:text-box></draw:frame>'

    points = "<text:list><text:list-item><text:p>One point</text:p></text:list-item></text:list>"
    body = (
        f"<draw:page>{frame('<text:p>Malta reads genomes</text:p>', 'title')}{frame(points, 'outline')}"
        f"<presentation:notes>{frame('<text:p>Say it</text:p>', 'notes')}</presentation:notes></draw:page>"
        f'<draw:page draw:style-name="Unseen">{frame("<text:p>Hidden</text:p>", "title")}</draw:page>'
    )
    reading = read(tmp_path / "a.odp", "presentation", body)
    assert [page.label for page in reading.pages] == ["slide 1", "slide 2"]
    assert parts(reading.pages[0]) == [("heading", "Malta reads genomes"), ("bullet", "One point")]
    assert reading.pages[1].text == ""
    assert reading.warnings == ("hidden slides or sheets were left out", "speaker notes were left out")


def test_a_password_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="needs a password"):
        read(tmp_path / "a.odt", "text", "<text:p>Words.</text:p>", "<m><encryption-data/></m>")
