"""Training groups for a reader: one question, one text that answers (if any), and texts that do not.

Reads the labelled questions of `../shared/training` (question, sentences, which of them answer). The texts that do not
answer are of four kinds: another context of the same document, a context found by words (BM25) in another document,
the answering context without its answering sentences, and the contexts people marked as not answering. Questions of the
translated SQuAD sets that share an identifier are paired across languages; English questions are paired with them by
the encoder (mutual nearest neighbours).
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]
CAPS = {"squad1-nqg": 6000, "unansq": 4800, "norquad": 2500}
"""So many questions of a source at most, 3,000 of any other: no source may drown the rest."""
MINED = 5000
"""So many questions of each side are looked through for pairs across languages."""
TRANSLATED = ("squad-it", "squad2-es", "squad2-sv")


@dataclass(frozen=True, slots=True)
class Text:
    """A text beside a question: its title, its sentences, which of them answer, and whether it answers at all."""

    title: str
    sentences: tuple[str, ...]
    gold: tuple[int, ...]
    by_sentence: bool
    """Whether `gold` was judged sentence by sentence."""


@dataclass(frozen=True, slots=True)
class Group:
    """A question and its texts. The first text answers where `answerable`; the others never do."""

    question: str
    texts: tuple[Text, ...]
    answerable: bool
    language: str
    """Of question and texts, empty where the two differ."""


def rows_of(file: Path) -> list[Row]:
    """Return the labelled questions of a gzip file with one JSON object a line."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def capped(rows: list[Row], chance: random.Random) -> list[Row]:
    """Return the rows in random order, no more than the cap of each source and language."""
    by_source: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_source[(row["source"], row["language"])].append(row)
    kept: list[Row] = []
    for (source, _), own in sorted(by_source.items()):
        chance.shuffle(own)
        kept += own[: CAPS.get(source, 3000)]
    chance.shuffle(kept)
    return kept


def group_of(row: Row) -> str:
    """Return the document a row was made from."""
    return f"{row['source']}:{row.get('group', row['qid'])}"


class Negatives:
    """Finds texts that do not answer a question, in its own language."""

    def __init__(self, rows: list[Row]) -> None:
        self.by_group: dict[str, list[Row]] = defaultdict(list)
        self.by_language: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self.by_group[group_of(row)].append(row)
            self.by_language[row["language"]].append(row)
        self.found: dict[str, list[Row]] = {}

    def search(self, rows: list[Row], among: int = 12) -> None:
        """Find by BM25 the contexts of other documents that share the words of each question."""
        import bm25s

        for language, own in self.by_language.items():
            index = bm25s.BM25()
            index.index(bm25s.tokenize([" ".join(r["context"]) for r in own], stopwords=None, show_progress=False))
            asked = [row for row in rows if row["language"] == language]
            if not asked:
                continue
            tokens = bm25s.tokenize([r["question"] for r in asked], stopwords=None, show_progress=False)
            places, _ = index.retrieve(tokens, k=min(among, len(own)), show_progress=False)
            for row, near in zip(asked, places, strict=True):
                self.found[row["qid"]] = [own[int(n)] for n in near if _other(row, own[int(n)])]

    def beside(self, row: Row, chance: random.Random) -> Text | None:
        """Return another context of the same document, or None."""
        others = [r for r in self.by_group[group_of(row)] if _disjoint(row, r)]
        return _plain(chance.choice(others)) if others else None

    def elsewhere(self, row: Row, chance: random.Random) -> Text | None:
        """Return a context of another document with the same words, or None."""
        others = self.found.get(row["qid"], ())
        return _plain(chance.choice(others[:6])) if others else None


def _other(row: Row, other: Row) -> bool:
    return group_of(row) != group_of(other) and _disjoint(row, other)


def _disjoint(row: Row, other: Row) -> bool:
    gold = {row["context"][i] for i in row["gold"]}
    return other["context"] != row["context"] and not gold & set(other["context"])


def _title(row: Row) -> str:
    return re.sub(r"^v1\.1-only |^\w+: ", "", row.get("title", "")).split("\n")[0].replace("_", " ").strip()


def _plain(row: Row) -> Text:
    return Text(_title(row), tuple(row["context"]), (), True)


def _emptied(row: Row) -> Text | None:
    """Return the context without the sentences that answer: a near miss. Only where people judged every sentence."""
    rest = tuple(s for i, s in enumerate(row["context"]) if i not in row["gold"])
    judged = row.get("negatives") == "hard" and row.get("level") == "sentence" and len(row["context"]) >= 4
    return Text(_title(row), rest, (), True) if judged and rest else None


def groups(rows: list[Row], negatives: Negatives, chance: random.Random, texts: int = 3) -> list[Group]:
    """Return one group a row, `texts` texts in each where so many can be found."""
    made = []
    for row in rows:
        answerable = bool(row["answerable"] and row["gold"])
        first = Text(_title(row), tuple(row["context"]), tuple(row["gold"]) if answerable else (),
                     row.get("level") == "sentence")  # fmt: skip
        wrong = [negatives.elsewhere(row, chance), negatives.beside(row, chance)]
        if answerable and chance.random() < 0.6:
            wrong.insert(0, _emptied(row))
        others = [text for text in wrong if text is not None][: texts - 1]
        language = "" if row.get("across") else row["language"]
        made.append(Group(row["question"], (first, *others), answerable, language))
    return made


def across_languages(rows: list[Row], encode: Any, chance: random.Random, least: float = 0.93) -> list[Row]:
    """Return rows whose question is in another language than their context.

    `encode` turns texts into unit vectors, shape (texts, width). English questions are paired with a translated one
    where each is the other's nearest and their cosine is at least `least`.
    """
    by_id: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["source"] in TRANSLATED and (found := re.search(r"[0-9a-f]{24}", row["qid"])):
            by_id[found.group()].append(row)
    pairs = [(a, b) for same in by_id.values() for a in same for b in same if a["language"] != b["language"]]
    english = [row for row in rows if row["source"] in ("squad1-nqg", "unansq")]
    foreign = [row for row in rows if row["source"] in TRANSLATED and row["answerable"]]
    english, foreign = (chance.sample(some, min(MINED, len(some))) for some in (english, foreign))
    left, right = encode([r["question"] for r in english]), encode([r["question"] for r in foreign])
    close = left @ right.T
    back = close.argmax(0)
    for place, best in enumerate(close.argmax(1)):
        if back[best] == place and close[place, best] >= least:
            pairs += [(english[place], foreign[best]), (foreign[best], english[place])]
    chance.shuffle(pairs)
    return [{**b, "question": a["question"], "across": True} for a, b in pairs]
