# ruff: noqa: E501  (long patterns read better on one line)
"""Whether a question asks for an account of a country or a document as a whole: "What can we learn from Estonia?"

Such a question names no subject of its own, so no sentence can repeat its words; it wants the parts of what there is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.words import content_stems

_ASKS = re.compile(
    r"\b(?:learn|learnt|lessons?|overview|summar(?:y|ies|ise|ize|ised|ized)|situation|state of (?:play|affairs|things)|key (?:messages?|points?|findings?)|main (?:messages?|points?|findings?)|in (?:short|brief|a nutshell)|experiences?|takeaways?|profile)\b|"
    r"\b(?:tell (?:me|us)|describe|introduce|present|give (?:me|us))\b|\bwhat (?:do|can) you (?:know|say|tell)\b|"
    r"\b(?:what|how) (?:is|are|has|have|was|were|did|does|do) (?:[\w'’-]+ ){1,4}(?:doing|done|do|up to|going|progressing|faring)\b|"
    r"\bhow far (?:is|are|has|have)\b|\bwhere (?:does|do|is|are) (?:[\w'’-]+ ){1,3}(?:stand|now)\b|\bwhat (?:happens|is happening|is going on|is new)\b|"
    r"\bwhat (?:did|does|do) (?:[\w'’-]+ ){1,6}(?:show|find|conclude|say|teach|cover)\b|\bwhat about\b",
    re.IGNORECASE,
)
_NO_SUBJECT = frozenset(
    content_stems(
        "learn learnt lesson overview summary summarise summarize situation state play affairs thing message point "
        "finding short brief nutshell experience takeaway profile tell describe introduce present give know say doing "
        "done going progress progressing faring far stand now happen happening new show find conclude teach cover main "
        "key most important good best practice example approach genomics genomic medicine genome genetics personalised "
        "personalized precision health healthcare care field area country visit exchange report document text policy "
        "brief please general whole others others' today currently current far so us me you success offer offers draw drawn"
    )
)
_SUMS_UP = re.compile(r"\b(?:summar(?:y|ise|ize|ised|ized)|outline|overview)\b", re.IGNORECASE)
_SUMMED_UP = frozenset(content_stems("strategy roadmap plan outline"))
"""A subject like any other, unless a summary is asked for: then it is the document."""
PROFILE = "genomic medicine: strategy and governance, trust of citizens, infrastructure, data and law, care, training"
"""What an account should touch on, searched in place of words that name no subject."""


def asks_overview(text: str, names: Sequence[str]) -> bool:
    """Return whether a question asks for an account and names no subject besides `names` (countries, a document)."""
    stems = set(content_stems(text)) - set(content_stems(" ".join(names)))
    stems -= _SUMMED_UP if _SUMS_UP.search(text) else set()
    bare = not stems and len(text.split()) <= 4
    return stems <= _NO_SUBJECT and (bare or bool(_ASKS.search(text)))
