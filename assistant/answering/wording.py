"""Every sentence the assistant says in its own voice, in one place: the verdicts, the nulls, the help."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.countries import name_of
from assistant.model import Answer, Citation, Searched, Statement

HELP = (
    "Ask how a country brings genomic medicine into health care, for example: How did Estonia win public trust? · "
    "Which countries pay for whole-genome sequencing? · What does the policy brief recommend on training? "
    "Every sentence of an answer is quoted from a page you can open; where the documents are silent, this is said."
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


def nothing_relevant(searched: Sequence[Searched]) -> str:
    """Say that documents were searched and none of them speaks of the question."""
    parts = [
        f"{documents(s.documents)} about {name_of(s.country)}" if s.country else documents(s.documents)
        for s in searched
    ]
    return f"These documents do not say. Searched: {join(parts)}; nothing in them answers this question."


def nothing_anywhere(count: int, countries: int) -> str:
    """Say that every country was asked about and none has an answer."""
    return (
        f"These documents do not say. Searched: {documents(count)} about {countries} countries, one country after the "
        "other; nothing in them answers this question."
    )


def nothing_found(countries: Sequence[str], count: int) -> str:
    """Say for which of the countries asked about nothing was found; each document counts once."""
    return f"Nothing that answers was found for {join([name_of(c) for c in countries])} ({documents(count)} searched)."


def not_sure_about(countries: Sequence[str], count: int) -> str:
    """Say for which of the countries asked about there are only passages that may not answer."""
    return (
        f"Not sure for {join([name_of(c) for c in countries])}: the closest passages are listed below, none of them "
        f"clearly answers ({documents(count)} searched)."
    )


def less_sure_about(countries: Sequence[str]) -> str:
    """Say for which of the countries compared what is shown is only what comes nearest."""
    return (
        f"Less sure for {join([name_of(c) for c in countries])}: what is shown comes nearest there and may not answer."
    )


def not_enough(searched: Sequence[Searched], reason: str) -> str:
    """Say that there are related passages which may not answer."""
    where = join([name_of(s.country) for s in searched if s.country][:6])
    place = f" about {where}" if where else ""
    count = f" ({documents(searched[0].documents)} searched)" if len(searched) == 1 else ""
    because = f" Why: {reason}." if reason else ""
    return (
        f"Not sure: the documents{place} have related passages, but none that clearly answers this question{count}."
        f"{because} The closest passages are listed as leads, not as an answer."
    )


def denied(denial: Citation) -> str:
    """Say that the question takes something for granted that the documents deny, and where they do."""
    year = f", {denial.year}" if denial.year else ""
    return (
        "Careful: the question takes something for granted that the documents deny. The sentence that says so comes "
        f"first among the closest passages below ({denial.title}{year}, page {denial.page})."
    )


def unnamed(words: Sequence[str], countries: Sequence[str]) -> str:
    """Say what the question asks for beside what is shown, and was not found."""
    where = f" for {join([name_of(code) for code in countries])}" if countries else ""
    return f"Nothing on {join([f'“{word}”' for word in words])} was found{where}; what is shown speaks of the rest."


def said_no(countries: Sequence[str]) -> str:
    """Say which of all countries have documents that deny what is asked for."""
    whose = join([name_of(code) for code in countries])
    return f"The documents seem to say that this is not so for {whose}: see the closest passages below."


OUTLINE = "This is an outline: how the parts of the document begin. Ask about one of them for more."
"""What is said of an account of a country or a document."""


def nearest_topics(topics: Sequence[str]) -> str:
    """Offer the headings under which the nearest passages stand."""
    return f"What they have that comes nearest stands under {join([f'“{topic}”' for topic in topics])}."


def covered_elsewhere(countries: Sequence[str]) -> str:
    """Offer the countries whose documents do speak of the question."""
    return f"The library has passages that may answer the same question for {join([name_of(c) for c in countries])}."


def sources_differ(citations: Sequence[Citation]) -> str:
    """Say that sources shown side by side do not give the same figures or facts."""
    named = [f"[{c.number}] ({c.year})" if c.year else f"[{c.number}]" for c in citations]
    return f"The sources do not say the same here: {join(named)}. Compare what each counts, and when."


def in_column(label: str, head: str, cell: str) -> str:
    """Say which cell of a quoted row stands under the heading that was asked for."""
    return f"Under “{head}” the row “{label}” has {cell}."


def compose(statements: Sequence[Statement], citations: Sequence[Citation], remarks: Sequence[str]) -> str:
    """Return the answer as plain text: numbered quotations under a line that says who speaks, then remarks."""
    by_number = {citation.number: citation for citation in citations}
    lines: list[str] = []
    source = ""
    for statement in statements:
        citation = by_number[statement.citations[-1]]
        heading = source_line(citation, statement.country, statement.others)
        if heading != source:
            lines.append(("\n" if lines else "") + heading)
            source = heading
        lines.append(f"“{statement.text}” {''.join(f'[{number}]' for number in statement.citations)}")
    lines.extend(("\n" if lines else "") + remark for remark in remarks)
    return "\n".join(lines)


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
