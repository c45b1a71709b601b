"""From the model's text to draft statements while it arrives: JSON where it writes JSON, else one a line. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

MOST = 12
"""Statements taken from one call; what comes after is not read."""
LONGEST = 700

_NUMBERS = re.compile(
    r"\s*[\[【]\s*(?:passages?\s+)?(\d{1,3}(?:\s*(?:[,;]|and|[-–])\s*\d{1,3})*)\s*(?:†[^\]】]*)?[\]】]"
)
_AFTER_NUMBERS = re.compile(r"(?:(?<=[\]】])|(?<=[\]】][.;]))\s+(?=[A-ZÀ-Þ“\"0-9])")
_BULLET = re.compile(r"^\s*(?:[-*•–]\s+|\d{1,2}[.)]\s+)")
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_OBJECT = re.compile(r"\{\s*\"(?:text|passages)\"\s*:")


@dataclass(frozen=True, slots=True)
class Draft:
    """One statement as the model wrote it: its text without [n], and the numbers it names."""

    text: str
    numbers: tuple[int, ...]


@dataclass
class Reader:
    """Takes pieces of text, gives drafts as soon as each is complete."""

    _buffer: str = ""
    _given: int = 0
    _json: bool | None = None
    _place: int = field(default=0)

    def feed(self, piece: str) -> list[Draft]:
        """Return the drafts that this piece completes."""
        self._buffer += piece
        return self._counted(self._read(False))

    def close(self) -> list[Draft]:
        """Return what is left when the text has ended."""
        return self._counted(self._read(True))

    def _counted(self, drafts: list[Draft]) -> list[Draft]:
        taken = drafts[: MOST - self._given]
        self._given += len(taken)
        return taken

    def _read(self, last: bool) -> list[Draft]:
        if re.search(r"<think(?:ing)?>(?!.*</think(?:ing)?>)", self._buffer, re.DOTALL | re.IGNORECASE) and not last:
            return []
        if self._place == 0:
            self._buffer = _THOUGHT.sub("", self._buffer)
        start = self._buffer.lstrip()
        if self._json is None and (len(start) >= 8 or last):
            self._json = start.startswith(("{", "[{", "[\n", "```"))
        if self._json is None:
            return []
        return self._objects(last) if self._json else self._lines(last)

    def _objects(self, last: bool) -> list[Draft]:
        drafts = []
        while match := _OBJECT.search(self._buffer, self._place):
            try:
                data, end = json.JSONDecoder().raw_decode(self._buffer, match.start())
            except ValueError:
                if last:
                    self._place = len(self._buffer)
                break
            self._place = end
            drafts += _from_object(data)
        if last and not self._given and not drafts:
            self._place = 0
            return self._lines(last)
        return drafts

    def _lines(self, last: bool) -> list[Draft]:
        end = len(self._buffer) if last else self._buffer.rfind("\n") + 1
        text, self._place = self._buffer[self._place : end], max(self._place, end)
        return [draft for line in text.splitlines() for draft in from_line(line)]


def from_line(line: str) -> list[Draft]:
    """Return the statements of one line; a heading or an empty line has none."""
    line = _BULLET.sub("", line.strip()).replace("**", "").strip()
    if not line or line.startswith(("#", "```")) or (line.endswith(":") and len(line.split()) <= 6):
        return []
    return [_draft(part) for part in _AFTER_NUMBERS.split(line) if re.search(r"\w", _NUMBERS.sub("", part))]


def _draft(text: str) -> Draft:
    numbers = [n for match in _NUMBERS.finditer(text) for n in _each(match.group(1))]
    plain = re.sub(r"\s+([.,;:])", r"\1", _NUMBERS.sub("", text)).strip()
    return Draft(tidy(plain), tuple(dict.fromkeys(numbers)))


def _from_object(data: object) -> list[Draft]:
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        return []
    passages = data.get("passages")
    given = [n for n in passages if isinstance(n, int)] if isinstance(passages, list) else []
    draft = _draft(data["text"])
    return [Draft(draft.text, tuple(dict.fromkeys([*given, *draft.numbers])))] if draft.text else []


def _each(text: str) -> list[int]:
    span = re.fullmatch(r"(\d+)\s*[-–]\s*(\d+)", text)
    if span and 0 <= int(span.group(2)) - int(span.group(1)) <= 10:
        return list(range(int(span.group(1)), int(span.group(2)) + 1))
    return [int(n) for n in re.findall(r"\d+", text)]


def tidy(text: str) -> str:
    """Return text in one line without control, direction and zero-width characters."""
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "", text)
    return re.sub(r"\s+", " ", text).strip()
