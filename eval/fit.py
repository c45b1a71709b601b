"""Fits the rule of sufficiency on the development questions and writes assistant/data/sufficiency.toml.

python eval/fit.py [--official DIR]   (the official documents weigh in where their folder is given)
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from assistant.settings import Settings
from assistant.wiring import refresh_library
from assistant.wiring.fit import fit_rule

HERE = Path(__file__).parent


def main(arguments: list[str]) -> None:
    """Build fresh libraries, fit, and write the rule."""
    with tempfile.TemporaryDirectory() as work:
        starter = replace(Settings(), corpus=HERE.parent / "corpus", index=Path(work) / "starter")
        libraries = [(starter, HERE / "gold" / name) for name in ("starter.jsonl", "everyday.jsonl")]
        if "--official" in arguments:
            folder = Path(arguments[arguments.index("--official") + 1])
            official = replace(Settings(), corpus=folder, index=Path(work) / "official")
            libraries += [(official, HERE / "gold" / name) for name in ("official.jsonl", "everyday-official.jsonl")]
        for settings in dict(libraries):
            refresh_library(settings)
        text = fit_rule(libraries)
    (HERE.parent / "assistant" / "data" / "sufficiency.toml").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
