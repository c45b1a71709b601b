"""The small conversation, played line by line over the desk in memory, and in a real terminal."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli.conversation import Conversation, converse
from assistant.model import Scope
from tests.desk import MemoryDesk
from tests.doors.conftest import place as place  # the folder with a small library


def play(lines: list[str], capsys: pytest.CaptureFixture[str], **given: object) -> tuple[Conversation, str]:
    """Return the conversation after these lines, and what it printed."""
    talk = Conversation(MemoryDesk(), **given)  # type: ignore[arg-type]
    ahead = iter(lines)

    def read(prompt: str) -> str:
        try:
            return next(ahead)
        except StopIteration:
            raise EOFError from None

    converse(talk, read)
    return talk, capsys.readouterr().out


def test_a_follow_up_takes_what_it_lacks_from_the_question_before(capsys: pytest.CaptureFixture[str]) -> None:
    talk, out = play(["Who has a law in Estonia?", "", "And in Finland?"], capsys)
    assert talk.history == ["Who has a law in Estonia?", "And in Finland?"]
    assert "Understood as: Who has a law in Finland?" in out
    talk, out = play(["Who has a law in Estonia?", ":new", "And in Finland?"], capsys)
    assert talk.history == ["And in Finland?"]
    assert "Understood as: Who has a law in Finland?" not in out


def test_sources_are_listed_and_opened(capsys: pytest.CaptureFixture[str]) -> None:
    _, out = play(["How did Estonia win public trust?", ":sources", ":open 1", ":open [1]"], capsys)
    assert "[1] Visit to Estonia, 2021, page 1\n    “Estonia won public trust" in out
    assert out.count("The Estonian biobank holds samples of 200,000 donors.") >= 2, "the rest of the page is shown"
    assert "no document 'ee' in the library" in out, "the desk in memory has no files, and says so"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([":sources"], "No sources yet: ask a question first."),
        ([":open 1"], "ask first"),
        (["How did Estonia win public trust?", ":open 9"], "no source 9; the last answer has "),
        ([":help"], ":open 2     the page of source 2"),
        ([":open"], ":quit       leave"),
        ([":nonsense"], ":quit       leave"),
    ],
)
def test_what_cannot_be_done_is_said(lines: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert words in play(lines, capsys)[1]


@pytest.mark.parametrize("word", [":quit", ":q", ":exit", "  :quit  "])
def test_it_ends_where_the_reader_says_so(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    talk, _ = play([word, "Who has a law in Estonia?"], capsys)
    assert talk.history == []


def test_filters_hold_for_the_whole_conversation(capsys: pytest.CaptureFixture[str]) -> None:
    talk, _ = play(["Who has a law?"], capsys, scope=Scope(countries=("FI",)))
    assert talk.answer is not None
    assert {c.document for c in talk.answer.citations} <= {"fi"}


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
def test_in_a_terminal_ask_without_a_question_talks(place: Path) -> None:
    ours, theirs = os.openpty()
    asked = subprocess.Popen(
        [sys.executable, "-m", "assistant", "ask", "--corpus", str(place / "corpus"), "--index", str(place / "index")],
        stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True, env={**os.environ, "TERM": "dumb"},
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, b"When was the visit to Estonia?\n:sources\n:quit\n")
    said = b""
    while select.select([ours], [], [], 120)[0]:
        try:
            said += os.read(ours, 65536)
        except OSError:
            break
    os.close(ours)
    assert asked.wait(timeout=60) == 0
    assert b"19 and 20 May 2021" in said and b"[1] " in said
