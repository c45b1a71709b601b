"""Makes a library of any size from a real one, to measure what size costs, without hours of reading and encoding.

Recipe (also in DECISIONS.md): a passage takes the sentences of a real passage, the last one replaced by one of another
passage; every tenth word is drawn from 500,000 invented words whose frequencies fall as in real text, so that postings
and vocabulary grow as they would. Its vector is a weighted sum of the two real encodings and a little noise, so that
near and far neighbours exist; sentence vectors are the real ones with noise. Countries are dealt out very unevenly.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy

from assistant.indexing import compact, digests, schema
from assistant.indexing.library import LibraryWriter
from assistant.model import KINDS, Block, Document, Page, Passage, Sentence, content_key

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]
PER_PAGE, PER_DOCUMENT, BATCH = 4, 40, 200
WORDS = 500_000
SYLLABLES = tuple("kalomitersanduverlinorapegostialfemonurita"[place : place + 2] for place in range(0, 42, 2))
COUNTRIES = tuple(
    "DEFRESITNLSEPLBEATFIDKCZPTGRIEHUROBGHRSKSILTLVEELUNOCHGBISMTCYLI"[p : p + 2] for p in range(0, 64, 2)
)
"""In order of how often they are dealt out: each 0.8 times as often as the one before."""


@dataclass(frozen=True, slots=True)
class Source:
    """The real passages invented ones are made of, with their vectors and sentence vectors."""

    passages: tuple[Passage, ...]
    texts: tuple[tuple[str, ...], ...]
    vectors: Vectors
    sentences: tuple[Vectors, ...]
    geometry: tuple[bytes, ...]


def load_source(index: Path) -> Source:
    """Return what a real library holds; raises NoLibrary or StaleLibrary."""
    connection = schema.connect(index, write=False)
    meta = schema.meta_of(connection)
    schema.require_format(meta, index)
    size = int(meta["dimension"])
    rows = connection.execute("SELECT data, vector, sentences FROM passages ORDER BY row").fetchall()
    rows = [(schema.passage_from_bytes(data), vector, sentences) for data, vector, sentences in rows]
    rows = [row for row in rows if row[0].sentences]
    geometry = [blob for (blob,) in connection.execute("SELECT geometry FROM pages WHERE length(geometry) > 0")]
    connection.close()
    return Source(
        tuple(p for p, _, _ in rows),
        tuple(tuple(p.text[s.start - p.start : s.end - p.start] for s in p.sentences) for p, _, _ in rows),
        compact.passage_vectors(b"".join(vector for _, vector, _ in rows), size),
        tuple(compact.sentence_vectors(blob, size) for _, _, blob in rows),
        tuple(geometry) or (b"",),
    )


class Inventor:
    """Makes documents; the same seed and number give the same document."""

    def __init__(self, source: Source, seed: int = 1) -> None:
        self._source, self._seed = source, seed
        weights = [0.8**place for place in range(len(COUNTRIES))]
        self._share = [weight / sum(weights) for weight in weights]

    def document(self, number: int) -> tuple[Document, list[Page], list[tuple[Passage, Vectors, Vectors]]]:
        """Return one document of 40 passages on 10 pages with their vectors and sentence vectors."""
        chance, noise = random.Random(f"{self._seed} {number}"), numpy.random.default_rng([self._seed, number])
        (country,) = chance.choices(COUNTRIES, self._share)
        name = f"invented-{number:06d}"
        document = Document(
            name,
            f"invented/{name}.pdf",
            content_key(name),
            f"Genomics plan {number}",
            author=country,
            countries=(country,),
            kind=chance.choice(KINDS[:3]),
            year=chance.randint(2015, 2026),
            pages=PER_DOCUMENT // PER_PAGE,
        )
        picks = [(chance.randrange(len(self._source.texts)), chance.randrange(len(self._source.texts)))
                 for _ in range(PER_DOCUMENT)]  # fmt: skip
        vectors = self._vectors(picks, noise)
        pages, passages = [], []
        for first in range(0, PER_DOCUMENT, PER_PAGE):
            made = [self._text(*picks[place], chance) for place in range(first, first + PER_PAGE)]
            page, cut = _page(document, first // PER_PAGE + 1, made, chance.choice(self._source.geometry))
            pages.append(page)
            passages.extend(cut)
        sentences = [self._sentence_vectors(one, two, noise) for one, two in picks]
        return document, pages, list(zip(passages, vectors, sentences, strict=True))

    def _vectors(self, picks: list[tuple[int, int]], noise: numpy.random.Generator) -> Vectors:
        one, two = (self._source.vectors[[pick[side] for pick in picks]] for side in (0, 1))
        share = noise.uniform(0.55, 0.95, size=(len(picks), 1))
        spread = noise.normal(size=one.shape) * (noise.uniform(0.2, 0.6, size=(len(picks), 1)) / one.shape[1] ** 0.5)
        return _units(share * one + (1 - share) * two + spread)

    def _sentence_vectors(self, one: int, two: int, noise: numpy.random.Generator) -> Vectors:
        real = numpy.concatenate([self._source.sentences[one][:-1], self._source.sentences[two][:1]])
        return _units(real + noise.normal(size=real.shape) * (0.3 / real.shape[1] ** 0.5))

    def _text(self, one: int, two: int, chance: random.Random) -> tuple[list[str], tuple[str, ...]]:
        real = (*self._source.texts[one][:-1], self._source.texts[two][0])
        return [_mixed(text, chance) for text in real], self._source.passages[one].headings


def _units(vectors: Any) -> Vectors:
    found: Vectors = (vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)).astype(numpy.float32)
    return found


def _mixed(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    for place in range(chance.randrange(10), len(words), 10):
        # The k-th most frequent word is met about 1/k as often (Zipf).
        words[place] = invented_word(int(WORDS ** chance.random()))
    return " ".join(words)


def invented_word(number: int) -> str:
    """Return the word of a number from 1, made of syllables; no two numbers share one."""
    syllables = []
    while number:
        number, digit = divmod(number, len(SYLLABLES))
        syllables.append(SYLLABLES[digit])
    return "".join(syllables) + "x"


def _page(
    document: Document, number: int, made: list[tuple[list[str], tuple[str, ...]]], geometry: bytes
) -> tuple[Page, list[Passage]]:
    """Return a page of passages, a blank line between them, and the passages."""
    text, passages, blocks = "", [], []
    for sentences, headings in made:
        start, spans = len(text), []
        for sentence in sentences:
            if len(text) > start:
                text += " "
            spans.append(Sentence(len(text), len(text) + len(sentence)))
            text += sentence
        blocks.append(Block("paragraph", start, len(text)))
        key = content_key(document.id, number, start, text[start:])
        passages.append(
            Passage(
                key, document.id, number, start, len(text), text[start:], headings, document.countries, tuple(spans)
            )
        )
        text += "\n\n"
    return Page(number, str(number), text, tuple(blocks), "", 595.0, 842.0, geometry), passages


def grow(index: Path, like: Path, passages: int, seed: int = 1) -> int:
    """Bring the invented library in `index` to at least `passages` passages, segments included; return how many it has.

    Encoder and settings are those of the library `like`, so that questions can be asked of it.
    """
    inventor = Inventor(load_source(like), seed)
    connection = schema.connect(like, write=False)
    meta = schema.meta_of(connection)
    connection.close()
    with LibraryWriter(index) as writer:
        writer.prepare(meta["encoder"], int(meta["dimension"]), meta["chunking"])
        have = int(writer.connection.execute("SELECT count(*) FROM documents").fetchone()[0])
        wanted = -(-passages // PER_DOCUMENT)
        for low in range(have, wanted, BATCH):
            numbers = range(low, min(low + BATCH, wanted))
            with writer.transaction("invent", change=f"invented {len(numbers)} documents"):
                for number in numbers:
                    put(writer, *inventor.document(number))
        writer.derive()
    return max(have, wanted) * PER_DOCUMENT


def put(
    writer: LibraryWriter, document: Document, pages: list[Page], passages: list[tuple[Passage, Vectors, Vectors]]
) -> None:
    """Write one document, inside a transaction."""
    writer.put_pages(document.id, pages)
    writer.connection.executemany(
        "INSERT INTO passages (document, countries, data, content, vector, sentences, checksum)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        _rows(passages),
    )
    writer.put_document(document, 0, "", digests.body_of(writer.connection, document.id))


def _rows(passages: list[tuple[Passage, Vectors, Vectors]]) -> Iterator[tuple[Any, ...]]:
    for passage, vector, sentences in passages:
        data, first = schema.passage_to_bytes(passage), compact.passage_bytes(vector)
        rest = compact.sentence_bytes(sentences)
        values = (passage.document, " ".join(passage.countries), data, passage.key, first, rest)
        yield (*values, digests.passage_checksum(*values))


def replace_one(index: Path, like: Path, number: int, seed: int = 2) -> None:
    """Replace one document by a new version of which a quarter of the passages changed, as a refresh would."""
    before, after = (Inventor(load_source(like), value).document(number) for value in (1, seed))
    mixed = [new if place % 4 == 0 else old for place, (old, new) in enumerate(zip(before[2], after[2], strict=True))]
    with LibraryWriter(index) as writer:
        with writer.transaction("document", change=f"changed {before[0].id}"):
            writer.remove(before[0].id)
            put(writer, replace(before[0], sha256=content_key(seed)), before[1], mixed)
        writer.derive()
