"""The door for Python programs: a library opened by its folder, asked in plain calls or awaited.

An example, which a test runs:

    >>> from assistant import open_library
    >>> library = open_library("corpus")
    >>> answer = library.ask("Which campaigns won Estonia public trust?")
    >>> answer.verdict
    'answered'
    >>> answer.citations[0].file, answer.citations[0].page
    ('visits/estonia-visit-2021.txt', 1)
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from assistant.doors.filters import Filters, country_code, scope_of
from assistant.doors.looking import documents_of, known_documents, page_of
from assistant.doors.threads import in_thread
from assistant.errors import QuestionError, SettingsError
from assistant.evidence import Cell, Grid, Matrix, Progress
from assistant.model import Answer, Document, Hit, Page, Scope
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable
    from langchain_core.tools import BaseTool

    from assistant.doors.langchain import PassageRetriever
    from assistant.wiring import ChangeReport, OpenDesk


def open_library(
    corpus: Path | str = "corpus", index: Path | str | None = None, *, file: Path | None = None, **settings: Any
) -> Library:
    """Return the library of a corpus folder; nothing is read or written until it is asked.

    `index` is where the library lies: beside the corpus folder (`index/`) unless given or set. `file` is a TOML file of
    settings, and any setting can be given by its name (`model="ollama:llama3.1"`). Raises SettingsError.

    >>> library = open_library("corpus", quote_words=120)
    >>> [document.id for document in library.documents()]
    ['estonia-visit-2021', 'finland-visit-2021']
    """
    found = load_settings(file, corpus=corpus, index=index, **settings)
    if index is None and found.index == Settings().index:
        found = load_settings(file, corpus=corpus, index=Path(corpus).expanduser().parent / "index", **settings)
    from assistant.wiring import open_desk

    return Library(open_desk(found))


class Library:
    """One library. Safe to use from several threads; it moves to each new revision by itself, between questions.

    Every method that looks for something takes `Filters` by name: `countries`, `kinds`, `years`, `documents`,
    `languages`. Each raises SettingsError for a wrong filter, NoLibrary where `refresh` was never called, StaleLibrary
    or DamagedLibrary where the library cannot be used. The twins that begin with `a` are awaited; their work is done
    in a thread, and ends when the task is cancelled.
    """

    def __init__(self, desk: OpenDesk) -> None:
        self.desk = desk
        self._opening, self._opened = threading.Lock(), False

    @property
    def settings(self) -> Settings:
        """The settings the library was opened with."""
        return self.desk.settings

    def ask(self, question: str, *, history: Sequence[str] = (), **filters: Unpack[Filters]) -> Answer:
        """Return the answer to a question; `history` holds the questions before it, oldest first.

        >>> library = open_library("corpus")
        >>> "200,000 donors" in library.ask("How many donors has the biobank?", countries="Estonia").text
        True
        """
        scope = self._ready(question, history, filters)
        return self.desk.ask(question, tuple(history), scope)

    def stream(
        self, question: str, *, history: Sequence[str] = (), **filters: Unpack[Filters]
    ) -> Iterator[str | Answer]:
        """Yield checked pieces of text as a language model writes, if one is set, and last the whole `Answer`.

        The answer replaces the pieces. Without a model it is the only item.

        >>> *pieces, answer = open_library("corpus").stream("When was the visit to Estonia?")
        >>> "19 and 20 May 2021" in answer.text
        True
        """
        scope = self._ready(question, history, filters)
        yield from self.desk.ask_stream(question, tuple(history), scope)

    def search(
        self, question: str, k: int = 10, *, history: Sequence[str] = (), **filters: Unpack[Filters]
    ) -> list[Hit]:
        """Return the best `k` passages for a question, best first, without an answer.

        >>> hits = open_library("corpus").search("permits for health data", k=1)
        >>> hits[0].document.countries, hits[0].passage.page
        (('FI',), 1)
        """
        if k < 1:
            raise QuestionError(f"wanted at least one passage, got k={k}")
        scope = self._ready(question, history, filters)
        return self.desk.search(question, k, tuple(history), scope)

    def page(self, document: str, number: int) -> Page:
        """Return a page of a document, by its id, counted from 1; raises LibraryError when there is no such page.

        >>> open_library("corpus").page("estonia-visit-2021", 1).text.splitlines()[0]
        'Visit report Estonia'
        """
        return page_of(self.desk, document, number)

    def documents(self, **filters: Unpack[Filters]) -> tuple[Document, ...]:
        """Return the documents of the library by id.

        >>> [document.id for document in open_library("corpus").documents(countries="FI")]
        ['finland-visit-2021']
        """
        return documents_of(self.desk, scope_of(filters))

    def matrix(self, *, progress: Progress = lambda done, total: None, **filters: Unpack[Filters]) -> Matrix:
        """Return what the documents of each country say on each question of the grid, or that they are silent.

        Kept in the library's folder: only cells whose passages changed are made again.

        >>> open_library("corpus").matrix(countries="LV").cells[0].silence
        'no-documents'
        """
        return self.desk.matrix(scope_of(filters), progress)

    def grid(self) -> Grid:
        """Return the questions that `matrix` and `cell` put to the documents of each country."""
        from assistant.wiring import built_in_grid

        return built_in_grid(self.settings)

    def cell(self, country: str, indicator: str) -> Cell:
        """Return one cell of the matrix, by country and by the id of an indicator; nothing is written.

        Raises SettingsError for a country or an indicator that is not known.

        >>> open_library("corpus").cell("Latvia", "mlm-01").silence
        'no-documents'
        """
        from assistant.wiring import make_cell

        grid, code = self.grid(), country_code(country)
        found = next((one for one in grid.indicators if one.id == indicator), None)
        if code is None:
            raise SettingsError(f"country: wanted an ISO code such as EE, or a name, got {country!r}")
        if found is None:
            known = ", ".join(one.id for one in grid.indicators)
            raise SettingsError(f"indicator: wanted one of {known}, got {indicator!r}")
        return make_cell(self.desk, code, found, grid)

    def export(self, answer: Answer, form: str) -> bytes:
        """Return an answer as a file: md, docx or json, or its sources as ris, bib or csl; dated today.

        Statements without support are left out. Raises SettingsError for another form.

        >>> library = open_library("corpus")
        >>> print(library.export(library.ask("Who grants permits in Finland?"), "ris").decode().splitlines()[1])
        ID  - finland-visit-2021
        """
        return self.desk.export_answer(answer, form, date.today())

    def refresh(self, *, rebuild: bool = False) -> ChangeReport:
        """Bring the library up to date with its corpus folder and return what changed; `rebuild` begins from nothing.

        Raises LibraryBusy where another process writes, CatalogueError, EncoderError. Files that could not be read are
        in `unread`, with their reasons.

        >>> open_library("corpus").refresh().changes
        ()
        """
        from assistant.wiring import refresh_library

        return refresh_library(self.settings, rebuild=rebuild)

    def as_retriever(self, *, k: int = 10, judge: bool = True, **filters: Unpack[Filters]) -> PassageRetriever:
        """Return a LangChain retriever of `k` passages, each with page, span, boxes, language, year and verdict.

        >>> documents = open_library("corpus").as_retriever(k=2, countries="EE").invoke("donors of the biobank")
        >>> documents[0].metadata["page"], documents[0].metadata["verdict"]
        (1, 'answered')
        """
        from assistant.doors.langchain import retriever_of

        return retriever_of(self, k, judge, filters)

    def as_runnable(self, **filters: Unpack[Filters]) -> Runnable[Any, Answer]:
        """Return a LangChain runnable from a question, or a mapping with question, history and filters, to an `Answer`.

        >>> chain = open_library("corpus").as_runnable(countries="FI")
        >>> chain.invoke("Who grants permits for health data?").citations[0].document
        'finland-visit-2021'
        """
        from assistant.doors.langchain import runnable_of

        return runnable_of(self, filters)

    def as_tool(self, name: str = "ask_policy_library", **filters: Unpack[Filters]) -> BaseTool:
        """Return a LangChain tool for an agent: the answer in words, and the `Answer` as its artifact.

        >>> "films and soap operas" in open_library("corpus").as_tool().invoke({"question": "How was trust won?"})
        True
        """
        from assistant.doors.langchain import tool_of

        return tool_of(self, name, filters)

    async def aask(self, question: str, *, history: Sequence[str] = (), **filters: Unpack[Filters]) -> Answer:
        """Return what `ask` returns."""
        return await in_thread(lambda: self.ask(question, history=history, **filters))

    async def astream(
        self, question: str, *, history: Sequence[str] = (), **filters: Unpack[Filters]
    ) -> AsyncIterator[str | Answer]:
        """Yield what `stream` yields."""
        items = self.stream(question, history=history, **filters)
        while (item := await in_thread(lambda: next(items, None))) is not None:
            yield item

    async def asearch(
        self, question: str, k: int = 10, *, history: Sequence[str] = (), **filters: Unpack[Filters]
    ) -> list[Hit]:
        """Return what `search` returns."""
        return await in_thread(lambda: self.search(question, k, history=history, **filters))

    async def apage(self, document: str, number: int) -> Page:
        """Return what `page` returns."""
        return await in_thread(lambda: self.page(document, number))

    async def adocuments(self, **filters: Unpack[Filters]) -> tuple[Document, ...]:
        """Return what `documents` returns."""
        return await in_thread(lambda: self.documents(**filters))

    async def amatrix(self, *, progress: Progress = lambda done, total: None, **filters: Unpack[Filters]) -> Matrix:
        """Return what `matrix` returns."""
        return await in_thread(lambda: self.matrix(progress=progress, **filters))

    async def arefresh(self, *, rebuild: bool = False) -> ChangeReport:
        """Return what `refresh` returns; a task that is cancelled waits until the document at hand is written."""
        return await in_thread(lambda: self.refresh(rebuild=rebuild), leave=False)

    def _ready(self, question: str, history: Sequence[str], filters: Filters) -> Scope | None:
        """Return the scope of a question, once the library is open: the first of several threads opens it for all."""
        for text in (question, *history):
            if not isinstance(text, str):
                raise QuestionError(f"wanted a question as text, got {text!r}")
        if isinstance(history, str):
            raise QuestionError("wanted history as a list of questions, got one text")
        scope = scope_of(filters)
        with self._opening:
            if not self._opened:
                self.desk.encoder_of(self.desk.snapshot())
                self._opened = True
        known_documents(self.desk, scope)
        return scope
