"""Are the gold questions sound? Anchors on their pages, facts in their evidence, and not the document's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.countries import mentions
from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.metrics import contains, mean, normalised
from assistant.words import content_stems

PageText = Callable[[str, int], str | None]
Fold = Callable[[str], str]
NULLS = ("closest", "nothing-near", "no-documents")
LONGEST = 6
"""A question may share this many words in a row with its page, no more (titles and names have up to six)."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much a question borrows from its evidence: share of its content words that stand in the sentence of the
    anchor, and the longest run of words it has in common with a page."""

    id: str
    share: float
    run: int


def check_gold(questions: Sequence[GoldQuestion], page_text: PageText, fold: Fold) -> list[str]:
    """Return what is wrong: double ids, wrong nulls, unknown pages, anchors off their page, facts not in evidence."""
    problems: list[str] = []
    seen: set[str] = set()
    for q in questions:
        if q.id in seen:
            problems.append(f"{q.id}: the id is used twice")
        seen.add(q.id)
        problems += _decision(q)
        joined = ""
        for e in q.evidence:
            texts = {page: page_text(e.document, page) for page in e.pages}
            if not texts or None in texts.values():
                problems.append(f"{q.id}: {e.document} has no page {', '.join(map(str, e.pages)) or '(none given)'}")
                continue
            folded = {page: fold(text or "").lower() for page, text in texts.items()}
            if not any(fold(e.anchor).lower() in text for text in folded.values()):
                problems.append(f"{q.id}: {e.anchor!r} does not stand on {e.document} page {e.pages}")
            joined += " ".join(folded.values()) + " "
        for group in q.facts:
            if not any(contains(normalised(joined), normalised(fold(x))) for x in group):
                problems.append(f"{q.id}: none of {group} stands in the evidence")
    return problems


def unconfirmed(questions: Sequence[GoldQuestion], confirm: Callable[[str, int, str], bool | None]) -> list[str]:
    """Return the anchors that a second reader finds on none of their pages; what it cannot read it does not judge."""
    problems = []
    for q in questions:
        for e in q.evidence:
            found = [confirm(e.document, page, e.anchor) for page in e.pages]
            if found and all(answer is False for answer in found):
                problems.append(f"{q.id}: a second reader does not find {e.anchor!r} on {e.document} page {e.pages}")
    return problems


def _decision(q: GoldQuestion) -> list[str]:
    if q.answerable != bool(q.evidence):
        return [f"{q.id}: an answerable question needs evidence, one to decline must have none"]
    if q.answerable == bool(q.null) or not set(q.null) <= set(NULLS):
        return [f"{q.id}: null must be of {', '.join(NULLS)} and only where the question is to be declined"]
    return []


def overlap_of(q: GoldQuestion, page_text: PageText, fold: Fold) -> Overlap | None:
    """Return how much an answerable question borrows from its evidence, the worst of its anchors; else None.

    Names of countries and institutions are left out: a question has no other words for them.
    """
    stems = set(content_stems(_unnamed(q.question)))
    if not q.evidence or not stems:
        return None
    share, run = 0.0, 0
    for e in q.evidence:
        for page in e.pages:
            text = fold(page_text(e.document, page) or "")
            at = text.lower().find(fold(e.anchor).lower())
            if at < 0:
                continue
            share = max(share, len(stems & set(content_stems(_sentence(text, at)))) / len(stems))
            run = max(run, common_run(_tokens(q.question), _tokens(text)))
    return Overlap(q.id, share, run)


def _unnamed(text: str) -> str:
    for mention in reversed(mentions(text, any_case=True)):
        text = text[: mention.start] + text[mention.end :]
    return text


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _sentence(text: str, at: int) -> str:
    start = max((m.end() for m in re.finditer(r"[.!?•]\s", text[:at])), default=0)
    end = re.search(r"[.!?•](\s|$)", text[at:])
    return text[start : at + end.end() if end else len(text)]


def common_run(first: Sequence[str], second: Sequence[str]) -> int:
    """Return the length of the longest run of words that both have (longest common substring over words)."""
    best, before = 0, [0] * (len(second) + 1)
    for word in first:
        row = [0] * (len(second) + 1)
        for place, other in enumerate(second, start=1):
            if word == other:
                row[place] = before[place - 1] + 1
                best = max(best, row[place])
        before = row
    return best


def overlap_lines(overlaps: Sequence[Overlap]) -> list[str]:
    """Return the overlap in words: the mean share, and the questions that share too long a run."""
    if not overlaps:
        return []
    close = [o for o in overlaps if o.run > LONGEST]
    share, run = mean([o.share for o in overlaps]), mean([float(o.run) for o in overlaps])
    lines = [
        f"words of the question (names aside) that stand in the sentence that answers: {share:.0%} on average; "
        f"longest common run of words {max(o.run for o in overlaps)}, mean {run:.1f}"
    ]
    return lines + [f"{o.id}: {o.run} words in a row are the document's own" for o in close]
