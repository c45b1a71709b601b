"""The reranker's port: a plain one through the search, and a real CrossEncoder of random weights made by the test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.errors import EncoderError
from assistant.indexing.sentence_transformers_encoder import CrossEncoderReranker
from assistant.model import Hit, Scope
from assistant.retrieval.question import Known, understand
from assistant.retrieval.search import Weights, find, prepare, reordered
from assistant.settings import Settings
from tests.fakes import MemorySnapshot, small_library


class Shortest:
    """Scores a text by its length, the shortest highest; remembers what it was asked."""

    def __init__(self) -> None:
        self.questions: list[str] = []

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        self.questions.append(question)
        return [-float(len(text)) for text in texts]


def found(library: MemorySnapshot, limit: int, reranker: Shortest | None) -> list[Hit]:
    understood = understand("Who grants data access?", (), Known())
    return find(prepare(understood, library.encoder, library), library, Scope(), limit, Weights(), reranker)


def test_a_reranker_orders_the_top_before_the_list_is_cut() -> None:
    library, shortest = small_library(), Shortest()
    plain, again = found(library, 5, None), found(library, 5, shortest)
    assert {hit.passage.key for hit in plain} == {hit.passage.key for hit in again}
    assert [hit.passage.key for hit in again] == [
        hit.passage.key for hit in sorted(plain, key=lambda hit: len(hit.passage.text))
    ]
    assert found(library, 1, shortest)[0].passage.key == again[0].passage.key
    assert shortest.questions == ["Who grants data access?"] * 2


def test_only_the_top_is_reordered_and_ties_stay() -> None:
    library = small_library()
    hits = found(library, 5, None)
    assert [hit.passage.key for hit in reordered("?", hits, Shortest(), 2)[2:]] == [h.passage.key for h in hits[2:]]

    class Same:
        def score(self, question: str, texts: Sequence[str]) -> list[float]:
            return [1.0] * len(texts)

    assert reordered("?", hits, Same(), 20) == hits
    assert reordered("?", [], Same(), 20) == []


def test_a_cross_encoder_from_a_folder_scores_pairs_alike_each_time(tmp_path: Path) -> None:
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "data", "access", "trust", "biobank"]
    tokenizer = Tokenizer(WordLevel({word: place for place, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]",
        model_max_length=32,
    ).save_pretrained(tmp_path)  # fmt: skip
    torch.manual_seed(7)
    BertForSequenceClassification(
        BertConfig(
            vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
            max_position_embeddings=32, num_labels=1, initializer_range=1.0,
        )
    ).save_pretrained(tmp_path)  # fmt: skip
    reranker = CrossEncoderReranker(str(tmp_path))
    texts = ["data access", "biobank trust", "data access"]
    scores = reranker.score("access data", texts)
    assert len(scores) == 3
    assert scores[0] == pytest.approx(scores[2], abs=1e-6)
    assert scores[0] != pytest.approx(scores[1], abs=1e-6)
    assert scores == pytest.approx(reranker.score("access data", texts), abs=1e-6)
    assert reranker.score("access data", []) == []


def test_a_reranker_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no-such-model"):
        CrossEncoderReranker(str(tmp_path / "no-such-model"))


def test_the_fingerprint_changes_only_when_a_reranker_is_set() -> None:
    assert Settings(reranker="").fingerprint() == Settings().fingerprint()
    assert Settings(reranker="some/model").fingerprint() != Settings().fingerprint()
