# ruff: noqa: E501  (long patterns read better on one line)
"""What kind of answer a question wants: a date, a number, a list, a definition, a reason … (English wording)."""

from __future__ import annotations

import re

from assistant.model import Expects

_MANY_THINGS = (
    "recommendations|domains|indicators|themes|steps|measures|pillars|goals|topics|phases|centres|centers|programmes|"
    "projects|laws|priorities|conditions|groups|partners|challenges|barriers|issues|use cases|working groups|blocks|"
    "functions|kinds|types|pieces|parts|elements|bodies|ministries|countries|states|institutions|standards|tasks|roles|"
    "hubs|labs|laboratories|members|layers|levels|areas|fields|documents|services|acts|diseases|professions|cohorts|"
    "biobanks|studies|pilots|strategies|objectives|aims|strengths|weaknesses|benefits|risks|tests|milestones|"
    "signatories|lessons|examples|actions|commitments|data sets|datasets|rights|rules|figures|numbers"
)
_ADJECTIVE = r"(?:(?!(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must|holds?|keeps?|makes?|stops?|drives?|helps?|said|about)\b)\w+ )?"
_ORDER: tuple[tuple[Expects, str], ...] = (
    ("date", r"^\W*(and |but |so )?(since when|from when|until when|till when|when|by when|in (which|what) year|(on |in |by |from |since )?(which|what) (year|date|day|month))\b|\b(what|which) year\b|\bsince when\b|\bby when\b|^\W*(the )?(date|day|year) (of|when)\b"),
    ("number", r"\bhow (many|much|large|big|long|old|high|often|far)\b|\b(what|which) (share|percentage|proportion|number|budget|amount|sum|size|cost|fraction)\b|\bwhat part\b|\bper ?cent\b|\bwhat (is|was|are|were) the (\w+ )?(number|budget|cost|costs|price|size|amount|share|percentage|proportion|yield|uptake|size)\b|^\W*(the )?(number|size|budget|cost|share|percentage) of\b|\bwhat (did|does|do|will|would) .*\bcost\b"),
    ("who", r"^\W*(and |but |so )?(who (is|was|are|were) )"),
    ("list", rf"^\W*(and )?what (are|were) (?:the |all |its |their |other |of the )*(?:\w+ )?(?:\w+ )?({_MANY_THINGS})\b"),
    ("definition", r"^\W*(and )?what (is|are|was|were|'s) (?!(?:in|on|at|new|next|wrong|behind|being|happening|\w+ doing|(?:said|done|known|\w+ing|\w+ed) (?:in|on|by|for|to|at|about|before|after|with|from|there|so))\b)(?![^?]* (?:used|needed|made|meant|doing|done)\b)(?:an? |the )?[\w\s+'’.-]{2,40}\?*\W*$|\bwhat (does|do|did) [\w\s+'’-]+ (mean|stand for)\b|\bdefine\b|\bdefinition of\b|\bmeaning of\b|^\W*(please )?explain (?:an? |the )?[\w+-]+\W*$"),
    ("who", r"^\W*(and |but |so )?((by|with|to|from|for) )?(who|whom|whose|which (body|institution|organi[sz]ation|agency|ministry|authority|company|minister|university))\b"),
    ("why", r"^\W*(and |but |so )?(why|for what reason|how come)\b|\bwhat (was|is|were|are) the reasons?\b|\breasons? (for|why)\b"),
    ("list", rf"\b(list|which|what) (are |were )?(?:the |all |its |their |other |of the )*{_ADJECTIVE}{_ADJECTIVE}({_MANY_THINGS})\b|\blist\b|\b(name|enumerate) (the|all)\b|^\W*(the )?(\w+ )?({_MANY_THINGS}) of\b"),
    ("how", r"^\W*(and |but |so )?how\b|\bin (what|which) way\b|\bby what means\b"),
    ("yes-no", r"^\W*(and |but |so |or )?(is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must|isn't|aren't|doesn't|don't)\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _ORDER)


def expectation(text: str) -> Expects:
    """Return what kind of answer a question wants; "open" where its wording does not say."""
    for kind, pattern in _COMPILED:
        if pattern.search(text):
            return kind
    return "open"
