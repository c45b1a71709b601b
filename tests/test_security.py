"""SECURITY.md names a test for each line of the defence, and each of them is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


def test_each_line_of_the_defence_names_a_test_that_is_there() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    defence = text.partition("## Defended")[2].partition("## Not defended")[0]
    lines = re.findall(r"^- (?:.+\n?(?:  .+\n?)*)", defence, re.MULTILINE)
    assert len(lines) > 20
    for line in lines:
        assert NAMED.search(line), line
    for file, test in NAMED.findall(text):
        assert f"def {test}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), (file, test)
