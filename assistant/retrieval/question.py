"""What a question asks, about whom, and where to look — without any language model.

The parts stand in files of their own: `language`, `spelling`, `follow_up`, `asked` (countries), `sources` and `titled`
(documents), `expects`, `overview`, `acronyms`. This file joins them and says in notices what was read differently from
what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.countries import is_whole, mentions, name_of
from assistant.model import Understood
from assistant.retrieval import language as languages
from assistant.retrieval.acronyms import acronyms_in, known_meanings
from assistant.retrieval.asked import Asked, asked
from assistant.retrieval.expects import expectation
from assistant.retrieval.follow_up import resolve
from assistant.retrieval.known import Known
from assistant.retrieval.overview import PROFILE, asks_overview
from assistant.retrieval.sources import documents_asked, kinds_asked, without_frame, years_asked
from assistant.retrieval.spelling import corrected
from assistant.retrieval.titled import titled, visited
from assistant.retrieval.turns import Turn

__all__ = ["Known", "edited", "expectation", "understand"]


_HELP = re.compile(
    r"^\W*(hi|hello|hey|good (morning|afternoon|evening|day)|thanks?( you)?|thank you very much|help|ok(ay)?|test|bye|"
    r"what can (you|i) (do|ask)|who are you|how are you|how does this work|"
    r"bonjour|hallo|hola|ciao|merci|danke|tere|moi)"
    r"\W*( there| everyone| all)?\W*$",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"(?<![\w.,])(\d{1,3})k\b(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Source:
    """The kinds and ids of the documents in which to look, None for any of them."""

    kinds: tuple[str, ...] | None
    documents: tuple[str, ...] | None
    titled: bool
    """Whether words of the question only tell which document is meant, by its subject."""

    @property
    def framed(self) -> bool:
        """Whether words of the question only say where to look."""
        return bool(self.kinds) or self.titled


def understand(question: str, history: Sequence[str] = (), known: Known | None = None) -> Understood:
    """Return the question as understood; `history` holds the earlier questions, oldest first. Pure."""
    known = known or Known()
    original = " ".join(question.split())
    if _is_help(original):
        return Understood(original, original, original, help=True)
    earlier = [" ".join(h.split()) for h in history]
    earlier = [h for h in earlier if not _is_help(h)]
    spoken = _language(original, earlier)
    typed, corrections = _corrected(original, spoken, known)
    turn = resolve(typed, [_corrected(h, languages.language_of(h), known)[0] for h in earlier])
    everywhere = spoken != "en" and languages.asks_all(turn.text, spoken)
    found = asked(turn.text, spoken, known, foreign_all=everywhere)
    source, plain, found = _source(turn.text, spoken, found, known)
    own, own_notices = _own(found, known)
    years = years_asked(turn.text)
    expects = expectation(turn.core) if spoken == "en" else languages.expects_of(turn.core, spoken)
    if spoken == "en" and _asks_account(turn.text, plain, source, found):
        expects, turn = "overview", Turn(turn.text, _account_of(found.countries or ()))
    turn, notices = _to_search(turn, spoken, source, found.everywhere, known)
    return Understood(
        original=original,
        text=turn.text,
        search_text=turn.search,
        countries=found.countries,
        group=found.group,
        all_countries=found.everywhere,
        compare=found.compare,
        topic_countries=found.topics,
        kinds=source.kinds,
        years=years,
        documents=source.documents,
        own=own,
        expects=expects,
        corrections=corrections,
        language=spoken,
        notices=(*_corrected_notices(corrections), *notices, *own_notices),
    )


def _source(text: str, spoken: str, found: Asked, known: Known) -> tuple[_Source, str, Asked]:
    """Return in which documents to look, the question without the words that name them, and whom it asks about then.

    The country of a visit tells which report is meant; asked about are the other countries, where it names any.
    """
    kinds, documents = kinds_asked(text, known.kinds), documents_asked(text, known.titles)
    if documents is not None or spoken != "en" or found.everywhere:
        return _Source(kinds, documents, titled=False), text, found
    meant, plain = titled(text, known.documents)
    if meant:
        return _Source(None, (meant,), plain != text), plain, found
    meant, rest = visited(text, known.documents)
    if not meant:
        return _Source(kinds, None, titled=False), text, found
    among = asked(rest, spoken, known)
    return _Source(None, (meant,), titled=False), text, among if among.countries else found


def _asks_account(text: str, plain: str, source: _Source, found: Asked) -> bool:
    """Whether a question names countries or documents and no subject: it wants an account of them."""
    if found.everywhere or found.topics or not (found.countries or source.kinds or source.documents):
        return False
    names = [m.surface for m in mentions(text, True) if is_whole(m)] + [found.group]
    return asks_overview(without_frame(plain) if source.framed else plain, names)


def _to_search(
    turn: Turn, spoken: str, source: _Source, everywhere: bool, known: Known
) -> tuple[Turn, tuple[str, ...]]:
    """Return the turn with the words to search with, and what to tell the reader about them."""
    if spoken != "en":
        return _from_abroad(turn, spoken, known, everywhere)
    search, notices = _search_text(turn, known)
    if source.titled:
        search = titled(search, known.documents)[1]
    return Turn(turn.text, without_frame(search) if source.framed else search), notices


def _account_of(countries: Sequence[str]) -> str:
    return " ".join((*[name_of(code) for code in countries], PROFILE))


def _is_help(text: str) -> bool:
    return not re.search(r"\w", text) or bool(_HELP.match(text))


def _language(question: str, earlier: Sequence[str]) -> str:
    """Return the language of the question; a short follow-up ("Und Finnland?") speaks that of the turn before."""
    found = languages.language_of(question)
    words = re.findall(r"\w+", question.lower())
    if found == "en" and earlier and len(words) <= 4 and words and words[0] in languages.more_words():
        return _language(earlier[-1], earlier[:-1])
    return found


def _corrected(text: str, spoken: str, known: Known) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Write out "100k" and correct the names of an English question."""
    text = _THOUSANDS.sub(r"\1,000", text)
    return corrected(text, known.frequency) if spoken == "en" else (text, ())


