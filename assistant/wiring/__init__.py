"""Chooses the concrete classes and joins the rooms. Everything heavy is imported when its door opens."""

from typing import TYPE_CHECKING

from assistant.wiring.desk import OpenDesk, known_of, open_chat, open_desk
from assistant.wiring.evaluation import changed_questions, evaluate_gold, gate_problems, run_benchmark
from assistant.wiring.library import load_encoder, planned, refresh_library

if TYPE_CHECKING:
    from assistant.indexing.plan import Plan as Plan
    from assistant.indexing.refresh import ChangeReport as ChangeReport
    from assistant.indexing.refresh import Event as Event

__all__ = [
    "OpenDesk",
    "changed_questions",
    "evaluate_gold",
    "gate_problems",
    "known_of",
    "load_encoder",
    "open_chat",
    "open_desk",
    "planned",
    "refresh_library",
    "run_benchmark",
]
