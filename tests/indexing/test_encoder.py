"""The exported encoder against sentence-transformers, and what it promises."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import numpy
import pytest

from assistant.errors import EncoderError
from assistant.indexing.carriers import MINILM
from assistant.indexing.check import model_problems
from assistant.indexing.encoder import GraphEncoder, load_encoder, pooled
from assistant.indexing.graph import eight_bits
from assistant.indexing.late_encoder import LateEncoder
from assistant.indexing.shape import Shape, shape_of
from assistant.settings import Settings

MINI = Settings(encoder=MINILM.name)
TEXTS = [
    "Estonia won public trust through decades of communication with the population.",
    "The data permit authority grants access to health data for research.",
    "Whole-genome sequencing is paid by the statutory health insurers for patients with rare disease. "
    "The model project runs for five years.",
    "Genetic counsellors are not a regulated profession.",
    "12 April 2022",
]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> GraphEncoder:
    found = load_encoder(MINI, tmp_path_factory.mktemp("encoder") / "encoder")
    assert isinstance(found, GraphEncoder)
    return found


def test_equal_to_sentence_transformers(encoder: GraphEncoder) -> None:
    from assistant.indexing.sentence_transformers_encoder import SentenceTransformersEncoder

    reference = SentenceTransformersEncoder("all-MiniLM-L6-v2")
    spans = [[(0, len(text))] for text in TEXTS]
    mine = encoder.encode_passages([""] * len(TEXTS), TEXTS, spans)
    theirs = reference.encode_passages([""] * len(TEXTS), TEXTS, spans)
    assert min(float(a.vector @ b.vector) for a, b in zip(mine, theirs, strict=True)) > 0.97
    assert float(numpy.mean([a.vector @ b.vector for a, b in zip(mine, theirs, strict=True)])) > 0.985
    assert float(encoder.encode_query(TEXTS[0]) @ reference.encode_query(TEXTS[0])) > 0.97


def test_the_same_text_has_the_same_vector_in_any_company(encoder: GraphEncoder) -> None:
    alone = encoder.encode_passages(["Title"], [TEXTS[2]], [[(0, 97), (98, len(TEXTS[2]))]])[0]
    among = encoder.encode_passages(["Title"] * 5, TEXTS, [[(0, 97), (98, len(TEXTS[2]))]] * 5)[2]
    assert numpy.array_equal(alone.vector, among.vector)
    assert numpy.array_equal(alone.sentences, among.sentences)
    assert alone.sentences.shape == (2, 384)
    assert numpy.allclose(numpy.linalg.norm(alone.sentences, axis=1), 1, atol=1e-5)


def test_equal_on_a_thousand_passages(encoder: GraphEncoder) -> None:
    """Paragraphs of the digests, in pieces of some thirty words."""
    from assistant.indexing.sentence_transformers_encoder import SentenceTransformersEncoder

    texts = pieces(1000)
    reference = SentenceTransformersEncoder("all-MiniLM-L6-v2")
    theirs = [numpy.asarray(vector) for vector in reference.encode_texts(texts)]
    mine = encoder.encode_passages([""] * len(texts), texts, [[]] * len(texts))
    cosines = [float(a.vector @ b) for a, b in zip(mine, theirs, strict=True)]
    assert len(cosines) == 1000
    assert float(numpy.mean(cosines)) >= 0.99
    assert float(numpy.percentile(cosines, 1)) >= 0.975


def pieces(count: int) -> list[str]:
    found: list[str] = []
    for file in sorted((Path(__file__).parents[2] / "corpus" / "digests").rglob("*.*")):
        if file.suffix not in (".md", ".txt", ".typ", ".toml"):
            continue
        words = file.read_text(encoding="utf-8").split()
        found += [" ".join(words[start : start + 30]) for start in range(0, len(words) - 30, 30)]
    assert len(found) >= count
    return found[:count]


@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_another_model_is_exported_when_it_is_like_bert(pooling: str, tmp_path: Path) -> None:
    from assistant.indexing.sentence_transformers_encoder import SentenceTransformersEncoder

    folder = small_model(tmp_path / "model", pooling)
    found = load_encoder(Settings(encoder=str(folder)), tmp_path / "encoder")
    assert isinstance(found, GraphEncoder)
    assert (found.dimension, found.token_limit) == (64, 32)
    reference = SentenceTransformersEncoder(str(folder))
    theirs = reference.encode_passages([""] * len(TEXTS), TEXTS, [[]] * len(TEXTS))
    mine = found.encode_passages([""] * len(TEXTS), TEXTS, [[]] * len(TEXTS))
    assert min(float(a.vector @ b.vector) for a, b in zip(mine, theirs, strict=True)) > 0.97
    again = load_encoder(Settings(encoder=str(folder)), tmp_path / "encoder")
    assert again.fingerprint == found.fingerprint
    default = load_encoder(MINI, tmp_path / "encoder")
    assert (default.dimension, default.fingerprint == found.fingerprint) == (384, False)
    assert model_problems(tmp_path / "encoder") == []


def small_model(folder: Path, pooling: str) -> Path:
    """Write a BERT of two layers with random weights as sentence-transformers saves models."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(1)
    words = sorted({word.strip(".,-") for text in TEXTS for word in text.lower().split()} - {""})
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", ",", "-", *words]
    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "plain")
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=64, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=128, max_position_embeddings=48, initializer_range=0.2,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder / "plain")
    transformer = Transformer(str(folder / "plain"), max_seq_length=32)
    SentenceTransformer(modules=[transformer, Pooling(64, pooling_mode=pooling)]).save(str(folder / "saved"))
    return folder / "saved"


