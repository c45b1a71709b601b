"""Whether a statement turns its source round: "not" dropped or added, a plan told as done, a direction reversed. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering.generating.facts import numbers
from assistant.words import content_stems

_IDLE = re.compile(
    r"\b(?:not only|whether or not|or not|not least|no later than|no fewer than|no more than|not more than|no less than"
    r"|no\. ?\d|know or not|no doubt|if not)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|lack(?:s|ed|ing)?|missing|absent|absence"
    r"|ban(?:s|ned)?|prohibit(?:s|ed|ion)?|forbid(?:s|den)?|forbade|refus(?:e|es|ed|al)|reject(?:s|ed|ion)?|exclud(?:e|es|ed)"
    r"|fail(?:s|ed)?|unable|unchanged|has yet to|have yet to|had yet to|instead of|rather than|unlike|excluding|except"
    r"|outside|non|unknown|unavailable|unclear|hardly|barely|free of charge)\b|n['’]t\b|\bnon-",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:plan(?:s|ned|ning)? (?:to|for|on)|(?:is|are|was|were|been|being) planned|planned|intend(?:s|ed)?|intention"
    r"|will|would|aim(?:s|ed|ing)?|propos(?:e|es|ed|al|als)|expect(?:s|ed)?|should|recommend(?:s|ed|ation|ations)?"
    r"|(?:is|are|was|were) (?:due )?to (?!be found|date)\w+|foresee(?:s|n)?|foresaw|foreseen|envisage[sd]?|target(?:s|ed)?"
    r"|goal|objective|hope[sd]?|seek(?:s|ing)?|sought|ask(?:s|ed)? (?:for|that|to)|call(?:s|ed)? (?:for|on)|draft(?:ed|s)?"
    r"|under (?:preparation|way|discussion|consideration)|in preparation|consider(?:s|ed|ing)?|future|next step|road map"
    r"|prepar(?:es|ed|ing) (?:a|the|its)|request(?:s|ed)?|demand(?:s|ed)?|want(?:s|ed)?|wish(?:es|ed)?|long-term"
    r"|announce(?:s|d)? (?:its |an |the )?(?:intention|plan)|had not yet|not yet|ambition|scheduled|could|working towards"
    r"|has to|have to|needs? to|must|set to|would like|projected|pilot proposal|working-group proposal|to come|ahead)\b",
    re.IGNORECASE,
)
_MAY = re.compile(r"\b(?:may|can|allow(?:s|ed)?|permit(?:s|ted)?|lets?|entitled|free to|possible|voluntar\w+)\b", re.I)
_MUST = re.compile(
    r"\b(?:must|oblig\w+|required?|requires|has to|have to|mandatory|compulsory|shall|need(?:s|ed)? to|duty|forced)\b", re.I
)
_CLAUSE = re.compile(
    r"[;:]\s|,?\s+\b(?:but|while|whereas|although|though|however|because)\b|,\s+(?:and|which|who|where|so|or|with)\s"
    r"|(?<=[a-z\d)])\.\s+(?=[A-ZÀ-Þ“])|\s+\band (?=(?:has|have|had|is|are|was|were|it|they|does|did|may|can|will|must)\b)",
)
_PAIRS: tuple[tuple[str, str], ...] = (
    (
        r"increas\w*|ris(?:e|es|en|ing)|rose|grow\w*|grew|higher|more|expand\w*|raised?|gain\w*|up from|exceed\w*|above|over",
        r"decreas\w*|fall(?:s|en|ing)?|fell|declin\w*|shr[aiu]nk\w*|reduc\w*|lower\w*|fewer|less|dropp?\w*|cut|below|under",
    ),
    (
        r"open(?:s|ed|ing)?|start\w*|beg[aiu]n\w*|launch\w*|found(?:s|ed|ing)|introduc\w*|set up|establish\w*|creat\w*|join\w*",
        r"clos(?:e|es|ed|ing)|end(?:s|ed|ing)?|abolish\w*|dissolv\w*|withdr[ae]w\w*|cancel\w*|shut|discontinu\w*|left|stopp\w*"
        r"|scrapp\w*|abandon\w*",
    ),
    (r"first|earliest", r"last|latest|final"),
    (r"voluntar\w*|optional", r"mandatory|compulsory|obligatory"),
    (r"includ\w*|cover\w*", r"exclud\w*|omit\w*"),
    (r"public(?:ly)?|state", r"private(?:ly)?"),
    (r"large\w*|bigg?\w*|great\w*|most", r"small\w*|least"),
    (r"support\w*|favour\w*|approv\w*|welcom\w*", r"oppos\w*|reject\w*|against|refus\w*|criticis\w*"),
    (r"central(?:ly|ised)?", r"local(?:ly)?|decentral\w*|regional(?:ly)?"),
    (r"strengthen\w*|improv\w*|extend\w*|longer", r"weaken\w*|worsen\w*|shorten\w*|shorter"),
    (r"allow\w*|permit\w*|lets?", r"forbid\w*|forbade|prohibit\w*|ban(?:s|ned)?|prevent\w*"),
    (r"free of charge|free", r"for a fee|paid by the patient|charged?"),
    (r"healthy", r"sick|ill|patients"),
    (r"all|every|each|whole|entire\w*|full\w*", r"some|part(?:ly|ial\w*)?|few|half"),
    (r"broad", r"specific|narrow"),
    (r"temporar\w*|interim", r"permanent\w*|lasting"),
    (r"opt(?:s|ed)? (?:in|-in)|opt-in", r"opt(?:s|ed)? out|opt-out"),
)
_ORDER = re.compile(
    r"\b(before|after|since|until|till|by|from|to|following|prior to|ahead of|later than|earlier than)\s+"
    r"(?:the |its |about |mid-|early |late |end of |\d{1,2} |January |February |March |April |May |June |July |August "
    r"|September |October |November |December )*([A-ZÀ-Þ]\w+|\d[\w.,]*\w|\d)",
)
_EARLY, _LATE = {"before", "prior to", "ahead of", "until", "till", "earlier than", "by"}, {
    "after", "since", "following", "later than", "from",
}  # fmt: skip


def clauses(text: str) -> list[str]:
    """Return a text in clauses; one without two words of content is left with its neighbour."""
    parts, start = [], 0
    for match in _CLAUSE.finditer(text):
        if len(_content(text[start : match.start()])) >= 2:
            parts.append(text[start : match.start()])
            start = match.start()
    tail = text[start:]
    if parts and len(_content(tail)) < 2:
        parts[-1] += tail
    else:
        parts.append(tail)
    return parts


@lru_cache(maxsize=8192)
def _content(text: str) -> frozenset[str]:
    return frozenset(content_stems(text)) | {f"{n.value:g}" for n in numbers(text)}


def _negated(text: str) -> bool:
    return bool(_NEGATION.search(_IDLE.sub(" ", text)))


def _planned(text: str) -> bool:
    return bool(_PLAN.search(text))


def flipped(statement: str, source: str) -> str:
    """Return what the statement turns round against its source, in plain words, or ''."""
    if _differs(statement, source, _negated):
        return "says the opposite of its source"
    if _differs(statement, source, _planned):
        return "tells a plan as a fact, or a fact as a plan"
    if _MUST.search(statement) and not _MUST.search(source) and _MAY.search(source):
        return "tells a permission as a duty"
    if _reversed(statement, source) or _misordered(statement, source):
        return "reverses a direction of its source"
    return ""


def _differs(statement: str, source: str, marked: object) -> bool:
    """Return whether a clause of the statement rests on a clause of the source that is marked the other way."""
    assert callable(marked)
    there = [(bool(marked(c)), _content(c)) for c in clauses(source)]
    for clause in clauses(statement):
        flag, content = bool(marked(clause)), _content(clause)
        alike = max((len(content & words) for f, words in there if f == flag), default=0)
        other = max((len(content & words) for f, words in there if f != flag), default=0)
        if other > alike:
            return True
    return False


def _reversed(statement: str, source: str) -> bool:
    for first, second in _PAIRS:
        for here, there in ((first, second), (second, first)):
            here_said, there_said = (_has(p, statement) for p in (here, there))
            if here_said and not there_said and _has(there, source) and not _has(here, source):
                return True
    return False


def _has(pattern: str, text: str) -> bool:
    return bool(re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE))


def _misordered(statement: str, source: str) -> bool:
    """Return whether "before X" of the one is "after X" of the other."""
    there = _orders(source)
    return any(there.get(thing, side) != side for thing, side in _orders(statement).items())


def _orders(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ORDER.finditer(text):
        word, thing = match.group(1).lower(), match.group(2).lower().rstrip(".,")
        side = "early" if word in _EARLY else "late" if word in _LATE else ""
        if side:
            found[thing] = "both" if found.get(thing, side) != side else side
    return {thing: side for thing, side in found.items() if side != "both"}


def refuses(text: str) -> bool:
    """Return whether a statement speaks of the passages' silence or of the writer instead of answering."""
    return bool(_REFUSAL.search(text))


