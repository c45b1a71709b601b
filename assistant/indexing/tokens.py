"""Cuts texts into the numbers of a model's pieces: short ones by a small table, others by the library."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from assistant.indexing.sessions import open_tokenizer
from assistant.indexing.unigram import open_pieces

SHORT = 2000
"""Characters of a text that the table takes; a longer one is cut by the library."""


class Tokens:
    """The pieces of an exported model; `what` names it in an error. Safe to use from several threads."""

    def __init__(self, folder: Path, what: str) -> None:
        self._folder, self._what = folder, what
        self._pieces = open_pieces(folder)
        self._lock = Lock()

    @cached_property
    def _opened(self) -> Any:
        return open_tokenizer(self._folder, self._what)

    @property
    def whole(self) -> Any:
        """The whole tokenizer, opened for the first text that is not short: a large vocabulary takes long."""
        with self._lock:
            return self._opened

    def ids(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces, without the special ones around it."""
        if self._pieces is not None and len(text) <= SHORT and self._pieces.fits(text):
            return self._pieces.ids(text)
        return list(self.whole.encode(text, add_special_tokens=False).ids)
