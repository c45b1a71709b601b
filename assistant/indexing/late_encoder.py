"""An encoder that is loaded when it is needed: looking for changes takes milliseconds, loading a model much longer."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy

from assistant.indexing.export import EXPORT_VERSION
from assistant.ports import Encoded, Encoder
from assistant.settings import DEFAULT_ENCODER, Settings

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]
DEFAULT_DIMENSION = 384


class LateEncoder:
    """See `ports.Encoder`; the default encoder's fingerprint comes from its manifest, without loading it."""

    def __init__(self, settings: Settings, cache: Path, load: Callable[[], Encoder]) -> None:
        self._load = load
        self._manifest = _manifest(cache) if _is_default(settings) else {}

    @cached_property
    def _encoder(self) -> Encoder:
        return self._load()

    @property
    def fingerprint(self) -> str:
        """What the vectors depend on."""
        return str(self._manifest.get("fingerprint") or self._encoder.fingerprint)

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return DEFAULT_DIMENSION if self._manifest else self._encoder.dimension

    @property
    def token_limit(self) -> int:
        """Tokens of a text that count."""
        return self._encoder.token_limit

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, without the special ones."""
        return self._encoder.count_tokens(texts)

    def encode_query(self, text: str) -> Vectors:
        """Return a unit vector, shape (dimension,)."""
        return self._encoder.encode_query(text)

    def encode_passages(
        self, prefixes: Sequence[str], texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Encoded]:
        """Encode prefix and text; see `ports.Encoder`."""
        return self._encoder.encode_passages(prefixes, texts, spans)


def _is_default(settings: Settings) -> bool:
    return settings.encoder == DEFAULT_ENCODER and settings.encoder_backend == "onnx"


def _manifest(cache: Path) -> dict[str, Any]:
    try:
        found = json.loads((cache / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and found.get("version") == EXPORT_VERSION else {}
