"""Run and relevance files in the format of trec_eval, so that anybody can compute the search figures again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.evaluation.run import Row, wanted_pages


def write_trec(rows: Sequence[Row], folder: Path, name: str = "assistant") -> None:
    """Write `pages.run`, `pages.qrels`, `passages.run` and `passages.qrels` for the answerable questions.

    A page is named DOCUMENT#PAGE, a passage by its key. Run: question, Q0, item, rank, score, name.
    """
    yes = [row for row in rows if row.question.answerable]
    pages = [(row.question.id, [_page(p) for p in row.pages], {_page(p) for p in wanted_pages(row.question)})
             for row in yes]  # fmt: skip
    passages = [(row.question.id, list(row.passages), set(row.relevant)) for row in yes]
    for unit, found in (("pages", pages), ("passages", passages)):
        run = [f"{question} Q0 {item} {rank} {1 / rank:.6f} {name}"
               for question, ranked, _ in found for rank, item in enumerate(ranked, start=1)]  # fmt: skip
        qrels = [f"{question} 0 {item} 1" for question, _, relevant in found for item in sorted(relevant)]
        (folder / f"{unit}.run").write_text("".join(f"{line}\n" for line in run), encoding="utf-8")
        (folder / f"{unit}.qrels").write_text("".join(f"{line}\n" for line in qrels), encoding="utf-8")


def _page(place: tuple[str, int]) -> str:
    return f"{place[0].replace(' ', '_')}#{place[1]}"
