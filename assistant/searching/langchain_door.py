"""The LangChain doors: our encoder as `Embeddings`, our search as a `BaseRetriever`, our answer as a `Runnable`.

The one file of this room that imports langchain-core, so that nothing else pays for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings
from langchain_core.messages import AIMessage
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ConfigDict

from assistant.model import Answer, Hit
from assistant.ports import Desk, Encoder


class PassageEmbeddings(Embeddings):
    """Our encoder behind LangChain's `Embeddings`: unit vectors as lists of floats."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector per text."""
        encoded = self._encoder.encode_passages([""] * len(texts), texts, [[] for _ in texts])
        return [[float(value) for value in item.vector] for item in encoded]

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question."""
        return [float(value) for value in self._encoder.encode_query(text)]


class PassageRetriever(BaseRetriever):
    """Our search behind LangChain's `BaseRetriever`; `k` passages, best first."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Callable[..., list[Hit]]
    k: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[LangChainDocument]:
        limit = int(kwargs.get("k", self.k))
        return [document_of(hit) for hit in self.search(query, limit)]


def document_of(hit: Hit) -> LangChainDocument:
    """Return a hit as a LangChain document whose metadata says where it stands."""
    passage, document = hit.passage, hit.document
    metadata = {
        "document": document.id,
        "file": document.file,
        "title": document.title,
        "year": document.year,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "section": " › ".join(passage.headings),
        "countries": list(passage.countries),
        "score": hit.score,
    }
    return LangChainDocument(page_content=passage.text, metadata=metadata, id=passage.key)


def retriever_of(desk: Desk, k: int = 10) -> PassageRetriever:
    """Return the retriever of a desk."""
    return PassageRetriever(search=desk.search, k=k)


def chain_of(desk: Desk) -> Runnable[str | Mapping[str, Any], Answer]:
    """Return question → Answer; the input is a question, or a mapping with question, history and scope."""

    def run(given: str | Mapping[str, Any]) -> Answer:
        if isinstance(given, str):
            return desk.ask(given)
        return desk.ask(given["question"], tuple(given.get("history", ())), given.get("scope"))

    return RunnableLambda(run, name="cited_answer")


def message_of(answer: Answer) -> AIMessage:
    """Return the answer as a message of text blocks with standard citation annotations."""
    by_number = {citation.number: citation for citation in answer.citations}
    blocks: list[str | dict[str, Any]] = []
    for statement in answer.statements:
        annotations = [
            {
                "type": "citation",
                "title": by_number[number].title,
                "cited_text": by_number[number].quote,
                "start_index": 0,
                "end_index": len(statement.text),
                "extras": {
                    "document": by_number[number].document,
                    "page": by_number[number].page,
                    "start": by_number[number].start,
                    "end": by_number[number].end,
                    "boxes": [list(box) for box in by_number[number].boxes],
                },
            }
            for number in statement.citations
        ]
        blocks.append({"type": "text", "text": statement.text, "annotations": annotations})
    if not blocks:
        blocks.append({"type": "text", "text": answer.text, "annotations": []})
    return AIMessage(content=blocks)
