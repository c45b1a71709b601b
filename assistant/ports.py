"""The doors between rooms: what one room needs of another, as Protocols. `wiring` chooses who stands behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.evidence import Matrix, Progress
from assistant.geometry import Box
from assistant.model import Answer, Document, Hit, Page, Passage, PassageReading, Scope, Sentence, Unread

if TYPE_CHECKING:
    import numpy


@dataclass(frozen=True, slots=True)
class Encoded:
    """A passage's unit vector, shape (dimension,), and one unit vector per sentence, shape (sentences, dimension)."""

    vector: numpy.ndarray[Any, numpy.dtype[numpy.float32]]
    sentences: numpy.ndarray[Any, numpy.dtype[numpy.float32]]


class Encoder(Protocol):
    """Turns text into unit vectors. Same text, same vector, whatever stands beside it in the batch (to 1e-4)."""

    @property
    def dimension(self) -> int: ...

    @property
    def fingerprint(self) -> str: ...

    @property
    def token_limit(self) -> int: ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of the encoder's own tokens of each text, without the two special ones."""
        ...

    def encode_query(self, text: str) -> numpy.ndarray[Any, numpy.dtype[numpy.float32]]:
        """Return a unit vector, shape (dimension,), float32."""
        ...

    def encode_passages(
        self, prefixes: Sequence[str], texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Encoded]:
        """Encode `prefix + text`; `spans[i]` are the sentences as character spans of `texts[i]`.

        Sentence vectors are late-chunked: the mean of the sentence's token vectors of the passage's own pass.
        """
        ...


class Snapshot(Protocol):
    """The library at one revision, for questions. Passages are named by their row number (int)."""

    @property
    def revision(self) -> int: ...

    @property
    def encoder_fingerprint(self) -> str: ...

    def documents(self) -> tuple[Document, ...]: ...

    def document(self, identifier: str) -> Document: ...

    def unread(self) -> tuple[Unread, ...]: ...

    def count(self, scope: Scope) -> tuple[int, int]:
        """Return (documents, passages) that the scope allows."""
        ...

    def dense(
        self, vector: numpy.ndarray[Any, numpy.dtype[numpy.float32]], limit: int, scope: Scope
    ) -> list[tuple[int, float]]:
        """Return up to `limit` (row, cosine) pairs, best first, filter applied inside the search."""
        ...

    def lexical(self, terms: Mapping[str, float], limit: int, scope: Scope) -> list[tuple[int, float]]:
        """Return up to `limit` (row, BM25) pairs, best first, higher is better; terms are plain words with weights."""
        ...

    def frequency(self, word: str) -> int:
        """Return in how many passages the word (stemmed as the lexical index does) occurs."""
        ...

    def term_frequency(self, term: str) -> int:
        """Return in how many passages a stem without accents occurs; stemmed again it could be another one."""
        ...

    def passages(self, rows: Sequence[int]) -> list[Passage]: ...

    def sentence_vectors(self, rows: Sequence[int]) -> list[numpy.ndarray[Any, numpy.dtype[numpy.float32]]]: ...

    def page(self, document: str, number: int) -> Page: ...

    def boxes(self, document: str, number: int, start: int, end: int) -> tuple[Box, ...]: ...


class Reader(Protocol):
    """Reads a question and a text together: how well the text answers. Safe to use from several threads."""

    @property
    def fingerprint(self) -> str:
        """What the scores depend on: the model and how it was exported."""
        ...

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return one logit a text, higher is better; the same pair has the same score in any company."""
        ...


class PassageReader(Protocol):
    """Reads a question and a passage together, sentence by sentence. Safe to use from several threads."""

    @property
    def fingerprint(self) -> str:
        """What the readings depend on: the model and how it was exported."""
        ...

    def read(self, question: str, passages: Sequence[Sequence[str]], titles: Sequence[str]) -> list[PassageReading]:
        """Return one reading a passage, given as its sentences; `titles` are the headings they stand under."""
        ...


class Desk(Protocol):
    """What the chat, the evaluation and the matrix ask through; `wiring.open_desk` makes one."""

    def ask(self, question: str, history: Sequence[str] = (), scope: Scope | None = None) -> Answer: ...

    def search(
        self, question: str, limit: int = 10, history: Sequence[str] = (), scope: Scope | None = None
    ) -> list[Hit]: ...

    def snapshot(self) -> Snapshot:
        """Return the newest revision; cheap when nothing changed."""
        ...

    def page_image(self, document: str, page: int, boxes: Iterable[Box] = (), scale: float = 1.5) -> bytes:
        """Return the page as PNG bytes with the boxes marked; raises UnreadableDocument."""
        ...

    def file_of(self, document: str) -> Path:
        """Return where the document's file lies; raises LibraryError, or ChangedDocument (see there)."""
        ...


class StreamingDesk(Desk, Protocol):
    """A desk that can show a language model's answer while it is written; the real one is such a desk."""

    def ask_stream(
        self, question: str, history: Sequence[str] = (), scope: Scope | None = None
    ) -> Iterator[str | Answer]:
        """Yield pieces of checked plain text, if any, and last the whole answer, which replaces them."""
        ...

    def model_notice(self) -> str:
        """Return which language model sees the passages and where it runs; '' without one."""
        ...


class ScreenDesk(StreamingDesk, Protocol):
    """What the screen needs beyond answers: the matrix, and what stands beside a library."""

    def matrix(self, scope: Scope | None = None, progress: Progress = ...) -> Matrix:
        """Return the evidence matrix for the scope (None: every country)."""
        ...

    def sentences(self, document: str, page: int) -> tuple[Sentence, ...]:
        """Return the sentences of a page in reading order; raises KeyError when there is no such page."""
        ...

    def evaluation(self) -> Mapping[str, Any] | None:
        """Return the recorded figures, `other_hands` and `sets` by their names, or None where nothing is recorded."""
        ...

    def export_answer(self, answer: Answer, form: str, day: date) -> bytes:
        """Return an answer as a file: md, docx or json. Raises SettingsError for another form."""
        ...

    def export_matrix(self, matrix: Matrix, form: str, day: date) -> bytes:
        """Return a matrix as a file: html, xlsx, csv, docx, md or json. Raises SettingsError for another form."""
        ...

    def export_brief(self, title: str, answers: Sequence[tuple[Answer, str]], form: str, day: date) -> bytes:
        """Return answers (at least one) with comments as a file: docx, html, md, ris, bib, csl; else SettingsError."""
        ...

    def keep_feedback(self, said: Mapping[str, Any]) -> bool:
        """Keep what a reader said of an answer beside the library; False where there is no more room."""
        ...

    def feedback(self) -> Sequence[Mapping[str, Any]]:
        """Return what readers said, oldest first."""
        ...

    def passed_over(self) -> Sequence[tuple[str, str]]:
        """Return (file, why it is not read) of the files of the folder that are no documents."""
        ...

    def change_reports(self, limit: int = 20) -> Sequence[tuple[int, str]]:
        """Return what the latest refreshes changed, newest first: (revision, report as Markdown)."""
        ...
