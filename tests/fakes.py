"""Small real things to test with: an encoder whose vectors one can work out, a library in memory, a tiny corpus."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy

from assistant.geometry import Box, Run, boxes_of, pack, unpack
from assistant.model import Block, Document, Page, Passage, Scope, Sentence, Unread, content_key
from assistant.ports import Encoded
from assistant.words import content_stems, stem


class WordEncoder:
    """One dimension per known word stem (plus a last one for all others); unit vectors."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._place = {stem(word): place for place, word in enumerate(vocabulary)}
        self.dimension = len(self._place) + 1
        self.fingerprint = "words-1"
        self.token_limit = 256

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def encode_query(self, text: str) -> numpy.ndarray:
        vector = numpy.zeros(self.dimension, dtype=numpy.float32)
        for word in content_stems(text):
            vector[self._place.get(word, self.dimension - 1)] += 1
        length = float(numpy.linalg.norm(vector))
        return vector / length if length else vector

    def encode_passages(
        self, prefixes: Sequence[str], texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Encoded]:
        return [
            Encoded(
                self.encode_query(f"{prefix} {text}"),
                numpy.stack([self.encode_query(text[a:b]) for a, b in slices])
                if slices
                else numpy.zeros((0, self.dimension), dtype=numpy.float32),
            )
            for prefix, text, slices in zip(prefixes, texts, spans, strict=True)
        ]


