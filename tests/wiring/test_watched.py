"""Which questions a refresh watches."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.settings import Settings
from assistant.wiring.watched import watched_questions


def line(identifier: str, question: str, *documents: str, **more: object) -> str:
    return json.dumps(
        {"id": identifier, "question": question, "evidence": [{"document": d} for d in documents], **more}
    )


def test_pinned_lines_and_the_gold_questions_with_evidence_in_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "corpus" / "documents").mkdir(parents=True)
    (tmp_path / "corpus" / "documents" / "brief.pdf").write_bytes(b"")
    (tmp_path / "corpus" / "pinned.txt").write_text("# mine\nWho pays?\n\nWho pays?\n", encoding="utf-8")
    gold = tmp_path / "eval" / "gold"
    gold.mkdir(parents=True)
    lines = [
        line("a1", "Who leads?", "other", "brief"),
        line("a2", "Who pays?", "brief"),
        line("a3", "And since when?", "brief", history=["Who leads?"]),
        line("a4", "Who sings?"),
        line("a5", "Who reads?", "elsewhere"),
        '{"id": "a6", "question": "Who?", "evidence": "brief"}',
        '{"id": "a7", "question": 7}',
        "not json",
    ]
    (gold / "set.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert watched_questions(Settings(corpus=tmp_path / "corpus")) == [("pinned 2", "Who pays?"), ("a1", "Who leads?")]
    assert watched_questions(Settings(corpus=tmp_path / "nowhere")) == []
