"""Text made for search engines, not for readers: words repeated over and over, keyword lists, copied paragraphs (pure).

One such document could crowd every honest passage out of the first results. It is kept and shown, but not offered.
The marks hold in every language: honest prose seldom uses a long word again at once, and a good part of its words are
short ones ("of", "och", "на"), which a list of keywords has none of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.model import Block, Page

FEWEST_WORDS = 24
LEAST_DISTINCT = 0.42
"""Distinct of all words of four letters and more; prose of this length has 0.6 to 0.95."""
LEAST_SHORT = 0.04
"""Words of at most three letters among all; prose of the languages of Europe has 0.1 to 0.45."""
MOST_COPIES = 4
"""Of one paragraph of 24 words and more in one document: a disclaimer may well stand under every chapter."""
_OFFERED = frozenset({"paragraph", "bullet", "side"})
_WORD = re.compile(r"[^\W\d_]+")
_END = re.compile(r"[.!?;:]")


def without_stuffing(pages: Sequence[Page]) -> tuple[tuple[Page, ...], tuple[int, ...]]:
    """Return the pages with stuffed blocks as captions (kept, never offered), and the numbers of the pages changed."""
    copies: Counter[str] = Counter()
    out: list[Page] = []
    changed: list[int] = []
    for page in pages:
        blocks: list[Block] = []
        for block in page.blocks:
            if block.kind in _OFFERED:
                words = [word.lower() for word in _WORD.findall(page.text[block.start : block.end])]
                copies[" ".join(words)] += 1
                copied = len(words) >= FEWEST_WORDS and copies[" ".join(words)] > MOST_COPIES
                if copied or is_stuffed(page.text[block.start : block.end], words):
                    block = replace(block, kind="caption", lead=None)
                    changed.append(page.number)
            blocks.append(block)
        out.append(replace(page, blocks=tuple(blocks)))
    return tuple(out), tuple(dict.fromkeys(changed))


def is_stuffed(text: str, words: Sequence[str]) -> bool:
    """Return whether a block repeats its words far more than prose does, or is a long list of keywords.

    `words` are the block's words in lower case. Blocks of fewer than 24 words are never stuffed.
    """
    if len(words) < FEWEST_WORDS:
        return False
    for start in range(0, len(words), 120):
        part = words[start : start + 120]
        long = [word for word in part if len(word) >= 4]
        if len(long) >= FEWEST_WORDS // 2 and len(set(long)) < LEAST_DISTINCT * len(long):
            return True
    short = sum(len(word) <= 3 for word in words)
    ends = len(_END.findall(text))
    return len(words) >= 40 and short < LEAST_SHORT * len(words) and ends * 25 < len(words)
