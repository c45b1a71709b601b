"""A whole evaluation over a library of three documents, with an answering whose results one can work out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.evaluation.gold import Evidence
from assistant.evaluation.run import Row, evaluate, wanted_by_country
from assistant.judging.verify import fold
from assistant.model import Answer, Citation, Scope, Statement
from tests.desk import MemoryDesk
from tests.evaluation.gold import ALL, BOTH, SILENT, TRUST


class Scripted(MemoryDesk):
    """Searches for real; its answers quote the given pages' first sentences."""

    def __init__(self, *documents: str, verdict: str = "answered", shift: int = 0) -> None:
        super().__init__()
        self.documents, self.verdict, self.shift = documents, verdict, shift

    def ask(self, question: str, history: Sequence[str] = (), scope: Scope | None = None) -> Answer:
        citations = tuple(self._cite(number, d) for number, d in enumerate(self.documents, start=1))
        statements = tuple(Statement(c.quote, (c.number,)) for c in citations)
        text = " ".join(c.quote for c in citations)
        return Answer(
            question, question, self.verdict, text, statements, citations, milliseconds={"total": 5.0}  # type: ignore[arg-type]
        )  # fmt: skip

    def _cite(self, number: int, document: str) -> Citation:
        page, d = self.library.page(document, 1), self.library.document(document)
        start, end = self.shift, page.text.index(".") + 1
        quote = page.text[:end]
        return Citation(number, d.id, d.file, d.title, d.year, 1, "1", quote, start, end, countries=d.countries)


def only(desk: MemoryDesk, question: object) -> Row:
    return evaluate(desk, [question], fold)[0]  # type: ignore[list-item]


def test_a_right_answer_scores_what_it_should() -> None:
    scores = only(Scripted("ee"), TRUST).scores
    assert scores["citation page precision"] == scores["citation page recall"] == scores["anchor hit"] == 1.0
    assert scores["fact coverage"] == 0.5
    assert scores["recall@1"] == scores["passage recall@1"] == 1.0
    assert scores["answered when answerable"] == scores["quote validity"] == 1.0
    assert "declined when silent" not in scores and "country recall@10" not in scores


def test_a_page_of_another_document_counts_against_precision() -> None:
    row = only(Scripted("ee", "fi", "brief"), TRUST)
    assert row.scores["citation page precision"] == pytest.approx(1 / 3, abs=1e-6)
    assert row.leaks == ("quotation fi page 1",)
    assert row.cited == (("ee", 1), ("fi", 1), ("brief", 1))


def test_a_question_about_two_countries_needs_both() -> None:
    assert wanted_by_country(BOTH) == {"EE": {("ee", 1)}, "FI": {("fi", 1)}}
    half, whole = only(Scripted("ee"), BOTH).scores, only(Scripted("ee", "fi"), BOTH).scores
    assert (half["countries cited"], whole["countries cited"]) == (0.5, 1.0)
    assert (half["every country cited"], whole["every country cited"]) == (0.0, 1.0)
    assert (half["citation page recall"], whole["citation page recall"]) == (0.5, 1.0)


def test_evidence_without_a_country_answers_for_all_of_them() -> None:
    table = replace(BOTH, evidence=(*BOTH.evidence, Evidence("brief", (1,), "patient representatives")))
    assert wanted_by_country(table) == {"EE": {("ee", 1), ("brief", 1)}, "FI": {("fi", 1), ("brief", 1)}}
    scores = only(Scripted("brief"), table).scores
    assert scores["countries cited"] == scores["every country cited"] == 1.0
    assert wanted_by_country(TRUST) == {}


def test_what_is_shown_under_closest_counts_though_nothing_is_claimed() -> None:
    shown = only(Scripted("ee", verdict="closest"), TRUST).scores
    assert (shown["answered when answerable"], shown["fact coverage"], shown["anchor hit"]) == (0.0, 0.5, 1.0)
    silent = only(Scripted(verdict="nothing-near"), TRUST).scores
    assert (silent["answered when answerable"], silent["fact coverage"]) == (0.0, 0.0)
    assert "citation page precision" not in silent


@pytest.mark.parametrize(
    ("verdict", "declined", "right"), [("no-documents", 1.0, 1.0), ("closest", 1.0, 0.0), ("answered", 0.0, None)]
)
def test_a_silent_question_is_to_be_declined_for_the_right_reason(
    verdict: str, declined: float, right: float | None
) -> None:
    scores = only(Scripted(verdict=verdict), SILENT).scores
    assert scores["declined when silent"] == declined
    assert scores.get("right null") == right


def test_two_nulls_may_be_right() -> None:
    either = replace(SILENT, null=("closest", "nothing-near"))
    assert only(Scripted(verdict="closest"), either).scores["right null"] == 1.0
    assert only(Scripted(verdict="no-documents"), either).scores["right null"] == 0.0


def test_a_quotation_off_by_one_character_is_not_valid() -> None:
    assert only(Scripted("ee", shift=1), TRUST).scores["quote validity"] == 0.0


def test_the_second_reader_is_asked_for_every_quotation() -> None:
    class WithFiles(Scripted):
        def file_of(self, document: str) -> object:  # type: ignore[override]
            return document

    seen = []

    def confirm(file: object, page: int, quote: str) -> bool:
        seen.append((file, page))
        return file == "ee"

    row = evaluate(WithFiles("ee", "fi"), [TRUST], fold, confirm)[0]  # type: ignore[arg-type]
    assert row.scores["second reader"] == 0.5
    assert seen == [("ee", 1), ("fi", 1)]


def test_a_follow_up_is_also_asked_alone() -> None:
    row = evaluate(Scripted("fi"), [ALL[3]], fold)[0]
    assert row.scores["stand-alone fact coverage"] == row.scores["fact coverage"] == 1.0
    assert row.scores["stand-alone recall@5"] == 1.0


def test_progress_counts_up_and_rows_keep_the_order() -> None:
    seen: list[int] = []
    rows = evaluate(Scripted("ee"), ALL, fold, progress=seen.append)
    assert seen == [1, 2, 3, 4]
    assert [row.question.id for row in rows] == ["t1", "t2", "t3", "t4"]
