"""A matrix and an answer whose files one can work out by hand; texts are as hostile as documents can be."""

from __future__ import annotations

from datetime import date

from assistant.evidence import Cell, Domain, Grid, Indicator, Matrix, Quote
from assistant.exporting.frame import Stamp
from assistant.model import Answer, Citation, Document, Fingerprint, Searched, Statement

DAY = date(2026, 11, 25)
FORMULA = '=HYPERLINK("https://example.org","open")'
HOSTILE = '<script>alert(1)</script> | *bold* [link](x) \u202eright\u202c & "quoted"'


def citation(number: int, document: str, year: int, quote: str, page: int = 2, label: str = "1") -> Citation:
    return Citation(
        number, document, f"documents/{document}.pdf", f"Report {document}", year, page, label, quote, 0, len(quote),
        ((1.0, 2.0, 3.0, 4.0),), True, "visit-report", ("EE",),
    )  # fmt: skip


GRID = Grid(
    "Small <grid>",
    (Domain("I", "Governance"), Domain("II", "Money")),
    (
        Indicator("a", "I", "Lead body", "Who leads?"),
        Indicator("b", "I", "Plan", "Is there a plan?"),
        Indicator("c", "II", "Budget", "How much money?"),
    ),
)
QUOTES = (
    Quote(citation(1, "old", 2021, "12 companies take part."), "direct"),
    Quote(citation(2, "new", 2026, "13 companies take part.", 3, "ii"), "partial"),
)
CELLS = (
    Cell("EE", "a", "I", QUOTES, None, 4, ((0, 1),), "k1"),
    Cell("EE", "b", "I", (Quote(citation(1, "old", 2021, HOSTILE), "direct"),), None, 4, (), "k2"),
    Cell("EE", "c", "II", (Quote(citation(1, "old", 2021, FORMULA), "partial"),), None, 4, (), "k3"),
    Cell("LV", "a", "I", (), "nothing-found", 1, (), "k4"),
    Cell("LV", "b", "I", (), "nothing-found", 1, (), "k5"),
    Cell("LV", "c", "II", (), "no-documents", 0, (), "k6"),
)
MATRIX = Matrix(GRID, ("EE", "LV"), CELLS, fingerprint=Fingerprint("settings1", "encoder1", 9))
DOCUMENTS = {
    "old": Document("old", "documents/old.pdf", "a" * 64, "Report old", address="https://example.org/old"),
    "new": Document("new", "documents/new.pdf", "b" * 64, "Report new", address="javascript:alert(1)"),
}
STAMP = Stamp(DAY, MATRIX.fingerprint, DOCUMENTS)
ANSWER = Answer(
    question="Who takes part?",
    understood="Who takes part in Estonia?",
    verdict="answered",
    text="",
    statements=(
        Statement("12 companies take part.", (1,), "EE"),
        Statement("Everybody takes part.", (2,), "EE", supported=False),
    ),
    citations=(QUOTES[0].citation, QUOTES[1].citation),
    searched=(Searched("EE", 4, 2),),
    remarks=("Nothing found for Latvia (1 document searched).",),
    fingerprint=MATRIX.fingerprint,
)
