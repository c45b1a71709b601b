"""LangChain's own standard suites on our retriever and tool, and what the other doors give."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from langchain_core.messages import ToolCall
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import BaseTool
from langchain_tests.integration_tests import RetrieversIntegrationTests, ToolsIntegrationTests
from langchain_tests.unit_tests import ToolsUnitTests

from assistant import Answer, Library
from assistant.doors.langchain import PassageEmbeddings, PassageRetriever, message_of
from assistant.doors.tools import CLOSE, DATA, OPEN
from assistant.errors import QuestionError, SettingsError
from assistant.ports import Encoder, Snapshot
from tests.desk import MemoryDesk
from tests.fakes import small_library

TRUST = "How did Estonia win public trust?"


class MemoryLibraryDesk(MemoryDesk):
    """The desk in memory with what a library asks of it beside."""

    def encoder_of(self, snapshot: Snapshot) -> Encoder:
        return self.library.encoder


def memory_library() -> Library:
    """Return a library over the desk in memory."""
    return Library(MemoryLibraryDesk())  # type: ignore[arg-type]


class TestOurRetriever(RetrieversIntegrationTests):
    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return PassageRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"library": memory_library(), "k": 2}

    @property
    def retriever_query_example(self) -> str:
        return "public trust, biobank donors, law"


class OurTool:
    @property
    def tool_constructor(self) -> BaseTool:
        return memory_library().as_tool()

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return {"question": TRUST}


class TestOurToolAlone(OurTool, ToolsUnitTests):
    pass


class TestOurToolAtWork(OurTool, ToolsIntegrationTests):
    pass


def test_a_document_says_where_it_stands_and_how_sure_the_library_is() -> None:
    library = memory_library()
    (first, *_) = library.as_retriever(k=3).invoke(TRUST)
    assert (
        first.page_content == "Estonia won public trust through campaigns in films and soap operas. This took 20 years."
    )
    told = first.metadata
    assert (told["document"], told["page"], told["label"], told["start"], told["end"]) == ("ee", 1, "1", 0, 88)
    assert (told["year"], told["language"], told["kind"], told["countries"]) == (2021, "en", "visit-report", ["EE"])
    assert told["boxes"] == [[50.0, 100.0, 490.0, 112.0]]
    answer = library.ask(TRUST)
    assert (told["verdict"], told["probability"]) == (answer.verdict, answer.probability)
    (first, *_) = library.as_retriever(k=1, judge=False).invoke(TRUST)
    assert (first.metadata["verdict"], first.metadata["probability"]) == (None, None)


def test_filters_of_the_retriever_are_inside_the_search() -> None:
    found = memory_library().as_retriever(k=9, countries="Finland").invoke("law, biobank, trust")
    assert {d.metadata["document"] for d in found} == {"fi"}
    with pytest.raises(SettingsError, match="got 'Atlantis'"):
        memory_library().as_retriever(countries="Atlantis").invoke(TRUST)


def test_the_runnable_gives_our_answer_and_standard_citations() -> None:
    chain = memory_library().as_runnable()
    answer = chain.invoke({"question": "And in Finland?", "history": ["Who has a law in Estonia?"]})
    assert answer.understood == "Who has a law in Finland?"
    answer = asyncio.run(chain.ainvoke(TRUST))
    message = message_of(answer)
    (block, *_) = message.content_blocks
    (citation,) = block["annotations"]  # type: ignore[typeddict-item]
    assert (citation["type"], citation["extras"]["page"], citation["extras"]["year"]) == ("citation", 1, 2021)
    assert citation["cited_text"] == answer.citations[0].quote
    assert message.response_metadata["verdict"] == answer.verdict
    assert (chain | message_of).invoke(TRUST).content == message.content
    with pytest.raises(QuestionError, match="wanted a question, or a mapping with one"):
        chain.invoke({"quest": "x"})


def test_the_tool_gives_words_marked_as_data_and_the_answer_as_artifact() -> None:
    tool = memory_library().as_tool()
    call = ToolCall(name=tool.name, args={"question": TRUST, "countries": ["EE"]}, id="1", type="tool_call")
    message = tool.invoke(call)
    assert isinstance(message.artifact, Answer)
    assert message.content.startswith(DATA)
    assert message.content.index(OPEN) < message.content.index("soap operas") < message.content.index(CLOSE)
    wrong = tool.invoke({**call, "args": {"question": TRUST, "countries": ["Atlantis"]}})
    assert (wrong.status, wrong.content) == (
        "error", "countries: wanted an ISO code such as EE, or a name, got 'Atlantis'",
    )  # fmt: skip
    with pytest.raises(ValueError, match="Extra inputs are not permitted"):
        tool.invoke({"question": "x", "foo": 1})


def test_embeddings_are_unit_vectors() -> None:
    embeddings = PassageEmbeddings(small_library().encoder)
    assert sum(v * v for v in embeddings.embed_query("trust law")) == pytest.approx(1.0)
    assert len(embeddings.embed_documents(["trust", "law"])) == 2
