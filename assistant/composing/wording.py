"""Every sentence the assistant says in its own voice, in one place: the verdicts, the nulls, the help."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.countries import name_of
from assistant.model import Answer, Citation, Statement

HELP = (
    "Ask how a country brings genomic medicine into health care, for example: How did Estonia win public trust? · "
    "Which countries pay for whole-genome sequencing? · What does the policy brief recommend on training? "
    "Every sentence is quoted from a page you can open, and each answer says how sure it is."
)
"""What is said to a greeting."""


def join(words: Sequence[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))


def documents(count: int) -> str:
    """Return "1 document" or "3 documents"."""
    return f"{count} document{'' if count == 1 else 's'}"


def no_documents(countries: Sequence[str], narrowed: bool = False) -> str:
    """Say that the library (or, with `narrowed`, what the filters leave of it) holds nothing on these countries."""
    place = "Within the filters that are set, the library" if narrowed else "The library"
    return f"{place} holds no document about {join([name_of(code) for code in countries])}."


def unplaced(countries: Sequence[str]) -> str:
    """Say that no document is known to be about these countries, and where the passages come from instead."""
    named = join([name_of(code) for code in countries])
    return f"No document is known to be about {named}: what is shown is from documents whose country is not known."


def nothing_near(count: int) -> str:
    """Say that nothing in the documents searched comes near the question."""
    return f"Nothing in the {documents(count)} searched comes near this question."


def closest(lacking: Sequence[str], *, ranks: bool = False) -> str:
    """Say that the passages shown come nearest and may not answer, and which words of the question they lack."""
    if ranks:
        return "The documents do not rank them. These passages come nearest; which is best is for you to judge."
    said = "These passages come nearest; they may not answer the question."
    return f"{said} They do not mention {join([f'“{word}”' for word in lacking])}." if lacking else said


def nothing_found(countries: Sequence[str], count: int) -> str:
    """Say for which of the countries asked about nothing was found; each document counts once."""
    return f"Nothing that answers was found for {join([name_of(c) for c in countries])} ({documents(count)} searched)."


def silent(countries: Sequence[str], count: int) -> str:
    """Say which of all countries have documents that say nothing on it."""
    return f"Nothing on this in the {documents(count)} about {join([name_of(c) for c in countries])}."


def denied(countries: Sequence[str]) -> str:
    """Say for which countries the documents say no."""
    return f"The documents say no for {join([name_of(c) for c in countries])}."


def less_sure_about(countries: Sequence[str]) -> str:
    """Say for which countries what is shown is only what comes nearest."""
    return (
        f"Not sure for {join([name_of(c) for c in countries])}: what is shown comes nearest there and may not answer."
    )


OUTLINE = "This is an outline: one passage of each part that speaks of it. Ask about one of them for more."
"""What is said of an account of a country or a document."""


def in_column(label: str, head: str, cell: str) -> str:
    """Say which cell of a quoted row stands under the heading that was asked for."""
    return f"Under “{head}” the row “{label}” has {cell}."


def compose(
    headline: str, statements: Sequence[Statement], citations: Sequence[Citation], remarks: Sequence[str]
) -> str:
    """Return the answer as plain text: the first line, numbered quotations under who speaks, then remarks."""
    by_number = {citation.number: citation for citation in citations}
    lines = [headline, ""] if headline else []
    source = ""
    for statement in statements:
        citation = by_number[statement.citations[-1]]
        heading = source_line(citation, statement.country, statement.others)
        if heading != source:
            lines.append(("\n" if source else "") + heading)
            source = heading
        lines.append(f"“{statement.text}” {''.join(f'[{number}]' for number in statement.citations)}")
    lines.extend(("\n" if lines else "") + remark for remark in remarks)
    return "\n".join(lines)


def one_line(text: str) -> str:
    """Return a text with its white space folded."""
    return " ".join(text.split())


def source_line(citation: Citation, country: str, others: Sequence[str] = ()) -> str:
    """Return who speaks about whom and when.

    "Estonia — Visit report (2021):" for a document about the country; "About Estonia, in Policy brief (2022):" for one
    about several or none.
    """
    year = f" ({citation.year})" if citation.year else ""
    if not country:
        return f"{citation.title}{year}:"
    if others:
        return f"About {join([name_of(code) for code in (country, *others)])}, in {citation.title}{year}:"
    if citation.kind in ("national-strategy", "visit-report"):
        return f"{name_of(country)} — {without_name(citation.title, country)}{year}:"
    return f"About {name_of(country)}, in {citation.title}{year}:"


def without_name(title: str, country: str) -> str:
    """Return a title without the country's name in front, where the name stands beside it already."""
    name = name_of(country)
    for start in (f"{name}: ", f"The {name}: "):
        if title.startswith(start) and len(title) > len(start):
            rest = title[len(start) :]
            return rest[:1].upper() + rest[1:]
    return title


def reference(citation: Citation) -> str:
    """Return a reference to copy: “quote” (title, year, p. n)."""
    year = f", {citation.year}" if citation.year else ""
    return f"“{citation.quote}” ({citation.title}{year}, p. {citation.label or citation.page})"


def summary(answer: Answer) -> str:
    """Return one line on what was searched."""
    found = [s for s in answer.searched if s.found]
    return f"{len(found)} of {len(answer.searched)} searched with result" if answer.searched else ""
