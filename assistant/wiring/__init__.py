"""Chooses the concrete classes and joins the rooms. Everything heavy is imported when its door opens.

`open_desk(settings)` gives the desk: `ask`, `search`, `matrix(scope, progress)` (the evidence matrix, see
`assistant.evidence`), `page_image`. `make_matrix` also takes a reader's own grid.
"""

from typing import TYPE_CHECKING

from assistant.wiring.desk import OpenDesk, known_of, open_chat, open_desk
from assistant.wiring.evaluation import changed_questions, evaluate_gold, gate_problems, run_benchmark
from assistant.wiring.library import load_encoder, planned, refresh_library
from assistant.wiring.matrix import built_in_grid, load_grid, make_matrix, matrix_at

if TYPE_CHECKING:
    from assistant.indexing.plan import Plan as Plan
    from assistant.indexing.refresh import ChangeReport as ChangeReport
    from assistant.indexing.refresh import Event as Event

__all__ = [
    "OpenDesk",
    "built_in_grid",
    "changed_questions",
    "evaluate_gold",
    "gate_problems",
    "known_of",
    "load_encoder",
    "load_grid",
    "make_matrix",
    "matrix_at",
    "open_chat",
    "open_desk",
    "planned",
    "refresh_library",
    "run_benchmark",
]
