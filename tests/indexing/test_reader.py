"""The exported reader against the model it was made of, and what it promises."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy
import pytest

from assistant.errors import EncoderError
from assistant.indexing import carriers
from assistant.indexing.carriers import MS_MARCO, Carried
from assistant.indexing.check import model_problems
from assistant.indexing.graph import bert_graph
from assistant.indexing.reader import GraphReader, Pairing, load_reader, reader_name
from assistant.indexing.shape import Shape, reader_shape_of
from assistant.ports import Reader
from assistant.settings import Settings

QUESTION = "How many citizens are in the biobank?"
TEXTS = [
    "The national biobank has over 20 % of all citizens registered.",
    "Cats sleep most of the day.",
    "The biobank was founded in 2000 and is governed by a law of its own.",
    "Whole-genome sequencing is paid by the statutory health insurers for patients with rare disease.",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("library") / "reader"


@pytest.fixture(scope="module")
def reader(folder: Path) -> GraphReader:
    found = load_reader(Settings(), folder)
    assert isinstance(found, GraphReader)
    return found


def test_what_answers_comes_first(reader: GraphReader) -> None:
    scores = reader.score(QUESTION, TEXTS)
    assert scores[0] == max(scores) and scores[0] > 4
    assert scores[1] == min(scores) and scores[1] < -8
    assert reader.score(QUESTION, []) == []


def test_near_the_model_it_was_made_of(reader: GraphReader) -> None:
    """The package's own graph rounds its weights and activations more coarsely; its scores span some twenty."""
    import onnxruntime
    from tokenizers import Tokenizer

    file = MS_MARCO.checked()
    session = onnxruntime.InferenceSession(str(file))
    tokenizer = Tokenizer.from_file(str(file.with_name("tokenizer.json")))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    theirs = []
    for text in TEXTS:
        found = tokenizer.encode(QUESTION, text)
        ids, kinds = numpy.asarray([found.ids]), numpy.asarray([found.type_ids])
        given = {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": kinds}
        theirs.append(float(session.run(None, given)[0][0, 0]))
        pair = reader.pairs(QUESTION, [text])[0]
        assert (pair.ids, pair.segments) == (found.ids, found.type_ids)
    assert reader.score(QUESTION, TEXTS) == pytest.approx(theirs, abs=0.8)


def test_a_pair_has_the_same_score_in_any_company_and_thread(reader: GraphReader) -> None:
    alone = [reader.score(QUESTION, [text])[0] for text in TEXTS]
    assert reader.score(QUESTION, TEXTS) == alone
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: reader.score(QUESTION, TEXTS), range(4))) == [alone] * 4


def test_a_long_text_is_read_to_the_limit_and_the_question_whole(reader: GraphReader) -> None:
    long = TEXTS[0] + " and more of it" * 400
    pair = reader.pairs(QUESTION, [long])[0]
    assert len(pair.ids) == 512 and len(pair.offsets) == 512 - pair.start - 1
    assert pair.ids[: pair.start] == reader.pairs(QUESTION, ["x"])[0].ids[: pair.start]
    assert reader.pairs("why " * 900, ["short"])[0].ids.count(102) == 2
    assert reader.score(QUESTION, [long])[0] > 0


def test_two_separators_stand_between_the_texts_of_the_other_family() -> None:
    pairing = Pairing(Shape(token_limit=12, first=0, last=2), separators=2)
    pair = pairing.join([7, 8, 9, 10, 11, 12], [20, 21, 22, 23, 24], [(n, n + 1) for n in range(5)])
    assert pair.ids == [0, 7, 8, 9, 10, 2, 2, 20, 21, 22, 23, 2]
    assert (pair.start, pair.offsets[-1]) == (7, (3, 4))


def test_its_files_are_checked_and_kept(reader: GraphReader, folder: Path) -> None:
    assert model_problems(folder) == []
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    again = load_reader(Settings(), folder)
    assert again is not None and again.fingerprint == reader.fingerprint != ""
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == before


