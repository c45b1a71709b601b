# ruff: noqa: E501  (long patterns read better on one line)
"""Follow-ups: what an elliptical question takes from the turns before, and that a full question takes nothing.

"And in Finland?" takes the topic, "What about training?" the countries, "Who pays for it?" and "Why?" both. The result
reads as a question; words that only help the search stand in brackets behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.countries import Mention, countries_in, mentions
from assistant.understanding.asked import asked
from assistant.understanding.everywhere import says_everywhere
from assistant.understanding.groups import groups_in
from assistant.understanding.language import more_words
from assistant.understanding.rewording import (
    ROLE,
    clean,
    entity_of,
    joined,
    swap,
    the_name,
    topic_phrase,
    with_entity,
    with_question_word,
)
from assistant.understanding.standing import THAT, THERE, depends, points_back, stands_alone
from assistant.understanding.turns import Turn, group_label, keeping, place_of, topics_of
from assistant.words import content_words

_FOLLOW = re.compile(
    rf"^(?:(?:and|or|but|then|now|also|so|ok(?:ay)?|{'|'.join(more_words())})\b[\s,]*)?(?:(?:what|how) about|same (?:question |thing )?(?:for|in|with)|the same (?:for|in)|likewise (?:for|in)|also|and)?\b[\s,]*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_AND = re.compile(
    rf"^(?:and|or|but|then|now|also|so|{'|'.join(more_words())}|same|the same|what about|how about|likewise)\b",
    re.IGNORECASE,
)
_COMPARE_THAT = re.compile(
    r"^(?:and |now |so |please |can you |could you )*(?:how (?:does|do|did) (?:that|this|it|they|these) (?:compare|differ)|compared?|contrast(?:ed)?|versus|vs\.?|in comparison|is (?:that|this|it) (?:different|the same))\b",
    re.IGNORECASE,
)
_BARE_WORD = re.compile(
    r"^(?:and |but |so )?(?P<word>why(?: not)?|how(?: so| exactly)?|when|where|since when|by when|until when|from when|by whom|with whom|who|for whom|how much|how many|how long|how often|what for|in what way|at what cost|according to whom)\W*$",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"^(?P<preposition>for|on|about|with|by|to|from|in|at|of|regarding) (?P<thing>.+)$", re.IGNORECASE
)
_WH_OR_AUX = re.compile(
    r"^(?:who|whom|whose|what|when|where|why|how|which|is|are|was|were|does|do|did|has|have|had|can|could|will|would|should|may|must|since|by|in which|from|on what|on which)\b",
    re.IGNORECASE,
)
_EMPTY = frozenset(
    """do does did done doing handle manage look like stand situation case same thing things there here too well it
    that this they go work works say says about happen happens people the course please don't doesn't didn't isn't
    haven't hasn't yes only""".split()  # noqa: SIM905
)
_ENDS_WITH_ROLE = re.compile(rf"\bthe (?:\w+ )?(?:{ROLE})\W*$", re.IGNORECASE)
_MORE = re.compile(
    r"^(?:please )?(?:tell me more|more(?: details?| about (?:it|that|this))?|(?:any )?details|go on|continue|elaborate|explain (?:more|that|this|it))(?: please)?\W*$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:elsewhere|everywhere(?: else)?|(?:the )?others?|(?:in )?(?:all |the )?other countries|the rest|anyone else|who else)\b",
    re.IGNORECASE,
)


def resolve(question: str, history: Sequence[str], language: str = "en") -> Turn:
    """Complete an elliptical question from the turns before (oldest first); a full question takes nothing."""
    if stands_alone(question, language):
        return Turn(question, question)
    before: Turn | None = None
    turn = Turn(question, question)
    for text in (*history, question):
        turn = _complete(text, before) if before and not stands_alone(text) else Turn(text, text)
        inherited = before.entity if before and turn.text != text else ""
        if inherited and set(countries_in(inherited, True)) - set(countries_in(turn.text, True)):
            inherited = ""  # the thing belongs to another country than the one now asked about
        turn = replace(turn, entity=entity_of(turn.text) or inherited, taken=turn.text != text)
        if before is None or not turn.bare:
            before = turn
    return turn


def _complete(question: str, before: Turn) -> Turn:
    if _MORE.match(question):
        return Turn(before.text, before.search)
    if asked(before.text).everywhere:
        question = re.sub(
            r"\bwhich (?:ones?|of (?:them|these|those))\b", "which countries", question, flags=re.IGNORECASE
        )
    named = mentions(question, True)
    label = group_label(question)
    follow = bool(_AND.match(question))
    matched = _FOLLOW.match(question)
    rest = (matched.group("rest") if matched else question).strip(" ,?.!") if follow else question.strip(" ?.!")
    if _COMPARE_THAT.match(question) and (named or label):
        names = joined([the_name(c) for c in dict.fromkeys(m.code for m in named)]) or label
        text = clean(f"{before.core}, compared with {names}?")
        return keeping(text, before)
    if named or label:
        return _with_country(question, rest, named, label, follow, before)
    word = _BARE_WORD.match(question)
    if word:
        return _question_word(word.group("word"), before)
    if _OTHERS.search(question) and len(_content(question)) == 0:
        text = swap(before.text, (), "other countries", topics_of(before))
        return keeping(text, before)
    if says_everywhere(question):
        back = THAT.search(question) or points_back(question) or not _content(question)
        return _attach(question, before, places=False) if back else Turn(question, question)
    if follow and not _WH_OR_AUX.match(rest):
        return _topic(rest, question, before)
    if (follow and len(rest.split()) <= 9) or depends(question):
        return _attach(rest if follow else question, before)
    return Turn(clean(f"{rest}?"), rest) if follow else Turn(question, question)


def _with_country(question: str, rest: str, named: Sequence[Mention], label: str, follow: bool, before: Turn) -> Turn:
    """A follow-up that names a country: the same again for it, or a question on it that points back, or a full one."""
    outside = _outside(rest, mentions(rest, True))
    own = [word for word in content_words(outside) if word not in _EMPTY and not groups_in(word)]
    own = [word for word in own if not (label and word in label.lower())]
    country = (
        label
        or any(m.strength != "institution" for m in named)
        or re.match(r"(?:in|at|for|from)\b", rest, re.IGNORECASE)
    )
    if (
        not own
        and country
        and (follow or len(question.split()) <= 6)
        and not re.match(r"^(?:what|who) (?:is|are|was)\b", rest, re.IGNORECASE)
    ):
        text = swap(before.text, named, label, topics_of(before))
        return keeping(text, before)
    back = points_back(question[: named[0].start]) if named else False
    if (back or THAT.search(question) or re.search(r"\bthe same\b|\bso too\b", question)) and len(
        question.split()
    ) <= 12:
        return _attach(rest if follow else question, before, places=False)
    if follow:
        whole = rest if _WH_OR_AUX.match(rest) else f"What about {rest}"
        return Turn(clean(f"{whole}?"), rest)
    return Turn(question, question)


def _topic(rest: str, question: str, before: Turn) -> Turn:
    """ "What about training?": the countries stay; "And for cancer?": the phrase after the same preposition changes."""
    match = _PREPOSITION.match(rest)
    if match:
        word = match.group("preposition")
        old = re.search(
            rf"\b{word} (?:(?!\b(?:in|on|for|about|with|by|of|at|from)\b)[^,?])+", before.core, re.IGNORECASE
        )
        last = old and re.match(r"\s*$|\s*in\b", before.core[old.end() :])
        if old and last and not mentions(old.group(), True):
            text = clean(f"{before.core[: old.start()]}{rest} {before.core[old.end() :]}?")
            return Turn(text, text)
        if not re.match(r"^(?:what|how) about\b", question, re.IGNORECASE):
            text = clean(f"{before.core} {rest}?")
            return Turn(text, text)
        rest = match.group("thing")
    place = place_of(before, rest)
    said = re.match(
        r"^(?P<lead>.*\b(?:say|says|said|recommend\w*|advise\w*|state|write|mention)\b)(?: (?:on|about|for|of)\b.*)?$",
        before.core,
        re.IGNORECASE,
    )
    if said and not place.strip():
        text = clean(f"{said.group('lead')} about {rest}?")
        return Turn(text, text)
    text = clean(f"What about {rest}{place}?")
    return Turn(text, f"{rest}{place}")


def _question_word(word: str, before: Turn) -> Turn:
    text = with_question_word(word, before.text)
    if text:
        return keeping(text, before)
    return Turn(clean(f"{word}? ({before.core})"), f"{word} {before.search}", bare=True)


def _attach(question: str, before: Turn, *, places: bool = True) -> Turn:
    """Give a question that points back its thing, its topic and (with `places`) its countries."""
    core = question.strip(" ?.!")
    entity = before.entity
    if entity and not places and mentions(entity, True):
        entity = ""  # the thing belongs to a country, and another country is asked about
    changed = _both_countries(core, before) if places else core
    if entity and changed == core:
        changed = with_entity(core, entity)
        if changed == core and _ENDS_WITH_ROLE.search(core):
            changed = f"{core} of {entity}"
    if changed != core:
        place = place_of(before, changed) if places else ""
        phrase = "" if entity and entity in changed else topic_phrase(before.text)
        text = clean(f"{changed}{place}? ({phrase})") if phrase else clean(f"{changed}{place}?")
        return Turn(text, f"{changed}{place} {phrase}".strip() if phrase else text)
    place = place_of(before, core) if places else ""
    if place and THERE.search(core):
        core, place = THERE.sub(place.strip(), core, count=1), ""
    phrase = topic_phrase(entity if entity else before.text) or entity
    text = clean(f"{core}{place}? ({phrase})") if phrase else clean(f"{core}{place}?")
    return Turn(text, f"{core}{place} {phrase}".strip())


def _both_countries(core: str, before: Turn) -> str:
    """Write out "they" and "them" where the turn before was about several countries."""
    codes = asked(before.text).countries or ()
    if not 2 <= len(codes) <= 4 or groups_in(before.text):
        return core
    names = joined([the_name(code) for code in codes])
    return re.sub(
        r"\b(?:they|them|these|the two|both(?: of them)?)\b", lambda _: names, core, count=1, flags=re.IGNORECASE
    )


def _outside(text: str, named: Sequence[Mention]) -> str:
    for mention in reversed(named):
        text = text[: mention.start] + " " + text[mention.end :]
    return text


def _content(text: str) -> list[str]:
    return [word for word in content_words(_OTHERS.sub(" ", text)) if word not in _EMPTY]
