"""What the assistant says in its own voice about a language model's part in an answer; the worded answer as text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant.countries import name_of
from assistant.model import ModelUse, Statement


def sees(name: str, place: str) -> str:
    """Say which model is given the passages, and where it runs."""
    where = "on this machine" if place == "this machine" else f"at {place}, outside this machine"
    return f"The passages found are given to the language model {name} {where}."


def worded(use: ModelUse) -> str:
    """Say who chose the words and how many of them passed the check."""
    where = "on this machine" if use.place == "this machine" else f"at {use.place}"
    parts = [f"Worded by {use.name} ({where}): {use.supported} of {use.written} statements stand on the pages cited"]
    marked = use.written - use.supported - use.withheld
    if marked:
        parts.append(f"{marked} {'is' if marked == 1 else 'are'} marked as not supported")
    if use.withheld:
        parts.append(f"{use.withheld} {'is' if use.withheld == 1 else 'are'} left out")
    return ", ".join(parts) + "." + spent(use)


def not_used(use: ModelUse) -> str:
    """Say in one sentence why the quoted answer is shown instead."""
    return (
        f"The language model {use.name} gave no usable answer ({use.fallback}); this one is quoted instead.{spent(use)}"
    )


def spent(use: ModelUse) -> str:
    """Return the server's own figures as a sentence with a space in front, or ''."""
    figures = []
    if use.input_tokens is not None:
        figures.append(f"{use.input_tokens} tokens in")
    if use.output_tokens is not None:
        figures.append(f"{use.output_tokens} tokens out")
    if use.cost is not None:
        figures.append(f"cost {use.cost:g} as the server reports it")
    return f" Used: {', '.join(figures)}." if figures else ""


def line(statement: Statement) -> str:
    """Return one statement with its numbers; a verbatim one stands in quotation marks."""
    text = f"“{statement.text}”" if statement.verbatim else statement.text
    return f"{text} {''.join(f'[{number}]' for number in statement.citations)}"


def heading(country: str) -> str:
    """Return the line above the statements on a country."""
    return f"{name_of(country)}:" if country else "Together:"


def compose(statements: Sequence[Statement], remarks: Sequence[str]) -> str:
    """Return the supported statements as plain text, by country where there are several, then remarks."""
    shown = [s for s in statements if s.supported]
    lines: list[str] = []
    several = len({s.country for s in shown}) > 1
    for country, group in groupby(shown, key=lambda s: s.country):
        if several:
            lines.append(("\n" if lines else "") + heading(country))
        lines += [line(statement) for statement in group]
    lines += [("\n" if lines else "") + remark for remark in remarks]
    return "\n".join(lines)
