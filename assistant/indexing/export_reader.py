"""Writes a cross-encoder as a graph for onnxruntime and a head beside it, once; see `export`."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy

from assistant.indexing.carriers import EXPORT_VERSION, MS_MARCO, fingerprint, sha256_of
from assistant.indexing.export import install, tensors_of
from assistant.indexing.shape import Shape

MS_MARCO_SHAPE = Shape(layers=12, token_limit=512, pooling="first")


def export_reader(target: Path) -> None:
    """Write the packaged reader into `target`; raises EncoderError where its weights are not those wanted."""
    from assistant.indexing.ms_marco import read_ms_marco

    file = MS_MARCO.checked()
    tensors = read_ms_marco(file)
    # The package keeps these two matrices as they are multiplied, (in, out).
    for name in ("pooler.dense.weight", "classifier.weight"):
        tensors[name] = tensors[name].T

    def write(made: Path) -> dict[str, Any]:
        _write(tensors, MS_MARCO_SHAPE, file.with_name("tokenizer.json"), made)
        return _manifest(MS_MARCO.name, MS_MARCO.sha256, MS_MARCO_SHAPE)

    install(target, write)


def export_reader_folder(target: Path, folder: Path, shape: Shape) -> None:
    """Write the reader of a CrossEncoder's folder, whose shape is known, into `target`."""
    weights = folder / "model.safetensors"

    def write(made: Path) -> dict[str, Any]:
        _write(tensors_of(weights), shape, folder / "tokenizer.json", made)
        return _manifest(str(folder), sha256_of(weights), shape)

    install(target, write)


def _manifest(model: str, weights: str, shape: Shape) -> dict[str, Any]:
    return {
        "version": EXPORT_VERSION,
        "model": model,
        "weights": weights,
        "shape": shape.to_json(),
        "separators": 1,
        "fingerprint": fingerprint(weights, "reader"),
    }


def _write(tensors: Mapping[str, Any], shape: Shape, tokenizer: Path, made: Path) -> None:
    from safetensors.numpy import save

    from assistant.indexing.graph import bert_graph
    from assistant.indexing.graph import save as save_graph

    save_graph(bert_graph(tensors, shape, range(shape.layers), segments=True), made)
    shutil.copyfile(tokenizer, made / "tokenizer.json")
    head = {
        "pooler.weight": tensors["pooler.dense.weight"],
        "pooler.bias": tensors["pooler.dense.bias"],
        "classifier.weight": tensors["classifier.weight"].reshape(-1),
        "classifier.bias": tensors["classifier.bias"].reshape(-1),
    }
    plain = {name: numpy.ascontiguousarray(value, numpy.float32) for name, value in head.items()}
    (made / "head.safetensors").write_bytes(save(plain))
