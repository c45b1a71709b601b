"""Fitting the rule of sufficiency: the features of the chain on the development questions of the gold files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import Settings
from assistant.wiring.desk import OpenDesk, open_desk
from assistant.wiring.known import known_of

if TYPE_CHECKING:
    from assistant.answering.part import Part
    from assistant.evaluation.sufficiency import Example

HEADER = """# Logistic regression that decides whether the evidence answers:
# probability = 1 / (1 + exp(-(intercept + sum of weight x feature))).
# Written by eval/fit.py from the development questions (both classes weigh the same). The features are those of
# assistant/answering/decide.py; `answer` is the threshold on the probability, `unsure` that on nearness.
"""


def fit_rule(libraries: Sequence[tuple[Settings, Path]]) -> str:
    """Return the text of `data/sufficiency.toml` fitted on the gold files, each asked of its own library."""
    from assistant.answering.decide import FEATURES
    from assistant.evaluation.sufficiency import fit

    examples = [example for settings, gold in libraries for example in _examples(open_desk(settings), gold)]
    rule = fit(examples, FEATURES)
    lines = [f"intercept = {rule.intercept:.3f}", f"answer = {rule.answer:.2f}", f"unsure = {rule.unsure:.2f}"]
    lines += ["[weights]", *[f"{name} = {weight:.3f}" for name, weight in rule.weights.items()]]
    return HEADER + "\n".join(lines) + "\n"


def parts_of(desk: OpenDesk, question: str, history: Sequence[str]) -> list[Part]:
    """Return the searches behind an answer, one for each country asked about; empty for a greeting."""
    from assistant.answering import chain
    from assistant.retrieval.question import understand
    from assistant.retrieval.search import scope_of

    snapshot = desk.snapshot()
    understood = understand(question, history, known_of(snapshot))
    if understood.help:
        return []
    brief = desk.brief_for(snapshot, scope_of(understood, None), understood, desk.encoder)
    return chain.parts_of(understood, brief)[0]


def _examples(desk: OpenDesk, gold: Path) -> list[Example]:
    """Return the examples of one gold file: questions about one country or none, those to decline included."""
    from assistant.answering.decide import features, nearness
    from assistant.evaluation.gold import load_gold
    from assistant.evaluation.sufficiency import Example

    found: list[Example] = []
    for question in load_gold(gold)[0]:
        if question.split != "dev":
            continue
        parts = parts_of(desk, question.question, question.history)
        if len(parts) == 1 and parts[0].ranked:
            evidence = (parts[0].ranked, parts[0].wanted)
            found.append(Example(features(*evidence), question.answerable, question.null, nearness(*evidence)))
    return found
