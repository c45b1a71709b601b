"""Writes an encoder as a fused graph for onnxruntime, once, from its packaged weights or its folder.

The files go into the library's folder, all or nothing, with a manifest that names the model, what its vectors depend
on, and the SHA-256 of each file. A test holds the result to a cosine of at least 0.99 with sentence-transformers.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy

from assistant.indexing.carriers import E5, EXPORT_VERSION, Carried, encoder_named, fingerprint, sha256_of
from assistant.indexing.faults import in_words
from assistant.indexing.nano import FourBits, Nano, read_nano
from assistant.indexing.shape import Shape

E5_SHAPE = Shape(12, 12, 384, 1e-12, 512, "mean", 0, 2, "query: ", "passage: ")
"""The special tokens come first in the vocabulary, so that pruning leaves their numbers."""


def shape_named(carried: Carried) -> Shape:
    """Return the shape of a carried encoder, known without opening it."""
    return E5_SHAPE if carried is E5 else Shape()


def fingerprint_of(weights: str, shape: Shape) -> str:
    """Return what vectors depend on: the weights, how they were exported, the prompts."""
    return fingerprint(weights, *(prompt for prompt in (shape.query, shape.passage) if prompt))


def export(target: Path, carried: Carried) -> None:
    """Write a packaged encoder into `target`; raises EncoderError where its weights are not those wanted."""
    file, shape = carried.checked(), shape_named(carried)

    def write(made: Path) -> dict[str, Any]:
        if carried is E5:
            _write_nano(read_nano(file), shape, made)
        else:
            _write_bert(file.parent, shape, made)
        return manifest_of(carried.name, carried.sha256, shape)

    install(target, write)


def export_folder(target: Path, folder: Path, shape: Shape) -> None:
    """Write the encoder of a sentence-transformers folder, whose shape is known, into `target`."""

    def write(made: Path) -> dict[str, Any]:
        _write_bert(folder, shape, made)
        return manifest_of(str(folder), sha256_of(folder / "model.safetensors"), shape)

    install(target, write)


def manifest_of(model: str, weights: str, shape: Shape) -> dict[str, Any]:
    """Return what a manifest says of an encoder."""
    return {
        "version": EXPORT_VERSION,
        "model": model,
        "weights": weights,
        "shape": shape.to_json(),
        "fingerprint": fingerprint_of(weights, shape),
    }


def install(target: Path, write: Callable[[Path], Mapping[str, Any]]) -> None:
    """Have an exported model written beside `target`, add its manifest, and put it in place whole.

    Raises UnwritableLibrary where the disk is full or may not be written, and leaves nothing behind.
    """
    with in_words(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as work:
            made = Path(work) / "made"
            made.mkdir()
            described = write(made)
            (made / "manifest.json").write_bytes(manifest_bytes(made, described))
            if target.exists():
                shutil.rmtree(target)
            os.replace(made, target)


def manifest_bytes(folder: Path, described: Mapping[str, Any]) -> bytes:
    """Return the manifest of the exported files in a folder, to the byte: `assistant check` compares it.

    Its last line sums up the lines before it, so that a byte changed in any of them is noticed.
    """
    kept = {name: value for name, value in described.items() if name not in ("files", "sum")}
    names = sorted(file.name for file in folder.iterdir() if file.is_file() and file.name != "manifest.json")
    manifest = {**kept, "files": {name: sha256_of(folder / name) for name in names}}
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    return json.dumps(
        {**manifest, "sum": hashlib.sha256(text.encode()).hexdigest()}, indent=1, ensure_ascii=False
    ).encode()


def manifest_files(data: bytes) -> dict[str, str]:
    """Return the SHA-256 by file name of a manifest; raises ValueError, KeyError or TypeError."""
    return {str(name): str(value) for name, value in dict(json.loads(data)["files"]).items()}


def packaged_folder(name: str, cache: Path | None) -> str | None:
    """Return the folder of a packaged encoder as sentence-transformers loads it, None for any other name.

    That of the 4-bit file is made in `cache`, in single precision.
    """
    carried = encoder_named(name)
    if carried is None:
        return None
    file = carried.checked()
    if carried is not E5:
        return str(file.parent)
    from assistant.indexing.nano_folder import write_folder

    target = (cache or Path(tempfile.mkdtemp()) / "encoder").with_name("encoder-float")
    if not (target / "modules.json").is_file():
        write_folder(read_nano(file), E5_SHAPE, target)
    return str(target)


def tensors_of(file: Path) -> dict[str, Any]:
    """Return the weights of a safetensors file by the names of BERT, float32."""
    from safetensors.numpy import load_file

    return {
        name.removeprefix("bert."): value.astype(numpy.float32)
        for name, value in load_file(str(file)).items()
        if value.ndim and "position_ids" not in name
    }


def _write_bert(folder: Path, shape: Shape, made: Path) -> None:
    from assistant.indexing.graph import bert_graph, save

    tensors = tensors_of(folder / "model.safetensors")
    save(bert_graph(tensors, shape, range(shape.layers)), made)
    shutil.copyfile(folder / "tokenizer.json", made / "tokenizer.json")


def _write_nano(model: Nano, shape: Shape, made: Path) -> None:
    from assistant.indexing.graph import bert_graph, save

    rows = write_tokenizer(model, made)
    save(bert_graph(model.state(), shape, range(shape.layers), rows=rows), made)


def write_tokenizer(model: Nano, made: Path) -> FourBits:
    """Write the tokenizer of the pieces we keep into a folder, and return the rows of their words."""
    from assistant.indexing.pieces import kept_pieces, signs_of, tokenizer_json
    from assistant.indexing.unigram import write_pieces

    keep = kept_pieces(model.pieces)
    described = tokenizer_json(model, keep)
    (made / "tokenizer.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    pieces, scores = zip(*described["model"]["vocab"], strict=True)
    gone, space = signs_of(model.normal)
    special = [token["content"] for token in described["added_tokens"]]
    about = {"unknown": described["model"]["unk_id"], "special": special, "gone": gone, "space": space}
    write_pieces(pieces, scores, about, made)
    return model.words().take(numpy.asarray(keep))
