"""A document meant by its kind and its subject: "the brief on newborn sequencing", "the newborn brief".

With two briefs in the library, "the brief" alone means either; its subject, where the title of one document has it and
no other does, says which. The words of the subject then say where to look, and are no part of what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.countries import mentions
from assistant.model import Document
from assistant.words import content_stems

_KINDS = {
    "brief": "policy-brief", "strategy": "national-strategy", "report": "visit-report", "plan": "", "roadmap": "",
    "paper": "", "note": "",
}  # fmt: skip
"""Words for documents; a title has the word, or the document is of that kind."""
_NOUN = "|".join(_KINDS)
_AFTER = re.compile(
    rf"\b(?:the|this|that) (?:[\w-]+ )?(?P<noun>{_NOUN}) (?:on|about|for|regarding|concerning) (?P<subject>[^,.;:?!]+)",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"\b(?:the|this|that) (?P<subject>(?:[\w'’-]+ ){{1,3}})(?P<noun>{_NOUN})\b", re.IGNORECASE)
_VISIT = re.compile(
    r"\b(?:the|their|our|its|this|that) (?:[\w-]+ ){0,2}visit(?P<subject> (?:to|in) (?:the )?[^,.;:?!]+)", re.IGNORECASE
)
_COMMON = frozenset(
    content_stems(
        "national genome genomes genomic genomics genetic genetics medicine medical health healthcare care "
        "personalised personalized precision policy country exchange visit action new old latest first second final "
        "whole digest initiative framework maturity model level roadmap strategy plan report brief paper note"
    )
)
"""Words that many titles have: they alone name no document."""


def titled(text: str, documents: Sequence[Document]) -> tuple[str, str]:
    """Return (id of the document meant, the text without the words of its subject); ("", text) for none or several."""
    for pattern in (_AFTER, _BEFORE):
        for match in pattern.finditer(text):
            subject = match["subject"]
            if mentions(subject, True):
                continue
            lengths = {d.id: _named(subject, d, pattern is _BEFORE) for d in documents if _is(match["noun"], d)}
            longest = max(lengths.values(), default=0)
            found = [name for name, length in lengths.items() if length == longest and length]
            if len(found) == 1:
                start, end = _cut(match, subject, longest, pattern is _BEFORE)
                return found[0], " ".join((text[:start] + text[end:]).split())
    return "", text


def visited(text: str, documents: Sequence[Document]) -> tuple[str, str]:
    """Return (id of the report of a visit, the text without the country visited); ("", text) for none or several.

    "What will Slovakia do after the visit to Portugal?" asks about Slovakia, in the report on Portugal.
    """
    for match in _VISIT.finditer(text):
        named = [m for m in mentions(match["subject"], True) if m.start <= 8 and m.strength != "institution"]
        reports = [d.id for d in documents if d.kind == "visit-report" and named and d.countries == (named[0].code,)]
        if len(reports) == 1:
            start = match.start("subject")
            return reports[0], text[:start] + text[start + named[0].end :]
    return "", text


def _is(noun: str, document: Document) -> bool:
    word = noun.lower()
    return document.kind == _KINDS[word] or word in document.title.lower()


def _named(subject: str, document: Document, whole: bool) -> int:
    """Return how many words of the subject the title has from its start, 0 where none of them tells it from others."""
    title, words = frozenset(content_stems(document.title)), subject.split()
    length, telling = 0, False
    for place, word in enumerate(words):
        stems = content_stems(word)
        if any(stem not in title for stem in stems):
            break
        telling = telling or any(stem not in _COMMON for stem in stems)
        length = place + 1 if stems or length == place else length
    return length if telling and (length == len(words) or not whole) else 0


def _cut(match: re.Match[str], subject: str, length: int, before: bool) -> tuple[int, int]:
    """Return the stretch of the text that only says which document is meant."""
    if before:
        return match.start("subject"), match.end("subject")
    words = list(re.finditer(r"\S+", subject))[:length]
    return match.end("noun"), match.start("subject") + words[-1].end()
