# ruff: noqa: E501  (long patterns read better on one line)
"""Ages and lengths of time: "at what age" and "how long" are answered by no other number.

"Patients wait for their results" with 2,317 patients beside it says nothing on how long they wait.
"""

from __future__ import annotations

import re

from assistant.words import content_stems

_ASKS_AGE = re.compile(r"\b(what|which) age\b|\bage limit\b|\bhow old\b", re.IGNORECASE)
_ASKS_LENGTH = re.compile(
    r"\bhow (long|quickly|fast)\b|\bhow many (more )?(years|months|weeks|days|hours|minutes)\b|\bwithin (what|which) time\b",
    re.IGNORECASE,
)
_NUMBER = r"(\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|half an?|an?|several|few|many|some)"
_AGE = re.compile(
    r"\bage[ds]?\b[^.;]*\d|\d+[ -]years?[ -]olds?\b|\b(under|over) \d+\b|\bborn\b"
    r"|\b(since|founded|established|created|dates)\b[^.;]*\b(19|20)\d\d\b",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    rf"\b{_NUMBER}([ -](and a half|or more|more|full|to|or|and|further|[\d.,]+))*[ -](minute|hour|day|week|month|year|decade|page)s?\b(?! olds?\b)|\bdecades\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b(19|20)\d\d ?[–/-] ?(19|20)?\d\d\b|\b(between|since|until|till|from|to)\b[^.;]*\b(19|20)\d\d\b", re.IGNORECASE
)
PROCESSES = frozenset(
    content_stems("wait waits waiting queue keep keeps kept store stores stored retain retained archive archived")
)
"""What does not last from one year to another: patients sequenced from 2021 to 2024 did not wait so long."""


def asks_age(question: str) -> bool:
    """Return whether an age is asked for."""
    return bool(_ASKS_AGE.search(question))


def asks_length(question: str) -> bool:
    """Return whether a length of time is asked for."""
    return bool(_ASKS_LENGTH.search(question))


def has_age(text: str) -> bool:
    """Return whether a text gives an age, or the year from which one is counted."""
    return bool(_AGE.search(text))


def has_length(text: str, of_years: bool) -> bool:
    """Return whether a text gives a length of time, or, with `of_years`, the years between which something lasts."""
    return bool(_LENGTH.search(text) or (of_years and _YEARS.search(text)))
