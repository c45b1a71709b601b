"""A real model server on loopback: `transformers serve` with a tiny random model; its nonsense must change nothing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.wiring import open_desk, refresh_library

TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant:"


def save_tiny_model(folder: Path) -> None:
    """Save a model of a few thousand random weights with a byte tokenizer."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    torch.manual_seed(7)
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=300, special_tokens=["<s>", "</s>"], initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(["genome policy of Estonia and Finland"], trainer)
    whole = PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", pad_token="</s>")
    whole.chat_template = TEMPLATE
    whole.save_pretrained(folder)
    config = LlamaConfig(
        vocab_size=len(whole), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2,
        num_key_value_heads=2, max_position_embeddings=8192, bos_token_id=0, eos_token_id=1,
    )  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(folder)


@pytest.fixture(scope="module")
def model_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    pytest.importorskip("accelerate")
    folder = tmp_path_factory.mktemp("tiny")
    save_tiny_model(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("transformers")), "serve", str(folder), "--host", "127.0.0.1"]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(folder / "home")}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--port", str(port), "--device", "cpu"], stdout=log, stderr=log, env=environment
        )
        try:
            _wait(server, port, folder / "log")
            yield f"http://127.0.0.1:{port}/v1", folder
        finally:
            server.kill()
            server.wait()


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(240):
        assert server.poll() is None, log.read_text(errors="replace")[-2000:]
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.5)
    pytest.fail("the model server did not start")


def test_nonsense_of_a_real_model_ends_in_the_quoted_answer(model_server: tuple[str, Path], tmp_path: Path) -> None:
    address, folder = model_server
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "estonia-visit-2021.txt").write_text(
        "Visit report Estonia\n\nEstonia won public trust through decades of campaigns in films and soap operas.",
        encoding="utf-8",
    )
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    refresh_library(settings)
    question = "How did Estonia win public trust?"
    quoted = open_desk(settings).ask(question)
    desk = open_desk(replace(settings, model=f"openai:{folder}", model_base_url=address, model_timeout_seconds=30.0))
    *pieces, answer = list(desk.ask_stream(question))
    assert pieces == []
    assert not isinstance(answer, str)
    assert (answer.statements, answer.citations, answer.text) == (quoted.statements, quoted.citations, quoted.text)
    assert len(answer.notices) == len(quoted.notices) + 1
    assert answer.model is not None
    assert answer.model.fallback
    assert "cannot be reached" not in answer.model.fallback
    assert "error" not in answer.model.fallback
