"""What the screen may send: the events it has, each with as many values of the kinds that its inputs take.

Gradio takes any object for a value, and some for a file to open, to copy or to fetch. So every body is read here, held
to what the screen can send, and written anew: Gradio sees strings, numbers and lists of strings, and nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.bounds import LONGEST_NAME, Refused, is_texts, read_body
from assistant.chat.asking import LONGEST_QUESTION

MOST_CHOSEN = 300
MOST_NUMBER = 1_000_000
SESSION = re.compile(r"[0-9a-z]{1,40}")
KINDS = ("text", "texts", "number", "kept")
"""Of an input: a text, several chosen texts, a number, or a state that only the server keeps."""


class Events:
    """The events of one screen by number, each with the kinds of its inputs."""

    def __init__(self, inputs: Mapping[int, Sequence[str]]) -> None:
        self._inputs = {number: tuple(kinds) for number, kinds in inputs.items()}

    def checked(self, path: str, raw: bytes) -> bytes:
        """Return the body as Gradio gets it; raises Refused where the screen never sends such a one."""
        data = read_body(raw)
        if not isinstance(data, dict):
            raise Refused("wanted an event of the screen")
        clean = self._join(data) if path.endswith("/join") else self._control(data, cancel=path.endswith("/cancel"))
        return json.dumps(clean).encode()

    def _join(self, data: dict[str, Any]) -> dict[str, Any]:
        _only(data, {"data", "event_data", "fn_index", "trigger_id", "session_hash"})
        number, values, session = data.get("fn_index"), data.get("data"), data.get("session_hash")
        if not _is_number(number) or number not in self._inputs:
            raise Refused('wanted "fn_index": an event of this screen')
        if not (isinstance(session, str) and SESSION.fullmatch(session)):
            raise Refused('wanted "session_hash": small letters and digits')
        if not (data.get("trigger_id") is None or _is_number(data["trigger_id"])) or data.get("event_data") is not None:
            raise Refused('wanted "trigger_id": a number, and no "event_data"')
        kinds = self._inputs[number]
        if not isinstance(values, list) or len(values) != len(kinds):
            raise Refused(f'wanted "data": {len(kinds)} values')
        for place, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if not _fits(kind, value):
                raise Refused(f'wanted "data", value {place + 1}: {_WANTED[kind]}')
        return {"data": values, "fn_index": number, "session_hash": session, "trigger_id": data.get("trigger_id")}

    def _control(self, data: dict[str, Any], *, cancel: bool) -> dict[str, Any]:
        names = {"event_id", "session_hash", "fn_index"} if cancel else {"event_id"}
        _only(data, names)
        event = data.get("event_id")
        if not (isinstance(event, str) and re.fullmatch(r"[0-9a-f]{1,40}", event)):
            raise Refused('wanted "event_id": the number of an event')
        if not cancel:
            return {"event_id": event}
        number, session = data.get("fn_index"), data.get("session_hash")
        if not _is_number(number) or not (isinstance(session, str) and SESSION.fullmatch(session)):
            raise Refused('wanted "fn_index" and "session_hash" of an event')
        return {"event_id": event, "session_hash": session, "fn_index": number}


def _only(data: dict[str, Any], names: set[str]) -> None:
    strange = sorted(set(data) - names)
    if strange:
        raise Refused(f"wanted only {', '.join(sorted(names))}, got {strange[0][:40]!r}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_NUMBER


_WANTED = {
    "text": f"a text of at most {LONGEST_QUESTION} characters",
    "texts": f"at most {MOST_CHOSEN} texts of at most {LONGEST_NAME} characters",
    "number": "a number",
    "kept": "nothing, since it is kept here",
}


def _fits(kind: str, value: Any) -> bool:
    if value is None:
        return True
    if kind == "text":
        return isinstance(value, str) and len(value) <= LONGEST_QUESTION
    if kind == "texts":
        return is_texts(value, MOST_CHOSEN, LONGEST_NAME)
    return kind == "number" and _is_number(value)


def events_of(blocks: Any) -> Events:
    """Return the events of built Gradio blocks. Raises TypeError for an input that no kind is known for."""
    return Events({number: [_kind_of(part) for part in fn.inputs] for number, fn in blocks.fns.items()})


def _kind_of(part: Any) -> str:
    if getattr(part, "stateful", False):
        return "kept"
    name = type(part).__name__
    if name == "Textbox":
        return "text"
    if name == "Dropdown":
        return "texts" if part.multiselect else "number"
    raise TypeError(f"an input of the screen is a {name}: say in chat/events.py what it may send")
