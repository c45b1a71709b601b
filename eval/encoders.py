"""Does the exported 8-bit encoder answer as well as torch in single precision? Makes both libraries and compares.

    python eval/encoders.py --corpus corpus --gold eval/gold/starter.jsonl

Both answer the gold questions with the same code and the same fitted rules; what is printed is their figures beside
each other. Exits 1 when recall@5 or decline F1 of the exported encoder is more than half a point below torch's.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from assistant.wiring import Selection, evaluate_gold, refresh_library

SHOWN = (
    "recall@1", "recall@5", "MRR@10", "nDCG@10", "citation page precision", "fact coverage", "answered when answerable",
    "decline F1", "right null",
)  # fmt: skip
HELD = ("recall@5", "decline F1")
ALLOWED = 0.005


def figures(settings: Settings, gold: Path, reports: Path) -> dict[str, Any]:
    """Make the library and return what the gold questions give."""
    refresh_library(settings)
    data, _ = evaluate_gold(settings, Selection(gold), reports, date.today(), lambda done, total: None)
    return dict(data["summary"])


def main() -> int:
    """Compare the two and return the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--corpus", type=Path, default=Path("corpus"))
    arguments.add_argument("--gold", type=Path, default=Path("eval/gold/starter.jsonl"))
    given = arguments.parse_args()
    found = {}
    with tempfile.TemporaryDirectory() as work:
        for backend in ("onnx", "torch"):
            settings = Settings(corpus=given.corpus, index=Path(work) / backend, encoder_backend=backend)
            found[backend] = figures(settings, given.gold, Path(work) / "reports")
    print(f"| {'figure':26} | exported |  torch | difference |\n|---|---|---|---|")
    for name in SHOWN:
        exported, torch = found["onnx"][name], found["torch"][name]
        print(f"| {name:26} | {exported:8.4f} | {torch:6.4f} | {exported - torch:+10.4f} |")
    return int(any(found["onnx"][name] < found["torch"][name] - ALLOWED for name in HELD))


if __name__ == "__main__":
    sys.exit(main())
