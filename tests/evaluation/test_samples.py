"""Sample answers: chosen by id alone, all kinds, and only what a delegate sees."""

from __future__ import annotations

from dataclasses import replace

from assistant.evaluation.samples import choose, to_markdown
from tests.evaluation.gold import SILENT, TRUST
from tests.evaluation.test_run import Scripted


def test_kinds_take_turns_and_test_questions_stay_out() -> None:
    many = [replace(TRUST, id=f"n{n}", kind=kind) for n, kind in enumerate(["fact"] * 30 + ["list"] * 3 + ["date"] * 9)]
    chosen = choose(many, 12)
    assert chosen == choose(list(reversed(many)), 12)
    assert all(q.split == "dev" for q in chosen)
    assert [q.kind for q in chosen[:3]] == ["date", "fact", "list"]


def test_the_page_shows_the_answer_and_not_what_was_expected() -> None:
    text = to_markdown(Scripted("ee"), [TRUST, SILENT])
    assert "## 1. How did Estonia win public trust?" in text
    assert "[1] Visit to Estonia (2021), page 1" in text
    assert "By campaigns over 20 years." not in text
