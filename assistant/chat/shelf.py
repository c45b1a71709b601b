"""Answers kept for a while, so that what was shown is what is exported. In memory only, named by unguessable tokens."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict

from assistant.model import Answer

MOST = 500


class Shelf:
    """The newest answers by token."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, answer: Answer) -> str:
        """Keep an answer and return its token."""
        token = secrets.token_urlsafe(18)
        with self._lock:
            self._kept[token] = answer
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return token

    def get(self, token: str) -> Answer:
        """Return the answer; raises KeyError when it is unknown or no longer kept."""
        with self._lock:
            return self._kept[token]
