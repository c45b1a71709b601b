"""Answers and matrices as DOCX, written through python-docx.

Numbered references in the text; at the end an appendix that repeats every quotation with document, page, file and
address, so that each can be checked on paper or without the tool.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.countries import name_of
from assistant.evidence import NO_LEVEL, Cell, Matrix, silence_words, year_words
from assistant.exporting.frame import Stamp, plain, same_bytes, sentence, source
from assistant.exporting.text import names_of, supported, worded_by
from assistant.model import Answer, Citation


@dataclass(frozen=True, slots=True)
class Reference:
    """A numbered quotation, and the cells of a matrix that it serves."""

    number: int
    citation: Citation
    serves: list[str] = field(default_factory=list)


def answer_docx(answer: Answer, stamp: Stamp) -> bytes:
    """Return an answer with numbered references and its appendix; statements without support are left out."""
    statements, citations = supported(answer)
    document = new_document(answer.question, stamp)
    if answer.understood != answer.question:
        paragraph(document, f"Understood as: {answer.understood}")
    about = ""
    for s in statements:
        if s.country and names_of(s) != about:
            about = names_of(s)
            document.add_heading(plain(about), level=1)
        text = f"“{s.text}”" if s.verbatim else s.text
        paragraph(document, f"{text} {''.join(f'[{n}]' for n in s.citations)}")
    for remark in (*answer.remarks, *worded_by(answer)):
        paragraph(document, remark)
    if citations:
        document.add_heading("References", level=1)
        for c in citations:
            paragraph(document, f"[{c.number}] {source(c)}.{_address(c, stamp)}")
    _appendix(document, [Reference(c.number, c) for c in citations], stamp)
    return file_bytes(document, stamp)


def matrix_docx(matrix: Matrix, stamp: Stamp) -> bytes:
    """Return the matrix country by country with numbered references and its appendix; silences in one line a domain."""
    document = new_document(matrix.grid.title or "Evidence matrix", stamp)
    paragraph(document, NO_LEVEL)
    cited: dict[tuple[str, int, int, int], Reference] = {}
    names = {i.id: i.name for i in matrix.grid.indicators}
    for country in matrix.countries:
        document.add_heading(plain(name_of(country)), level=1)
        for domain in matrix.grid.domains:
            document.add_heading(plain(f"{domain.id} {domain.name}"), level=2)
            cells = matrix.row(country, domain.id)
            for cell in cells:
                _cell(document, cell, names[cell.indicator], cited)
            _silences(document, cells, names)
    _appendix(document, list(cited.values()), stamp)
    return file_bytes(document, stamp)


def _cell(document: Any, cell: Cell, name: str, cited: dict[tuple[str, int, int, int], Reference]) -> None:
    if not cell.quotes:
        return
    line = document.add_paragraph()
    line.add_run(plain(name)).bold = True
    line.paragraph_format.keep_with_next = True
    for quote in cell.quotes:
        c = quote.citation
        reference = cited.setdefault((c.document, c.page, c.start, c.end), Reference(len(cited) + 1, c))
        reference.serves.append(f"{name_of(cell.country)} · {name} · {quote.strength}")
        where = f"{c.title}, {c.year or 'no year'}, page {c.page}; {quote.strength}"
        paragraph(document, f"“{c.quote}” [{reference.number}] ({where})", "List Bullet")
    for pair in cell.differing:
        paragraph(document, f"{sentence(year_words(cell, pair))}.", "List Bullet")


def _silences(document: Any, cells: Sequence[Cell], names: dict[str, str]) -> None:
    silent: dict[str, list[str]] = {}
    for cell in cells:
        if not cell.quotes:
            silent.setdefault(silence_words(cell), []).append(names[cell.indicator])
    for words, missing in silent.items():
        line = document.add_paragraph()
        line.add_run(plain(f"{sentence(words)}: {', '.join(missing)}.")).italic = True


def _appendix(document: Any, cited: Sequence[Reference], stamp: Stamp) -> None:
    """Add every quotation with all that is needed to find it again without the tool."""
    if not cited:
        return
    document.add_heading("Appendix: evidence", level=1)
    paragraph(document, "Each quotation stands word for word on the page named; pages count from the file's first.")
    for reference in cited:
        c = reference.citation
        line = document.add_paragraph()
        line.add_run(f"[{reference.number}] ").bold = True
        serves = f" {'; '.join(reference.serves)}." if reference.serves else ""
        line.add_run(plain(f"{source(c)}. File {c.file}.{_address(c, stamp)}{serves}"))
        line.paragraph_format.keep_with_next = True
        paragraph(document, f"“{c.quote}”", "Quote")


def _address(citation: Citation, stamp: Stamp) -> str:
    address = stamp.address(citation.document)
    return f" {address}" if address else ""


def new_document(title: str, stamp: Stamp) -> Any:
    """Return a new document with its title and stamp, also in the footer."""
    import docx

    document = docx.Document()
    document.core_properties.title = plain(title)[:250]
    document.core_properties.author = "Genomic Policy Assistant"
    document.core_properties.comments = plain(stamp.line())
    document.add_heading(plain(title), level=0)
    paragraph(document, stamp.line())
    document.sections[0].footer.paragraphs[0].text = plain(stamp.line())
    return document


def paragraph(document: Any, text: str, style: str | None = None) -> Any:
    """Add a paragraph of plain text in one line and return it."""
    return document.add_paragraph(plain(" ".join(text.split())), style=style)


def file_bytes(document: Any, stamp: Stamp) -> bytes:
    """Return the file, the same for the same content and day."""
    out = io.BytesIO()
    document.save(out)
    return same_bytes(out.getvalue(), stamp.day)
