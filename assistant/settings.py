"""Settings are values: they build nothing and read nothing but what they are given."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from assistant.errors import SettingsError

DEFAULT_ENCODER = "multilingual-e5-small"
DEFAULT_READER = "ms-marco-MiniLM-L-12-v2"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. Sizes in encoder tokens, times in seconds, memory in MiB, shares from 0 to 1."""

    corpus: Path = Path("corpus")
    index: Path = Path("index")
    encoder: str = DEFAULT_ENCODER
    encoder_backend: str = "onnx"  # onnx | torch
    reader: str = DEFAULT_READER  # a sentence-transformers CrossEncoder, by name or folder; "none" or empty: none
    model: str = ""  # a chat model as PROVIDER:NAME; empty means none
    model_base_url: str = ""  # where an OpenAI-compatible or Ollama server listens; empty means the provider's own
    model_timeout_seconds: float = 60.0  # for the whole answer; first text within half, no pause above a quarter of it
    allow_hosted_model: bool = False  # whether passages may leave this machine
    passage_tokens: int = 120
    overlap_sentences: int = 1
    candidates: int = 50
    dense_weight: float = 0.7
    sentence_share: float = 0.5
    read_passages: int = 20
    quote_words: int = 190
    read_seconds: float = 60.0
    read_memory: int = 2048
    largest_file: int = 200
    workers: int = 0  # 0 means one per core
    port: int = 7860

    def fingerprint(self) -> str:
        """Return 12 hexadecimal digits over everything that can change an answer (not folders, ports or limits)."""
        names: tuple[str, ...] = (
            "encoder", "encoder_backend", "reader", "model", "passage_tokens", "overlap_sentences", "candidates",
            "dense_weight", "sentence_share", "read_passages", "quote_words",
        )  # fmt: skip
        values = asdict(self)
        return hashlib.sha256("\x1f".join(f"{n}={values[n]}" for n in names).encode()).hexdigest()[:12]

    def chunking(self) -> str:
        """Return what the cutting of passages depends on; a library made with another one is stale."""
        return f"tokens={self.passage_tokens} overlap={self.overlap_sentences}"


def load_settings(file: Path | None = None, environment: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Return settings from a TOML file, then the environment (ASSISTANT_CORPUS …), then what is given (None is unset).

    Raises SettingsError naming the setting, what was seen and what was wanted.
    """
    environment = os.environ if environment is None else environment
    file = file or (Path(environment["ASSISTANT_SETTINGS"]) if environment.get("ASSISTANT_SETTINGS") else None)
    values: dict[str, Any] = {}
    if file is not None:
        try:
            values.update(tomllib.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError) as problem:
            raise SettingsError(f"settings file {file}: {problem}") from problem
    known = {f.name: f for f in fields(Settings)}
    for name in known:
        if environment.get(f"ASSISTANT_{name.upper()}"):
            values[name] = environment[f"ASSISTANT_{name.upper()}"]
    values.update({name: value for name, value in given.items() if value is not None})
    settings = Settings()
    for name, value in values.items():
        if name not in known:
            raise SettingsError(f"unknown setting {name!r}; known are {', '.join(known)}")
        settings = replace(settings, **{name: _convert(name, value, type(getattr(settings, name)))})
    return _checked(settings)


def _convert(name: str, value: Any, kind: Callable[[Any], Any]) -> Any:
    if kind is bool:
        return _truth(name, value)
    try:
        return Path(value).expanduser() if name in ("corpus", "index") else kind(value)
    except (TypeError, ValueError) as problem:
        raise SettingsError(f"setting {name!r}: wanted {getattr(kind, '__name__', kind)}, got {value!r}") from problem


def _truth(name: str, value: Any) -> bool:
    word = str(value).strip().lower()
    if word not in ("true", "false", "1", "0", "yes", "no"):
        raise SettingsError(f"setting {name!r}: wanted true or false, got {value!r}")
    return word in ("true", "1", "yes")


def _checked(settings: Settings) -> Settings:
    if not 30 <= settings.passage_tokens <= 250:
        raise SettingsError(f"setting 'passage_tokens': wanted 30 to 250, got {settings.passage_tokens}")
    if settings.encoder_backend not in ("onnx", "torch"):
        raise SettingsError(f"setting 'encoder_backend': wanted onnx or torch, got {settings.encoder_backend!r}")
    if not 1 <= settings.model_timeout_seconds <= 3600:
        raise SettingsError(
            f"setting 'model_timeout_seconds': wanted 1 to 3600 seconds, got {settings.model_timeout_seconds}"
        )
    for name in ("dense_weight", "sentence_share"):
        if not 0 <= getattr(settings, name) <= 1:
            raise SettingsError(f"setting {name!r}: wanted a share from 0 to 1, got {getattr(settings, name)}")
    return settings
