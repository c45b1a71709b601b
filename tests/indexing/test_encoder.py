"""The exported encoder against sentence-transformers, and what it promises."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy
import pytest

from assistant.errors import EncoderError
from assistant.indexing.encoder import GraphEncoder, load_encoder, pooled
from assistant.settings import Settings

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
    found = load_encoder(Settings(), tmp_path_factory.mktemp("encoder") / "encoder")
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


def test_neither_torch_nor_its_friends_are_imported(encoder: GraphEncoder, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from assistant.settings import Settings;"
        "from assistant.indexing.encoder import load_encoder;"
        f"load_encoder(Settings(), Path({str(tmp_path / 'encoder')!r})).encode_query('x');"
        "print([m for m in ('torch','sentence_transformers','transformers','scipy','sklearn') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
