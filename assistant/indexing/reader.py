"""The reader: a cross-encoder that reads a question and a text together, as an exported graph without torch.

Its graph gives a vector for every token; the head that makes a score of the first one stays outside, in single
precision, so that other heads can read the same vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy

from assistant.errors import EncoderError
from assistant.indexing.carriers import MS_MARCO
from assistant.indexing.sessions import exported, open_session, open_tokenizer, threads, token_vectors
from assistant.indexing.shape import Shape, reader_shape_of
from assistant.ports import Reader
from assistant.settings import DEFAULT_READER, Settings

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]
NONE = ("", "none")


def load_reader(settings: Settings, cache: Path) -> Reader | None:
    """Return the reader the settings name, exported into `cache` at first use; None where none is wanted.

    None too where the package of the default one is not installed. The folder of a BERT with one score is exported;
    every other CrossEncoder, by name or folder, goes through sentence-transformers. Raises EncoderError.
    """
    name = reader_name(settings)
    if name in NONE:
        return None
    shape = None if name == MS_MARCO.name else reader_shape_of(Path(name))
    if name != MS_MARCO.name and shape is None:
        from assistant.indexing.sentence_transformers_encoder import CrossEncoderReader

        return CrossEncoderReader(name)

    def export_anew() -> None:
        from assistant.indexing.export_reader import export_reader, export_reader_folder

        if shape is None:
            export_reader(cache)
        else:
            export_reader_folder(cache, Path(name), shape)

    return GraphReader(cache, exported(cache, {"model": name}, export_anew))


def reader_name(settings: Settings) -> str:
    """Return the model that reads: the one set, "none" where none is set or the default one is not installed."""
    name = settings.reader.strip()
    if name.lower() in NONE or (name == DEFAULT_READER and MS_MARCO.find() is None):
        return "none"
    return name


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a text as token numbers; the text's tokens begin at `start`, with their characters' offsets."""

    ids: list[int]
    segments: list[int]
    start: int
    offsets: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Pairing:
    """How a model wants its pairs: between question and text stand one separator (BERT) or two (XLM-R)."""

    shape: Shape
    separators: int = 1

    def join(self, question: Sequence[int], text: Sequence[int], offsets: Sequence[tuple[int, int]]) -> Pair:
        """Return the pair, the text cut to the room that is left; a question takes half of the room at most."""
        room = self.shape.token_limit - 2 - self.separators
        asked = question[: room // 2]
        kept = min(len(text), room - len(asked))
        middle = [self.shape.last] * self.separators
        ids = [self.shape.first, *asked, *middle, *text[:kept], self.shape.last]
        start = 1 + len(asked) + self.separators
        return Pair(ids, [0] * start + [1] * (len(ids) - start), start, list(offsets[:kept]))


class GraphReader:
    """An exported cross-encoder; see `ports.Reader`. Safe to use from several threads."""

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        from safetensors.numpy import load_file

        self._session, self._tokenizer = open_session(folder, "reader"), open_tokenizer(folder, "reader")
        try:
            self._head = load_file(str(folder / "head.safetensors"))
        except Exception as problem:
            raise EncoderError(f"the reader in {folder} cannot be loaded ({problem}); delete the folder") from problem
        self._pairing = Pairing(Shape(**manifest.get("shape", {})), int(manifest.get("separators", 1)))
        self._takes_segments = "segments" in {item.name for item in self._session.get_inputs()}
        self.fingerprint = str(manifest.get("fingerprint", ""))

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return the model's own score of each text, a logit; a text beyond the token limit is read to the limit."""
        if not texts:
            return []
        pairs = self.pairs(question, texts)
        longest_first = sorted(range(len(pairs)), key=lambda number: -len(pairs[number].ids))
        scores = [0.0] * len(pairs)

        def read(number: int) -> None:
            scores[number] = self._scored(self.tokens(pairs[number]))

        # One text a pass, as in the encoder: no padding, and no score that depends on its company.
        with ThreadPoolExecutor(min(threads(), len(pairs)), thread_name_prefix="reading") as pool:
            list(pool.map(read, longest_first))
        return scores

    def pairs(self, question: str, texts: Sequence[str]) -> list[Pair]:
        """Return the question beside each text, as token numbers."""
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids
        found = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [self._pairing.join(asked, one.ids, one.offsets) for one in found]

    def tokens(self, pair: Pair) -> Vectors:
        """Return the vectors of a pair's tokens, shape (tokens, width)."""
        return token_vectors(self._session, pair.ids, pair.segments if self._takes_segments else None)

    def _scored(self, tokens: Vectors) -> float:
        head = self._head
        pooled = numpy.tanh(head["pooler.weight"] @ tokens[0] + head["pooler.bias"])
        return float(head["classifier.weight"] @ pooled + head["classifier.bias"][0])