@dataclass
class MemorySnapshot:
    """A library held in lists; search is a plain loop, so its result can be checked by hand."""

    encoder: WordEncoder
    documents_: list[Document] = field(default_factory=list)
    pages: dict[tuple[str, int], Page] = field(default_factory=dict)
    rows: list[Passage] = field(default_factory=list)
    vectors: list[Encoded] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    revision: int = 7

    @property
    def encoder_fingerprint(self) -> str:
        return self.encoder.fingerprint

    def add(self, document: Document, pages: Sequence[Page], passages: Sequence[Passage]) -> None:
        self.documents_.append(document)
        self.pages.update({(document.id, page.number): page for page in pages})
        for passage in passages:
            spans = [(s.start - passage.start, s.end - passage.start) for s in passage.sentences]
            self.rows.append(passage)
            self.vectors += self.encoder.encode_passages([document.title], [passage.text], [spans])

    def documents(self) -> tuple[Document, ...]:
        return tuple(self.documents_)

    def document(self, identifier: str) -> Document:
        return {d.id: d for d in self.documents_}[identifier]

    def unread(self) -> tuple[Unread, ...]:
        return (Unread("broken.pdf", "damaged"),)

    def _allowed(self, scope: Scope) -> list[int]:
        return [row for row, passage in enumerate(self.rows) if self._allows(scope, passage)]

    def _allows(self, scope: Scope, passage: Passage) -> bool:
        document = self.document(passage.document)
        year = document.year
        return (
            (
                scope.countries is None
                or bool(set(scope.countries) & set(passage.countries))
                or (scope.unplaced and document.unplaced)
            )
            and (scope.kinds is None or document.kind in scope.kinds)
            and (scope.documents is None or document.id in scope.documents or document.file in scope.documents)
            and (scope.years is None or (year is not None and scope.years[0] <= year <= scope.years[1]))
            and (scope.own is None or document.author in scope.own)
        )

    def count(self, scope: Scope) -> tuple[int, int]:
        rows = self._allowed(scope)
        return len({self.rows[row].document for row in rows}), len(rows)

    def dense(self, vector: numpy.ndarray, limit: int, scope: Scope) -> list[tuple[int, float]]:
        found = [(row, float(self.vectors[row].vector @ vector)) for row in self._allowed(scope)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def lexical(self, terms: Mapping[str, float], limit: int, scope: Scope) -> list[tuple[int, float]]:
        found = []
        for row in self._allowed(scope):
            words = [stem(word) for word in re.findall(r"\w+", self.rows[row].text)]
            score = sum(weight * words.count(stem(term)) for term, weight in terms.items())
            if score:
                found.append((row, float(score)))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def frequency(self, word: str) -> int:
        return self.term_frequency(stem(word))

    def term_frequency(self, term: str) -> int:
        return sum(term in {stem(w) for w in re.findall(r"\w+", passage.text)} for passage in self.rows)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        return [self.rows[row] for row in rows]

    def sentence_vectors(self, rows: Sequence[int]) -> list[numpy.ndarray]:
        return [self.vectors[row].sentences for row in rows]

    def page(self, document: str, number: int) -> Page:
        return self.pages[(document, number)]

    def boxes(self, document: str, number: int, start: int, end: int) -> tuple[Box, ...]:
        page = self.page(document, number)
        return boxes_of(unpack(page.geometry), start, end) if page.geometry else ()


def make_page(number: int, paragraphs: Sequence[str]) -> Page:
    """Return a page of one line per paragraph, every character 5 points wide and each line 20 points lower."""
    text = "\n\n".join(paragraphs)
    blocks, runs, start = [], [], 0
    for line, paragraph in enumerate(paragraphs):
        blocks.append(Block("paragraph", start, start + len(paragraph)))
        lefts = tuple(50.0 + 5 * place for place in range(len(paragraph)))
        runs.append(Run(start, 100.0 + 20 * line, 112.0 + 20 * line, lefts, tuple(left + 5 for left in lefts)))
        start += len(paragraph) + 2
    return Page(number, str(number), text, tuple(blocks), "", 595.0, 842.0, pack(runs))


def make_passages(document: Document, page: Page, countries: tuple[str, ...] | None = None) -> list[Passage]:
    """Return one passage per paragraph of the page; sentences end at a full stop followed by a space."""
    passages = []
    for block in page.blocks:
        text = page.text[block.start : block.end]
        ends = [m.end() for m in re.finditer(r"\.(?=\s|$)", text)] or [len(text)]
        sentences, start = [], 0
        for end in ends:
            start += len(text[start:]) - len(text[start:].lstrip())
            sentences.append(Sentence(block.start + start, block.start + end))
            start = end
        passages.append(
            Passage(
                content_key(document.id, page.number, block.start, text),
                document.id,
                page.number,
                block.start,
                block.end,
                text,
                (),
                document.countries if countries is None else countries,
                tuple(sentences),
            )
        )
    return passages


WORDS = """trust campaign biobank donor law consent budget training nurse genome centre register pay patient panel
sequencing infrastructure industry data access"""
VOCABULARY = tuple(re.findall(r"\w+", WORDS))


def small_library() -> MemorySnapshot:
    """Return a library of three documents: Estonia, Finland, and a policy brief that names both."""
    snapshot = MemorySnapshot(WordEncoder(VOCABULARY))
    estonia = Document(
        "ee", "ee.pdf", "a" * 64, "Visit to Estonia", "Project", "EE", ("EE",), "visit-report", 2021, pages=1
    )
    finland = Document(
        "fi", "fi.pdf", "b" * 64, "Visit to Finland", "Project", "FI", ("FI",), "visit-report", 2021, pages=1
    )
    brief = Document("brief", "brief.pdf", "c" * 64, "Policy brief", "B1MG", "EU", (), "policy-brief", 2022, pages=1)
    for document, paragraphs in (
        (
            estonia,
            (
                "Estonia won public trust through campaigns in films and soap operas. This took 20 years.",
                "The Estonian biobank holds samples of 200,000 donors.",
            ),
        ),
        (finland, ("Finland drafted a law on the genome centre in 2018.", "Findata grants data access permits.")),
        (brief, ("The brief asks countries to pay patient representatives.",)),
    ):
        page = make_page(1, paragraphs)
        snapshot.add(document, [page], make_passages(document, page))
    return snapshot


def idf(count: int, total: int) -> float:
    """Return the idf of BM25 for hand-worked cases."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5))
