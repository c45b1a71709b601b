"""Pages whose letters are not those that are seen: fonts without usable names, text written backwards (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.model import Page

FEWEST_WORDS = 12
"""Of fewer words nothing can be said."""
MOST_ODD = 0.5
"""Share of words with signs inside, or with letters and digits mixed, that no language and no list of figures has."""
_ODD = re.compile(r"[^\W_]*[^\W\d_][!\"#$%&()*+;<=>?@\[\]^`{|}~\\][^\W_]|[^\W_][!\"#$%&()*+;<=>?@\[\]^`{|}~\\][^\W\d_]|[^\W\d_]\d[^\W\d_]|[a-z][A-Z][a-z]*\d")  # fmt: skip # noqa: E501
_SIGNS = re.compile(r"[!\"#$%&*+<=>?@\[\]^`{|}~\\]")
_COMMON = frozenset(
    ["the", "and", "that", "with", "this", "which", "from", "their", "für", "und", "der", "nicht", "les", "des", "dans",
     "est", "que", "della", "che", "het", "een", "van", "och", "att", "som", "los", "para", "ovat", "että"]
)  # fmt: skip


def is_garbled(text: str) -> bool:
    """Return whether most words of a page are none in any language: its fonts do not say which letters they show."""
    words = text.split()
    if len(words) < FEWEST_WORDS or any(word.strip(".,;:").lower() in _COMMON for word in words):
        return False
    odd = sum(bool(_ODD.search(word)) or len(_SIGNS.findall(word)) >= 2 for word in words)
    return odd > MOST_ODD * len(words)


def is_backwards(text: str) -> bool:
    """Return whether a page reads backwards: at least five of the commonest words do, and hardly any is right."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    ahead = sum(word in _COMMON for word in words)
    back = sum(word[::-1] in _COMMON for word in words)
    return back >= 5 and back > 3 * ahead


def not_offered(pages: Sequence[Page]) -> tuple[tuple[Page, ...], list[int], list[int]]:
    """Return (the pages, numbers of garbled ones, of backward ones); those two are never offered as answers."""
    garbled = [page.number for page in pages if not page.ocr and is_garbled(page.text)]
    backwards = [page.number for page in pages if not page.ocr and is_backwards(page.text)]
    out = tuple(_kept(page) if page.number in {*garbled, *backwards} else page for page in pages)
    return out, garbled, backwards


def _kept(page: Page) -> Page:
    return replace(page, blocks=tuple(replace(block, kind="running", level=0, lead=None) for block in page.blocks))
