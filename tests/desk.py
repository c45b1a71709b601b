"""A desk over a library in memory: the real understanding, search and chain, with the small encoder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from assistant.composing.chain import answer
from assistant.composing.part import Brief
from assistant.errors import LibraryError
from assistant.evidence import Cell, Domain, Grid, Indicator, Matrix, Progress, Quote
from assistant.geometry import Box
from assistant.judging.judge import Judge
from assistant.judging.spans import texts_of
from assistant.model import Answer, Citation, Fingerprint, Hit, PassageReading, Scope, Sentence
from assistant.reading.sentences import split_sentences
from assistant.searching.search import Weights, find, prepare, scope_of, weight_of_stem
from assistant.understanding.question import Known, understand
from assistant.wiring.exports import export_answer, export_brief, export_matrix
from assistant.words import content_stems
from tests.fakes import MemorySnapshot, small_library

GRID = Grid(
    "Small grid",
    (Domain("trust", "Public trust"), Domain("law", "Law")),
    (
        Indicator("trust-1", "trust", "Campaigns", "How is the public told?", ("campaign",)),
        Indicator("law-1", "law", "Genome law", "Is there a law on genome data?", ("law",)),
        Indicator("law-2", "law", "Consent", "How is consent given?", ("consent",)),
    ),
)


def small_matrix(scope: Scope) -> Matrix:
    """Return a matrix of two countries worked out by hand: Estonia quotes one document, Latvia has none."""
    citation = Citation(
        1, "ee", "ee.pdf", "Visit to Estonia", 2021, 1, "1", "Estonia won public trust through campaigns", 0, 42,
        ((50.0, 100.0, 390.0, 112.0),), True, "visit-report", ("EE",),
    )  # fmt: skip
    quoted = Cell("EE", "trust-1", "trust", (Quote(citation, "direct"),), None, 1)
    silent = [Cell("EE", i, "law", (), "nothing-found", 1) for i in ("law-1", "law-2")]
    empty = [Cell("LV", i.id, i.domain, (), "no-documents", 0) for i in GRID.indicators]
    wanted = scope.countries or ("EE", "LV")
    cells = tuple(cell for cell in (quoted, *silent, *empty) if cell.country in wanted)
    countries = tuple(code for code in ("EE", "LV") if code in wanted)
    return Matrix(GRID, countries, cells, scope, Fingerprint("settings", "words-1", 7))


JUDGE = Judge(-5.0, {"relevance": 1.0, "missing": -5.0}, {}, answered=0.5, near=0.02)
"""Answers where half of the question's words stand in the best passage and nothing named is missing."""


def word_reader(question: str, hits: Sequence[Hit]) -> list[PassageReading]:
    """Return a logit one can work out: ten for every content word of the question that a text has, by their number."""
    asked = content_stems(question)

    def logit(text: str) -> float:
        own = set(content_stems(text))
        return 10.0 * sum(stem in own for stem in asked) / max(1, len(asked))

    return [PassageReading(logit(hit.passage.text), None, tuple(map(logit, texts_of(hit.passage)))) for hit in hits]


class MemoryDesk:
    """Asks like the real desk; page images are plain white pages."""

    def __init__(self, snapshot: MemorySnapshot | None = None) -> None:
        self.library = snapshot or small_library()
        self.said: list[Mapping[str, Any]] = []

    def snapshot(self) -> MemorySnapshot:
        return self.library

    def ask(self, question: str, history: Sequence[str] = (), scope: Scope | None = None) -> Answer:
        snapshot = self.library
        understood = understand(question, history, Known())
        query = prepare(understood, snapshot.encoder)
        brief = Brief(
            snapshot,
            scope_of(understood, scope),
            find=lambda where, limit: find(query, snapshot, where, limit, Weights()),
            read=lambda hits: word_reader(understood.text, hits),
            idf=lambda stem: weight_of_stem(snapshot, stem),
            fingerprint=Fingerprint("settings", "words-1", snapshot.revision),
            judge=JUDGE,
        )
        return answer(understood, brief)

    def search(
        self, question: str, limit: int = 10, history: Sequence[str] = (), scope: Scope | None = None
    ) -> list[Hit]:
        understood = understand(question, history, Known())
        query = prepare(understood, self.library.encoder)
        return find(query, self.library, scope_of(understood, scope), limit, Weights())

    def page_image(self, document: str, page: int, boxes: Iterable[Box] = (), scale: float = 1.5) -> bytes:
        from PIL import Image, ImageDraw

        found = self.library.page(document, page)
        image = Image.new("RGB", (int(found.width * scale), int(found.height * scale)), "white")
        draw = ImageDraw.Draw(image)
        for left, top, right, bottom in boxes:
            draw.rectangle((left * scale, top * scale, right * scale, bottom * scale), fill=(255, 240, 120))
        out = BytesIO()
        image.save(out, "PNG")
        return out.getvalue()

    def file_of(self, document: str) -> Path:
        raise LibraryError(f"no document {document!r} in the library")

    def sentences(self, document: str, page: int) -> tuple[Sentence, ...]:
        return split_sentences(self.library.page(document, page))

    def evaluation(self) -> dict[str, object] | None:
        figures = {"n": 3, "page": 0.667, "trust": 0.5, "claimed": 0.333, "no": 2, "false": 0.03, "words": 120.4}
        return {"other_hands": {"all": figures}, "sets": {"starter": {"test": {"questions": 2, "quote validity": 1.0}}}}

    def ask_stream(
        self, question: str, history: Sequence[str] = (), scope: Scope | None = None
    ) -> Iterator[str | Answer]:
        yield self.ask(question, history, scope)

    def model_notice(self) -> str:
        return ""

    def matrix(self, scope: Scope | None = None, progress: Progress = lambda done, total: None) -> Matrix:
        return small_matrix(scope or Scope())

    def export_answer(self, answer: Answer, form: str, day: date) -> bytes:
        return export_answer(self, answer, form, day)

    def export_matrix(self, matrix: Matrix, form: str, day: date) -> bytes:
        return export_matrix(self, matrix, form, day)

    def export_brief(self, title: str, answers: Sequence[tuple[Answer, str]], form: str, day: date) -> bytes:
        return export_brief(self, title, answers, form, day)

    def keep_feedback(self, said: Mapping[str, Any]) -> bool:
        self.said.append(said)
        return True

    def feedback(self) -> Sequence[Mapping[str, Any]]:
        return self.said

    def passed_over(self) -> list[tuple[str, str]]:
        return [("notes.py", "files ending in .py are not read")]

    def change_reports(self, limit: int = 20) -> list[tuple[int, str]]:
        return [(7, "# Changes\n\n- added: <b>ee.pdf</b>\n")]
