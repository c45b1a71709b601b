"""What the judge sees of a question, for fitting its coefficients: the parts of the answer with their features."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.wiring.desk import OpenDesk
from assistant.wiring.known import known_of

if TYPE_CHECKING:
    from assistant.composing.part import Part
    from assistant.understood import Understood


def judged(desk: OpenDesk, question: str, history: Sequence[str] = ()) -> tuple[Understood, list[Part]]:
    """Return the question as understood and the parts of its answer; no part for a greeting."""
    from assistant.composing.chain import parts_of
    from assistant.searching.search import scope_of
    from assistant.understanding.question import understand

    snapshot = desk.snapshot()
    understood = understand(question, history, known_of(snapshot))
    if understood.help:
        return understood, []
    brief = desk.brief_for(snapshot, scope_of(understood, None), understood, desk.encoder)
    return understood, parts_of(understood, brief)[0]
