"""What a provider's exception means, in plain words; pure, and without importing any provider."""

from __future__ import annotations

import re

from assistant.errors import ModelError

LONGEST_WAIT = 10.0
"""Seconds that a server's retry-after may cost; a longer one is answered without the model."""


def in_words(problem: BaseException) -> str:
    """Return one short plain sentence part on a failed call; never the server's own text, which may hold markup."""
    if isinstance(problem, ModelError):
        return str(problem)
    status = getattr(problem, "status_code", None)
    if status in (401, 403):
        return "the model's server refused the key"
    if status == 404:
        return "the server does not know this model"
    if status == 429:
        return "the model's server is too busy"
    if isinstance(status, int):
        return f"the model's server answered with error {status}"
    name = type(problem).__name__
    if re.search(r"timeout", name, re.IGNORECASE):
        return "the model took too long"
    if re.search(r"connect|protocol|network|read|remote", name, re.IGNORECASE):
        return "the model's server cannot be reached or broke off"
    return f"the model's answer could not be read ({name})"


def retry_seconds(problem: BaseException | None) -> float | None:
    """Return how long to wait before one second try of a busy server (429, 503), or None when there is none."""
    if getattr(problem, "status_code", None) not in (429, 503):
        return None
    headers = getattr(getattr(problem, "response", None), "headers", {})
    try:
        wait = float(headers.get("retry-after", ""))
    except ValueError:
        return None
    return wait if 0 <= wait <= LONGEST_WAIT else None
