"""A brief as DOCX with true footnotes, which python-docx does not write: the part is made here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from assistant.exporting.brief import Piece, footnote, sections_of
from assistant.exporting.frame import Stamp, plain
from assistant.exporting.word import file_bytes, new_document, paragraph

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_RULES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def to_docx(title: str, pieces: Sequence[Piece], stamp: Stamp) -> bytes:
    """Return a brief as DOCX; same brief, same day: same bytes. Raises ImportError where python-docx is missing."""
    document = new_document(title, stamp)
    notes: list[tuple[int, str]] = []
    for section in sections_of(pieces):
        document.add_heading(plain(section.question), level=1)
        document.add_paragraph().add_run(f"{section.verdict}.").italic = True
        if section.comment:
            paragraph(document, section.comment)
        for line in section.lines:
            added = paragraph(document, line.text, "Quote" if line.statement.verbatim else None)
            for number, citation in line.notes:
                _refer(added, number)
                notes.append((number, footnote(citation, stamp)))
        for remark in section.remarks:
            paragraph(document, remark)
    if notes:
        _add_notes(document, notes)
    return file_bytes(document, stamp)


def _refer(added: Any, number: int) -> None:
    """Put the sign of a footnote at the end of a paragraph."""
    from docx.oxml import parse_xml

    run = f'<w:r xmlns:w="{_W}">{_RAISED}<w:footnoteReference w:id="{number}"/></w:r>'
    added._p.append(parse_xml(run))


def _add_notes(document: Any, notes: Sequence[tuple[int, str]]) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    body = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r>{_RAISED}<w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(plain(text))}</w:t></w:r></w:p></w:footnote>'
        for number, text in notes
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    xml = f'{head}<w:footnotes xmlns:w="{_W}">{_RULES}{body}</w:footnotes>'
    main = document.part
    main.relate_to(Part(PackURI("/word/footnotes.xml"), _KIND, xml.encode(), main.package), _RELATION)
