"""Writes multilingual-e5-small as the folder that sentence-transformers loads: for torch, and to prove the graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy

from assistant.indexing.nano import WORDS, Nano
from assistant.indexing.pieces import tokenizer_json
from assistant.indexing.shape import Shape

TOKENS = {
    "bos_token": "<s>",
    "eos_token": "</s>",
    "cls_token": "<s>",
    "sep_token": "</s>",
    "pad_token": "<pad>",
    "unk_token": "<unk>",
    "mask_token": "<mask>",
}
MODULES = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))


def write_folder(model: Nano, shape: Shape, target: Path) -> None:
    """Write weights in single precision, the whole vocabulary and the settings; `modules.json` last."""
    from safetensors.numpy import save_file

    for place, _ in MODULES:
        (target / place).mkdir(parents=True, exist_ok=True)
    weights = {**model.state(), WORDS: model.words().floats()}
    kept = {name: numpy.ascontiguousarray(value, numpy.float32) for name, value in weights.items()}
    save_file(kept, str(target / "model.safetensors"), metadata={"format": "pt"})
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": model.width,
        "num_hidden_layers": model.layers,
        "num_attention_heads": model.heads,
        "intermediate_size": model.inner,
        "hidden_act": "gelu",
        "vocab_size": model.vocabulary,
        "max_position_embeddings": model.positions,
        "type_vocab_size": model.segments,
        "layer_norm_eps": shape.epsilon,
        "pad_token_id": 0,
        "tokenizer_class": "XLMRobertaTokenizer",
    }
    tokens = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": shape.token_limit, **TOKENS}
    prompts = {"prompts": {"query": shape.query, "document": shape.passage}, "default_prompt_name": None}
    modules = [
        {"idx": number, "name": str(number), "path": place, "type": f"sentence_transformers.models.{kind}"}
        for number, (place, kind) in enumerate(MODULES)
    ]
    _put(target / "tokenizer.json", tokenizer_json(model))
    _put(target / "config.json", config)
    _put(target / "tokenizer_config.json", tokens)
    _put(target / "1_Pooling" / "config.json", {
        "word_embedding_dimension": model.width, "pooling_mode_mean_tokens": True,
    })  # fmt: skip
    _put(target / "sentence_bert_config.json", {"max_seq_length": shape.token_limit, "do_lower_case": False})
    _put(target / "config_sentence_transformers.json", prompts)
    _put(target / "modules.json", modules)


def _put(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
