#!/usr/bin/env python3
"""Asks the questions by other hands of `../shared/questions`, scores them with its `score.py`, gates on the figures.

    python eval/other_hands.py [--index FOLDER] [--gate] [--update "REASON"] [--answers FILE]

The documents are those of `../shared/library`; nothing of theirs is written into the repository, only figures. Where
the folder is not given, the script says so and ends well: it is an optional extra. `eval/other-hands.json` holds the
figures that `--gate` compares with: a fall of more than .04 over all questions closes it (less is noise on sets of this
size).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
BASELINE = ROOT / "eval" / "other-hands.json"
SETS = ("dev-en", "dev-xx")
GUARDED = ("page", "anchor", "facts")
FALL = 0.04
"""A share of all 159 answerable questions may fall by this much: on sets of this size smaller differences are noise."""


def scorer() -> ModuleType:
    """Return the module `score` that lies beside the questions."""
    folder = SHARED / "questions"
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_of(name: str) -> list[dict[str, Any]]:
    """Return the questions of a set."""
    lines = (SHARED / "questions" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def open_library(index: Path) -> Any:
    """Bring the library of the shared documents up to date and return its desk."""
    from assistant.settings import load_settings
    from assistant.wiring import open_desk
    from assistant.wiring.library import refresh_library

    settings = load_settings(None, corpus=SHARED / "library", index=index)
    refresh_library(settings)
    return open_desk(settings)


def answers_of(desk: Any, gold: list[dict[str, Any]]) -> tuple[dict[str, Any], list[float]]:
    """Return the answers by question id, as the batch contract has them, and the milliseconds each took."""
    from assistant.contract import answer_to_json

    found, spent = {}, []
    for one in gold:
        began = time.perf_counter()
        found[one["qid"]] = answer_to_json(desk.ask(one["question"], tuple(one.get("history", ()))), one["qid"])
        spent.append(1000 * (time.perf_counter() - began))
    return found, spent


def tables(gold: list[dict[str, Any]], answers: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the columns of `score.py` for all, for each set, and for each language of the question."""
    score = scorer()
    library = score.m.Library([str(SHARED / "library")])
    rows = [score.judge(one, answers.get(one["qid"]), library) for one in gold]
    parts = {"all": rows}
    parts |= {name: [r for r, g in zip(rows, gold, strict=True) if g["from"] == name] for name in SETS}
    abroad = [(r, g) for r, g in zip(rows, gold, strict=True) if g["from"] == "dev-xx"]
    parts["dev-xx, English question"] = [r for r, g in abroad if g.get("language", "en") == "en"]
    parts["dev-xx, own language"] = [r for r, g in abroad if g.get("language", "en") != "en"]
    return {name: score.summary(some) for name, some in parts.items() if some}


def closed(now: dict[str, dict[str, Any]], before: dict[str, dict[str, Any]]) -> list[str]:
    """Return why the gate is closed: each guarded figure that fell, and quotations that are not verbatim."""
    found = []
    new, old = now["all"], before["all"]
    for column in (*GUARDED, "verbatim"):
        if new[column] < old[column] - (0.01 if column == "verbatim" else FALL):
            found.append(f"{column} fell from {old[column]:.3f} to {new[column]:.3f}")
    if new["false"] > old["false"] + FALL:
        found.append(f"false rose from {old['false']:.3f} to {new['false']:.3f}")
    return found


def main() -> int:
    """Ask, score, print, compare."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--index", type=Path, default=ROOT / "index" / "other-hands")
    ask.add_argument("--gate", action="store_true")
    ask.add_argument("--update", metavar="REASON", help="write the figures as the new baseline")
    ask.add_argument("--answers", type=Path, help="write the answers there, one a line")
    given = ask.parse_args()
    if not (SHARED / "questions" / "score.py").is_file():
        print("questions by other hands: not given beside the repository, nothing asked")
        return 0
    gold = [{**one, "from": name} for name in SETS for one in gold_of(name)]
    answers, spent = answers_of(open_library(given.index), gold)
    if given.answers:
        lines = (json.dumps(answer, ensure_ascii=False) for answer in answers.values())
        given.answers.write_text("\n".join(lines) + "\n", encoding="utf-8")
    now = tables(gold, answers)
    scorer().table(list(now.items()))
    spent.sort()
    print(f"milliseconds a question: median {spent[len(spent) // 2]:.0f}, p95 {spent[int(0.95 * len(spent))]:.0f}")
    if given.update:
        rounded = {n: {k: round(v, 4) if isinstance(v, float) else v for k, v in t.items()} for n, t in now.items()}
        BASELINE.write_text(json.dumps({"reason": given.update, "figures": rounded}, indent=1) + "\n", "utf-8")
    if given.gate and BASELINE.is_file():
        reasons = closed(now, json.loads(BASELINE.read_text(encoding="utf-8"))["figures"])
        print("\n".join(reasons) or "the gate is open")
        return 1 if reasons else 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
