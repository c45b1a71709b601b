"""The reader of all languages: what it promises, and what happens where a part of it is missing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy
import pytest

from assistant.indexing import trained_reader
from assistant.indexing.carriers import E5, Carried
from assistant.indexing.check import model_problems
from assistant.indexing.trained_reader import LONGEST, TrainedReader, gelu, load_trained_reader, stored
from assistant.model import PassageReading

QUESTION = "How many citizens are in the biobank?"
ENGLISH = ["The national biobank opened in 2000.", "It holds samples of 210,000 citizens.", "A law governs it."]
GERMAN = [
    "Die nationale Biobank wurde 2000 eröffnet.",
    "Sie enthält Proben von 210.000 Bürgern.",
    "Ein Gesetz regelt sie.",
]
CATS = ["Cats sleep most of the day.", "They hunt at dusk.", "Their eyes see well in the dark."]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("library") / "reader-languages"


@pytest.fixture(scope="module")
def reader(folder: Path) -> TrainedReader:
    found = load_trained_reader(folder)
    assert found is not None
    return found


def read(reader: TrainedReader, question: str, *passages: list[str]) -> list[PassageReading]:
    return reader.read(question, passages, [""] * len(passages))


@pytest.mark.parametrize("question", [QUESTION, "Combien de citoyens la biobanque compte-t-elle ?"])
@pytest.mark.parametrize("passage", [ENGLISH, GERMAN])
def test_the_passage_and_the_sentence_that_answer_come_first(
    reader: TrainedReader, question: str, passage: list[str]
) -> None:
    answering, other = read(reader, question, passage, CATS)
    assert answering.relevance > other.relevance + 2
    assert answering.answers is not None and other.answers is not None and answering.answers > other.answers + 2
    assert answering.sentences[1] > answering.sentences[2]


def test_a_score_depends_on_no_company(reader: TrainedReader) -> None:
    alone = read(reader, QUESTION, ENGLISH)[0]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: read(reader, QUESTION, CATS, ENGLISH, GERMAN)[1], range(4)))
    assert found == [alone] * 4
    assert read(reader, QUESTION) == []


def test_one_score_a_sentence_also_beyond_the_limit(reader: TrainedReader) -> None:
    long = [f"Sentence {n} of a long report says nothing of interest." for n in range(LONGEST)]
    scores = read(reader, QUESTION, [ENGLISH[1], *long, ""])[0].sentences
    assert len(scores) == LONGEST + 2
    assert scores[-1] == scores[-2] == min(scores)


def test_a_strange_text_is_read(reader: TrainedReader) -> None:
    for text in ("", " ", "<s>", "</s> " * 3, "م" * 4000, "🙂" * 50):
        found = reader.read(text, [[text], []], [text, text])
        assert all(numpy.isfinite([one.relevance, *one.sentences]).all() for one in found)


def test_exported_whole_and_checked(folder: Path, reader: TrainedReader) -> None:
    assert model_problems(folder) == []
    again = load_trained_reader(folder)
    assert again is not None and again.fingerprint == reader.fingerprint


def test_none_where_its_package_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trained_reader, "E5", Carried(E5.name, E5.package, "no_such_package", E5.file, E5.sha256))
    assert load_trained_reader(tmp_path / "reader") is None
    assert list(tmp_path.iterdir()) == []


def test_matrices_are_kept_in_eight_bits_with_a_scale_a_row(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    packed = {
        "encoder.layer.6.output.dense.weight": numpy.asarray([[2, -4], [100, 0]], numpy.int8),
        "encoder.layer.6.output.dense.weight.scale": numpy.asarray([0.5, 0.25], numpy.float32),
        "encoder.layer.6.output.dense.bias": numpy.asarray([1.5], numpy.float16),
        "rank.2.bias": numpy.asarray([3.0], numpy.float16),
    }
    save_file(packed, str(tmp_path / "branch"))
    found = stored(tmp_path / "branch", "encoder")
    assert {name: value.tolist() for name, value in found.items()} == {
        "encoder.layer.6.output.dense.weight": [[1.0, -2.0], [25.0, 0.0]],
        "encoder.layer.6.output.dense.bias": [1.5],
    }


def test_gelu_is_exact() -> None:
    assert gelu(numpy.asarray([0.0, 1.0, -1.0], numpy.float32)).tolist() == pytest.approx([0.0, 0.8413447, -0.1586553])
