"""Whether a statement of the model stands on what it cites. Every rule has its word in the finding; nothing is guessed.

In order: the numbers cited exist; no markup; it does not refuse; quotations are verbatim; countries, numbers and names
occur in the sentences it rests on; nothing is turned round; the meaning is near.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy

from assistant.countries import countries_in, mentions
from assistant.generating import evidence
from assistant.generating.evidence import Claim, Idf, Slice, opening_name
from assistant.generating.facts import numbers
from assistant.generating.pairing import regrouped, segments
from assistant.generating.polarity import flipped, merged, refuses
from assistant.generating.protocol import LONGEST, Draft
from assistant.judging.verify import fold, locate
from assistant.model import Hit
from assistant.words import content_stems

Encode = Callable[[Sequence[str]], "numpy.ndarray[Any, numpy.dtype[numpy.float32]]"]
"""Texts to unit vectors, shape (texts, dimension)."""

REFUSAL = "speaks of the sources instead of answering"
_QUOTED = re.compile(
    r"“([^“”]*)”|\"([^\"]*)\"|«([^«»]*)»|„([^“”„]*)[“”]|(?<!\w)‘([^‘’]{12,})’(?!\w)|(?<!\w)'([^']{12,})'(?!\w)"
)
_LOOSE = re.compile(r"[“”\"«»„]")
_MARKUP = re.compile(r"<\s*[/!a-zA-Z]|!\[|\]\(|https?:|www\.|javascript:|data:|&#|&lt;|```|\$\{|\{\{", re.IGNORECASE)
_SOURCE = "visit|report|brief|digest|strategy|document|plan|paper|page|overview"
_SOURCE_YEAR = re.compile(
    rf"\b(?:{_SOURCE})\w*(?: on [\w\s]{{1,40}}?)? (?:of|from|dated) (\d{{4}})"
    rf"|\b(\d{{4}}) (?:policy |visit |national )?(?:{_SOURCE})|\((\d{{4}})\)",
    re.IGNORECASE,
)


_TEXTS = "document|source|report|brief|digest|text|passage"
_ATTRIBUTION = re.compile(
    rf"\b(?:the|this|its) (?:{_TEXTS})s? (?:states?|says?|notes?|reports?|adds?)(?: that)?:?\s"
    rf"|,?\s*\b(?:according to|as stated in|as reported in) (?:the|this|its) (?:{_TEXTS})s?\b",
    re.IGNORECASE,
)
_RANKS = """largest biggest highest lowest best greatest unique leading worldwide foremost pioneer pioneering
unprecedented flagship"""
_LINKS = re.compile(
    r"\b(?:after|because|due to|thanks to|following|despite|in exchange for|as a result of|in response to|so that)\b",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    rf"\b(?:{'|'.join(_RANKS.split())}|than any|than all|in the world|most (?:advanced|successful|important))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the check found. `reason` is '' when supported; `shown` is False for what must not appear at all.

    `text` is the statement with every quotation replaced by the stored words; `slices` are what it rests on.
    """

    text: str
    supported: bool
    reason: str = ""
    shown: bool = True
    slices: tuple[Slice, ...] = ()
    cosine: float = 0.0
    coverage: float = 0.0


@dataclass(frozen=True, slots=True)
class Threshold:
    """When a meaning is near enough: a logistic regression over cosine and coverage, fitted on development pairs."""

    intercept: float
    cosine: float
    coverage: float
    least: float

    def passes(self, cosine: float, coverage: float) -> bool:
        """Return whether the pair is supported."""
        logit = self.intercept + self.cosine * cosine + self.coverage * coverage
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, logit)))) >= self.least


@lru_cache(maxsize=1)
def default_threshold() -> Threshold:
    """Return the threshold of `data/support.toml`."""
    data: Mapping[str, float] = tomllib.loads(
        (files("assistant") / "data" / "support.toml").read_text(encoding="utf-8")
    )
    return Threshold(data["intercept"], data["cosine"], data["coverage"], data["least"])


