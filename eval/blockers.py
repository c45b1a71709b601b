"""Do keyword-stuffed documents crowd out honest ones? Adds twenty to a copy of the corpus and compares recall@5.

    python eval/blockers.py --corpus corpus --gold eval/gold/starter.jsonl

The twenty are written from the gold questions themselves, the worst case: their words repeated, their words as lists,
the questions copied word for word, and sentences made of nothing but their words. Exits 1 when recall falls by more
than two points.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant.evaluation.gold import GoldQuestion, load_gold
from assistant.evaluation.metrics import mean
from assistant.evaluation.run import place, wanted_pages
from assistant.settings import Settings
from assistant.wiring import open_desk, refresh_library

BLOCKERS = 20
MOST_LOST = 0.02


def write_blockers(folder: Path, questions: Sequence[str], seed: int = 7) -> None:
    """Write twenty stuffed text files, five of each kind, over all questions."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(BLOCKERS):
        dice = random.Random(seed * 100 + number)
        parts = []
        for question in questions[number // 4 :: BLOCKERS // 4]:
            words = re.findall(r"\w+", question)
            long = [word for word in words if len(word) > 3] or words
            if number % 4 == 0:
                parts.append(" ".join(dice.choices(long, k=90)) + ".")
            elif number % 4 == 1:
                parts.append(", ".join(dice.sample(long, len(long)) * 6) + ".")
            elif number % 4 == 2:
                parts.append(f"{question} " * 8)
            else:
                parts.append(" ".join(f"The {' '.join(dice.sample(long, min(4, len(long))))}." for _ in range(12)))
        (folder / f"blocker-{number:02d}.txt").write_text("\n\n".join(parts), encoding="utf-8")


def recall(settings: Settings, questions: Sequence[GoldQuestion]) -> float:
    """Return the mean recall@5 over pages."""
    desk = open_desk(settings)
    scores = []
    for question in questions:
        hits = desk.search(question.question, 10, question.history)
        pages = list(dict.fromkeys((place(hit.document.file), hit.passage.page) for hit in hits))
        scores.append(float(any(page in wanted_pages(question) for page in pages[:5])))
    return mean(scores)


def main() -> int:
    """Print both figures; return 1 when more than two points are lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--gold", type=Path, default=Path("eval/gold/starter.jsonl"))
    given = parser.parse_args()
    questions = [q for q in load_gold(given.gold)[0] if q.answerable and not q.history]
    with tempfile.TemporaryDirectory(prefix="assistant-blockers-") as folder:
        corpus = Path(folder) / "corpus"
        shutil.copytree(given.corpus, corpus)
        settings = Settings(corpus=corpus, index=Path(folder) / "index")
        refresh_library(settings)
        before = recall(settings, questions)
        write_blockers(corpus / "documents" / "blockers", [q.question for q in questions])
        refresh_library(settings)
        after = recall(settings, questions)
    print(f"{len(questions)} questions, recall@5 {before:.4f} before, {after:.4f} with {BLOCKERS} stuffed documents")
    return int(before - after > MOST_LOST)


if __name__ == "__main__":
    raise SystemExit(main())
