"""The shipped digests as read and cut, without vectors, and the judge with the real encoder."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cached_property
from pathlib import Path

import numpy
import pytest

from assistant.generating.check import Judge, default_threshold
from assistant.model import Document, Hit, Page, Passage, Reading
from assistant.ports import Encoder
from assistant.settings import Settings
from assistant.wiring.library import load_encoder, workers_of
from assistant.wiring.model import encode_with
from assistant.words import stem
from tests.fakes import MemorySnapshot, WordEncoder, make_page, make_passages

ROOT = Path(__file__).parents[2]
_WORDS = "biobank donor trust campaign law register consent genome centre hospital"


class Shelf(MemorySnapshot):
    """Documents without vectors; how often a word occurs is counted once."""

    def put(self, document: Document, pages: tuple[Page, ...], passages: tuple[Passage, ...]) -> None:
        self.documents_.append(document)
        self.pages.update({(document.id, page.number): page for page in pages})
        self.rows += passages

    @cached_property
    def counted(self) -> Counter[str]:
        return Counter(s for p in self.rows for s in {stem(w) for w in re.findall(r"\w+", p.text)})

    def idf(self, word: str) -> float:
        return math.log(1 + (len(self.rows) + 0.5) / (self.counted[stem(word)] + 0.5))


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return load_encoder(Settings(index=tmp_path_factory.mktemp("encoder"), encoder="all-MiniLM-L6-v2"))


@pytest.fixture(scope="session")
def shelf(encoder: Encoder) -> Shelf:
    settings = Settings(corpus=ROOT / "corpus")
    workers = workers_of(settings, encoder, lambda event: None)
    shelf = Shelf(WordEncoder(()))
    files = sorted((ROOT / "corpus" / "documents").glob("*.pdf"))
    for path, reading in workers.read(files):
        assert isinstance(reading, Reading), path
        document = workers.describe(f"documents/{path.name}", "0" * 64, reading, ())
        shelf.put(document, reading.pages, workers.cut(document, reading))
    return shelf


@pytest.fixture(scope="session")
def judge(encoder: Encoder, shelf: Shelf) -> Judge:
    return Judge(encode_with(encoder), shelf.idf, default_threshold())


@pytest.fixture(scope="session")
def small_judge() -> Judge:
    """A judge whose vectors are words: enough for rules that need no meaning."""
    encoder = WordEncoder(_WORDS.split())
    return Judge(
        lambda texts: numpy.stack([encoder.encode_query(text) for text in texts]), lambda word: 2.0, default_threshold()
    )


def hit_of(text: str, country: str = "EE", year: int = 2021, title: str = "Visit digest") -> Hit:
    """Return a passage of one paragraph of a document about one country."""
    document = Document(f"d-{country}", f"{country}.pdf", "a" * 64, title, "Project", country, (country,), year=year)
    return Hit(make_passages(document, make_page(1, (text,)))[0], document, 1.0)
