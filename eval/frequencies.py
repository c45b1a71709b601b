"""Counts in how many passages of the starter corpus each word stands and writes assistant/data/frequencies.toml.

python eval/frequencies.py
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from assistant.countries import fold
from assistant.model import Scope
from assistant.settings import Settings
from assistant.wiring import open_desk, refresh_library
from assistant.words import content_stems

HERE = Path(__file__).parent
LEAST = 10
"""Words in fewer of a thousand passages are left out: they count as rare."""
HEADER = """# How many of a thousand passages of the starter corpus have a word (stems; those under ten are left out).
# Written by eval/frequencies.py. In a library of a few documents every word is rare or missing; these shares say which
# words are common in documents of this field.
"""


def main() -> None:
    """Build a fresh library, count, and write the table."""
    with tempfile.TemporaryDirectory() as work:
        settings = replace(Settings(), corpus=HERE.parent / "corpus", index=Path(work))
        refresh_library(settings)
        snapshot = open_desk(settings).snapshot()
        passages = snapshot.passages(range(snapshot.count(Scope())[1]))
    texts = (" ".join((passage.text, *passage.headings)) for passage in passages)
    counts = Counter(fold(stem) for text in texts for stem in content_stems(text) if stem.isalpha())
    lines: dict[int, list[str]] = {}
    for stem, count in sorted(counts.items()):
        lines.setdefault(round(1000 * count / len(passages)), []).append(stem)
    text = HEADER + "".join(
        f'{share} = "{" ".join(lines[share])}"\n' for share in sorted(lines, reverse=True) if share >= LEAST
    )
    (HERE.parent / "assistant" / "data" / "frequencies.toml").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
