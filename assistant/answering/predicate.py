"""What a question says of its subject: "Does the biobank sell data?" turns on *sell*, "Who audits it?" on *audits*.

Whatever else is told of the biobank covers most words of such a question. Where neither the verb nor a word used for it
stands in one of the best sentences, they are leads. The verb is found by its place alone: right after "who", after a
name that follows "did", "does" or "can", after the plural that follows "how many", at the end of a passive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering.candidates import Candidate
from assistant.answering.wanted import Wanted, has
from assistant.countries import mentions
from assistant.words import OPENING, content_stems, in_plain_words, said_as, stem

_WORD = r"[\w’'+-]+"
_AUXILIARY = r"did|does|do|can|could|may|might|must|should|will|would"
_BE = r"is|are|was|were|been|be|get|gets|got"
_WHO = re.compile(
    rf"\bwho (?:(?:{_AUXILIARY}|{_BE}|has|have|had|actually|really|currently|now|first|also|else|not|the|a|an) )*"
    rf"({_WORD})",
    re.IGNORECASE,
)
_WHO_IS = re.compile(r"\bwho (?:is|are|was|were)\b", re.IGNORECASE)
_AFTER = re.compile(rf"\b(?P<aux>{_AUXILIARY}|{_BE}) (?P<rest>.*)$", re.IGNORECASE)
_MANY = re.compile(
    rf"\bhow many (?:{_WORD} )*?(?:[\w’'-]+(?<![su’'])s|people|men|women|children|staff) "
    rf"(?:(?:have|has|had|{_BE}|{_AUXILIARY}) )*(?P<verb>[a-z]+(?:ed|en|wn|ught|ew|ot))\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    rf"{OPENING}(?:is|are|was|were) (?:{_WORD} )+?(?P<verb>[a-z]+ed)"
    r"(?: (?:in|by|for|at|to|with|from|under|on)\b|\W*$)",
    re.IGNORECASE,
)
_DEMONYM = re.compile(r"(?:sh|an|ch|ese|ek|ic)$")
_OWNER = re.compile(r"['’]s?$")
"""What follows an owner is a noun: "Spain's list"."""
_PLURAL = re.compile(r"(?<![su’'])s$", re.IGNORECASE)
"""After "did" and "can" no verb ends so."""
_SKIPPED = frozenset(["the", "a", "an", "its", "their", "all", "any", "both", "and", "of", "for", "on"])
COLOURLESS = frozenset(
    content_stems(
        "have do get make take give go come say want need use see look put set keep run work deal show tell know ask "
        "think find learn plan change end start hand sign strike win stand sit sat seat call mean involve become begin "
        "provide offer happen help along watch belong fit sort bring brought let try turn move wish hope rest apply "
        "enter join mention describe lay bear consist contain include deal treat aim serve play look concern regard "
        "stay remain carry lie hold held meet met draw drew drawn"
    )
)
"""Verbs that documents say in many ways, or leave out."""


@lru_cache(maxsize=4096)
def predicate_of(question: str) -> str:
    """Return the stem of what a question says of its subject; '' where its place does not tell, or it is colourless."""
    question = in_plain_words(question)
    who, many = _WHO.search(question), _MANY.search(question)
    passive = _PASSIVE.search(question)
    word = who.group(1) if who else many["verb"] if many else _after_a_name(question)
    word = word or (passive["verb"] if passive else "")
    found = content_stems(word)[:1]
    return "" if not found or found[0] in COLOURLESS else found[0]


def verb_unsaid(question: str, wanted: Wanted, top: Sequence[Candidate]) -> str:
    """Return the verb as the question writes it, where none of the best sentences has it or a word for it, else ''.

    Sums and lengths of time are told without one ("EUR 3 million for the centre").
    """
    verb = "" if wanted.asked.want in ("money", "length") else predicate_of(question)
    is_noun = bool(_WHO_IS.search(question))  # "the contact" may stand in the line above
    if not verb or verb not in wanted.stems or any(_says(verb, c.around if is_noun else c.own) for c in top):
        return ""
    return next((word for word in re.findall(_WORD, question) if stem(word) == verb), "")


def _says(verb: str, own: frozenset[str]) -> bool:
    return has(verb, own) or not own.isdisjoint(said_as(verb))


def _after_a_name(question: str) -> str:
    """Return the word after "did", "does", "can" and the name that follows it; of "is" and "was" only a participle."""
    found = _AFTER.search(question)
    if not found:
        return ""
    words = re.findall(_WORD, found["rest"])
    countries = [mention.surface.lower() for mention in mentions(found["rest"], True)]
    place = 0
    while place < len(words) and (words[place].lower() in _SKIPPED or not words[place][0].islower()):
        place += 1
    if not place or not words[place - 1][0].isupper() or _OWNER.search(words[place - 1]):
        return ""
    before = words[place - 1].lower()
    if _DEMONYM.search(before) and any(before in name for name in countries):
        place += 1  # "Irish patients pay"
        while place < len(words) and _PLURAL.search(words[place]):
            place += 1  # "Irish patient representatives complain"
    verb = words[place] if place < len(words) else ""
    is_passive = re.fullmatch(_BE, found["aux"], re.IGNORECASE)
    return "" if is_passive and not verb.endswith("ed") else verb
