"""The LangChain doors: the library as a retriever, a runnable and a tool, its encoder as `Embeddings`.

The one file of this room that imports langchain-core, so that nothing else pays for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, cast

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings
from langchain_core.messages import AIMessage
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from langchain_core.tools import BaseTool, StructuredTool, ToolException
from pydantic import BaseModel, ConfigDict, Field

from assistant.bounds import LONGEST_NAME, LONGEST_QUESTION, MOST_COUNTRIES, MOST_HISTORY
from assistant.doors.filters import Filters
from assistant.doors.threads import in_thread
from assistant.doors.tools import DATA, answer_text
from assistant.errors import AssistantError, QuestionError
from assistant.model import Answer, Hit
from assistant.originals import digest_words
from assistant.ports import Encoder

if TYPE_CHECKING:
    from assistant.doors.library import Library

Asked = str | Mapping[str, Any]
"""A question, or a mapping with `question` and any of `history` and the filters."""


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
    """Our search behind LangChain's `BaseRetriever`; `k` passages, best first, filters inside the search.

    With `judge` each document carries the verdict on the question and its probability, so that a chain can decline
    where the library would; what was read for the verdict is not read again.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Any
    k: int = 10
    filters: dict[str, Any] = Field(default_factory=dict)
    judge: bool = True

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[LangChainDocument]:
        return self._found(query, int(kwargs.get("k", self.k)))

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[LangChainDocument]:
        return await in_thread(lambda: self._found(query, int(kwargs.get("k", self.k))))

    def _found(self, query: str, k: int) -> list[LangChainDocument]:
        filters = cast(Filters, self.filters)
        answer = self.library.ask(query, **filters) if self.judge else None
        return [document_of(self.library, hit, answer) for hit in self.library.search(query, k, **filters)]


def document_of(library: Library, hit: Hit, answer: Answer | None = None) -> LangChainDocument:
    """Return a hit as a LangChain document whose metadata says where it stands, and the verdict of `answer`.

    `start` and `end` are characters of the page's text; `boxes` are (left, top, right, bottom) in points, from the top
    left of the page, empty where a format has no page image; `digest` says of a digest what it stands for, else ''.
    """
    passage, document = hit.passage, hit.document
    snapshot = library.desk.snapshot()
    metadata = {
        "document": document.id,
        "file": document.file,
        "title": document.title,
        "publisher": document.publisher,
        "kind": document.kind,
        "digest": digest_words(document.originals) if document.digest else "",
        "year": document.year,
        "language": document.language,
        "page": passage.page,
        "label": snapshot.page(document.id, passage.page).label,
        "start": passage.start,
        "end": passage.end,
        "boxes": [list(box) for box in snapshot.boxes(document.id, passage.page, passage.start, passage.end)],
        "section": " › ".join(passage.headings),
        "countries": list(passage.countries),
        "score": hit.score,
        "verdict": answer.verdict if answer else None,
        "probability": answer.probability if answer else None,
    }
    return LangChainDocument(page_content=passage.text, metadata=metadata, id=passage.key)


def retriever_of(library: Library, k: int, judge: bool, filters: Filters) -> PassageRetriever:
    """Return the retriever of a library."""
    return PassageRetriever(library=library, k=k, judge=judge, filters=dict(filters))


def runnable_of(library: Library, filters: Filters) -> Runnable[Asked, Answer]:
    """Return question → Answer; what the input says goes before `filters`."""

    def run(given: Asked) -> Answer:
        question, own = _question(given)
        return library.ask(question, **cast(Any, {**filters, **own}))

    async def arun(given: Asked) -> Answer:
        return await in_thread(lambda: run(given))

    return RunnableLambda(run, afunc=arun, name="cited_answer")


def _question(given: Asked) -> tuple[str, dict[str, Any]]:
    if isinstance(given, str):
        return given, {}
    if not isinstance(given, Mapping) or "question" not in given:
        raise QuestionError(f"wanted a question, or a mapping with one, got {type(given).__name__}")
    return given["question"], {name: value for name, value in given.items() if name != "question"}


class Question(BaseModel):
    """What the tool takes."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(max_length=LONGEST_QUESTION, description="One question, in plain words.")
    history: list[Annotated[str, Field(max_length=LONGEST_QUESTION)]] = Field(
        default_factory=list, max_length=MOST_HISTORY, description="The questions before it, oldest first."
    )
    countries: list[Annotated[str, Field(max_length=LONGEST_NAME)]] | None = Field(
        default=None,
        max_length=MOST_COUNTRIES,
        description='Look there only: ["EE", "Finland"].',
    )


def tool_of(library: Library, name: str, filters: Filters) -> BaseTool:
    """Return the library as a tool: its content is the answer in words marked as data, its artifact the `Answer`."""

    def run(question: str, history: list[str] | None = None, countries: list[str] | None = None) -> tuple[str, Answer]:
        own: dict[str, Any] = dict(filters) if countries is None else {**filters, "countries": countries}
        try:
            answer = library.ask(question, history=tuple(history or ()), **own)
        except AssistantError as problem:
            raise ToolException(str(problem)) from problem
        return f"{DATA}\n\n{answer_text(answer)}", answer

    async def arun(
        question: str, history: list[str] | None = None, countries: list[str] | None = None
    ) -> tuple[str, Answer]:
        return await in_thread(lambda: run(question, history, countries))

    return StructuredTool.from_function(
        func=run,
        coroutine=arun,
        name=name,
        description=(
            "Answer a question on how countries bring genomic medicine into health care, from policy documents, in "
            "sentences quoted word for word with document and page. The verdict says how sure it is."
        ),
        args_schema=Question,
        response_format="content_and_artifact",
        handle_tool_error=True,
    )


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
                    "year": by_number[number].year,
                    "language": by_number[number].language,
                    "digest": digest_words(by_number[number].originals) if by_number[number].digest else "",
                },
            }
            for number in statement.citations
        ]
        blocks.append({"type": "text", "text": statement.text, "annotations": annotations})
    if not blocks:
        blocks.append({"type": "text", "text": answer.text, "annotations": []})
    return AIMessage(content=blocks, response_metadata={"verdict": answer.verdict, "probability": answer.probability})
