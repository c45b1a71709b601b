"""`assistant ask` without a question: a small conversation in the terminal. Nothing of it is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from assistant.cli.options import typed
from assistant.cli.show import console, plain, show_stream
from assistant.errors import AssistantError
from assistant.model import Answer, Citation, Scope
from assistant.originals import digest_words

if TYPE_CHECKING:
    from assistant.wiring import OpenDesk

HELP = """Ask in plain words; a follow-up ("And in Finland?") takes what it lacks from the questions before.
:open 2     the page of source 2, with the quotation marked
:sources    the sources of the last answer
:new        forget the questions before
:quit       leave (or Ctrl-D)"""
MOST_HISTORY = 20
AROUND = 600
"""So many characters of the page are shown before and after a quotation."""


class Conversation:
    """The questions so far and the answer that `:open` and `:sources` speak of."""

    def __init__(self, desk: OpenDesk, scope: Scope | None = None, history: tuple[str, ...] = ()) -> None:
        self._desk, self._scope = desk, scope
        self.history = list(history)
        self.answer: Answer | None = None

    def take(self, line: str) -> bool:
        """Do what a line says; False where it ends the conversation. What goes wrong is one sentence."""
        words = line.split()
        if not words:
            return True
        if words[0] in (":quit", ":q", ":exit"):
            return False
        try:
            if words[0].startswith(":"):
                self._do(words)
            else:
                self._ask(line.strip())
        except AssistantError as problem:
            console().print(plain(str(problem)), markup=False)
        return True

    def _ask(self, question: str) -> None:
        items: list[Answer] = []

        def heard() -> Iterator[str | Answer]:
            for item in self._desk.ask_stream(question, tuple(self.history[-MOST_HISTORY:]), self._scope):
                if isinstance(item, Answer):
                    items.append(item)
                yield item

        show_stream(heard())
        self.answer = items[-1]
        self.history.append(question)

    def _do(self, words: list[str]) -> None:
        if words[0] == ":sources" and len(words) == 1:
            self._sources()
        elif words[0] == ":open" and len(words) == 2:
            show_page(self._desk, self._cited(words[1]))
        elif words[0] == ":new" and len(words) == 1:
            self.history.clear()
            console().print("The questions before are forgotten.")
        else:
            console().print(HELP, markup=False)

    def _sources(self) -> None:
        citations = self.answer.citations if self.answer else ()
        for c in citations:
            digest = f". {digest_words(c.originals)}" if c.digest else ""
            line = f"[{c.number}] {c.title}, {c.year or 'no year'}, page {c.page}{digest}"
            console().print(plain(line), markup=False)
            console().print(plain(f"    “{c.quote}”"), markup=False)
        if not citations:
            console().print("No sources yet: ask a question first." if self.answer is None else "No sources.")

    def _cited(self, number: str) -> Citation:
        found = [c for c in (self.answer.citations if self.answer else ()) if str(c.number) == number.strip("[]")]
        if not found:
            count = len(self.answer.citations) if self.answer else 0
            raise AssistantError(f"no source {number}; the last answer has {count}" if self.answer else "ask first")
        return found[0]


def show_page(desk: OpenDesk, c: Citation) -> None:
    """Print the part of a page that holds a quotation, marked, and where the file lies."""
    from rich.markup import escape

    page = desk.snapshot().page(c.document, c.page)
    first, last = max(0, c.start - AROUND), c.end + AROUND
    before, quote, after = (plain(page.text[a:b]) for a, b in ((first, c.start), (c.start, c.end), (c.end, last)))
    out = console()
    out.print(f"[bold]{escape(plain(c.title))}[/bold], {c.year or 'no year'}, page {c.page}")
    out.print(f"{'… ' if first else ''}{escape(before)}[reverse]{escape(quote)}[/reverse]{escape(after)}")
    try:
        out.print(plain(f"File: {desk.file_of(c.document)}"), markup=False)
    except AssistantError as problem:
        out.print(plain(str(problem)), markup=False)


def converse(conversation: Conversation, read: Callable[[str], str] = input) -> None:
    """Read lines until the reader leaves; `read` takes a prompt and gives a line."""
    with suppress(ImportError):
        import readline  # noqa: F401  (lines can be edited and called back; they are kept in no file)
    console().print("Ask a question; :help says what else there is.")
    while True:
        try:
            line = read("> ")
        except EOFError:
            return
        if not conversation.take(typed(line)):
            return
