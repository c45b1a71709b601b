#!/usr/bin/env python3
"""Writes the judge's features of gold questions: one line each, with whether the answering words were shown.

    python eval/training/features_of.py OUT.jsonl [--index FOLDER] [--gold FILE --corpus FOLDER]

By default the questions by other hands (`eval/other_hands.py`); with `--gold`, a gold file of our own on its corpus, at
half of the weight, since the same hands wrote the program.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "eval"))


def quotes_of(parts: list[Any]) -> list[str]:
    """Return the texts of the quotations that the parts would show."""
    found = []
    for part in parts:
        for one in part.chosen:
            passage = one.span.hit.passage
            found.append(passage.text[max(0, one.start - passage.start) : one.end - passage.start])
    return found


def of_other_hands(index: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of the questions by other hands; the group is the first document of the evidence."""
    import other_hands

    from assistant.wiring.judged import judged

    desk, score = other_hands.open_library(index), other_hands.scorer()
    for name in other_hands.SETS:
        for one in other_hands.gold_of(name):
            _, parts = judged(desk, one["question"], tuple(one.get("history", ())))
            quotes = quotes_of(parts)
            places = [place for item in one.get("evidence", []) for place in score.m.places(item)]
            shown = one["answerable"] and any(score.m.anchor_in(p["anchor"], q) for p in places for q in quotes)
            group = places[0]["file"] if places else f"none-{one['qid']}"
            yield from _rows(parts, group, shown, 1.0)


def of_gold(index: Path, gold: Path, corpus: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a gold file of our own: an answer holds where all its facts are in the quotations."""
    from assistant.evaluation.gold import load_gold
    from assistant.evaluation.metrics import fact_coverage
    from assistant.settings import load_settings
    from assistant.wiring import open_desk
    from assistant.wiring.judged import judged

    desk = open_desk(load_settings(None, corpus=corpus, index=index))
    for one in load_gold(gold)[0]:
        _, parts = judged(desk, one.question, one.history)
        text = "\n".join(quotes_of(parts))
        shown = one.answerable and (not one.facts or fact_coverage(text, one.facts) >= 1.0)
        group = one.evidence[0].document if one.evidence else f"none-{one.id}"
        yield from _rows(parts, group, shown, 0.5)


def _rows(parts: list[Any], group: str, shown: bool, weight: float) -> Iterator[dict[str, Any]]:
    """Yield the row of the best part: questions on one scope only, several countries have several parts."""
    if len(parts) == 1 and parts[0].chosen:
        part = parts[0]
        yield {"reader": part.reader, "group": group, "label": int(shown), "weight": weight, "features": part.features}


def main() -> None:
    """Write the rows."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("out", type=Path)
    ask.add_argument("--index", type=Path, required=True)
    ask.add_argument("--gold", type=Path)
    ask.add_argument("--corpus", type=Path)
    given = ask.parse_args()
    rows = of_gold(given.index, given.gold, given.corpus) if given.gold else of_other_hands(given.index)
    with given.out.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
