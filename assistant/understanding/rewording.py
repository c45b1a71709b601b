# ruff: noqa: E501  (long patterns read better on one line)
"""How a follow-up is put into whole words: one country in the place of another, "it" by what it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.countries import Mention, adjective_of, mentions, name_of
from assistant.understanding.asked import says_compare

_WITH_THE = frozenset(["NL", "GB", "US", "AE", "BS", "PH", "MV"])
_SURFACE_WITH_THE = re.compile(
    r"U\.?[KS]|USA|Netherlands|United |Czech Rep|Slovak Rep|Republic|Basque|Azores|Aosta|Faroe|Emirates"
)
_GROUP_PHRASE = re.compile(
    r"\b(?:the )?(?:nordic|scandinavian|baltic|benelux|iberian|visegrad|german-speaking|host|signatory)s?(?: countries| states)?\b|\bthe mediterranean islands\b",
    re.IGNORECASE,
)
_AUX = "is|are|was|were|does|do|did|has|have|had|can|could|will|would|should|may|must"
ROLE = (
    "director|head|leader|chair|president|minister|ministry|coordinator|owner|budget|cost|costs|price|goal|goals|aim|aims|"
    "target|targets|law|act|bill|rule|rules|centre|center|plan|plans|programme|program|project|projects|biobank|biobanks|"
    "strategy|strategies|pilot|pilots|panel|study|studies|cohort|network|platform|service|services|institute|hub|hubs|"
    "campaign|campaigns|visit|foundation|initiative|register|registry|database|model|company|board|council|agency|"
    "authority|office|group|groups|fund|library|system|portal|partnership|consortium|change|changes|reform|amendment|"
    "decision|proposal|draft|result|results|outcome|findings|deadline|start|end|date|size|staff|team|partners|members|"
    "participants|patients|donors|volunteers|samples|genomes|money|funding|next step|next steps|role|roles|"
    "insurers|hospitals|laboratories|labs|centres|regions|consent|infrastructure|data|report|brief|roadmap|directory|"
    "convention|catalogue|screening|test|tests|idea|vision|mission|strategy document|successor|predecessor|reason|reasons"
)
"""Words for one thing or person of a country that a follow-up may mean by "it"."""
_NOUN_PHRASE = re.compile(
    rf"\b(?P<article>the|an?|its|their|[A-Z]\w+['’]s) (?P<noun>(?:[\w+’'-]+ ){{0,4}}?(?:{ROLE}))\b(?P<tail> (?:of|for) [A-Z1][\w+-]*(?: [A-Z][\w+-]*)*)?",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(
    r"^(?:and |so )?(?:what|who|which)(?: exactly)?(?: is| are| was| were|'s) (?P<it>.+)$", re.IGNORECASE
)
_TELL = re.compile(r"^(?:please )?(?:tell (?:me|us) (?:more )?about|describe|explain) (?P<it>.+)$", re.IGNORECASE)
_SUBJECT = re.compile(
    rf"^(?i:(?:(?:and|so|when|why|how|where|since when) )*(?:{_AUX})) (?P<it>(?:the )?[A-Z][\w+-]*[A-Z\d][\w+-]*)(?= )"
)
_LEADING = re.compile(
    rf"^\W*(?:(?:and|so|but|or|then|now|also)\b\s*)?(?:(?:what|who|whom|whose|which|when|where|why|how|since when|by when|in which|from when)\b\s*)?"
    rf"(?:(?:many|much|long|big|large|often|old)\b\s*)?(?:(?:{_AUX})\b\s*)?(?:(?:compare|contrast|list|name|happening)\b\s*)?",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:it|its|they|them|their|there|that|this|does|do|did|is|are|countries|states|country)\b|"
    r"\b(?:the )?(?:nordic|scandinavian|baltic|benelux|iberian|visegrad|german-speaking|signatory|host)s?(?: countries)?\b",
    re.IGNORECASE,
)
_LIST_GAP = re.compile(r"\s*(?:,|and|or|with|versus|vs\.?|&|,\s*and)\s*(?:in\s+|the\s+|and\s+)*", re.IGNORECASE)


def the_name(code: str) -> str:
    """Return the name of a country as it stands in a sentence ("the Netherlands")."""
    return f"the {name_of(code)}" if code in _WITH_THE else name_of(code)


def as_written(surface: str) -> str:
    """Return a country's name as typed, with the article it takes ("the UK")."""
    return f"the {surface}" if _SURFACE_WITH_THE.match(surface) else surface


