"""Chooses the concrete classes and joins the rooms. Everything heavy is imported when its door opens.

`open_desk(settings)` gives the desk: `ask`, `search`, `matrix(scope, progress)` (the evidence matrix, see
`assistant.evidence`), `page_image`. `make_matrix` also takes a reader's own grid.
"""

from typing import TYPE_CHECKING

from assistant.wiring.cells import cell_problems, evaluate_cells
from assistant.wiring.checks import measure_checks
from assistant.wiring.desk import OpenDesk, open_desk
from assistant.wiring.evaluation import (
    Selection,
    changed_questions,
    check_gold_file,
    compared_figures,
    evaluate_gold,
    gate_problems,
    new_baseline,
    run_benchmark,
    sample_answers,
)
from assistant.wiring.exports import ANSWER_FORMS, MATRIX_FORMS, export_answer, export_matrix, form_of
from assistant.wiring.known import known_of
from assistant.wiring.library import load_encoder, load_reader, model_names, refresh_library
from assistant.wiring.matrix import built_in_grid, load_grid, make_cell, make_matrix, matrix_at
from assistant.wiring.model import says_who_sees
from assistant.wiring.serving import open_chat
from assistant.wiring.upkeep import (
    change_reports,
    check_library,
    due_documents,
    passed_over,
    planned,
    repair_library,
    report_lines,
    watch_library,
)

if TYPE_CHECKING:
    from assistant.indexing.changes import ChangeReport as ChangeReport
    from assistant.indexing.changes import KeptReport as KeptReport
    from assistant.indexing.check import CheckReport as CheckReport
    from assistant.indexing.plan import Plan as Plan
    from assistant.indexing.refresh import Event as Event
    from assistant.indexing.repair import RepairReport as RepairReport

__all__ = [
    "ANSWER_FORMS",
    "MATRIX_FORMS",
    "OpenDesk",
    "Selection",
    "built_in_grid",
    "cell_problems",
    "change_reports",
    "changed_questions",
    "check_gold_file",
    "check_library",
    "compared_figures",
    "due_documents",
    "evaluate_cells",
    "evaluate_gold",
    "export_answer",
    "export_matrix",
    "form_of",
    "gate_problems",
    "known_of",
    "load_encoder",
    "load_grid",
    "load_reader",
    "make_cell",
    "make_matrix",
    "matrix_at",
    "measure_checks",
    "model_names",
    "new_baseline",
    "open_chat",
    "open_desk",
    "passed_over",
    "planned",
    "refresh_library",
    "repair_library",
    "report_lines",
    "run_benchmark",
    "sample_answers",
    "says_who_sees",
    "watch_library",
]
