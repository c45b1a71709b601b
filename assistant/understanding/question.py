"""What a question asks, about whom, and where to look — without any language model, once and for all.

The parts stand in files of their own: `language`, `spelling`, `follow_up`, `asked` (countries), `sources` (documents),
`intent`, `signs` (names, figures, limits), `acronyms`. This file joins them and says in notices what was read
differently from what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.countries import mentions, name_of
from assistant.understanding import language as languages
from assistant.understanding.acronyms import acronyms_in, known_meanings
from assistant.understanding.asked import Asked, asked
from assistant.understanding.follow_up import resolve
from assistant.understanding.intent import asks_denied, intent_of, ranks
from assistant.understanding.known import Known
from assistant.understanding.signs import signs_in
from assistant.understanding.sources import documents_asked, kinds_asked, years_asked
from assistant.understanding.spelling import corrected
from assistant.understanding.turns import Turn
from assistant.understood import Intent, Understood

__all__ = ["Known", "understand"]

_HELP = re.compile(
    r"^\W*(hi|hello|hey|good (morning|afternoon|evening|day)|thanks?( you)?|thank you very much|help|ok(ay)?|test|bye|"
    r"what can (you|i) (do|ask)|who are you|how are you|how does this work|"
    r"bonjour|hallo|hola|ciao|merci|danke|tere|moi)"
    r"\W*( there| everyone| all)?\W*$",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"(?<![\w.,])(\d{1,3})k\b(?!\w)", re.IGNORECASE)


def understand(question: str, history: Sequence[str] = (), known: Known | None = None) -> Understood:
    """Return the question as understood; `history` holds the earlier questions, oldest first. Pure."""
    known = known or Known()
    original = " ".join(question.split())
    if _is_help(original):
        return Understood(original, original, original, help=True)
    earlier = [" ".join(h.split()) for h in history]
    earlier = [h for h in earlier if not _is_help(h)]
    spoken = _language(original, earlier, known)
    typed, corrections = _corrected(original, spoken, known)
    turn = resolve(typed, [_corrected(h, _language(h, (), known), known)[0] for h in earlier], spoken)
    everywhere = spoken != "en" and languages.asks_all(turn.text, spoken)
    found = asked(turn.text, spoken, known, foreign_all=everywhere)
    own, own_notices = _own(found, known)
    intent = _intent(turn, spoken, found)
    search, notices = _search_text(turn, intent, known) if spoken == "en" else (turn.search, ())
    named = mentions(turn.text, True, spoken)
    surfaces = [mention.surface for mention in named]
    signs = signs_in(turn.core, spoken, [*surfaces, found.group, *[name_of(code) for code in found.countries or ()]])
    return Understood(
        original=original,
        text=turn.text,
        search_text=search,
        countries=found.countries,
        places=tuple(dict.fromkeys(m.surface for m in named if m.strength != "institution")),
        group=found.group,
        all_countries=found.everywhere,
        compare=found.compare,
        topic_countries=found.topics,
        kinds=kinds_asked(turn.text, known.kinds),
        years=years_asked(turn.text),
        documents=documents_asked(turn.text, known.titles),
        own=own,
        intent=intent,
        names=signs.names,
        numbers=signs.numbers,
        years_named=signs.years,
        identifiers=signs.identifiers,
        bound=signs.bound,
        denied=asks_denied(turn.core),
        corrections=corrections,
        language=spoken,
        taken=_taken(typed, turn),
        notices=(*_corrected_notices(corrections), *notices, *own_notices),
    )


def _intent(turn: Turn, spoken: str, found: Asked) -> Intent:
    """Return the intent; a question that ranks several countries has no answer that a document states."""
    several = found.everywhere or bool(found.countries and len(found.countries) > 1)
    if several and spoken == "en" and ranks(turn.core):
        return "closest"
    return intent_of(turn.core, spoken, all_countries=found.everywhere)


def _taken(typed: str, turn: Turn) -> tuple[str, ...]:
    """Return the words of the whole question that were not typed: what the history lent."""
    own = {word.lower() for word in re.findall(r"\w+", typed)}
    lent = [word for word in re.findall(r"[\w’'+-]+", turn.text) if not set(re.findall(r"\w+", word.lower())) <= own]
    return (" ".join(dict.fromkeys(lent)),) if turn.taken and lent else ()


def _is_help(text: str) -> bool:
    return not re.search(r"\w", text) or bool(_HELP.match(text))


def _language(question: str, earlier: Sequence[str], known: Known) -> str:
    """Return the language of the question; a short follow-up ("Und Finnland?") speaks that of the turn before."""
    found = languages.language_of(question, known.languages)
    words = re.findall(r"\w+", question.lower())
    if earlier and 0 < len(words) <= 4 and (found != "en" or words[0] in languages.more_words()):
        return _language(earlier[-1], earlier[:-1], known)
    return found


def _corrected(text: str, spoken: str, known: Known) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Write out "100k" and correct the names of an English question."""
    text = _THOUSANDS.sub(r"\1,000", text)
    return corrected(text, known.frequency) if spoken == "en" else (text, ())


def _corrected_notices(corrections: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(f"“{seen}” was read as “{written}”." for seen, written in corrections)


def _search_text(turn: Turn, intent: Intent, known: Known) -> tuple[str, tuple[str, ...]]:
    """Return the words to search with, and what to tell the reader about them."""
    search, notices = turn.search, []
    for short in acronyms_in(turn.text):
        long, notice = _expansion(short, intent, known)
        if long and long.lower() not in search.lower():
            search = f"{search} {long}"
        if notice:
            notices.append(notice)
    return search, tuple(notices)


def _expansion(short: str, intent: Intent, known: Known) -> tuple[str, str]:
    """Return the long form to search with and its notice: only where the short form is unknown or is asked for."""
    if known.frequency is None:
        return "", ""
    if known.frequency(short) == 0 and known.frequency(f"{short}s") == 0:
        long = known_meanings().get(short, "")
        if long and all(known.frequency(word) > 0 for word in long.split() if len(word) > 3):
            return long, f"“{short}” does not occur in the documents; it was read as “{long}”."
        return "", ""
    if intent != "definition" or known.meanings is None or mentions(short, True):
        return "", ""
    meanings = known.meanings(short)
    if len(meanings) == 1:
        return meanings[0], f"{short} stands for “{meanings[0]}” in these documents."
    return "", ""


def _own(found: Asked, known: Known) -> tuple[bool, tuple[str, ...]]:
    """Whether only a country's own documents may answer; where the library has none of them, the reader is told."""
    if not found.own or not found.countries:
        return False, ()
    if not known.documents:
        return True, ()
    lacking = [code for code in found.countries if code not in known.authors]
    if len(lacking) < len(found.countries):
        return True, ()
    names = " and ".join(name_of(code) for code in lacking)
    return False, (f"The library holds no document written by {names} itself; these are documents about it.",)
