"""Builds BERT, or a stretch of its layers, as a fused graph for onnxruntime, node by node.

ONNX Runtime's fused transformer operators are written directly, so neither torch nor transformers is imported.
Weights are stored as signed 8-bit integers, one scale per channel, with reduced range (without it, AVX2's 16-bit
accumulation saturates); whole columns at once, which onnxruntime's own quantiser does one by one in two seconds.
Signed, because processors multiply unsigned activations by signed weights more than twice as fast; the sums are exact,
so vectors are the same to the bit. Rows of words, of which a text needs few, stay in half precision or in the 4 bits
in which they came.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy

from assistant.indexing.nano import BLOCK, WORDS, FourBits
from assistant.indexing.shape import Shape

STEPS, HALF = 127, 64
Matrix = numpy.ndarray[Any, numpy.dtype[numpy.float32]]
POSITIONS, SEGMENTS = "embeddings.position_embeddings.weight", "embeddings.token_type_embeddings.weight"


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


def bert_graph(
    tensors: Mapping[str, Any], shape: Shape, layers: range, *, rows: FourBits | None = None, segments: bool = False
) -> Any:
    """Return a stretch of a BERT's layers as a model: token vectors "tokens", (batch, tokens, width), come out.

    From layer 0 on, "input_ids" and "mask" (int32) go in, and "segments" where asked for; a later stretch takes
    "hidden", the vectors that come out of the stretch before it, and "mask". `rows` are the words' rows where
    `tensors` has none.
    """
    from onnx import TensorProto, helper

    def given(name: str, kind: int, *more: int) -> Any:
        return helper.make_tensor_value_info(name, kind, ["batch", "tokens", *more])

    build = _Graph(tensors, shape)
    inputs = [given("mask", TensorProto.INT32)]
    if layers.start:
        inputs.append(given("hidden", TensorProto.FLOAT, shape.width))
        hidden = "hidden"
    else:
        inputs += [given(name, TensorProto.INT32) for name in ("input_ids", *(["segments"] if segments else []))]
        hidden = build.embeddings(rows, segments)
    for number in layers:
        hidden = build.layer(number, hidden, "tokens" if number == layers[-1] else "")
    output = given("tokens", TensorProto.FLOAT, shape.width)
    graph = helper.make_graph(build.nodes, "bert", inputs, [output], build.initializers)
    imports = [helper.make_opsetid("", 21), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=imports, ir_version=10)


def save(model: Any, folder: Path) -> None:
    """Write the model as model.onnx and its weights beside it, where onnxruntime maps instead of reading them."""
    import onnx

    file = folder / "model.onnx"
    onnx.save_model(
        model, str(file), save_as_external_data=True, all_tensors_to_one_file=True, location="weights.bin",
        size_threshold=1024,
    )  # fmt: skip
    weights = folder / "weights.bin"
    if weights.exists():  # for whom the one may be read, so may the other
        weights.chmod(file.stat().st_mode)


class _Graph:
    """Collects nodes and weights."""

    def __init__(self, tensors: Mapping[str, Any], shape: Shape) -> None:
        self.shape = shape
        self.tensors, self.nodes, self.initializers = tensors, [], []  # type: ignore[var-annotated]

    def constant(self, name: str, value: Any) -> str:
        from onnx import numpy_helper

        self.initializers.append(numpy_helper.from_array(numpy.ascontiguousarray(value), name))
        return name

    def plain(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def node(self, kind: str, inputs: list[str], outputs: list[str], **attributes: Any) -> None:
        from onnx import helper

        domain = "" if kind == "DynamicQuantizeLinear" else "com.microsoft"
        self.nodes.append(helper.make_node(kind, inputs, outputs, name=outputs[0], domain=domain, **attributes))

    def embeddings(self, rows: FourBits | None, segments: bool) -> str:
        """Add words, positions and segments, normalised; without segments the first one goes into the positions."""
        from onnx import TensorProto

        positions, kinds = self.tensors[POSITIONS], self.tensors[SEGMENTS]
        if rows is None:
            words = self.constant("words", self.tensors[WORDS].astype(numpy.float16))
            found = self.plain("Gather", [words, "input_ids"], "words.found", axis=0)
        else:
            found = self._four_bits(rows)
        self.plain("Cast", [found], "words.float", to=TensorProto.FLOAT)
        self.constant("positions", positions if segments else positions + kinds[0])
        self.plain("Shape", ["input_ids"], "length", start=1, end=2)
        self.constant("start", numpy.zeros(1, numpy.int64))
        self.plain("Slice", ["positions", "start", "length", "start"], "placed")
        total = self.plain("Add", ["words.float", "placed"], "words.placed")
        if segments:
            self.plain("Gather", [self.constant("kinds", kinds), "segments"], "kind", axis=0)
            total = self.plain("Add", [total, "kind"], "words.kind")
        norm = self.norm("embeddings.LayerNorm")
        return self.plain("LayerNormalization", [total, *norm], "embedded", axis=-1, epsilon=self.shape.epsilon)

    def _four_bits(self, rows: FourBits) -> str:
        from onnx import TensorProto, helper

        halves = (rows.whole & 15).astype(numpy.uint8)
        packed = (halves[:, 0::2] | (halves[:, 1::2] << 4)).tobytes()
        self.initializers.append(helper.make_tensor("words", TensorProto.INT4, rows.whole.shape, packed, raw=True))
        scales = self.constant("words.scale", rows.scales)
        return self.plain(
            "GatherBlockQuantized", ["words", "input_ids", scales], "words.found", "com.microsoft",
            gather_axis=0, quantize_axis=1, block_size=BLOCK,
        )  # fmt: skip

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

    def layer(self, number: int, hidden: str, output: str = "") -> str:
        """Add one layer; return the name of its token vectors, `output` where given."""
        base, epsilon = f"encoder.layer.{number}", self.shape.epsilon
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
        self.node("SkipLayerNormalization", [out, hidden, *norm, out_bias], [f"{base}.middle"], epsilon=epsilon)
        wide, wide_bias = self.linear(f"{base}.intermediate.dense", f"{base}.middle")
        self.node("BiasGelu", [wide, wide_bias], [f"{base}.gelu"])
        narrow, narrow_bias = self.linear(f"{base}.output.dense", f"{base}.gelu")
        last = [narrow, f"{base}.middle", *self.norm(f"{base}.output.LayerNorm"), narrow_bias]
        self.node("SkipLayerNormalization", last, [output or f"{base}.end"], epsilon=epsilon)
        return output or f"{base}.end"
