"""Opens exported models: a graph in onnxruntime, its tokenizer, its manifest."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy

from assistant.errors import EncoderError
from assistant.indexing.carriers import EXPORT_VERSION

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]


def threads() -> int:
    """Return how many texts are read at a time: ASSISTANT_THREADS, or one for each core."""
    return int(os.environ.get("ASSISTANT_THREADS", "0")) or (os.cpu_count() or 1)


def manifest_in(folder: Path) -> dict[str, Any]:
    """Return what the manifest of an exported model says; nothing where there is none."""
    try:
        found = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def exported(folder: Path, wanted: Mapping[str, str], export: Callable[[], None]) -> dict[str, Any]:
    """Return the manifest of a model in its folder, exported first where it is another's, or of another version.

    `wanted` is what the manifest must say; `export` writes the folder whole.
    """
    told = manifest_in(folder)
    if any(told.get(name) != value for name, value in {"version": EXPORT_VERSION, **wanted}.items()):
        export()
        told = manifest_in(folder)
    return told


def open_session(folder: Path, what: str) -> Any:
    """Return the session of an exported model; raises EncoderError naming the folder.

    Each text has one core to itself, and several texts have several: threads that share a text wait for each other, and
    busily, which beside reading processes or other users cost more than half of the speed.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
    except Exception as problem:
        raise _unloadable(folder, what, problem) from problem


def token_vectors(session: Any, ids: Sequence[int], segments: Sequence[int] | None = None) -> Vectors:
    """Return the vectors of one text's tokens, shape (tokens, width), `segments` where the graph takes them."""
    row = numpy.asarray([ids], dtype=numpy.int32)
    given = {"input_ids": row, "mask": numpy.ones_like(row)}
    if segments is not None:
        given["segments"] = numpy.asarray([segments], dtype=numpy.int32)
    return numpy.asarray(session.run(None, given)[0][0], dtype=numpy.float32)


def open_tokenizer(folder: Path, what: str) -> Any:
    """Return the tokenizer of an exported model, which neither pads nor cuts; raises EncoderError."""
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as problem:
        raise _unloadable(folder, what, problem) from problem
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _unloadable(folder: Path, what: str, problem: Exception) -> EncoderError:
    return EncoderError(f"the {what} in {folder} cannot be loaded ({problem}); delete the folder")
