"""An encoder that is loaded when it is needed: looking for changes takes milliseconds, loading a model much longer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

import numpy

from assistant.indexing.carriers import encoder_named
from assistant.indexing.export import fingerprint_of, shape_named
from assistant.ports import Encoded, Encoder
from assistant.settings import Settings

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]


class LateEncoder:
    """See `ports.Encoder`; what a packaged encoder's vectors depend on is known without loading it."""

    def __init__(self, settings: Settings, load: Callable[[], Encoder]) -> None:
        self._load = load
        self._lock = Lock()
        self._loaded: Encoder | None = None
        self._carried = encoder_named(settings.encoder) if settings.encoder_backend == "onnx" else None

    @property
    def _encoder(self) -> Encoder:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    @property
    def fingerprint(self) -> str:
        """What the vectors depend on."""
        known = self._carried
        return fingerprint_of(known.sha256, shape_named(known)) if known else self._encoder.fingerprint

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return shape_named(self._carried).width if self._carried else self._encoder.dimension

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
