"""Signs that nobody sees: zero-width characters, direction controls, tag characters (pure).

They carry no meaning a reader could check, and they are used to hide words or to turn a line round. They are left
out of stored text wherever we build the text ourselves; a text file is stored unchanged, so there its lines are not
offered.
"""

from __future__ import annotations

import re

ZERO_WIDTH = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
)
"""Characters without width; they are common in honest files (word breaks), so they are dropped without a word."""
_STEERING = re.compile("[\u202a-\u202e\u2066-\u206f\U000e0000-\U000e01ef]")
_UNSEEN = re.compile(f"[{''.join(sorted(ZERO_WIDTH))}\ufe00-\ufe0f\u202a-\u202e\u2066-\u206f\U000e0000-\U000e01ef]")


def steering_signs(text: str) -> int:
    """Return how many direction controls and tag characters a text has: honest policy papers have none."""
    return len(_STEERING.findall(text))


def is_unseen(char: str) -> bool:
    """Return whether a character has no width of its own or steers others."""
    return _UNSEEN.match(char) is not None


def without_unseen(text: str) -> str:
    """Return the text without the characters that nobody sees."""
    return _UNSEEN.sub("", text)


def is_tampered(text: str) -> bool:
    """Return whether unseen characters change what a reader would read: any steering sign, or words cut by them."""
    if steering_signs(text):
        return True
    inside = re.findall(r"(?<=\w)[\u200b-\u200d\u2060-\u2064\ufeff](?=\w)", text)
    return len(inside) >= 3