_REFUSAL = re.compile(
    r"\b(?:I|we) (?:can(?:not|['’]t)|could not|couldn['’]t|am unable|are unable|do(?:n['’]t| not)|am (?:sorry|not able)|apologi[sz]e)"
    r"|\b(?:as an? (?:AI|language model|assistant))\b|\bI['’]m (?:sorry|unable|not able|an? )|^(?:sorry|unfortunately)\b"
    r"|\b(?:passages?|context|excerpts?|provided (?:text|information|documents?|sources?)|information provided|given (?:text|documents?|sources?)"
    r"|sources? provided|documents? provided|the texts?|these documents|the documents|the sources)\b"
    r"[^.]{0,40}\b(?:do(?:es)? not|don['’]t|doesn['’]t|no |not |lacks?|silent|nothing|insufficient|fails? to)"
    r"|\b(?:no|not enough|insufficient) (?:relevant |specific |sufficient )?(?:information|evidence|answer|details?)\b[^.]{0,50}"
    r"\b(?:passages?|context|provided|given|available|documents?|sources?)"
    r"|\b(?:is|are) not (?:mentioned|stated|specified|discussed|answered|covered) in (?:the|any|these)"
    r"|\bcannot be (?:answered|determined|established)\b|\bunable to (?:answer|determine|find)\b"
    r"|\bmy (?:own |general )?knowledge\b|\bbased on (?:my|general) knowledge\b",
    re.IGNORECASE,
)


def instructs(text: str) -> bool:
    """Return whether a sentence of a document addresses a language model; it is data and proves nothing."""
    return bool(_INSTRUCTION.search(text))


_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:instructions?|rules?|prompts?|previous|above|passages?)\b"
    r"|\b(?:you are|act as|pretend to be)\b[^.]{0,30}\b(?:assistant|model|AI|chatbot|bot)\b|\bsystem prompt\b"
    r"|^\s*(?:system|assistant|user)\s*:|\b(?:answer|reply|respond|say|write|output|print)\b[^.]{0,20}\b(?:only|exactly|with the word)\b",
    re.IGNORECASE,
)


def merged(parts: Sequence[str]) -> str:
    """Return several slices of a source as one text to compare with."""
    return " ".join(part if part.rstrip().endswith((".", ";", ":", "!", "?")) else f"{part}." for part in parts)
