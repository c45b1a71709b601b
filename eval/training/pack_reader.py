#!/usr/bin/env python3
"""Packs a trained branch for shipping: matrices as 8-bit integers with a scale a row, the rest in half precision.

python eval/training/pack_reader.py BRANCH_FOLDER [--out assistant/data/reader.safetensors]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy
from safetensors.numpy import load_file, save_file

TARGET = Path(__file__).parents[2] / "assistant" / "data" / "reader.safetensors"


def packed(state: dict[str, numpy.ndarray]) -> dict[str, numpy.ndarray]:
    """Return the tensors as they are shipped: `NAME` and `NAME.scale` for each large matrix."""
    out = {}
    for name, value in state.items():
        if value.ndim == 2 and value.size > 10_000:
            scale = numpy.abs(value).max(axis=1) / 127
            out[f"{name}.scale"] = scale.astype(numpy.float32)
            out[name] = numpy.round(value / numpy.maximum(scale, 1e-12)[:, None]).astype(numpy.int8)
        else:
            out[name] = value.astype(numpy.float16)
    return out


def main() -> None:
    """Pack the branch of the folder given."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--out", type=Path, default=TARGET)
    given = ask.parse_args()
    save_file(packed(load_file(str(given.folder / "branch.safetensors"))), str(given.out))
    print(given.out.name, given.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
