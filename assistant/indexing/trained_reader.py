"""The reader of all languages: our own cross-encoder, trained on the lower layers of multilingual-e5-small.

The package of the encoder carries the words and the lower layers; the trained upper layers and three heads lie in
`data/reader.safetensors` in 8 bits (model card: `eval/training/MODEL_CARD.md`). One pass over a question and a passage
gives all: how relevant the passage is, whether it answers at all, and how well each sentence answers.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path
from threading import Lock
from typing import Any

import numpy

from assistant.indexing.carriers import E5, EXPORT_VERSION, fingerprint, sha256_of
from assistant.indexing.sessions import manifest_in, open_session, open_tokenizer, threads
from assistant.indexing.unigram import open_pieces
from assistant.model import PassageReading

Array = numpy.ndarray[Any, Any]
Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]
NAME = "reader.safetensors"
FROZEN = 6
"""So many layers are the encoder's own."""
QUESTION, LONGEST = 48, 320
"""Tokens of a question, and of a pair, that are read; a longer passage is read to there."""
TITLE = 24
"""Tokens of the heading in front of a passage."""
FIRST, LAST = 0, 2
"""The marks around a text; LAST stands twice between question and text (XLM-R)."""
SHORT = 2000
"""Characters of a text that the small cutter of words takes."""


def is_available() -> bool:
    """Return whether the package that carries the lower layers is installed and the trained ones are shipped."""
    return E5.find() is not None and (files("assistant") / "data" / NAME).is_file()


def load_trained_reader(cache: Path) -> TrainedReader | None:
    """Return the reader, exported into `cache` at first use; None where a part is missing. Raises EncoderError."""
    if not is_available():
        return None
    with as_file(files("assistant") / "data" / NAME) as branch:
        weights = sha256_of(branch)
        manifest = manifest_in(cache)
        if (manifest.get("version"), manifest.get("weights")) != (EXPORT_VERSION, weights):
            export_trained_reader(cache, branch, weights)
            manifest = manifest_in(cache)
    return TrainedReader(cache, str(manifest.get("fingerprint", "")))


def export_trained_reader(target: Path, branch: Path, weights: str) -> None:
    """Write the graph of lower and trained layers, the heads and the tokenizer into `target`; raises EncoderError."""
    from assistant.indexing.export import E5_SHAPE, install, write_tokenizer
    from assistant.indexing.graph import bert_graph, save
    from assistant.indexing.nano import read_nano

    model = read_nano(E5.checked())

    def write(made: Path) -> dict[str, Any]:
        rows = write_tokenizer(model, made)
        tensors = {**model.state(), **trained_layers(branch)}
        save(bert_graph(tensors, E5_SHAPE, range(E5_SHAPE.layers), rows=rows), made)
        shutil.copyfile(branch, made / "heads.safetensors")
        return {
            "version": EXPORT_VERSION,
            "model": f"reader on {E5.name}",
            "weights": weights,
            "fingerprint": fingerprint(weights, E5.sha256, "reader"),
        }

    install(target, write)


def trained_layers(branch: Path) -> dict[str, Array]:
    """Return the trained layers by the names of BERT, float32; each matrix is kept as integers and a scale a row."""
    from safetensors.numpy import load_file

    stored = load_file(str(branch))
    return {name: _plain(stored, name) for name in stored if name.startswith("encoder.") and ".scale" not in name}


def _plain(stored: dict[str, Array], name: str) -> Array:
    value = stored[name].astype(numpy.float32)
    scale = stored.get(f"{name}.scale")
    return value if scale is None else value * scale.astype(numpy.float32)[:, None]


class TrainedReader:
    """See `ports.PassageReader`. Safe to use from several threads."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        from safetensors.numpy import load_file

        self._folder, self.fingerprint = folder, fingerprint
        self._session, self._pieces = open_session(folder, "reader"), open_pieces(folder)
        stored = load_file(str(folder / "heads.safetensors"))
        self._heads = {
            name: _plain(stored, name) for name in stored if name.startswith(("rank", "answers", "sentence"))
        }
        self._lock = Lock()

    @cached_property
    def _tokenizer(self) -> Any:
        return open_tokenizer(self._folder, "reader")

    def _ids(self, text: str, most: int) -> list[int]:
        if self._pieces is not None and len(text) <= SHORT and self._pieces.fits(text):
            return list(self._pieces.ids(text)[:most])
        with self._lock:
            tokenizer = self._tokenizer
        return list(tokenizer.encode(text, add_special_tokens=False).ids[:most])

    def read(self, question: str, passages: Sequence[Sequence[str]], titles: Sequence[str]) -> list[PassageReading]:
        """Return what the reader says of each passage, given as its sentences, with its heading."""
        if not passages:
            return []
        asked = self._ids(question, QUESTION)

        def read(place: int) -> PassageReading:
            return self._read(asked, passages[place], titles[place])

        with ThreadPoolExecutor(min(threads(), len(passages)), thread_name_prefix="reading") as pool:
            return list(pool.map(read, range(len(passages))))

    def _read(self, asked: list[int], sentences: Sequence[str], title: str) -> PassageReading:
        ids = [FIRST, *asked, LAST, LAST, *(self._ids(f"{title}.", TITLE) if title else [])]
        spans = []
        for sentence in sentences:
            own = self._ids(sentence, max(0, LONGEST - 1 - len(ids)))
            spans.append((len(ids), len(ids) + len(own)))
            ids += own
        row = numpy.asarray([[*ids, LAST]], dtype=numpy.int32)
        hidden = self._session.run(None, {"input_ids": row, "mask": numpy.ones_like(row)})[0][0].astype(numpy.float32)
        first = hidden[0]
        scored = [self._sentence(hidden[low:high], first) if high > low else None for low, high in spans]
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
