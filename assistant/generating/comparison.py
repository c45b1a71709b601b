"""Countries set side by side: every country's part of the sentence must stand on that country's own findings. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.countries import countries_in, mentions
from assistant.generating.check import Finding, Judge
from assistant.generating.polarity import clauses
from assistant.generating.protocol import Draft
from assistant.model import Hit

_WEIGHING = """than earlier later sooner faster slower better worse ahead behind lead leads leading lag lags only unlike
stronger weaker larger smaller bigger greater most least best because therefore thus following copied similar similarly
same influenced inspired result due thanks response"""
_JOINING = "both each all neither together likewise too also well contrast"
_WEIGHS = re.compile(rf"\b(?:{'|'.join(_WEIGHING.split())})\b", re.IGNORECASE)
_TOGETHER = re.compile(rf"\b(?:as well|(?:by|in) contrast|the two|{'|'.join(_JOINING.split())})\b", re.IGNORECASE)


def check_comparison(judge: Judge, draft: Draft, findings: Mapping[int, tuple[str, Hit]]) -> Finding:
    """Return whether a sentence on several countries adds nothing to the findings it cites.

    `findings` are, by citation number, the country and the passage cut down to the sentence cited.
    """
    hits = {number: hit for number, (_, hit) in findings.items()}
    whole = judge.check(draft, hits)
    if not whole.shown or not whole.slices:
        return whole
    by_country: dict[str, list[int]] = {}
    for number in draft.numbers:
        by_country.setdefault(findings[number][0], []).append(number)
    named = set(countries_in(draft.text))
    if len(by_country) < 2 or not named <= set(by_country):
        return replace(whole, supported=False, reason="does not cite every country it names, or compares nothing")
    if _WEIGHS.search(draft.text):
        return replace(whole, supported=False, reason="weighs countries against each other, which no source does")
    for clause in clauses(draft.text):
        for country in countries_in(clause) or tuple(by_country):
            part = Draft(_without_others(clause, country), tuple(by_country[country]))
            found = judge.check(part, hits)
            if not found.supported:
                return replace(whole, supported=False, reason=found.reason)
    return replace(whole, supported=True, reason="")


def _without_others(clause: str, country: str) -> str:
    """Return a clause without the names of other countries and the words that join them."""
    for mention in reversed(mentions(clause)):
        if mention.code != country and mention.strength != "institution":
            clause = clause[: mention.start] + clause[mention.end :]
    text = _TOGETHER.sub(" ", clause)
    text = re.sub(r"^\W*(?:but|while|whereas|although|though|however|and|which|with)\b", "", text)
    return re.sub(r"\s+", " ", text).strip(" ,;:")
