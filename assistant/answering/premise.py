"""Whether the documents deny what a question takes for granted: "When did Poland sign?" — "Poland has not signed"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.candidates import Candidate
from assistant.answering.kinds import meets
from assistant.answering.wanted import Wanted
from assistant.words import content_stems

CLEARLY = 0.15
"""How much more of the question's words a sentence must cover to stand against one that denies something beside it."""
_TAKES_FOR_GRANTED = re.compile(
    r"^\W*(and |so |but )?((on|in|by|under|since|for|with|at) )?"
    r"(when|why|who|whom|whose|which|what|how (many|much|did|was|were|is|old|long|big|large))\b",
    re.IGNORECASE,
)
_DENIES_ITSELF = re.compile(
    r"\b(not|no|never|without|absence|lack(s|ing)?|missing|n['’]t|instead|fail(s|ed|ure)?|nobody|none|neither|hold(s)? "
    r"back|barrier\w*|obstacle\w*|challenge\w*|problem\w*|weak\w*|gap\w*|say about|said about|deal with)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:has|have|had|was|were|is|are|did|does|do|could|will|would)"
    r"(?: (?:not|never)(?: yet)?(?: been)?|n['’]t(?: been)?) (\w+)",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"\b(?:no|neither an?|never an?|without an?|without|lacks? an?|lacks?|lack of an?|lack of|absence of an?) "
    r"((?:[\w-]+ ){0,6}[\w-]+)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\b(?:is|are|was|were|has|have|had|by|and|or|that|which|who)\b", re.IGNORECASE)
_COMPLEMENT = re.compile(r"\b(?:of|on|for|in|to|about|against|with|from|at)\b", re.IGNORECASE)
"""Words after which stands what a denied thing is about: "no complete law on genetic tests" denies a law."""


def denied(question: str, ranked: Sequence[Candidate], wanted: Wanted) -> Candidate | None:
    """Return the sentence among the best that denies what the question takes for granted, or None.

    It must deny the question's own verb of something else the question names, or a thing that the question names by two
    words or by one alone. A question for a list or an account, and one that itself denies something, takes nothing for
    granted.
    """
    if wanted.asked.want == "none" and wanted.expects not in ("why", "list"):
        return None
    if not _TAKES_FOR_GRANTED.match(question) or _DENIES_ITSELF.search(question):
        return None
    asked = frozenset(content_stems(re.sub(r"\([^)]*\)", " ", question))).intersection(wanted.stems)
    found = next((c for c in ranked[:4] if c.coverage >= 0.15 and _denies(c.text, asked)), None)
    return None if found is None or _told_better(ranked, found, wanted, asked) else found


def _told_better(ranked: Sequence[Candidate], denial: Candidate, wanted: Wanted, asked: frozenset[str]) -> bool:
    """Return whether only something beside the thing is denied, and a nearer sentence has what is asked for.

    "About 500 laboratories work in the field" is not taken back by "there is no law on genetic tests".
    """
    if wanted.asked.want == "none" or _denies(denial.text, asked, outright=True):
        return False
    return any(c.fits and c.coverage >= denial.coverage + CLEARLY for c in ranked[: ranked.index(denial)])


def _denies(text: str, asked: frozenset[str], outright: bool = False) -> bool:
    """Return whether a text denies something asked about; `outright`: the thing itself, not what it is about."""
    own = frozenset(content_stems(text))
    spoken_of = [stem for stem in asked if meets(stem, own)]
    for match in _VERB.finditer(text):
        verbs = content_stems(match.group(1))
        if any(meets(stem, asked) for stem in verbs) and (len(asked) == 1 or len(spoken_of) > 1):
            return True
    for match in _NOUN.finditer(text):
        phrase = _ENDS.split(match.group(1))[0]
        if outright and asked.isdisjoint(content_stems(_COMPLEMENT.split(phrase)[0])):
            continue
        stems = content_stems(phrase)
        shared = [stem for stem in stems if stem in asked]
        if len(shared) >= 2 or (shared and len(stems) == 1):
            return True
    return False
