"""What headings say of the sentences under them: "Open challenges" tells challenges, "Objective 2: …" states one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.kinds import meets
from assistant.answering.wanted import Wanted
from assistant.model import Hit
from assistant.words import bag, content_stems, in_plain_words

ACCOUNTS = frozenset(
    content_stems(
        "challenge barrier obstacle problem difficulty gap weakness strength success achievement lesson conclusion "
        "finding result recommendation goal objective aim target priority measure step benefit advantage risk need "
        "vision mission message advice advise doubt criticism"
    )
)
"""What a heading says of every sentence under it: under "Open challenges" each tells a challenge, without the word."""
STILL = frozenset(content_stems("remain remains still other key main current general"))
"""Words that a heading may have beside all that is asked for ("What remains difficult")."""
_STATED = re.compile(
    r"(?:\d[\d.]*\s+)?((?:[^\W\d]+\s+){0,2}[^\W\d]+)\s+(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])\s?[.:–—-]?\s+[A-ZÄÅÖÜÉÕ]"
)
_BOX = re.compile(r"(?:text ?|info)?box\s*\d", re.IGNORECASE)
PLANS = frozenset(content_stems("plan plans planned strategy pursue pursued propose proposed define defined"))
"""Words that ask for what is planned beside saying what ("What measures does Austria plan?")."""
SOURCES = frozenset(content_stems("policy brief report strategy document paper note author authors"))
"""Words for the document that tells ("What does the brief on screening recommend?")."""


def told_by(heading: str, wanted: Wanted) -> frozenset[str]:
    """Return what a heading says of every sentence under it: its accounts, or all of it where it is the question."""
    said = bag(in_plain_words(heading))
    if is_stated(heading):
        return frozenset()
    asks_it = wanted.asked.want == "none" and wanted.stems and frozenset(wanted.stems) == said - STILL
    return said if asks_it or said & ACCOUNTS else frozenset()


def told_of(headings: Sequence[str], wanted: Wanted) -> frozenset[str]:
    """Return what the headings above a sentence say of it: one that tells, and with it all below ("Lessons › Money").

    The title of a numbered box stands for itself.
    """
    box = next((place for place, heading in enumerate(headings) if _BOX.match(heading)), 0)
    told: frozenset[str] = frozenset()
    for heading in headings[box:]:
        told |= bag(heading) if told and not is_stated(heading) else told_by(heading, wanted)
    return told


def asks_stated(wanted: Wanted) -> bool:
    """Return whether what headings state is asked for: "What are the objectives of the strategy?"."""
    return wanted.asked.want == "none" and not ACCOUNTS.isdisjoint(wanted.stems)


def stated_as(text: str) -> frozenset[str]:
    """Return what a numbered heading says that it states, {objective} of "Objective 2: A national data platform"."""
    found = _STATED.match(text)
    return ACCOUNTS & bag(found.group(1)) if found else frozenset()


def is_stated(text: str) -> bool:
    """Return whether a text is one of several that each state a thing ("Objective 2: A national data platform")."""
    return bool(stated_as(text))


def all_told(wanted: Wanted, told: frozenset[str], hit: Hit) -> bool:
    """Return whether a heading is all that is asked for, beside words of the document's title ("of the strategy")."""
    more = [stem for stem in wanted.stems if not meets(stem, told)]
    beside = bag(hit.document.title) | PLANS | SOURCES if asks_stated(wanted) else frozenset()
    return bool(told) and len(more) < len(wanted.stems) and beside.issuperset(more)


def announces(hit: Hit, wanted: Wanted) -> bool:
    """Return whether a passage stands under a heading that states what is asked for, or tells all of it."""
    headings = hit.passage.headings
    return any(map(is_stated, headings[-1:])) or all_told(wanted, told_of(headings, wanted), hit)
