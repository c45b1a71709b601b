"""What happens when somebody asks: filters become a scope, the desk answers, the turn goes onto the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.chat.answer import failed_html, turn_html, waiting_html, writing_html
from assistant.chat.carry import address_of, carried
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
    """Return the handler of a question. Outputs: conversation, history, turns, question box, samples, the filters."""
    import gradio

    def respond(text: Any, history: Any, turns: Any, carry: Any, *filters: Any) -> Iterator[list[Any]]:
        text, told = (text if isinstance(text, str) else "")[:LONGEST_QUESTION], carried(carry)
        kept = [str(item) for item in history] if isinstance(history, list) and history else list(told.history)
        history = [item[:LONGEST_QUESTION] for item in kept][-KEPT_QUESTIONS:]
        turns = [str(item) for item in turns] if isinstance(turns, list) else []
        skip, hidden = gradio.skip(), gradio.update(visible=False)
        same = [skip] * len(filters)
        older = "".join(turns)
        try:
            documents = desk.snapshot().documents()
            filters = no_filters() if told.everywhere else filters
            scope = scope_of_filters(*filters)
            # The box is cleared now, not at the end: the next question may be typed while this one is answered.
            reset = filters if told.everywhere else same
            yield [waiting_html(text, len(documents)) + older, skip, skip, "", hidden, *reset]
            answer, pieces = None, ""
            for item in desk.ask_stream(text, () if told.alone else tuple(history), scope):
                if isinstance(item, Answer):
                    answer = item
                else:
                    pieces += item
                    yield [writing_html(text, pieces) + older, skip, skip, skip, skip, *same]
            assert answer is not None  # the last item of a stream is the answer
        except AssistantError as problem:
            yield [failed_html(text, in_words(problem)) + older, skip, skip, text, hidden, *same]
            return
        number = max(next_number(turns), told.number + 1)
        turn = _turn(answer, number, filters, scope_words(scope, documents), shelf)
        asked = history if answer.verdict == "help" else [*history, text]
        yield [turn + older, asked, [turn, *turns][:KEPT_TURNS], skip, hidden, *same]

    return respond


def no_filters() -> tuple[Any, ...]:
    """Return the values of the five filters where none is set."""
    return ([], [], 0, 0, [])


def next_number(turns: list[str]) -> int:
    """Return the number of the next turn: one more than the newest kept, which stands first."""
    newest = re.match(r'<article class="turn" id="turn-(\d+)"', turns[0]) if turns else None
    return int(newest.group(1)) + 1 if newest else 1


def _turn(answer: Answer, number: int, filters: Sequence[Any], scope: str, shelf: Shelf) -> str:
    """Return the turn's HTML with the address of the answer; one that can be saved gets an address for each form."""
    exports, token = {}, ""
    if answer.verdict != "help":
        token = shelf.put(answer)
        exports = {NAMES[form]: f"/export/{token}.{form}" for form in offered(ANSWER)}
    stands_alone = answer.understood if answer.taken else answer.question
    address = address_of(stands_alone, filters)
    return turn_html(answer, number, scope=scope, exports=exports, address=address, token=token)


def in_words(problem: AssistantError) -> str:
    """Return what went wrong for the reader: no path, no name of a class."""
    if isinstance(problem, LibraryError):
        return "The library cannot be used at the moment. Whoever looks after it should run “assistant check”."
    return "This question could not be answered because of a fault. Please ask again or put it differently."


def cleared() -> list[Any]:
    """Return the outputs of a new conversation: nothing asked, no filter set."""
    import gradio

    return ["", [], [], "", gradio.update(visible=True), *no_filters()]
