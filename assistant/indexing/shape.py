"""What a model's folder says of the model, as far as exporting it needs: BERT with mean or first-token pooling."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of a BERT encoder, how its token vectors become one, its two special tokens and its two prompts."""

    layers: int = 6
    heads: int = 12
    width: int = 384
    epsilon: float = 1e-12
    token_limit: int = 256
    pooling: Literal["mean", "first"] = "mean"
    first: int = 101
    last: int = 102
    query: str = ""
    passage: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the fields as JSON values."""
        return asdict(self)


def shape_of(folder: Path) -> Shape | None:
    """Return the shape of a sentence-transformers model folder, None when our graph cannot stand for it.

    It can for BERT with absolute positions, exact GELU, one safetensors file, no prompts but those of a query and of a
    document, and modules that are a transformer, mean or first-token pooling, and at most a normalisation.
    """
    try:
        model = _json(folder / "config.json")
        modules = [str(item["type"]).rsplit(".", 1)[-1] for item in _json(folder / "modules.json")]
        pooling = _json(folder / "1_Pooling" / "config.json")
        limits = (_json(folder / "sentence_bert_config.json"), _json(folder / "tokenizer_config.json"))
        extra = folder / "config_sentence_transformers.json"
        prompts = _prompts(_json(extra)) if extra.is_file() else ("", "")
        special = _special(folder / "tokenizer.json")
    except (OSError, ValueError, KeyError, TypeError):
        return None
    fits = (
        model.get("model_type") == "bert"
        and model.get("hidden_act") == "gelu"
        and model.get("position_embedding_type", "absolute") == "absolute"
        and modules[:2] == ["Transformer", "Pooling"]
        and modules[2:] in ([], ["Normalize"])
        and prompts is not None
        and (folder / "model.safetensors").is_file()
        and special is not None
    )
    how = _pooling(pooling)
    if not fits or how is None or special is None or prompts is None:
        return None
    most = int(model["max_position_embeddings"])
    return Shape(
        int(model["num_hidden_layers"]),
        int(model["num_attention_heads"]),
        int(model["hidden_size"]),
        float(model.get("layer_norm_eps", 1e-12)),
        min(int(limits[0].get("max_seq_length") or limits[1].get("model_max_length") or most), most),
        how,
        *special,
        *prompts,
    )


def reader_shape_of(folder: Path) -> Shape | None:
    """Return the shape of a CrossEncoder's folder, None when our graph cannot stand for it.

    It can for a BERT with absolute positions, exact GELU, one score, one safetensors file, and BERT's pairs.
    """
    try:
        model, tokens = _json(folder / "config.json"), _json(folder / "tokenizer_config.json")
        special = _special(folder / "tokenizer.json")
        paired = _is_paired_as_bert(folder / "tokenizer.json")
    except (OSError, ValueError, KeyError, TypeError):
        return None
    fits = (
        model.get("architectures") == ["BertForSequenceClassification"]
        and len(model.get("id2label") or {}) == 1
        and model.get("hidden_act") == "gelu"
        and model.get("position_embedding_type", "absolute") == "absolute"
        and (folder / "model.safetensors").is_file()
    )
    if not fits or special is None or not paired:
        return None
    most = int(model["max_position_embeddings"])
    return Shape(
        int(model["num_hidden_layers"]),
        int(model["num_attention_heads"]),
        int(model["hidden_size"]),
        float(model.get("layer_norm_eps", 1e-12)),
        min(int(tokens.get("model_max_length") or most), most),
        "first",
        *special,
    )


def _prompts(config: dict[str, Any]) -> tuple[str, str] | None:
    """Return what stands before a query and before a passage; None where the model chooses among more."""
    prompts = {name: str(text) for name, text in (config.get("prompts") or {}).items() if text}
    if config.get("default_prompt_name") or not set(prompts) <= {"query", "document", "passage", "corpus"}:
        return None
    passage = next((prompts[name] for name in ("document", "passage", "corpus") if name in prompts), "")
    return prompts.get("query", ""), passage


def _json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def _pooling(config: dict[str, Any]) -> Literal["mean", "first"] | None:
    """Return the pooling; models saved lately name it, older ones set one of several flags."""
    named = config.get("pooling_mode")
    on = [named] if isinstance(named, str) else [n for n, v in config.items() if n.startswith("pooling_mode_") and v]
    if on in (["mean"], ["pooling_mode_mean_tokens"]):
        return "mean"
    return "first" if on in (["cls"], ["pooling_mode_cls_token"]) else None


def _special(file: Path) -> tuple[int, int] | None:
    """Return the tokens that stand around an empty text, None unless there are two."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    ids = tokenizer.encode("").ids
    return (ids[0], ids[1]) if len(ids) == 2 else None


def _is_paired_as_bert(file: Path) -> bool:
    """Return whether one separator stands between two texts, and the second one is the second segment."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    return tokenizer.encode("", "").type_ids == [0, 0, 1]
