"""Holds the exported default encoder to sentence-transformers in single precision, passage by passage.

python eval/equal.py TEXTS [--each 100]

TEXTS is a file of JSON lines (.gz too) with "language" and "text"; a hundred of each language are compared, as passages
and by their tokens. Exit code 1 where a cosine is below .99 or a token differs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy

from assistant.indexing.encoder import GraphEncoder, load_encoder
from assistant.indexing.sentence_transformers_encoder import SentenceTransformersEncoder
from assistant.settings import Settings

LEAST = 0.99


def texts_of(file: Path, each: int) -> dict[str, list[str]]:
    """Return the first texts of each language, each once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            known = found[str(item["language"])]
            text = item["text"]
            if text and len(known) < each:
                known[text] = None
    return {language: list(texts) for language, texts in sorted(found.items())}


def main() -> int:
    """Print a line a language: passages, mean and least cosine, texts whose tokens differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--each", type=int, default=100)
    given = parser.parse_args()
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings()
        mine = load_encoder(settings, Path(folder) / "encoder")
        reference = SentenceTransformersEncoder(settings.encoder, Path(folder) / "encoder")
        assert isinstance(mine, GraphEncoder)
        for language, texts in texts_of(given.texts, given.each).items():
            ours = [item.vector for item in mine.encode_passages([""] * len(texts), texts, [[]] * len(texts))]
            theirs = reference.encode_texts(texts)
            cosines = [float(a @ b) for a, b in zip(ours, theirs, strict=True)]
            pairs = zip(mine.count_tokens(texts), reference.count_tokens(texts), strict=True)
            unequal = sum(a != b for a, b in pairs)
            wrong += (min(cosines) < LEAST) + unequal
            print(f"{language}\t{len(texts)}\t{numpy.mean(cosines):.4f}\t{min(cosines):.4f}\t{unequal}", flush=True)
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