def joined(names: Sequence[str]) -> str:
    """Return "A", "A and B" or "A, B and C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def clean(text: str) -> str:
    """Return the text with single spaces, one article and a capital first letter."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\bthe (the|The) ", "the ", text, flags=re.IGNORECASE)
    text = re.sub(r"\s+([?,.;])", r"\1", text)
    return text[:1].upper() + text[1:]


def core_of(text: str) -> str:
    """Return a question without what was added in brackets and without its question mark."""
    return re.sub(r"\s*\([^)]*\)\s*$", "", text).rstrip(" ?.!")


def topic_phrase(text: str) -> str:
    """Return what is left of a question without question words and countries: "newborn sequencing"."""
    core, bracket = core_of(text), re.search(r"\(([^)]*)\)\s*$", text)
    found = [m for m in mentions(core, True) if m.strength != "institution"]
    for mention in reversed(found):
        before = re.sub(r"\b(?:(?:in|of|from|for|by|at|to|the|and|or|with|between)\s+)+$", "", core[: mention.start])
        after = re.sub(r"^[’']s?", "", core[mention.end :])
        core = f"{before} {after}"
    core = _LEADING.sub("", re.sub(r"\s+", " ", core).strip())
    core = _FILLER.sub(" ", re.sub(r"^(?:a|an|the)\b|^(?:have|has|get|gets) (?:a |an |the )?", " ", core))
    whole = f"{core} {bracket.group(1)}" if bracket else core
    return re.sub(r"\s+", " ", whole).strip(" ,;:?")


def entity_of(text: str) -> str:
    """Return the one thing an earlier question was about ("the Danish National Genome Center"), or ""."""
    core = core_of(text)
    match = _WHAT_IS.match(core) or _TELL.match(core)
    if match:
        thing = str(match.group("it")).strip()
        of = re.fullmatch(
            r"the (?:position|role|status|situation|state|view|approach|case|stance) (?:of|in) (.+)", thing
        )
        if of and mentions(of.group(1), True):
            return of.group(1)
        if (
            not re.match(rf"(?:\w+ing|{_AUX}|done|known|said|there|it|that|this|like|about)\b", thing)
            and len(thing.split()) <= 9
        ):
            return thing
    for mention in mentions(core, True):
        if mention.strength == "institution" and not re.search(
            r"\b(?:in|at|from|near)\s+(?:the\s+)?$", core[: mention.start]
        ):
            the = re.search(r"\bthe\s+$", core[: mention.start], re.IGNORECASE)
            return f"{'the ' if the else ''}{mention.surface}"
    subject = _SUBJECT.match(core)
    if subject and not mentions(subject.group("it"), True):
        return str(subject.group("it"))
    phrase = _NOUN_PHRASE.search(core)
    if not phrase:
        return ""
    article, noun, tail = str(phrase["article"]), str(phrase["noun"]), str(phrase["tail"] or "")
    if article.endswith("s") and article.lower() != "its":
        return f"{article} {noun}{tail}"
    return f"the {noun}{tail}" if len(noun.split()) > 1 or article.lower() in ("its", "their") else ""


def with_entity(question: str, entity: str) -> str:
    """Put the entity in the place of "it", "its" or a bare "that"; returns the question unchanged where none stands."""
    if re.search(
        r"\bit (?:is |was )?(?:true|possible|clear|known|likely|necessary|important) (?:that|to)\b",
        question,
        re.IGNORECASE,
    ):
        return question
    long = len(entity.split()) > 4 or bool(re.search(r" (?:of|in|for) ", entity))

    def owned(match: re.Match[str]) -> str:
        thing = match.group("thing")
        return f"the {thing} of {entity}" if long else f"{entity}'s {thing}"

    changed = re.sub(r"\bits (?:own )?(?P<thing>\w+)", owned, question, count=1, flags=re.IGNORECASE)
    if changed != question:
        return changed
    return re.sub(
        r"\bit\b(?!')|\b(?:that|this)\b(?=\s*(?:$|\?|,|in\b|\w+ed\b|done\b))",
        lambda _: entity,
        question,
        count=1,
        flags=re.IGNORECASE,
    )


