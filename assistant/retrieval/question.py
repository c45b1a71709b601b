# ruff: noqa: E501  (long patterns read better on one line)
"""What a question asks, about whom, and where to look — without any language model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.countries import GROUPS, Mention, countries_in, mentions, name_of
from assistant.model import Expects, Understood


@dataclass(frozen=True, slots=True)
class Known:
    """What the library holds, as far as understanding a question needs it."""

    countries: frozenset[str] = frozenset()
    documents: tuple[tuple[str, str, str, int | None], ...] = ()
    """(id, title, kind, year) of each document."""


_HELP = re.compile(
    r"^\W*(hi|hello|hey|good (morning|afternoon|evening|day)|thanks?( you)?|thank you very much|help|ok(ay)?|test|bye|"
    r"what can (you|i) (do|ask)|who are you|how are you)\W*( there| everyone| all)?\W*$",
    re.IGNORECASE,
)
_FOLLOW = re.compile(
    r"^(and|what about|how about|same (question )?for|also|or|but|then|now)\b(?P<rest>.*)$", re.IGNORECASE | re.DOTALL
)
_ALL = re.compile(
    r"\b(which|what|other|any|all|how many|most|every|do any|does any) (?:of the |other |eu |european |member |"
    r"participating |signatory )*(countries|country|states|state|nations|governments|strategies)\b|"
    r"\bacross (europe|countries|the eu|all countries)\b|\bwho else\b|\beverywhere\b|\bany ?(body|one) (else|in europe)\b"
    r"|\bdoes any(body|one)\b|\bwhere (in europe|is there)\b|\bcountry by country\b|\beach country\b",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"\b(compar\w*|differ\w*|versus|vs\.?|contrast\w*|similar\w*|in common|unlike|both|side by side|than)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(itself|themselves|own (words|documents?|strategy|account)|in its own)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(it|its|they|them|their|there|that|those|this|these|he|she|his|her)\b", re.IGNORECASE)
_EXPECTS: tuple[tuple[Expects, str], ...] = (
    ("date", r"^\W*(and )?(since when|when|in (which|what) year|(on )?(which|what) (year|date|day|month))\b|\bwhat year\b|since when\b|\bby when\b"),
    ("number", r"\bhow (many|much|large|big|long|old|high|often)\b|\bwhat (share|percentage|proportion|number|budget|amount|sum|size|cost)\b|\bpercent"),
    ("definition", r"^\W*(what|who) (is|are) (?:an? |the )?[\w\s+-]{2,40}\?*\W*$|\bwhat does [\w\s+-]+ (mean|stand for)\b|\bdefine\b|\bdefinition\b"),
    ("who", r"^\W*(and )?(who|whom|whose|which (body|institution|organi[sz]ation|agency|ministry|authority|company))\b"),
    ("why", r"^\W*(and )?why\b|\bwhat (was|is) the reason\b|\breasons? (for|why)\b"),
    ("list", r"\b(list|which|what) (are |were )?(?:the |all |its |their )?\w*\s?(recommendations|domains|indicators|themes|steps|measures|pillars|goals|topics|phases|centres|programmes|projects|laws|priorities|conditions|groups|partners|challenges|barriers|issues|use cases|working groups|blocks|functions|kinds|types|pieces|parts|elements|bodies|ministries|countries|institutions|standards|tasks|roles|hubs|labs|laboratories|members|layers|conditions|levels|areas|fields|documents|services|acts|diseases|professions)\b|\blist\b|\bname (the|all)\b"),
    ("how", r"^\W*(and )?how\b|\bin what way\b"),
    ("yes-no", r"^\W*(and )?(is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must)\b"),
)  # fmt: skip
_DOCUMENT_WORDS: tuple[tuple[str, str], ...] = (
    (r"\bpolicy brief\b|\bthe brief\b", "policy-brief"),
    (r"\b(country exchange )?visit reports?\b|\bcev reports?\b", "visit-report"),
    (r"\bnational (strategies|strategy documents)\b|\bin the strategies\b|\bstrategies since\b", "national-strategy"),
)
_YEARS = re.compile(r"\b(19[5-9]\d|20[0-4]\d)\b")


def understand(question: str, history: Sequence[str] = (), known: Known | None = None) -> Understood:
    """Return the question as understood; `history` holds the earlier questions, oldest first. Pure."""
    known = known or Known()
    original = " ".join(question.split())
    if not original or _HELP.match(original) or not re.search(r"\w", original):
        return Understood(original, original, original, help=True)
    text = _resolve(original, [" ".join(h.split()) for h in history if h.strip()])
    named = mentions(text, any_case=True)
    countries = tuple(dict.fromkeys(m.code for m in named)) or None
    groups = _groups(text)
    for _, members in groups:
        countries = tuple(dict.fromkeys((*(countries or ()), *members)))
    everywhere = bool(_ALL.search(text)) and (not countries or bool(groups))
    kinds, documents = _documents(text, known)
    looked, topics = _where(text, named, countries)
    return Understood(
        original=original,
        text=text,
        search_text=text,
        countries=looked,
        group=groups[0][0] if groups else "",
        all_countries=everywhere,
        compare=bool(looked and len(looked) > 1 and (bool(_COMPARE.search(text)) or len(looked) <= 5)),
        topic_countries=topics,
        kinds=kinds,
        documents=documents,
        own=bool(_OWN.search(text)) and "according to" in text.lower(),
        expects=expectation(text),
    )


def expectation(text: str) -> Expects:
    """Return what kind of answer a question wants."""
    lowered = text.lower()
    for kind, pattern in _EXPECTS:
        if re.search(pattern, lowered):
            return kind
    return "open"


def _groups(text: str) -> list[tuple[str, tuple[str, ...]]]:
    patterns = {
        "nordic": r"\bnordics?\b", "scandinavian": r"\bscandinavian?\b", "baltic": r"\bbaltics?\b",
        "benelux": r"\bbenelux\b", "hosts": r"\b(host countries|hosts of the visits|visited countries|hosting countries)\b",
        "non-signatories": r"\bnon-?signator\w+\b",
    }  # fmt: skip
    return [(name, GROUPS[name]) for name, pattern in patterns.items() if re.search(pattern, text, re.IGNORECASE)]


def _documents(text: str, known: Known) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """Return (kinds, documents) that a question names as the place to look in."""
    place = re.search(r"\b(in|from|according to|does|do|per|by|of|what)\b.*", text, re.IGNORECASE)
    if not place:
        return None, None
    kinds = tuple(kind for pattern, kind in _DOCUMENT_WORDS if re.search(pattern, text, re.IGNORECASE))
    present = {kind for _, _, kind, _ in known.documents}
    kinds = tuple(kind for kind in kinds if kind in present)
    return kinds or None, None


def _where(
    text: str, named: Sequence[Mention], countries: tuple[str, ...] | None
) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """Part the countries to look in from those that are only the topic ("learn from the Estonian visit")."""
    if not countries or len(countries) < 2:
        return countries, ()
    lesson = re.search(
        r"\b(learn\w*|lessons?|take away|took|inspired?|present\w*|show\w*)\b.*\b(from|at|during|by)\b(.*)",
        text,
        re.IGNORECASE,
    )
    if lesson and re.search(r"\bvisit\b", lesson.group(3), re.IGNORECASE):
        topics = countries_in(lesson.group(3), True)
        looked = tuple(code for code in countries if code not in topics)
        if looked:
            return looked, topics
    return countries, ()


def _resolve(question: str, history: Sequence[str]) -> str:
    """Complete an elliptical follow-up from the turns before; a full question stays as it is."""
    if not history:
        return question
    before = _resolve(history[-1], history[:-1])
    return _complete(question, before)


def _complete(question: str, before: str) -> str:
    words = re.findall(r"\w+", question)
    named = mentions(question, any_case=True)
    groups = _groups(question)
    follow = _FOLLOW.match(question)
    rest = (follow.group("rest") if follow else question).strip(" ,?.!")
    bare = re.sub(r"^(in|for|of|about|with|by|the)\s+", "", rest, flags=re.IGNORECASE)
    only_country = (named or groups) and len(re.findall(r"\w+", bare)) <= 2 + sum(len(m.surface.split()) for m in named)
    if re.match(r"^(now )?compare\b", question, re.IGNORECASE) and _PRONOUN.search(question) and named:
        return _clean(f"{before.rstrip('?. ')}, compared with {' and '.join(name_of(m.code) for m in named)}?")
    if only_country and (follow or len(words) <= 4):
        return _swap(before, named, bare)
    if not named and not groups and not _ALL.search(question):
        if follow and len(words) <= 8:
            return _with_countries(_topic_sentence(rest), before)
        if len(words) <= 3 or (len(words) <= 9 and _PRONOUN.search(question)):
            return _with_countries(question, before, topic=len(words) <= 3 or bool(_PRONOUN.search(question)))
    if follow and named and not only_country:
        return _clean(rest[:1].upper() + rest[1:] + "?")
    return question


def _topic_sentence(rest: str) -> str:
    rest = rest.strip()
    if re.match(r"^(who|what|when|where|why|how|which|is|are|does|do|did|has|have)\b", rest, re.IGNORECASE):
        return rest[:1].upper() + rest[1:] + "?"
    return f"What about {rest}?"


def _swap(before: str, named: Sequence[Mention], bare: str) -> str:
    """Put the new country in the place of the old one in the question before."""
    wanted = " and ".join(dict.fromkeys(name_of(m.code) for m in named)) or bare
    old = mentions(before, any_case=True)
    if not old:
        return _clean(f"{before.rstrip('?. ')} in {wanted}?")
    out: list[str] = []
    position, placed = 0, False
    for mention in old:
        gap = before[position : mention.start]
        if placed and re.fullmatch(r"\s*(,|and|or|with|versus|vs\.?|&)\s*(and\s)?\s*", gap):
            position = mention.end
            continue
        adjective = mention.strength == "adjective"
        surface = _adjective(named) if adjective and _adjective(named) else wanted
        out.extend((gap, surface))
        position, placed = mention.end, True
    return _clean("".join(out) + before[position:])


def _adjective(named: Sequence[Mention]) -> str:
    from assistant.countries import surface_forms

    if len({m.code for m in named}) != 1:
        return ""
    return next((f for f, (code, kind) in surface_forms().items() if code == named[0].code and kind == "adjective"), "")


def _with_countries(question: str, before: str, *, topic: bool = False) -> str:
    """Add the countries (and, when asked, the topic) of the question before."""
    codes = tuple(dict.fromkeys(m.code for m in mentions(before, any_case=True)))
    text = question.rstrip("?. ")
    place = f" in {' and '.join(name_of(code) for code in codes)}" if codes else ""
    if topic:
        return _clean(f"{text}{place}? ({before.rstrip('?. ')})")
    return _clean(f"{text}{place}?")


def _clean(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\b(The|the) (United Kingdom|Netherlands)", r"\1 \2", text)
    return text[:1].upper() + text[1:]


def edited(understood: Understood, text: str) -> Understood:
    """Return the understanding with another wording (the reader edited it)."""
    return replace(understood, text=text, search_text=text)
