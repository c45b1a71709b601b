# ruff: noqa: E501  (long patterns read better on one line)
"""What kind of answer a question wants, told by how it opens. One taxonomy, used by everybody below."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.endings import plain
from assistant.understood import Intent

_OPENS = r"^\W*(?:(?:and|but|so|please|can you|could you|would you|i(?:'d| would) like|give me|show me|tell me|we need)\b\W*)*"
_AUXILIARY = (
    r"(?:is|are|was|were|does|do|did|has|have|had|can|could|will|would|should|may|might|must|am|isn't|aren't|doesn't|don't"
    r"|hasn't|haven't|didn't|wasn't|weren't)"
)
_OUTLINE = re.compile(
    rf"{_OPENS}(?:an? |the |some |your )?(?:"
    r"summar\w*|overview|outline|brief(?:ing)?(?: me)? (?:on|about|for)|briefing|background (?:on|to)|highlights?|"
    r"(?:key|main) (?:facts?|points?|messages?|findings?|take-?aways?)|talking points?|"
    r"(?:\w+ )?(?:points?|bullets?|facts?|things|paragraphs?|sentences) (?:on|about|for|to know)|"
    r"(?:tell (?:me|us) )?(?:more |everything |something )?about\b|describe|what (?:can|could|should) we learn|"
    r"what is (?:known|there|said) about|what about)",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"\b(?:best|worst|(?:most|least) (?:advanced|successful|effective|efficient|mature|developed|ambitious|trusted|"
    r"innovative|promising|expensive|generous|progressive|important|popular)|furthest ahead|leading|top|"
    r"ahead of (?:the others|everyone)|(?:larg|bigg|small|old|new|cheap|fast|slow|great|high|low|long|short)est)\b",
    re.IGNORECASE,
)
_OPENINGS: tuple[tuple[str, Intent], ...] = (
    (r"(?:(?:at|by|to|in|of|from|for) )?(?:how (?:many|much|large|big|often|long|old|far|high|expensive)|what (?:is |was |are )?"
     r"(?:the )?(?:\w+ )?(?:share|percentage|proportion|number|amount|sum|budget|cost|price|rate|size|total|age)|what (?:does|do|did|will|would|could) [^?]{1,60}\bcost)\b", "number"),
    (r"(?:since |until |by |from |till )?(?:when\b|(?:in |by |on )?(?:which|what) (?:\w+ )?(?:year|date|day|month|century|deadline)\b)"
     r"|what (?:is|was) the (?:\w+ )?(?:date|deadline|year)\b", "date"),
    (r"(?:by |with |for |to |from |under )?(?:who|whom|whose)\b|(?:which|what) (?!" + _AUXILIARY + r"\b)(?:\w+ )?(?:ministry|body|agency|authority|"
     r"organi[sz]ation|institution|institute|person|people|minister|company|department|committee|party|parties|entity)\b", "who"),
    (r"why\b|for what reason|what (?:is|are|was|were) the (?:\w+ )?(?:reasons?|causes?|rationale)\b", "why"),
    (r"how\b|in (?:what|which) way", "how"),
    (r"what (?:does|do) .{1,60}\b(?:mean|stand for)\b|(?:define|definition of)\b|what is meant by|what(?:'s| is) (?:(?:an?|the) )?(?!new\b|\w+ing\b|\w+ (?:doing|happening|done)\b)(?:[\w’'+-]+ ?){1,4}\W*$", "definition"),
    (r"(?:list|name|enumerate|mention|which \w+s\b|what (?:are|were) (?:the|all|some)|what (?:\w+ )?\w+s (?:are|were|do|have|can|must|should|will)\b|"
     r"(?:the )?(?:two|three|four|five|six|seven|eight|nine|ten) )", "list"),
    (rf"{_AUXILIARY}\b", "yes-no"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(f"{_OPENS}(?:{words})", re.IGNORECASE), intent) for words, intent in _OPENINGS)
_HOW_MANY = re.compile(r"\bhow (?:many|much|long|old|often)\b", re.IGNORECASE)
_WHEN = re.compile(r"\b(?:since|until|by) when\b|^\W*(?:the )?dates?\b|\bwhen\W*$", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not|no|never|without|neither|nor|lack(?:s|ing)?|n't|fail(?:s|ed)? to|yet to|absent|missing|outside)\b|n['’]t\b",
    re.IGNORECASE,
)


def intent_of(question: str, language: str, *, all_countries: bool = False) -> Intent:
    """Return what kind of answer a question wants; "fact" where its first words do not say."""
    if language != "en":
        return "countries" if all_countries else _abroad(question, language)
    if _OUTLINE.match(question):
        return "outline"
    if all_countries:
        return "closest" if _SUPERLATIVE.search(question) else "countries"
    for pattern, intent in _PATTERNS:
        if pattern.match(question):
            return intent
    return "number" if _HOW_MANY.search(question) else "date" if _WHEN.search(question) else "fact"


def ranks(question: str) -> bool:
    """Return whether a question asks which of several is best or most of something."""
    return bool(_SUPERLATIVE.search(question))


def asks_denied(question: str) -> bool:
    """Return whether a question asks for what is not so ("which countries have no strategy")."""
    return bool(_DENIED.search(question))


@lru_cache(maxsize=1)
def _asks() -> dict[str, Any]:
    text = (files("assistant") / "data" / "languages.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["asks"])


def _abroad(question: str, language: str) -> Intent:
    text = plain(question)
    found = [
        (match.start(1), -len(match[1]), kind)
        for words, kind in _asks().get(language, {}).items()
        if (match := re.match(rf"\W*(?:\w+\W+)?({re.escape(plain(words))})\b", text))
    ]
    return min(found)[2] if found else "fact"
