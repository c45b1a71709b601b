"""The encoder that answers need: onnxruntime and tokenizers only, loaded in well under a second."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy

from assistant.asker import go_on
from assistant.indexing.carriers import encoder_named
from assistant.indexing.sessions import exported, open_session, threads, token_vectors
from assistant.indexing.shape import Shape, shape_of
from assistant.indexing.tokens import Tokens
from assistant.ports import Encoded, Encoder
from assistant.settings import Settings

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]

PREFIX_TOKENS = 40


def load_encoder(settings: Settings, cache: Path) -> Encoder:
    """Return the encoder the settings name, exported into `cache` at first use where that is possible.

    Another model than the packaged ones is the folder of a BERT-like sentence-transformers model to be exported; any
    other, and everything with the backend "torch", goes through sentence-transformers. Raises EncoderError.
    """
    carried = encoder_named(settings.encoder)
    shape = None if carried else shape_of(Path(settings.encoder))
    if settings.encoder_backend == "torch" or not (carried or shape):
        from assistant.indexing.sentence_transformers_encoder import SentenceTransformersEncoder

        return SentenceTransformersEncoder(settings.encoder, cache)
    model = carried.name if carried else settings.encoder

    def export_anew() -> None:
        from assistant.indexing.export import export, export_folder

        if carried:
            export(cache, carried)
        elif shape:
            export_folder(cache, Path(settings.encoder), shape)

    return GraphEncoder(cache, exported(cache, {"model": model}, export_anew))


def name_of(settings: Settings) -> str:
    """Return the model that stands behind the settings: MiniLM where the default one's package is not installed."""
    carried = encoder_named(settings.encoder)
    return carried.name if carried else settings.encoder


class GraphEncoder:
    """An exported graph; see `ports.Encoder`. Safe to use from several threads."""

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        self.folder = folder
        self._session = open_session(folder, "encoder")
        self._tokens = Tokens(folder, "encoder")
        self.fingerprint = str(manifest.get("fingerprint", ""))
        self._shape = Shape(**manifest.get("shape", {}))
        self.dimension = self._shape.width
        self._query, self._passage = (
            self._tokens.ids(prompt.rstrip()) if prompt else [] for prompt in (self._shape.query, self._shape.passage)
        )
        self.token_limit = self._shape.token_limit - len(self._passage)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, without the two special ones."""
        return [len(e.ids) for e in self._tokens.whole.encode_batch_fast(list(texts), add_special_tokens=False)]

    def encode_query(self, text: str) -> Vectors:
        """Return a unit vector, shape (dimension,)."""
        go_on()  # a long question about many countries is encoded once for each
        ids = [*self._query, *self._tokens.ids(text)]
        return self._whole(self._run([self._shape.first, *ids[: self._shape.token_limit - 2], self._shape.last]))

    def encode_passages(
        self, prefixes: Sequence[str], texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Encoded]:
        """Encode prefix and text in one pass; sentence vectors are means over the sentence's own tokens."""
        fronts = self._tokens.whole.encode_batch_fast(list(prefixes), add_special_tokens=False)
        bodies = self._tokens.whole.encode_batch(list(texts), add_special_tokens=False)
        rows: list[tuple[list[int], int, list[tuple[int, int]]]] = []
        for front, body in zip(fronts, bodies, strict=True):
            room = self.token_limit - 2  # the prompt is not counted in it
            head = front.ids[: max(0, min(PREFIX_TOKENS, room - len(body.ids)))]
            tail = body.ids[: room - len(head)]
            ids = [self._shape.first, *self._passage, *head, *tail, self._shape.last]
            rows.append((ids, 1 + len(self._passage) + len(head), body.offsets[: len(tail)]))

        def encode(row: tuple[list[int], int, list[tuple[int, int]]], slices: Sequence[tuple[int, int]]) -> Encoded:
            ids, first, offsets = row
            tokens = self._run(ids)
            return Encoded(self._whole(tokens), pooled(tokens[first:], offsets, slices))

        # One text a pass: the graph scales its 8-bit activations by the largest value of a pass, so that in a batch a
        # text's vector would depend on its company. Alone it has no padding either, and is no slower on a few cores.
        with ThreadPoolExecutor(threads(), thread_name_prefix="encoding") as pool:
            return list(pool.map(encode, rows, spans))

    def _whole(self, tokens: Vectors) -> Vectors:
        """Return the text's vector from its token vectors, pooled as the model was trained."""
        return unit(tokens[0] if self._shape.pooling == "first" else tokens.mean(axis=0))

    def _run(self, ids: Sequence[int]) -> Vectors:
        """Return the token vectors of one text, shape (tokens, dimension)."""
        return token_vectors(self._session, ids)


def unit(vector: Vectors) -> Vectors:
    """Return the vector scaled to length 1 (zeros stay zeros), float32."""
    length = float(numpy.linalg.norm(vector))
    return (vector / length if length > 0 else vector).astype(numpy.float32)


def pooled(tokens: Vectors, offsets: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> Vectors:
    """Return one unit vector per span: the mean of the tokens that end inside it.

    Late chunking, Günther et al. 2024. A span cut off by the limit takes all tokens. Shape (spans, dimension). Not the
    tokens that begin there: a piece of SentencePiece begins at the space before its word.
    """
    lasts = numpy.asarray([end - 1 for _, end in offsets], dtype=numpy.int64)
    out = numpy.zeros((len(spans), tokens.shape[1]), dtype=numpy.float32)
    for i, (start, end) in enumerate(spans):
        inside = (lasts >= start) & (lasts < end)
        chosen = tokens[: len(lasts)][inside] if inside.any() else tokens
        out[i] = unit(chosen.mean(axis=0))
    return out
