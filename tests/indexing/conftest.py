"""A refresh over text files with an encoder that counts what it embeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import AssistantError, UnreadableDocument
from assistant.indexing.refresh import ChangeReport, Workers, refresh
from assistant.model import Block, Document, Page, Passage, Reading
from assistant.ports import Encoded
from tests.fakes import VOCABULARY, WordEncoder, make_passages


class CountingEncoder(WordEncoder):
    """Remembers the texts it embedded."""

    def __init__(self) -> None:
        super().__init__(VOCABULARY)
        self.embedded: list[str] = []

    def encode_passages(
        self, prefixes: Sequence[str], texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Encoded]:
        self.embedded += texts
        return super().encode_passages(prefixes, texts, spans)


def read(paths: Sequence[Path]) -> Iterator[tuple[Path, Reading | AssistantError]]:
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
        except UnicodeDecodeError:
            yield path, UnreadableDocument(path.name, "it is damaged")
            continue
        if not text.strip():
            yield path, UnreadableDocument(path.name, "it is empty")
            continue
        blocks, start = [], 0
        for part in text.split("\n\n"):
            blocks.append(Block("paragraph", start, start + len(part)))
            start += len(part) + 2
        yield path, Reading((Page(1, "1", text, tuple(blocks)),))


def describe(file: str, sha256: str, reading: Reading, taken: Sequence[str]) -> Document:
    name = file.rsplit("/", 1)[-1].split(".")[0]
    while name in taken:
        name += "-2"
    return Document(name, file, sha256, name.upper(), countries=("EE",), year=2021)


def cut(document: Document, reading: Reading) -> tuple[Passage, ...]:
    return tuple(p for page in reading.pages for p in make_passages(document, page))


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def workers(encoder: CountingEncoder) -> Workers:
    return Workers(
        read, describe, lambda document, state: replace(document, file=state.file), cut, encoder,
        frozenset({".txt"}), "tokens=120 overlap=1",
    )  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("Trust needs a campaign.\n\nA biobank has donors.", encoding="utf-8")
    (folder / "b.txt").write_text("A law on consent was passed.", encoding="utf-8")
    return folder


@pytest.fixture
def bring(corpus: Path, tmp_path: Path, workers: Workers) -> Callable[[], ChangeReport]:
    return lambda: refresh(corpus, tmp_path / "index", workers)
