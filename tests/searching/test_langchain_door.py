"""LangChain's own standard suite on our retriever, and what the other doors give."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests

from assistant.searching.langchain_door import PassageEmbeddings, PassageRetriever, chain_of, message_of, retriever_of
from tests.desk import MemoryDesk
from tests.fakes import small_library


class TestOurRetriever(RetrieversIntegrationTests):
    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return PassageRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"search": MemoryDesk().search, "k": 2}

    @property
    def retriever_query_example(self) -> str:
        return "public trust, biobank donors, law"


def test_a_document_says_where_it_stands() -> None:
    (first, *_) = retriever_of(MemoryDesk(), k=3).invoke("How did Estonia win public trust?")
    assert (
        first.page_content == "Estonia won public trust through campaigns in films and soap operas. This took 20 years."
    )
    assert (first.metadata["document"], first.metadata["page"], first.metadata["start"], first.metadata["end"]) == (
        "ee", 1, 0, 88,
    )  # fmt: skip


def test_the_chain_gives_our_answer_and_standard_citations() -> None:
    answer = chain_of(MemoryDesk()).invoke({"question": "And in Finland?", "history": ["Who has a law in Estonia?"]})
    assert answer.understood == "Who has a law in Finland?"
    answer = chain_of(MemoryDesk()).invoke("How did Estonia win public trust?")
    (block, *_) = message_of(answer).content
    assert isinstance(block, dict)
    assert block["annotations"][0]["type"] == "citation"
    assert block["annotations"][0]["extras"]["page"] == 1


def test_embeddings_are_unit_vectors() -> None:
    embeddings = PassageEmbeddings(small_library().encoder)
    assert sum(v * v for v in embeddings.embed_query("trust law")) == pytest.approx(1.0)
    assert len(embeddings.embed_documents(["trust", "law"])) == 2
