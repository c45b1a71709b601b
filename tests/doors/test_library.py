"""The door for Python: its names are pinned, its examples run, and it gives what the desk gives."""

from __future__ import annotations

import asyncio
import doctest
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import assistant
from assistant import Answer, Filters, Library, open_library
from assistant.asker import Gone, go_on
from assistant.contract import answer_to_json
from assistant.doors import library as door
from assistant.doors.filters import scope_of
from assistant.errors import LibraryError, NoLibrary, QuestionError, SettingsError
from assistant.model import Scope
from tests.desk import MemoryDesk

NAMES = [
    "Answer", "AssistantError", "Citation", "Document", "Filters", "Hit", "Library", "Matrix", "Page", "Passage",
    "Statement", "__version__", "open_library",
]  # fmt: skip
HEAVY = ("numpy", "typer", "rich", "pydantic", "gradio", "faiss", "torch", "onnxruntime", "langchain_core", "mcp")


def test_the_public_names_are_these_and_each_is_there() -> None:
    assert assistant.__all__ == dir(assistant) == NAMES
    assert all(getattr(assistant, name) for name in NAMES)
    with pytest.raises(AttributeError, match="has no attribute 'open_desk'; it has Answer, "):
        assistant.open_desk  # noqa: B018


def test_a_method_is_public_on_purpose() -> None:
    calls = {name for name, value in vars(Library).items() if callable(value) and not name.startswith("_")}
    plain = {"ask", "stream", "search", "page", "documents", "matrix", "refresh"}
    assert {f"a{name}" for name in plain} | plain <= calls


@pytest.mark.parametrize(
    ("code", "loaded"),
    [
        ("import assistant", []),
        ("from assistant import open_library; open_library('corpus')", []),
    ],
)
def test_nothing_is_imported_that_was_not_asked_for(code: str, loaded: list[str]) -> None:
    code += f"; import sys; print([m for m in {HEAVY!r} if m in sys.modules], len(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(str(loaded))


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(assistant.__file__).parent / "py.typed").is_file()


def test_the_examples_of_the_docstrings_run(library: Library) -> None:
    found = doctest.testmod(door)
    assert (found.failed, found.attempted > 15) == (0, True)


def test_the_answer_is_the_one_the_desk_gives(library: Library) -> None:
    question, history = "And how many donors has the biobank?", ["How did Estonia win trust?"]
    given, wanted = library.ask(question, history=history), library.desk.ask(question, tuple(history))
    assert {**answer_to_json(given), "milliseconds": 0} == {**answer_to_json(wanted), "milliseconds": 0}


def test_a_filter_narrows_and_what_is_not_there_is_named(library: Library) -> None:
    hits = library.search("biobank", countries=["Finland"])
    assert {hit.document.id for hit in hits} == {"finland-visit-2021"}
    assert library.documents(years=(1900, 2000)) == ()
    for call, words in (
        (lambda: library.ask("x", documents="nowhere"), "no document 'nowhere' in the library"),
        (lambda: library.page("nowhere", 1), "no document 'nowhere' in the library"),
        (lambda: library.page("finland-visit-2021", 2), "finland-visit-2021 has pages 1 to 1, got 2"),
    ):
        with pytest.raises(LibraryError, match=words):
            call()


@pytest.mark.parametrize(
    ("filters", "scope"),
    [
        ({}, None),
        ({"countries": None}, None),
        ({"countries": []}, Scope(countries=())),
        ({"countries": "ee"}, Scope(countries=("EE",))),
        ({"countries": ["UK", "Great Britain", "EL"]}, Scope(countries=("GB", "GR"))),
        ({"years": 2021}, Scope(years=(2021, 2021))),
        ({"years": (2018, 2024), "languages": ["fi"]}, Scope(years=(2018, 2024), languages=("fi",))),
        ({"kinds": "framework", "documents": ("a", "b")}, Scope(kinds=("framework",), documents=("a", "b"))),
    ],
)
def test_filters_become_a_scope(filters: Filters, scope: Scope | None) -> None:
    assert scope_of(filters) == scope


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"country": "EE"}, "wanted filters of countries, kinds, years, documents, languages, got 'country'"),
        ({"countries": ["Atlantis"]}, "countries: wanted an ISO code such as EE, or a name, got 'Atlantis'"),
        ({"countries": 5}, "countries: wanted a text or a list of texts, got 5"),
        ({"documents": [1]}, "documents: wanted a text or a list of texts"),
        ({"kinds": "novel"}, "kinds: wanted one of policy-brief"),
        ({"years": (2020, 2018)}, "years: wanted the earlier year first"),
        ({"years": "2018-2020"}, "years: wanted a year or"),
    ],
)
def test_a_wrong_filter_is_named(filters: Any, words: str) -> None:
    with pytest.raises(SettingsError) as told:
        scope_of(filters)
    assert words in str(told.value)


def test_wrong_words_and_no_library_are_errors_of_ours(tmp_path: Path, library: Library) -> None:
    with pytest.raises(NoLibrary):
        open_library(tmp_path / "corpus").ask("x")
    assert open_library(tmp_path / "corpus").settings.index == tmp_path / "index"
    with pytest.raises(SettingsError, match="unknown setting 'modle'"):
        open_library("corpus", modle="x")
    with pytest.raises(QuestionError, match="wanted a question as text, got 5"):
        library.ask(5)  # type: ignore[arg-type]
    with pytest.raises(QuestionError, match="wanted history as a list of questions"):
        library.ask("x", history="y")
    with pytest.raises(QuestionError, match="k=0"):
        library.search("x", k=0)


def test_the_twins_give_the_same(library: Library) -> None:
    async def all_of_them() -> None:
        question = "Which campaigns won Estonia public trust?"
        first, second = await asyncio.gather(library.aask(question), library.aask(question, countries="EE"))
        assert first.text == library.ask(question).text
        assert second.citations == first.citations
        (last,) = [item async for item in library.astream(question)]
        assert isinstance(last, Answer) and last.text == first.text
        assert await library.asearch("biobank", k=2) == library.search("biobank", k=2)
        assert await library.apage("estonia-visit-2021", 1) == library.page("estonia-visit-2021", 1)
        assert await library.adocuments() == library.documents()
        assert (await library.amatrix(countries="LV")).cells == library.matrix(countries="LV").cells
        assert (await library.arefresh()).changes == ()

    asyncio.run(all_of_them())


class LongDesk(MemoryDesk):
    """Works on a question until nobody waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.ended = threading.Event(), threading.Event()

    def encoder_of(self, snapshot: object) -> None:
        """Stand in for the real desk's."""

    def ask(self, question: str, history: Sequence[str] = (), scope: Scope | None = None) -> Answer:
        self.begun.set()
        try:
            while True:
                go_on()
        except Gone:
            self.ended.set()
            raise


def test_work_ends_when_its_task_is_cancelled() -> None:
    desk = LongDesk()
    library = Library(desk)  # type: ignore[arg-type]

    async def asked_and_left() -> None:
        task = asyncio.create_task(library.aask("x"))
        assert await asyncio.to_thread(desk.begun.wait, 10)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(asked_and_left())
    assert desk.ended.wait(10)


def test_a_stream_that_is_closed_ends_in_its_place(library: Library) -> None:
    stream = library.stream("When was the visit to Estonia?")
    assert isinstance(next(stream), Answer)
    assert list(stream) == []
