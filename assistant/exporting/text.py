"""Answers and matrices as Markdown: everything that comes from a document is escaped."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.countries import name_of
from assistant.evidence import NO_LEVEL, Cell, Indicator, Matrix, coverage, silence_words, year_words
from assistant.exporting.frame import Stamp, markdown, sentence, source
from assistant.model import Answer, Citation, Statement


def supported(answer: Answer) -> tuple[list[Statement], list[Citation]]:
    """Return the statements that may leave the tool, and the citations that they use."""
    statements = [statement for statement in answer.statements if statement.supported]
    used = {number for statement in statements for number in statement.citations}
    return statements, [citation for citation in answer.citations if citation.number in used]


def names_of(statement: Statement) -> str:
    """Return the names of the countries a statement speaks of: "Malta, Spain"."""
    return ", ".join(name_of(code) for code in (statement.country, *statement.others))


def worded_by(answer: Answer) -> list[str]:
    """Return the line that says that a language model chose the words, if one did."""
    if answer.model is None or answer.model.fallback:
        return []
    return [f"Worded by {answer.model.name}; each statement was checked against the page that it cites."]


def answer_markdown(answer: Answer, stamp: Stamp) -> bytes:
    """Return an answer with numbered references; statements without support are left out."""
    statements, citations = supported(answer)
    lines = [f"# {markdown(answer.question)}", ""]
    if answer.understood != answer.question:
        lines += [f"Understood as: {markdown(answer.understood)}", ""]
    for s in statements:
        about = f"**{markdown(names_of(s))}:** " if s.country else ""
        lines += [f"{'> ' if s.verbatim else ''}{about}{markdown(s.text)} {''.join(f'[{n}]' for n in s.citations)}", ""]
    lines += [f"{markdown(remark)}\n" for remark in (*answer.remarks, *worded_by(answer))]
    if citations:
        lines += ["## References", ""]
        lines += [_reference(c, stamp) for c in citations]
        lines.append("")
    return "\n".join([*lines, stamp.line(), ""]).encode()


def _reference(citation: Citation, stamp: Stamp) -> str:
    address = stamp.address(citation.document)
    where = f" <{address}>" if address.startswith(("https://", "http://")) and not set(address) & set("<> ") else ""
    return (
        f"{citation.number}. “{markdown(citation.quote)}” — {markdown(source(citation))} "
        f"(file {markdown(citation.file)}){where}"
    )


def matrix_markdown(matrix: Matrix, stamp: Stamp) -> bytes:
    """Return the coverage table, then every cell country by country; silences of a domain stand in one line."""
    lines = [f"# {markdown(matrix.grid.title or 'Evidence matrix')}", "", NO_LEVEL, "", stamp.line(), ""]
    lines += [*_coverage(matrix), ""]
    for country in matrix.countries:
        lines += [f"## {markdown(name_of(country))}", ""]
        for domain in matrix.grid.domains:
            lines += [f"### {markdown(domain.id)} {markdown(domain.name)}", ""]
            lines += _domain(matrix, matrix.row(country, domain.id))
    return "\n".join(lines).encode()


def _coverage(matrix: Matrix) -> list[str]:
    table = coverage(matrix)
    heads = [markdown(domain.id) for domain in matrix.grid.domains]
    lines = ["Indicators with evidence of all in the domain, and documents quoted:", ""]
    lines += ["| country | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    for country in matrix.countries:
        cells = [table[(country, domain.id)] for domain in matrix.grid.domains]
        shown = [f"{c.answered}/{c.indicators} ({c.documents} doc.)" if c.searched else "no documents" for c in cells]
        lines.append(f"| {markdown(name_of(country))} | " + " | ".join(shown) + " |")
    return lines


def _domain(matrix: Matrix, cells: Sequence[Cell]) -> list[str]:
    indicators: dict[str, Indicator] = {i.id: i for i in matrix.grid.indicators}
    lines: list[str] = []
    for cell in cells:
        if not cell.quotes:
            continue
        lines.append(f"**{markdown(indicators[cell.indicator].name)}**")
        for quote in cell.quotes:
            c = quote.citation
            lines.append(f"- “{markdown(c.quote)}” — {markdown(source(c))}; {quote.strength}")
        lines += [f"- {markdown(year_words(cell, pair))}" for pair in cell.differing]
        lines.append("")
    silent: dict[str, list[str]] = {}
    for cell in cells:
        if not cell.quotes:
            silent.setdefault(silence_words(cell), []).append(markdown(indicators[cell.indicator].name))
    lines += [f"*{sentence(words)}:* {', '.join(names)}.\n" for words, names in silent.items()]
    return lines
