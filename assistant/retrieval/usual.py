"""How much a word tells in a library of a few documents, where nearly every word is rare.

There "genome" is as rare as "courier", and the words of a question that the library lacks weigh three times those it
has, so that no free wording is ever covered. Such a library is weighed as if it were filled up with usual passages.
"""

from __future__ import annotations

import math
import tomllib
from functools import lru_cache
from importlib.resources import files

USUAL = 200
"""A library of so many passages tells by itself how common a word is; a smaller one is filled up to it."""
LACKED = 0.2
"""In so large a share of its passages an all but empty library is taken to have a word that it lacks."""


def inverse_frequency(total: float, count: float) -> float:
    """Return ln(1 + (N - n + 0.5) / (n + 0.5)), the idf of BM25 (Robertson & Zaragoza 2009)."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5)) if total else 0.0


def filled_up(total: int, count: int, term: str) -> float:
    """Return the idf of a term (a stem without accents) in a library filled up to `USUAL` passages of this field."""
    added = max(0, USUAL - total) if total else 0
    return inverse_frequency(total + added, count + added * _shares().get(term, 0.0))


def in_reach(total: int, count: int) -> float:
    """Return what a word adds to the BM25 a passage could reach; little where a small library merely lacks it."""
    return inverse_frequency(total, count or LACKED * total * max(0.0, 1 - total / USUAL))


@lru_cache(maxsize=1)
def _shares() -> dict[str, float]:
    """Return term → share of the passages of this field that have it, from `data/frequencies.toml`."""
    text = (files("assistant") / "data" / "frequencies.toml").read_text(encoding="utf-8")
    return {word: int(share) / 1000 for share, words in tomllib.loads(text).items() for word in words.split()}
