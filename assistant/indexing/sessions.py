"""Opens exported models: a graph in onnxruntime, its tokenizer, its manifest."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from assistant.errors import EncoderError


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