@pytest.mark.parametrize("name", ["", "none", "None"])
def test_no_reader_where_none_is_wanted(name: str, tmp_path: Path) -> None:
    assert load_reader(Settings(reader=name), tmp_path) is None
    assert Settings(reader=name).fingerprint() != Settings().fingerprint()


def test_no_reader_where_its_package_is_not_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    absent = Carried(MS_MARCO.name, MS_MARCO.package, "no_such_package", MS_MARCO.file, MS_MARCO.sha256)
    monkeypatch.setattr("assistant.indexing.reader.MS_MARCO", absent)
    assert (reader_name(Settings()), load_reader(Settings(), tmp_path)) == ("none", None)
    assert carriers.MS_MARCO is MS_MARCO


def test_a_reader_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no-such-model"):
        load_reader(Settings(reader=str(tmp_path / "no-such-model")), tmp_path / "reader")


def test_another_cross_encoder_is_exported_when_it_is_like_bert(tmp_path: Path) -> None:
    from assistant.indexing.sentence_transformers_encoder import CrossEncoderReader

    made = small_reader(tmp_path / "model")
    shape = reader_shape_of(made)
    assert shape is not None and (shape.layers, shape.token_limit) == (2, 48)
    found = load_reader(Settings(reader=str(made)), tmp_path / "reader")
    assert isinstance(found, GraphReader)
    reference: Reader = CrossEncoderReader(str(made))
    assert found.score(QUESTION, TEXTS) == pytest.approx(reference.score(QUESTION, TEXTS), abs=0.03)
    assert reference.fingerprint != found.fingerprint


def small_reader(folder: Path) -> Path:
    """Write a BERT of two layers with random weights and one score."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(1)
    words = sorted({word.strip("?.,%-") for text in [QUESTION, *TEXTS] for word in text.lower().split()} - {""})
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", ",", "-", *words]
    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=64, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=128, max_position_embeddings=48, initializer_range=0.1, num_labels=1,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_two_stretches_of_layers_are_the_whole() -> None:
    import onnxruntime

    shape = Shape(layers=4, heads=2, width=8)
    tensors, mask = random_bert(shape), numpy.ones((1, 5), dtype=numpy.int32)
    ids, kinds = numpy.asarray([[1, 4, 2, 3, 1]], numpy.int32), numpy.asarray([[0, 0, 1, 1, 1]], numpy.int32)

    def run(layers: range, **given: Any) -> Any:
        graph = bert_graph(tensors, shape, layers, segments=True)
        return onnxruntime.InferenceSession(graph.SerializeToString()).run(None, {"mask": mask, **given})[0]

    whole = run(range(4), input_ids=ids, segments=kinds)
    lower = run(range(2), input_ids=ids, segments=kinds)
    assert whole.shape == (1, 5, 8)
    assert numpy.allclose(run(range(2, 4), hidden=lower), whole, atol=1e-6)


def random_bert(shape: Shape) -> dict[str, Any]:
    chance, width = numpy.random.default_rng(3), shape.width
    sizes = {"attention.output.dense": (width, width), "intermediate.dense": (32, width), "output.dense": (width, 32)}
    sizes |= {f"attention.self.{part}": (width, width) for part in ("query", "key", "value")}
    norms = ["attention.output.LayerNorm", "output.LayerNorm"]
    names = {f"encoder.layer.{n}.{name}": size for n in range(shape.layers) for name, size in sizes.items()}
    out = {f"{name}.weight": chance.normal(size=size) for name, size in names.items()}
    out |= {f"{name}.bias": chance.normal(size=size[0]) for name, size in names.items()}
    for name in ["embeddings.LayerNorm", *(f"encoder.layer.{n}.{norm}" for n in range(shape.layers) for norm in norms)]:
        out |= {f"{name}.weight": numpy.ones(width), f"{name}.bias": numpy.zeros(width)}
    for name, rows in (("word", 6), ("position", 16), ("token_type", 2)):
        out[f"embeddings.{name}_embeddings.weight"] = chance.normal(size=(rows, width))
    return {name: value.astype(numpy.float32) for name, value in out.items()}
