"""The encoder that answers need: onnxruntime and tokenizers only, loaded in well under a second."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy

from assistant.errors import EncoderError
from assistant.ports import Encoded, Encoder
from assistant.settings import DEFAULT_ENCODER, Settings

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]

TOKEN_LIMIT = 256
PREFIX_TOKENS = 40
BATCH_TOKENS = 4096


def load_encoder(settings: Settings, cache: Path) -> Encoder:
    """Return the encoder the settings name; the default one is exported into `cache` at first use.

    Raises EncoderError when it cannot be loaded. Another model goes through sentence-transformers.
    """
    if settings.encoder != DEFAULT_ENCODER or settings.encoder_backend == "torch":
        from assistant.indexing.sentence_transformers_encoder import SentenceTransformersEncoder

        return SentenceTransformersEncoder(settings.encoder)
    from assistant.indexing.export import EXPORT_VERSION, export

    manifest = _manifest(cache)
    if manifest.get("version") != EXPORT_VERSION:
        export(cache)
        manifest = _manifest(cache)
    return GraphEncoder(cache, manifest)


def _manifest(cache: Path) -> dict[str, Any]:
    try:
        found = json.loads((cache / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


class GraphEncoder:
    """MiniLM as an exported graph; see `ports.Encoder`. Safe to use from several threads."""

    dimension = 384
    token_limit = TOKEN_LIMIT

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = int(os.environ.get("ASSISTANT_THREADS", "0")) or (os.cpu_count() or 1)
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as problem:
            raise EncoderError(f"the encoder in {folder} cannot be loaded ({problem}); delete the folder") from problem
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.fingerprint = str(manifest.get("fingerprint", ""))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, without the two special ones."""
        return [len(e.ids) for e in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]

    def encode_query(self, text: str) -> Vectors:
        """Return a unit vector, shape (384,)."""
        ids = self._tokenizer.encode(text).ids
        if len(ids) > TOKEN_LIMIT:
            ids = [*ids[: TOKEN_LIMIT - 1], ids[-1]]
        return unit(self._run([ids])[0].mean(axis=0))

    def encode_passages(
        self, prefixes: Sequence[str], texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Encoded]:
        """Encode prefix and text in one pass; sentence vectors are means over the sentence's own tokens."""
        fronts = self._tokenizer.encode_batch_fast(list(prefixes), add_special_tokens=False)
        bodies = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        rows: list[tuple[list[int], int, list[tuple[int, int]]]] = []
        for front, body in zip(fronts, bodies, strict=True):
            room = TOKEN_LIMIT - 2
            head = front.ids[: max(0, min(PREFIX_TOKENS, room - len(body.ids)))]
            tail = body.ids[: room - len(head)]
            rows.append(([101, *head, *tail, 102], 1 + len(head), body.offsets[: len(tail)]))
        out: list[Encoded | None] = [None] * len(rows)
        for batch in _batches([len(ids) for ids, _, _ in rows]):
            vectors = self._run([rows[i][0] for i in batch])
            for i, tokens in zip(batch, vectors, strict=True):
                _, first, offsets = rows[i]
                out[i] = Encoded(unit(tokens.mean(axis=0)), pooled(tokens[first:], offsets, spans[i]))
        return [encoded for encoded in out if encoded is not None]

    def _run(self, rows: Sequence[Sequence[int]]) -> list[Vectors]:
        """Return the token vectors of each row, shape (tokens, 384), padding cut off."""
        longest = max(len(row) for row in rows)
        ids = numpy.zeros((len(rows), longest), dtype=numpy.int32)
        mask = numpy.zeros((len(rows), longest), dtype=numpy.int32)
        for i, row in enumerate(rows):
            ids[i, : len(row)] = row
            mask[i, : len(row)] = 1
        hidden = self._session.run(None, {"input_ids": ids, "mask": mask})[0]
        return [hidden[i, : len(row)] for i, row in enumerate(rows)]


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Group rows of like length so that a batch holds at most BATCH_TOKENS tokens with padding."""
    batches: list[list[int]] = []
    for i in sorted(range(len(lengths)), key=lambda i: (lengths[i], i)):
        if batches and (len(batches[-1]) + 1) * lengths[i] <= BATCH_TOKENS and len(batches[-1]) < 32:
            batches[-1].append(i)
        else:
            batches.append([i])
    return batches


def unit(vector: Vectors) -> Vectors:
    """Return the vector scaled to length 1 (zeros stay zeros), float32."""
    length = float(numpy.linalg.norm(vector))
    return (vector / length if length > 0 else vector).astype(numpy.float32)


def pooled(tokens: Vectors, offsets: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> Vectors:
    """Return one unit vector per span: the mean of the tokens that begin inside it.

    Late chunking, Günther et al. 2024. A span cut off by the limit takes all tokens. Shape (spans, dimension).
    """
    starts = numpy.asarray([start for start, _ in offsets], dtype=numpy.int64)
    out = numpy.zeros((len(spans), tokens.shape[1]), dtype=numpy.float32)
    for i, (start, end) in enumerate(spans):
        inside = (starts >= start) & (starts < end)
        chosen = tokens[: len(starts)][inside] if inside.any() else tokens
        out[i] = unit(chosen.mean(axis=0))
    return out
