"""The reader of all languages: our own cross-encoder, trained on the lower layers of multilingual-e5-small.

The package of the encoder carries the words and the lower layers; the trained upper layers and three heads lie in
`data/reader.safetensors` in 8 bits (model card: `eval/training/MODEL_CARD.md`). One pass over a question and a passage
gives all: how relevant the passage is, whether it answers at all, and how well each sentence answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import as_file, files
from itertools import chain
from pathlib import Path
from typing import Any

import numpy

from assistant.indexing.carriers import E5, EXPORT_VERSION, fingerprint, sha256_of
from assistant.indexing.reader import Pairing
from assistant.indexing.sessions import exported, open_session, threads, token_vectors
from assistant.indexing.shape import Shape
from assistant.indexing.tokens import Tokens
from assistant.model import PassageReading

Array = numpy.ndarray[Any, Any]
Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]
NAME = "reader.safetensors"
MODEL = f"reader of all languages on {E5.name}"
QUESTION, TITLE, LONGEST = 48, 24, 320
"""Tokens of a question, of the heading in front of a passage, and of a pair; a longer one is read to there."""
HEADS = ("rank", "answers", "sentence")


def is_available() -> bool:
    """Return whether the package that carries the lower layers is installed and the trained ones are shipped."""
    return E5.find() is not None and (files("assistant") / "data" / NAME).is_file()


def load_trained_reader(cache: Path) -> TrainedReader | None:
    """Return the reader, exported into `cache` at first use; None where a part is missing. Raises EncoderError."""
    if not is_available():
        return None
    with as_file(files("assistant") / "data" / NAME) as branch:
        weights = sha256_of(branch)
        manifest = exported(
            cache, {"model": MODEL, "weights": weights}, lambda: export_trained_reader(cache, branch, weights)
        )
    return TrainedReader(cache, manifest)


def export_trained_reader(target: Path, branch: Path, weights: str) -> None:
    """Write the graph of lower and trained layers, the heads and the tokenizer into `target`; raises EncoderError."""
    from dataclasses import replace

    from safetensors.numpy import save as packed_bytes

    from assistant.indexing.export import E5_SHAPE, install, write_tokenizer
    from assistant.indexing.graph import bert_graph, save
    from assistant.indexing.nano import read_nano

    model = read_nano(E5.checked())

    def write(made: Path) -> dict[str, Any]:
        rows = write_tokenizer(model, made)
        tensors = {**model.state(), **stored(branch, "encoder")}
        save(bert_graph(tensors, E5_SHAPE, range(E5_SHAPE.layers), rows=rows), made)
        (made / "head.safetensors").write_bytes(packed_bytes(stored(branch, *HEADS)))
        return {
            "version": EXPORT_VERSION,
            "model": MODEL,
            "weights": weights,
            "shape": replace(E5_SHAPE, token_limit=LONGEST).to_json(),
            "separators": 2,
            "fingerprint": fingerprint(weights, E5.sha256, "reader"),
        }

    install(target, write)


def stored(branch: Path, *parts: str) -> dict[str, Array]:
    """Return the tensors of some parts of a packed branch, float32; a matrix is kept as integers and a scale a row."""
    from safetensors.numpy import load_file

    packed = {name: value.astype(numpy.float32) for name, value in load_file(str(branch)).items()}
    wanted = [name for name in packed if name.split(".")[0] in parts and not name.endswith(".scale")]
    return {
        name: packed[name] * packed[f"{name}.scale"][:, None] if f"{name}.scale" in packed else packed[name]
        for name in wanted
    }


class TrainedReader:
    """See `ports.PassageReader`. Safe to use from several threads."""

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        from safetensors.numpy import load_file

        self._session, self._tokens = open_session(folder, "reader"), Tokens(folder, "reader")
        self._heads = load_file(str(folder / "head.safetensors"))
        self._pairing = Pairing(Shape(**manifest.get("shape", {})), int(manifest.get("separators", 2)))
        self.fingerprint = str(manifest.get("fingerprint", ""))

    def read(self, question: str, passages: Sequence[Sequence[str]], titles: Sequence[str]) -> list[PassageReading]:
        """Return what the reader says of each passage, given as its sentences, with its heading."""
        if not passages:
            return []
        asked = self._tokens.ids(question)[:QUESTION]

        def read(place: int) -> PassageReading:
            return self._read(asked, passages[place], titles[place])

        with ThreadPoolExecutor(min(threads(), len(passages)), thread_name_prefix="reading") as pool:
            return list(pool.map(read, range(len(passages))))

    def _read(self, asked: list[int], sentences: Sequence[str], title: str) -> PassageReading:
        front = self._tokens.ids(f"{title}.")[:TITLE] if title else []
        cut = [self._tokens.ids(sentence) for sentence in sentences]
        pair = self._pairing.join(asked, [*front, *chain(*cut)], ())
        tokens = token_vectors(self._session, pair.ids)
        first, start, end = tokens[0], pair.start + len(front), len(pair.ids) - 1
        scored = []
        for own in cut:
            read = tokens[start : min(start + len(own), end)]
            scored.append(self._sentence(read, first) if len(read) else None)
            start += len(own)
        least = min((value for value in scored if value is not None), default=0.0)
        return PassageReading(
            self._head("rank", first),
            self._head("answers", first),
            tuple(least if value is None else value for value in scored),
        )

    def _head(self, name: str, first: Vectors) -> float:
        heads = self._heads
        hidden = numpy.tanh(heads[f"{name}.0.weight"] @ first + heads[f"{name}.0.bias"])
        return float((heads[f"{name}.2.weight"] @ hidden + heads[f"{name}.2.bias"])[0])

    def _sentence(self, tokens: Vectors, first: Vectors) -> float:
        heads = self._heads
        both = numpy.concatenate([tokens.mean(axis=0), first])
        hidden = gelu(heads["sentence.0.weight"] @ both + heads["sentence.0.bias"])
        return float((heads["sentence.2.weight"] @ hidden + heads["sentence.2.bias"])[0])


def gelu(values: Vectors) -> Vectors:
    """Return x·Φ(x), exact (Hendrycks & Gimpel 2016)."""
    from math import erf, sqrt

    return values * numpy.asarray([0.5 * (1 + erf(v / sqrt(2))) for v in values], dtype=numpy.float32)