def swap(before: str, named: Sequence[Mention], label: str, topics: Sequence[str] = ()) -> str:
    """Put other countries in the place of those in an earlier question; `label` names a group ("the Nordic countries")."""
    wanted = [the_name(code) for code in dict.fromkeys(m.code for m in named)]
    core = core_of(before)
    asked = re.match(
        r"^(?:and |but |so )?(?P<in>in |for )?(?:which|what) (?:other |\w+ )?(?:countries|country|states) (?P<rest>.+)$",
        core,
        re.IGNORECASE,
    )
    if asked and wanted:
        names = joined(wanted)
        if asked.group("in"):
            return clean(f"{asked.group('rest')} {asked.group('in').lower()}{names}?")
        return clean(f"{'Are' if len(wanted) > 1 else 'Is'} {names} among the countries that {asked.group('rest')}?")
    old = [m for m in mentions(core, True) if m.code not in topics]
    if old and all(m.strength == "institution" for m in old):
        return _swap_institution(core, old[0], joined(wanted) or label)
    old = [m for m in old if m.strength != "institution"]
    if not old and _GROUP_PHRASE.search(core):
        return clean(f"{_GROUP_PHRASE.sub(lambda _: joined(wanted) or label, core, count=1)}?")
    if not old:
        return clean(f"{core} in {joined(wanted) or label}?")
    if says_compare(core) and len({m.code for m in old}) > 1 and wanted:
        wanted = list(dict.fromkeys([*(the_name(m.code) for m in old), *wanted]))
    return clean(f"{_put(core, old, named, joined(wanted) or label, len(wanted) != 1)}?")


def _put(core: str, old: Sequence[Mention], named: Sequence[Mention], names: str, many: bool) -> str:
    out: list[str] = []
    position, placed = 0, False
    codes = {m.code for m in named}
    for mention in old:
        gap = core[position : mention.start]
        if placed and _LIST_GAP.fullmatch(gap):
            position = mention.end
            continue
        text = names
        if _is_adjective(core, mention) or _qualifies(core, mention):
            text = adjective_of(next(iter(codes))) if len(codes) == 1 and not many else names
            text = text or names
        else:
            gap = re.sub(r"\bthe\s+$", "", gap, flags=re.IGNORECASE)
        out.extend((_agreeing(gap, many) if not placed else gap, text))
        position, placed = mention.end, True
    return "".join(out) + core[position:]


def _is_adjective(core: str, mention: Mention) -> bool:
    """Whether the word qualifies a noun ("the Danish centre"), unlike "the Danes" and "the Dutch pay"."""
    if mention.strength != "adjective" or mention.surface.lower() != adjective_of(mention.code).lower():
        return False
    return bool(re.match(rf"\s+(?!(?:{_AUX}|pay|pays|in|on|with|and|for)\b)\w", core[mention.end :]))


def _qualifies(core: str, mention: Mention) -> bool:
    """Whether a name qualifies a noun of the subject ("the UK visit")."""
    return bool(re.search(r"\bthe\s+$", core[: mention.start])) and bool(
        re.match(rf"\s+(?:{ROLE})\b", core[mention.end :])
    )


def _agreeing(gap: str, many: bool) -> str:
    """Let the verb right before the country agree with one country or several."""
    pairs = (("do", "does"), ("are", "is"), ("were", "was"), ("have", "has"))
    for plural, single in pairs:
        old, new = (single, plural) if many else (plural, single)
        gap = re.sub(rf"\b{old}(?=\s+$)", new, gap, flags=re.IGNORECASE)
    return gap


def _swap_institution(core: str, old: Mention, names: str) -> str:
    """Ask of other countries what was asked of an institution."""
    start = re.sub(r"\bthe\s+$", "", core[: old.start], flags=re.IGNORECASE)
    rest = core[old.end :]
    if _WHAT_IS.match(core) and not rest.strip():
        return clean(f"Is there something like {old.surface} in {names}?")
    if re.search(rf"\b(?:{_AUX})\s+$", start) and rest.strip():
        return clean(f"{start}{names}{rest}?")
    return clean(f"{start}something like {old.surface}{rest} in {names}?")


def with_question_word(word: str, before: str) -> str:
    """Ask an earlier question again with another question word ("Since when is NIPT reimbursed in Belgium?"), or ""."""
    core = core_of(before)
    adverb = re.match(
        rf"^(?:and |so )?(?:how|why|when|where|since when|by when|in (?:what|which) way) (?P<rest>(?:{_AUX}) .+)$",
        core,
        re.IGNORECASE,
    )
    if adverb:
        return clean(f"{word} {adverb.group('rest')}?")
    if re.match(rf"^(?:{_AUX}) ", core, re.IGNORECASE):
        return clean(f"{word} {core[:1].lower()}{core[1:]}?")
    return ""
