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


def not_enough(searched: Sequence[Searched], reason: str) -> str:
    """Say that there are related passages which may not answer."""
    where = join([name_of(s.country) for s in searched if s.country])
    place = f" about {where}" if where else ""
    because = f" ({reason})" if reason else ""
    return (
        f"Not sure: the documents{place} have related passages, but none that clearly answers this question{because}. "
        "The closest passages are listed as leads, not as an answer."
    )


def compose(statements: Sequence[Statement], citations: Sequence[Citation], remarks: Sequence[str]) -> str:
    """Return the answer as plain text: numbered quotations under a line that says who speaks, then remarks."""
    by_number = {citation.number: citation for citation in citations}
    lines: list[str] = []
    source = ""
    for statement in statements:
        citation = by_number[statement.citations[-1]]
        heading = source_line(citation, statement.country)
        if heading != source:
            lines.append(("\n" if lines else "") + heading)
            source = heading
        lines.append(f"“{statement.text}” {''.join(f'[{number}]' for number in statement.citations)}")
    lines.extend(("\n" if lines else "") + remark for remark in remarks)
    return "\n".join(lines)


def source_line(citation: Citation, country: str) -> str:
    """Return who speaks about whom and when: "Estonia — Visit digest (2021)"."""
    year = f" ({citation.year})" if citation.year else ""
    about = f"{name_of(country)} — " if country else ""
    return f"{about}{citation.title}{year}:"


def reference(citation: Citation) -> str:
    """Return a reference to copy: “quote” (title, year, p. n)."""
    year = f", {citation.year}" if citation.year else ""
    return f"“{citation.quote}” ({citation.title}{year}, p. {citation.label or citation.page})"


def summary(answer: Answer) -> str:
    """Return one line on what was searched."""
    found = [s for s in answer.searched if s.found]
    return f"{len(found)} of {len(answer.searched)} searched with result" if answer.searched else ""
