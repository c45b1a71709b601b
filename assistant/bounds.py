"""What a request from outside may hold: every text, list and number has a bound, and one sentence says what was wanted.

A body is read once, here, for the API and for the events of the screen. What JSON allows and text does not (half
characters, NaN, nesting without end) is refused before anybody else looks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant.contract import Question, question_of, read_json
from assistant.errors import QuestionError

LONGEST_QUESTION = 4000
LONGEST_NAME = 300
LONGEST_ID = 200
MOST_HISTORY = 20
MOST_COUNTRIES = 60
MOST_DOCUMENTS = 200
MOST_HITS = 100
MOST_MESSAGES = 200
LONGEST_MESSAGE = 60_000
"""Of a conversation in the OpenAI form: answers come back in it."""
FIELDS = frozenset({"id", "question", "history", "countries", "documents", "top"})


class Refused(Exception):
    """A body is not what is wanted; the text is one sentence for whoever sent it."""


def read_body(raw: bytes) -> Any:
    """Return the value of a body, JSON in UTF-8; raises Refused."""
    try:
        return read_json(raw.decode("utf-8"))
    except UnicodeDecodeError as problem:
        raise Refused("wanted JSON in UTF-8") from problem
    except QuestionError as problem:
        raise Refused(str(problem)[:LONGEST_NAME]) from problem


def read_question(raw: bytes) -> tuple[Question, int]:
    """Return the question of a body of the API and how many hits are wanted; raises Refused."""
    data = read_body(raw)
    if not isinstance(data, dict):
        raise Refused("wanted an object with a question")
    strange = sorted(set(data) - FIELDS)
    if strange:
        raise Refused(f"wanted only {', '.join(sorted(FIELDS))}, got {strange[0][:40]!r}")
    _check_identifier(data.get("id"))
    if len(_text(data, "question")) > LONGEST_QUESTION:
        raise Refused(f"a question has at most {LONGEST_QUESTION} characters")
    _check_list(data, "history", MOST_HISTORY, LONGEST_QUESTION)
    _check_list(data, "countries", MOST_COUNTRIES, 2)
    _check_list(data, "documents", MOST_DOCUMENTS, LONGEST_NAME)
    if not all(re.fullmatch("[A-Za-z]{2}", code) for code in data.get("countries") or ()):
        raise Refused('wanted "countries": ISO codes such as "EE"')
    top = data.get("top", 10)
    if isinstance(top, bool) or not isinstance(top, int) or not 1 <= top <= MOST_HITS:
        raise Refused(f'wanted "top": 1 to {MOST_HITS}')
    try:
        return question_of(data), top
    except QuestionError as problem:
        raise Refused(str(problem)[:LONGEST_NAME]) from problem


def _check_identifier(value: Any) -> None:
    number = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18
    if not (value is None or number or (isinstance(value, str) and len(value) <= LONGEST_ID)):
        raise Refused(f'wanted "id": a text of at most {LONGEST_ID} characters, or a number')


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str):
        raise Refused(f'wanted "{name}": text')
    return value


def _check_list(data: Mapping[str, Any], name: str, most: int, longest: int) -> None:
    value = data.get(name)
    if not (value is None or is_texts(value, most, longest)):
        raise Refused(f'wanted "{name}": at most {most} texts, each of at most {longest} characters')


def is_texts(value: Any, most: int, longest: int) -> bool:
    """Return whether a value is a list of at most `most` texts of at most `longest` characters each."""
    return (
        isinstance(value, list) and len(value) <= most and all(isinstance(v, str) and len(v) <= longest for v in value)
    )