def _corrected_notices(corrections: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(f"“{seen}” was read as “{written}”." for seen, written in corrections)


def _search_text(turn: Turn, known: Known) -> tuple[str, tuple[str, ...]]:
    """Return the words to search with, and what to tell the reader about them."""
    search, notices = turn.search, []
    for short in acronyms_in(turn.text):
        long, notice = _expansion(short, turn, known)
        if long and long.lower() not in search.lower():
            search = f"{search} {long}"
        if notice:
            notices.append(notice)
    return search, tuple(notices)


def _expansion(short: str, turn: Turn, known: Known) -> tuple[str, str]:
    """Return the long form to search with and its notice: only where the short form is unknown or is asked for."""
    if known.frequency is None:
        return "", ""
    if known.frequency(short) == 0 and known.frequency(f"{short}s") == 0:
        long = known_meanings().get(short, "")
        if long and all(known.frequency(word) > 0 for word in long.split() if len(word) > 3):
            return long, f"“{short}” does not occur in the documents; it was read as “{long}”."
        return "", ""
    if expectation(turn.core) != "definition" or known.meanings is None or mentions(short, True):
        return "", ""
    meanings = known.meanings(short)
    if len(meanings) == 1:
        return meanings[0], f"{short} stands for “{meanings[0]}” in these documents."
    return "", ""


def _from_abroad(turn: Turn, spoken: str, known: Known, everywhere: bool) -> tuple[Turn, tuple[str, ...]]:
    """Read a question in another language: as it is with a multilingual encoder, else by names and cognates.

    Where the library has documents in that language, the question is searched as it stands too, and shown as typed.
    """
    if known.multilingual:
        return turn, ()
    english = languages.in_english(turn.search, spoken, known.frequency)
    note = f"The question seems to be in {languages.NAMES[spoken]}; answers are best in English."
    if not english:
        return turn, (note,)
    notices = (f"{note} It was read as: {', '.join(english)}.",)
    words = " ".join(english)
    if spoken in known.languages:
        return Turn(turn.text, f"{turn.search} {words}"), notices
    kind = languages.expects_of(turn.core, spoken)
    return Turn(f"{languages.asking(kind, everywhere)}: {', '.join(english)}?", words), notices


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


def edited(understood: Understood, text: str) -> Understood:
    """Return the understanding with another wording (the reader edited it)."""
    return replace(understood, text=text, search_text=text)
