# ruff: noqa: E501  (long patterns read better on one line)
"""Whether a question is about every country, one by one: "which countries …", "where do patients sit at the table?"."""

from __future__ import annotations

import re

from assistant.understanding.groups import without_groups
from assistant.words import OPENING

COUNTRY = r"(?:countries|country|states|state|nations|nation|governments|signatories|member states)"
KINDS_OF = r"(?:of (?:the|these|those|all) |the |other |else |eu |european |member |participating |signatory |partner |neighbouring |more |further |small |large |new |\d+ |two |three |four |five |six |seven |eight |nine |ten |twelve |thirteen )*"
"""What may stand between "which" and the word for countries, and that word."""
_ALL = re.compile(
    rf"\b(?:which|what|whose|all|most|every|each|any|do any|does any|other|some|many|list|name|mention) (?:the |a |me )?(?:few |two |three |four |five |ten )?{KINDS_OF}{COUNTRY}\b|"
    r"\bacross (?:europe|(?:all |the )?(?:\w+ )?countries|the eu|the union)\b|\b(?:who else|which others)\b|\b(?:everywhere|elsewhere)\b|"
    r"\bany ?(?:body|one) (?:else|in europe|in the eu)\b|\bdo(?:es)? any(?:body|one)\b|\bhas any(?:body|one)\b|"
    r"\bwhere (?:in europe|else|is there|are there|in the eu)\b|\bcountry by country\b|\bper country\b|"
    r"\b(?:which|what) (?:national )?strategies\b|\bwho in europe\b|\ball over europe\b",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(
    rf"\bhow many {KINDS_OF}{COUNTRY}\b|\b(?:number|total|list) of {KINDS_OF}{COUNTRY}\b|"
    rf"\b(?:should|must|can|could|may) (?:every|each|all|any|most|other) {KINDS_OF}{COUNTRY}\b|"
    rf"\b(?:between|of|from|among|by|for|to) (?:all|most|every|each|other|some|many|any) {KINDS_OF}{COUNTRY}\b(?!.*\bwhich\b)",
    re.IGNORECASE,
)
_WHERE = re.compile(
    rf"{OPENING}where (?:do|did|are|were|have|can|does|has|is|was) (?!(?:the(?! (?:laws?|state|government|public|patients?|health service)\b)|this|that|these|those|its?|they|them|he|she|i|we|you|one|our|my|your|their|his|her|most of|problems?|gaps?|challenges?|difficult\w*|risks?|barriers?|things?|to)\b)[a-z]",
)
_NO_PLACE = re.compile(
    r"\b(?:come|comes|came) from\b|\b(?:lead|leads|led) to\b|\bwhere can .* (?:found|read|look)|\d|(?<!\w)(?!(?:DNA|RNA|NIPT|WGS|NGS|PRS|PGX|IVDR)\b)[A-Z]"
)
"""What asks for the place of one thing: a name or number in it, or where something leads or comes from."""
_A_THING = re.compile(r"(?<=where )(?:do|did|does|has|have|is|was) an? .*$")
"""A thing of any kind, which may have a name ("Where did a Recovery and Resilience plan pay for genomics?")."""


def says_everywhere(text: str) -> bool:
    """Whether a question says that it is about every country, one by one."""
    plain = without_groups(text)
    return bool(_ALL.search(plain)) and not _NOT_ALL.search(plain)


def asks_where(text: str) -> bool:
    """Whether a question asks for places and names none: the answer is a list of countries."""
    start = text[:1].lower() + text[1:]
    return bool(_WHERE.match(start)) and not _NO_PLACE.search(_A_THING.sub("", start))
