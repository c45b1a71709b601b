"""The head of an answer: the question, how it was understood, what it took from before, the verdict, the first line."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.chat.html import VERDICT_SIGNS, VERDICT_WORDS, safe
from assistant.model import Answer, Citation

NEAREST = "These passages come nearest; they may not answer the question."
"""What the verdict "closest" says already; what follows it in the remark is kept."""

Link = Callable[[Citation, str], str]


def head_html(answer: Answer, turn: int, scope: str, link: Link) -> list[str]:
    """Return the head; `scope` says which filters were set, `link` makes the button of a citation's number."""
    parts = [f'<h2 class="asked" id="asked-{turn}" tabindex="-1">{safe(answer.question) or "…"}</h2>']
    if answer.understood.strip() != answer.question.strip() and answer.verdict != "help":
        parts.append(f'<p class="understood">Understood as: <em>{_lent(answer)}</em></p>')
    if answer.taken:
        parts.append(_taken(answer))
    if scope:
        parts.append(
            f'<p class="understood">Looked only in: {safe(scope)} <button type="button" class="link lift" '
            f'data-everywhere="{safe(answer.question)}">Ask the whole library</button></p>'
        )
    parts += [f'<p class="notice">{safe(notice)}</p>' for notice in answer.notices]
    return [*parts, _verdict(answer), *_headline(answer, link)]


def _lent(answer: Answer) -> str:
    """Return the question as understood, the words that were taken from before underlined."""
    lent = {word.lower() for text in answer.taken for word in text.split()}
    pieces = re.split(r"([\w’'+-]+)", answer.understood)
    return "".join(f"<u>{safe(piece)}</u>" if piece.lower() in lent else safe(piece) for piece in pieces)


def _taken(answer: Answer) -> str:
    words = safe(" · ".join(answer.taken))
    return (
        f'<p class="taken"><button type="button" class="chip" data-alone="{safe(answer.question)}" '
        f'aria-label="Leave out what was taken from the questions before: {words}">underlined: taken from before '
        '<span aria-hidden="true">✕</span></button> '
        f'<button type="button" class="link" data-alone="{safe(answer.question)}">Ask exactly as written</button></p>'
    )


def _verdict(answer: Answer) -> str:
    """Return the verdict in words, with its sign and how sure it is: three ways to tell it apart without colour."""
    sign = f'<span aria-hidden="true">{VERDICT_SIGNS[answer.verdict]}</span> '
    sure = chance_words(answer)
    return f'<p class="verdict verdict-{answer.verdict}">{sign}{VERDICT_WORDS[answer.verdict]}{sure}</p>'


def chance_words(answer: Answer) -> str:
    """Return how sure the verdict is, in words; '' where nothing is shown that could answer."""
    if answer.verdict not in ("answered", "partly", "closest") or not 0 < answer.probability <= 1:
        return ""
    tenths = round(10 * answer.probability)
    words = {0: "hardly likely", 10: "nearly certain"}.get(tenths, f"about {tenths} in 10")
    return f' <span class="chance">· chance that the answer is here: {words}</span>'


def _headline(answer: Answer, link: Link) -> list[str]:
    """Return the first line with its numbers as buttons, and the words that answer marked."""
    if not answer.headline:
        return []
    by_number = {str(c.number): c for c in answer.citations}
    pieces = re.split(r"\[(\d+)\]", answer.headline)
    shown = []
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            shown.append(marked_html(piece, answer.citations))
        else:
            shown.append(link(by_number[piece], f"[{piece}]") if piece in by_number else safe(f"[{piece}]"))
    return [f'<p class="headline"{language_of(answer.citations[:1])}>{"".join(shown)}</p>']


def marked_html(text: str, citations: tuple[Citation, ...]) -> str:
    """Return a text with the words that answer (a number, a date, a name) marked where a citation names them."""
    for citation in citations:
        words = " ".join(citation.quote[slice(*citation.marked)].split()) if citation.marked else ""
        if words and words in text:
            before, after = text.split(words, 1)
            return f"{safe(before)}<mark>{safe(words)}</mark>{safe(after)}"
    return safe(text)


def language_of(citations: tuple[Citation, ...]) -> str:
    """Return the attribute that tells a screen reader the language of a quotation, '' for English."""
    language = citations[0].language if citations else "en"
    return f' lang="{safe(language)}"' if language != "en" else ""


def remarks_of(answer: Answer) -> list[str]:
    """Return the remarks without what the verdict says already."""
    left = [line.removeprefix(NEAREST).strip() if answer.verdict == "closest" else line for line in answer.remarks]
    return [line for line in left if line]
