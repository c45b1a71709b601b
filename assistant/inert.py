"""Words of documents made inert for where they are shown as text (pure): no control characters, no Markdown."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def plain(text: str) -> str:
    """Return text without control and direction characters, which XML forbids and readers do not see."""
    return _CONTROL.sub("", text)


def markdown(text: str) -> str:
    """Return text as one line in which Markdown and HTML mean nothing."""
    text = re.sub(r"([\\`*_\[\]<>#|!~&$])", r"\\\1", " ".join(plain(text).split()))
    return re.sub(r"^(\d+)([.)])|^([-+=])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", text)
