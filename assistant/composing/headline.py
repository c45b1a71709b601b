"""The first line a person can say aloud, and the words that answer marked inside the best quotation.

Nothing is rewritten: the marked words are a slice of the quotation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.composing import wording
from assistant.composing.part import Part
from assistant.countries import name_of
from assistant.judging.kinds import spans_of_kind
from assistant.model import Citation, Verdict
from assistant.understood import Intent, Understood

LONGEST = 35
"""A first line has so many words at most."""


def marked(citations: Sequence[Citation], intent: Intent) -> list[Citation]:
    """Return the citations, the best one with the first number, date or name in it marked where one was asked for."""
    found = list(citations)
    for place, citation in enumerate(found[:1]):
        spans = spans_of_kind(citation.quote, intent)
        if spans:
            found[place] = replace(citation, marked=spans[0])
    return found


def headline(verdict: Verdict, understood: Understood, sure: Sequence[Part], citations: Sequence[Citation]) -> str:
    """Return the first line: the countries that do it, or the sentence that answers; '' where nothing is sure."""
    if verdict not in ("answered", "partly") or not sure:
        return ""
    named = [part.country for part in sure if part.country]
    if understood.all_countries and named:
        return f"{wording.join([name_of(code) for code in named])}."
    if len(sure) > 1 or understood.intent == "outline":
        return ""
    best = wording.one_line(sure[0].chosen[0].span.text)
    number = next((c.number for c in citations if best and best in c.quote), 0)
    return f"“{best}” [{number}]" if number and len(best.split()) <= LONGEST else ""
