"""What happens when somebody asks: filters become a scope, the desk answers, the turn goes onto the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.chat.answer import failed_html, turn_html, waiting_html, writing_html
from assistant.chat.forms import ANSWER, NAMES, offered
from assistant.chat.html import scope_words
from assistant.chat.shelf import Shelf
from assistant.errors import AssistantError, LibraryError
from assistant.model import Answer, Scope
from assistant.ports import ScreenDesk

LONGEST_QUESTION = 2000
KEPT_TURNS = 12
KEPT_QUESTIONS = 6


def scope_of_filters(
    countries: Any = None, kinds: Any = None, first: Any = 0, last: Any = 0, documents: Any = None
) -> Scope | None:
    """Return the filters as a scope; values of the wrong type (a raw request can send anything) count as not set."""

    def texts(value: Any) -> tuple[str, ...] | None:
        return tuple(str(item) for item in value) if isinstance(value, list) and value else None

    def year(value: Any) -> int:
        return int(value) if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10_000 else 0

    low, high = year(first), year(last)
    if low and high and low > high:
        low, high = high, low
    years = (low or 1900, high or 2100) if low or high else None
    scope = Scope(countries=texts(countries), kinds=texts(kinds), documents=texts(documents), years=years)
    return None if scope == Scope() else scope


def responder(desk: ScreenDesk, shelf: Shelf) -> Any:
    """Return the handler of a question. Outputs: conversation, history, turns, question box, samples, new button."""
    import gradio

    def respond(text: Any, history: Any, turns: Any, *filters: Any) -> Iterator[list[Any]]:
        text = (text if isinstance(text, str) else "")[:LONGEST_QUESTION]
        history = [str(item) for item in history][-KEPT_QUESTIONS:] if isinstance(history, list) else []
        turns = [str(item) for item in turns] if isinstance(turns, list) else []
        skip, shown = gradio.skip(), gradio.update(visible=True)
        hidden = gradio.update(visible=False)
        older = "".join(turns)
        try:
            documents = desk.snapshot().documents()
            scope = scope_of_filters(*filters)
            # The box is cleared now, not at the end: the next question may be typed while this one is answered.
            yield [waiting_html(text, len(documents)) + older, skip, skip, "", hidden, shown]
            answer, pieces = None, ""
            for item in desk.ask_stream(text, tuple(history), scope):
                if isinstance(item, Answer):
                    answer = item
                else:
                    pieces += item
                    yield [writing_html(text, pieces) + older, skip, skip, skip, skip, skip]
            assert answer is not None  # the last item of a stream is the answer
        except AssistantError as problem:
            yield [failed_html(text, in_words(problem)) + older, skip, skip, text, hidden, shown]
            return
        turn = _turn(answer, next_number(turns), scope_words(scope, documents), shelf)
        asked = history if answer.verdict == "help" else [*history, text]
        yield [turn + older, asked, [turn, *turns][:KEPT_TURNS], skip, hidden, shown]

    return respond


def next_number(turns: list[str]) -> int:
    """Return the number of the next turn: one more than the newest kept, which stands first."""
    newest = re.match(r'<article class="turn" id="turn-(\d+)"', turns[0]) if turns else None
    return int(newest.group(1)) + 1 if newest else 1


def _turn(answer: Answer, number: int, scope: str, shelf: Shelf) -> str:
    """Return the turn's HTML; an answer that can be saved gets an address for each form."""
    exports = {}
    if answer.verdict != "help":
        token = shelf.put(answer)
        exports = {NAMES[form]: f"/export/{token}.{form}" for form in offered(ANSWER)}
    return turn_html(answer, number, scope=scope, exports=exports)


def in_words(problem: AssistantError) -> str:
    """Return what went wrong for the reader: no path, no name of a class."""
    if isinstance(problem, LibraryError):
        return "The library cannot be used at the moment. Whoever looks after it should run “assistant check”."
    return "This question could not be answered because of a fault. Please ask again or put it differently."


def cleared() -> list[Any]:
    """Return the outputs of a new conversation."""
    import gradio

    return ["", [], [], "", gradio.update(visible=True), gradio.update(visible=False)]