def test_a_model_the_graph_cannot_stand_for_is_left_to_torch(tmp_path: Path) -> None:
    assert shape_of(tmp_path) is None
    folder = MINILM.checked().parent
    assert shape_of(folder) == Shape()
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("data_config.json"))
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps({**config, "model_type": "roberta"}))
    assert shape_of(copy) is None


def test_the_number_of_threads_changes_no_vector(encoder: GraphEncoder, tmp_path: Path) -> None:
    folder = encoder.folder
    code = (
        "import sys,json,hashlib; from pathlib import Path; from assistant.settings import Settings;"
        "from assistant.indexing.encoder import load_encoder;"
        f"e = load_encoder(Settings(encoder={MINILM.name!r}), Path({str(folder)!r}));"
        f"texts = {TEXTS!r};"
        "found = e.encode_passages(['Title: '] * len(texts), texts, [[(0, 9)]] * len(texts));"
        "print(hashlib.sha256(b''.join(f.vector.tobytes() + f.sentences.tobytes() for f in found)).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={**os.environ, "ASSISTANT_THREADS": threads},
        ).stdout
        for threads in ("1", "2", "8")
    }  # fmt: skip
    assert len(seen) == 1


def test_eight_bits_keep_zero_and_come_back_within_half_a_step() -> None:
    weights = numpy.asarray([[-1.0, 0.0, 2.0, 0.0], [1.54, 0.0, 6.35, -6.35], [0.0, 0.0, 0.05, -3.0]], numpy.float32)
    codes, scale, zero = eight_bits(weights)
    assert codes.tolist() == [[-64, -64, -24, 63], [63, -64, 63, -64], [-14, -64, -63, 3]]
    assert zero.tolist() == [-14, -64, -64, 63] and scale.round(4).tolist() == pytest.approx([0.02, 1.0, 0.05, 0.05])
    again = (codes.astype(numpy.float32) - zero) * scale
    assert numpy.abs(again - weights).max() <= 0.5 * scale.max()


def test_eight_bits_are_those_of_onnxruntimes_own_quantiser() -> None:
    from onnxruntime.quantization.quant_utils import QuantType, compute_scale_zp, quantize_nparray

    weights = numpy.random.default_rng(7).normal(size=(64, 24)).astype(numpy.float32)
    codes, scale, zero = eight_bits(weights)
    for column in range(weights.shape[1]):
        values, (low, high) = weights[:, column], (numpy.uint8(0), numpy.uint8(127))
        wanted_zero, wanted_scale = compute_scale_zp(values.min(), values.max(), low, high)
        wanted = quantize_nparray(QuantType.QUInt8.tensor_type, values, wanted_scale, wanted_zero)
        assert (float(scale[column]), zero[column] + 64) == (float(wanted_scale), int(wanted_zero))
        assert (codes[:, column] + 64).tolist() == wanted.tolist()


def test_the_late_encoder_is_loaded_once_however_many_ask() -> None:
    loads: list[int] = []

    def load() -> GraphEncoder:
        loads.append(len(loads))
        time.sleep(0.05)
        return SimpleNamespace(token_limit=512)  # type: ignore[return-value]

    late = LateEncoder(Settings(), load)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: late.token_limit, range(8))) == [512] * 8
    assert loads == [0]


def test_late_chunking_takes_the_tokens_that_begin_inside() -> None:
    tokens = numpy.asarray([[1, 0], [0, 1], [0, 1], [9, 9]], dtype=numpy.float32)
    found = pooled(tokens, [(0, 3), (4, 6), (7, 9)], [(0, 4), (4, 9), (50, 60)])
    assert numpy.allclose(found[0], [1, 0])
    assert numpy.allclose(found[1], [0, 1])
    assert numpy.allclose(found[2], numpy.asarray([10, 11]) / numpy.hypot(10, 11))


def test_a_damaged_encoder_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"nonsense")
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(EncoderError, match="delete the folder"):
        GraphEncoder(tmp_path, {})


HEAVY = ("torch", "sentence_transformers", "transformers", "scipy", "sklearn")
COMMANDS = {
    "index": "w.refresh_library(s)",
    "ask": "w.open_desk(s).ask('How did Estonia win public trust?')",
    "search": "w.open_desk(s).search('public trust')",
    "chat": "import assistant.chat.app as a; d = w.open_desk(s); d.ask('trust'); a.create_app(d)",
}


def test_no_command_imports_torch_or_its_friends(tmp_path: Path, encoder: GraphEncoder) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "estonia.txt").write_text("Estonia won public trust through campaigns.\n", encoding="utf-8")
    for command, call in COMMANDS.items():
        code = (
            "import sys; from pathlib import Path; import assistant.wiring as w;"
            "from assistant.settings import Settings;"
            f"s = Settings(corpus=Path({str(corpus)!r}), index=Path({str(tmp_path / 'index')!r})); {call};"
            f"print([m for m in {HEAVY!r} if m in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert (command, done.stdout.strip().splitlines()[-1:]) == (command, ["[]"]), done.stderr