@dataclass(frozen=True, slots=True)
class Judge:
    """Checks drafts against numbered passages."""

    encode: Encode
    idf: Idf
    threshold: Threshold

    def check(self, draft: Draft, passages: Mapping[int, Hit]) -> Finding:
        """Return what there is to say of one draft; `passages` are all that were given, by number."""
        cited = [passages[n] for n in draft.numbers if n in passages]
        if _MARKUP.search(draft.text) or len(draft.text) > LONGEST:
            return Finding(draft.text, False, "holds markup or an address, or is too long", shown=False)
        if refuses(draft.text):
            return Finding(draft.text, False, REFUSAL, shown=False)
        if not cited or len(cited) != len(draft.numbers):
            return Finding(draft.text, False, "cites no passage, or one that was not given", shown=False)
        text = quotations_checked(draft.text, cited)
        if text is None:
            return Finding(draft.text, False, "quotes words that its source does not have", shown=False)
        return self._supported(text, cited)

    def _supported(self, text: str, cited: Sequence[Hit]) -> Finding:
        claim = Claim(_ATTRIBUTION.sub(" ", text), self.idf)
        pool = [one for hit in cited for one in evidence.slices_of(hit)]
        chosen = evidence.support(claim, pool)
        if not chosen or len(claim.stems) + len(claim.numbers) < 2:
            return Finding(text, False, "says nothing its source says", shown=bool(chosen), slices=tuple(chosen[:1]))
        source = merged([one.text for one in chosen])
        reason = contradiction(claim, chosen, source)
        cosine, covered = (0.0, 0.0) if reason else self._meaning(claim, chosen, source)
        if not reason and (not self.threshold.passes(cosine, covered) or self._adds(claim, chosen, source)):
            reason = "says more than its source, or something else"
        return Finding(text, not reason, reason, True, tuple(chosen), cosine, covered)

    def _meaning(self, claim: Claim, chosen: Sequence[Slice], source: str) -> tuple[float, float]:
        vectors = self.encode([claim.text, source])
        present = frozenset(content_stems(f"{source} {' '.join({one.frame for one in chosen})}"))
        return float(vectors[0] @ vectors[1]), evidence.coverage(claim, present)

    def _adds(self, claim: Claim, chosen: Sequence[Slice], source: str) -> bool:
        """Return whether a later stretch of the statement has no word at all in common with its source."""
        present = frozenset(content_stems(f"{source} {' '.join({one.frame for one in chosen})}"))
        figures = {n.value for n in numbers(source)}
        for text in [tail for part in segments(claim.text) for tail in _LINKS.split(part)][1:]:
            part = Claim(text, self.idf)
            told = part.countries or any(n.value in figures for n in part.numbers)
            if part.stems and not told and evidence.coverage(part, present) == 0:
                return True
        return False


def quotations_checked(text: str, cited: Sequence[Hit]) -> str | None:
    """Return the text with each quotation replaced by the stored words, or None when one is not in what it cites."""
    pieces, end = [], 0
    for match in _QUOTED.finditer(text):
        quote = next(g for g in match.groups() if g is not None)
        found = next((s for hit in cited if (s := _stored(quote, hit)) is not None), None)
        if found is None or _LOOSE.search(text[end : match.start()]):
            return None
        pieces += [text[end : match.start()], f"“{found}”"]
        end = match.end()
    if _LOOSE.search(text[end:]):
        return None
    return "".join([*pieces, text[end:]])


def _stored(quote: str, hit: Hit) -> str | None:
    """Return the words of the passage (or its title) that a quotation repeats, or None."""
    bare = quote.strip().rstrip(".,;")
    if not re.search(r"\w", bare):
        return None
    for text in (hit.passage.text, hit.document.title, *hit.passage.headings):
        place = locate(bare, text)
        if place is None and fold(bare) in fold(text):
            return fold(bare)  # it stands there more than once: any of the places will do
        if place and _whole_words(text, *place):
            return re.sub(r"\s+", " ", text[place[0] : place[1]])
    return None


def _whole_words(text: str, start: int, end: int) -> bool:
    return not (start > 0 and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def contradiction(claim: Claim, chosen: Sequence[Slice], source: str) -> str:
    """Return the first hard fact in which the claim departs from the slices it rests on, in plain words, or ''."""
    frame = ". ".join(dict.fromkeys(one.frame for one in chosen))
    about = {code for one in chosen for code in one.hit.passage.countries} if _about_one(chosen) else set()
    foreign = [c for c in claim.countries if c not in countries_in(f"{source} {frame}") and c not in about]
    if foreign or _swapped_country(claim, chosen):
        return "names a country its source does not speak of"
    years = {str(one.hit.document.year) for one in chosen}
    told = {g for m in _SOURCE_YEAR.finditer(claim.text) for g in m.groups() if g in years}
    wrong = [n for n in evidence.lacking_numbers(claim, f"{source} {frame}") if f"{n.value:g}" not in told]
    if wrong:
        return "has a number its source does not have"
    if evidence.lacking_names(claim, f"{source} {frame}"):
        return "has a name its source does not have"
    if opening_name(claim.text, frozenset(content_stems(f"{source} {frame}"))):
        return "has a name its source does not have"
    if regrouped(claim.text, source):
        return "puts a figure or a name with the words of another"
    praise = _SUPERLATIVE.search(claim.text)
    if praise and not _SUPERLATIVE.search(source):
        return "claims a rank its source does not give"
    return flipped(claim.text, source)


def _about_one(chosen: Sequence[Slice]) -> bool:
    return all(len(one.hit.passage.countries) == 1 for one in chosen)


def _swapped_country(claim: Claim, chosen: Sequence[Slice]) -> bool:
    """Return whether the words of the claim stand, in a source on several countries, with another one's name."""
    if len(claim.countries) != 1:
        return False
    wanted, best = claim.countries[0], chosen[0]
    found = mentions(best.text)
    if len({m.code for m in found}) < 2 or wanted not in {m.code for m in found}:
        return False
    words = frozenset(claim.stems) | {f"{n.value:g}" for n in claim.numbers}
    shares: dict[str, int] = {}
    for place, mention in enumerate(found):
        end = found[place + 1].start if place + 1 < len(found) else len(best.text)
        part = best.text[mention.end : end]
        own = frozenset(content_stems(part)) | {f"{n.value:g}" for n in numbers(part)}
        shares[mention.code] = shares.get(mention.code, 0) + len(words & own)
    other = max(value for code, value in shares.items() if code != wanted)
    return other > shares[wanted] + 1 and shares[wanted] <= 1
