"""The one file that imports sentence-transformers: any encoder or reader by name or folder, and the reference
for the exported one.

Slow to import (seconds), so it is used only when another encoder or reader is set, or to prove the exported one
equal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy

from assistant.errors import EncoderError
from assistant.indexing.encoder import pooled, unit
from assistant.ports import Encoded

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]


class SentenceTransformersEncoder:
    """A sentence-transformers model; see `ports.Encoder`. Nothing is downloaded: the model must be on this machine.

    It runs on a GPU where torch sees one (sentence-transformers chooses the device).
    """

    def __init__(self, name: str, cache: Path | None = None) -> None:
        """Load the model; the folder of a packaged one is made in `cache` where it has to be."""
        from sentence_transformers import SentenceTransformer

        from assistant.indexing.export import packaged_folder

        source = packaged_folder(name, cache) or name
        try:
            self._model = SentenceTransformer(source, local_files_only=True)
        except Exception as problem:
            raise EncoderError(
                f"encoder {name!r} is not on this machine ({str(problem)[:120]}); give the folder of a model"
            ) from problem
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.token_limit = int(self._model.max_seq_length or 256)
        weights = "".join(sorted(str(p.stat().st_size) for p in Path(source).glob("*.safetensors")))
        self.fingerprint = hashlib.sha256(f"{name} {weights} torch".encode()).hexdigest()[:16]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, without the special ones."""
        return [len(ids) for ids in self._model.tokenizer(list(texts), add_special_tokens=False)["input_ids"]]

    def encode_query(self, text: str) -> Vectors:
        """Return a unit vector, shape (dimension,)."""
        return unit(numpy.asarray(self._model.encode_query(text, show_progress_bar=False), dtype=numpy.float32))

    def encode_texts(self, texts: Sequence[str]) -> list[Vectors]:
        """Return the unit vectors of whole texts, in batches by length: the reference to compare with."""
        found = self._model.encode_document(list(texts), show_progress_bar=False)
        return [unit(numpy.asarray(vector, dtype=numpy.float32)) for vector in found]

    def encode_passages(
        self, prefixes: Sequence[str], texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Encoded]:
        """Encode prefix and text; sentence vectors are pooled from the token vectors where the model gives them."""
        joined = [f"{p}\n{t}" if p else t for p, t in zip(prefixes, texts, strict=True)]
        both = self._model.encode_document(joined, output_value=None, show_progress_bar=False)
        vectors = [self._array(item["sentence_embedding"]) for item in both]
        tokens = [self._array(item["token_embeddings"]) for item in both]
        out = []
        for text, prefix, joint, vector, row, slices in zip(
            texts, prefixes, joined, vectors, tokens, spans, strict=True
        ):
            skip = len(joint) - len(text)
            offsets = self._offsets(joint)[: len(row)]
            shifted = [(start + skip, end + skip) for start, end in slices]
            array = numpy.asarray(row, dtype=numpy.float32)
            out.append(Encoded(unit(numpy.asarray(vector, dtype=numpy.float32)), pooled(array, offsets, shifted)))
            del prefix
        return out

    @staticmethod
    def _array(value: Any) -> Vectors:
        """Return a tensor, on whatever device, as an array."""
        return numpy.asarray(value.detach().float().cpu().numpy(), dtype=numpy.float32)

    def _offsets(self, text: str) -> list[tuple[int, int]]:
        found = self._model.tokenizer(text, return_offsets_mapping=True, truncation=True, max_length=self.token_limit)
        # Special tokens have the empty offset (0, 0); -1 keeps them out of every span.
        return [(start, end) if end else (-1, -1) for start, end in found["offset_mapping"]]


class CrossEncoderReader:
    """A sentence-transformers CrossEncoder; see `ports.Reader`. Nothing is downloaded; no code of a model is run."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder

        try:
            self._model = CrossEncoder(name, device="cpu", local_files_only=True, trust_remote_code=False)
        except Exception as problem:
            raise EncoderError(
                f"reader {name!r} is not on this machine ({str(problem)[:120]}); give the folder of a CrossEncoder"
            ) from problem
        if getattr(self._model, "num_labels", 1) != 1:
            raise EncoderError(f"reader {name!r} gives several values for a pair; wanted a model with one score")
        self._lock = Lock()
        weights = "".join(sorted(str(p.stat().st_size) for p in Path(name).glob("*.safetensors")))
        self.fingerprint = hashlib.sha256(f"{name} {weights} torch reader".encode()).hexdigest()[:16]

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return how well each text answers the question, as a logit; higher is better."""
        from torch.nn import Identity

        if not texts:
            return []
        pairs = [(question, text) for text in texts]
        with self._lock:  # tokenizers are not safe to use from several threads at once
            scores = self._model.predict(pairs, activation_fn=Identity(), show_progress_bar=False)
        return [float(score) for score in numpy.asarray(scores).reshape(-1)]
