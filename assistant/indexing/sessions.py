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


def open_model(folder: Path, what: str) -> tuple[Any, Any]:
    """Return the session and the tokenizer of an exported model; raises EncoderError naming the folder.

    Each text has one core to itself, and several texts have several: threads that share a text wait for each other, and
    busily, which beside reading processes or other users cost more than half of the speed.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as problem:
        raise EncoderError(f"the {what} in {folder} cannot be loaded ({problem}); delete the folder") from problem
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return session, tokenizer
