"""Do these documents answer the question? Vetoes first, then a small logistic regression one can read.

Decided before anything is composed (promise 3). Near misses are the hard part of every such decision: the middle
band shows the closest passages and says that they may not answer.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from assistant.answering.candidates import Candidate, gives_reason
from assistant.answering.clear import is_clear
from assistant.answering.head import missing_head
from assistant.answering.naming import missing_names, names_no_country, not_near
from assistant.answering.phrase import nowhere_whole
from assistant.answering.predicate import verb_unsaid
from assistant.answering.premise import denied
from assistant.answering.ranking import ranks_nothing
from assistant.answering.wanted import RAREST, Wanted, has, lacking_subject

Outcome = Literal["answered", "not-enough", "nothing-relevant"]
"""What is decided; the last two are two of the nulls."""
_KIND_WORDS = {
    "date": "date", "age": "age", "length": "length of time", "number": "number", "count": "number", "share": "share",
    "money": "sum of money",
}  # fmt: skip
FEATURES = (
    "fitting", "coverage", "window", "negated", "why", "who", "kind", "lexical", "score", "short", "missing",
)  # fmt: skip
"""What the regression weighs, in the order of `features`."""
NEAR_ENOUGH = 0.4
"""How much of the nearest sentence's words the neighbourhood of one that has what is asked for must cover."""
_NEGATED = re.compile(
    r"\b(not|no|never|none|without|neither|nor|lack(s|ed|ing)?|rejected|lapsed|withdrawn|abandoned|yet)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """The regression: weights by feature, intercept, the threshold on the probability, and the one on `nearness`."""

    intercept: float
    weights: Mapping[str, float]
    answer: float
    unsure: float


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome, its probability from 0 to 1, and the reason in plain words where a veto decided."""

    outcome: Outcome
    probability: float
    reason: str = ""
    denial: Candidate | None = None
    """The sentence that denies what the question takes for granted."""


@lru_cache(maxsize=1)
def default_rule() -> Rule:
    """Return the rule fitted on the development questions, from `data/sufficiency.toml`."""
    data = tomllib.loads((files("assistant") / "data" / "sufficiency.toml").read_text(encoding="utf-8"))
    return Rule(data["intercept"], data["weights"], data["answer"], data["unsure"])


def features(ranked: Sequence[Candidate], wanted: Wanted) -> dict[str, float]:
    """Return the features of the best sentences, shares from 0 to 1; `score` (no fixed range) is the best one's."""
    top = ranked[:3]
    if not top:
        return dict.fromkeys(FEATURES, 0.0)
    best = top[0]
    near = around(top)
    return {
        "fitting": best.coverage if best.fits else 0.0,
        "coverage": max(c.coverage for c in top),
        "window": best.window,
        "negated": float(wanted.expects != "yes-no" and bool(_NEGATED.search(best.text))),
        "why": float(wanted.expects == "why" and not gives_reason(best.text)),
        "who": float(wanted.asked.want == "who"),
        "kind": float(_some_fits(ranked[:4])),
        "lexical": min(1.0, max(c.hit.lexical for c in top) / wanted.bound),
        "score": best.score,
        "short": float(len(wanted.stems) <= 2),
        "missing": max((w for s, w in zip(wanted.stems, wanted.weights, strict=True) if not has(s, near)), default=0.0)
        / RAREST,
    }


def around(ranked: Sequence[Candidate]) -> frozenset[str]:
    """Return the stems of the sentences with their neighbourhoods, headings and titles."""
    return frozenset[str]().union(*(c.around for c in ranked))


def _some_fits(top: Sequence[Candidate]) -> bool:
    """Return whether a sentence that has what is asked for comes near the question, beside the nearest of them."""
    widest = max(c.window for c in top)
    return any(c.fits and c.window >= NEAR_ENOUGH * widest for c in top)


def probability(values: Mapping[str, float], rule: Rule) -> float:
    """Return the probability that the evidence answers, from 0 to 1."""
    logit = rule.intercept + sum(weight * values.get(name, 0.0) for name, weight in rule.weights.items())
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, logit))))


def nearness(ranked: Sequence[Candidate], wanted: Wanted) -> float:
    """Return how near the best sentences come to the question; parts "not enough" from "nothing relevant"."""
    return ranked[0].score + min(1.0, max(c.hit.lexical for c in ranked[:3]) / wanted.bound) if ranked else 0.0


def decide(
    ranked: Sequence[Candidate],
    wanted: Wanted,
    names: Sequence[str],
    rule: Rule,
    question: str = "",
    bar: float = 1.0,
) -> Decision:
    """Return whether the ranked sentences answer. `names` are what the question names and the evidence must have.

    `bar` is the share of the rule's threshold to reach: lower where the reader compares countries and sees each apart.
    """
    if not ranked:
        return Decision("nothing-relevant", 0.0)
    value = probability(features(ranked, wanted), rule)
    short = Decision("not-enough" if nearness(ranked, wanted) >= rule.unsure else "nothing-relevant", value)
    lacking = missing_names(names, ranked[:3])
    if lacking:
        reason = f"{' and '.join(lacking)} {'does' if len(lacking) == 1 else 'do'} not occur in what was found"
        return replace(short, probability=min(value, rule.answer), reason=reason)
    if wanted.asked.want in _KIND_WORDS and any(not name[0].isdigit() for name in names):
        short = replace(short, outcome="not-enough")  # what is named is there; its number is not
    if value < bar * rule.answer and not (bar == 1.0 and is_clear(ranked, value)):
        return short
    if lacking_subject(wanted, around(ranked[:3])):
        silent = lacking_subject(wanted, around(ranked))
        return Decision("nothing-relevant" if silent else "not-enough", min(value, rule.answer))
    unsaid = _unsaid(question, ranked[:4], wanted)
    if unsaid:
        return Decision("not-enough", min(value, rule.answer), unsaid)
    denial = denied(question, ranked, wanted)
    if denial:
        return Decision("not-enough", value, "the documents seem to deny what the question takes for granted", denial)
    lacking_kind = _none_of_the_kind(question, ranked, wanted)
    if lacking_kind:
        return Decision("not-enough", value, lacking_kind)
    verb = verb_unsaid(question, wanted, ranked[:4])
    if verb:
        return Decision("not-enough", min(value, rule.answer), f"“{verb}” does not occur in what was found")
    return Decision("answered", value)


def _unsaid(question: str, top: Sequence[Candidate], wanted: Wanted) -> str:
    """Return, in plain words, what the question asks for and the best sentences do not say at all, else ''."""
    unnamed = missing_head(question, wanted, around(top))
    if unnamed:
        return f"“{unnamed}” does not occur in what was found"
    if nowhere_whole(top, question, wanted.stems):
        return "the thing asked for is not named in what was found"
    if ranks_nothing(question, top):
        return "nothing that was found ranks or compares them"
    return "no country is named for this" if names_no_country(question, top) else ""


def _none_of_the_kind(question: str, ranked: Sequence[Candidate], wanted: Wanted) -> str:
    """Return, in plain words, which kind of thing is asked for and found nowhere near what it is asked of, else ''."""
    asked = wanted.asked
    kind = _KIND_WORDS.get(asked.want, "")
    nobody = "nobody is named" if asked.want == "who" else ""
    wanting = f"no {kind} was found" if kind else "no place is named" if asked.place else nobody
    if wanting and not _some_fits(ranked[:4]):
        return f"{wanting} for this"
    named = kind or ("person or body" if asked.things else "")
    stranger = not_near(question, ranked, 1 if kind else 3) if named else ""
    return f"no {named} was found for {stranger}" if stranger else ""
