"""Gold files: what is read, what is refused with its line number, what is proved against the pages."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import QuestionError
from assistant.evaluation.check import check_gold, common_run, overlap_lines, overlap_of, unconfirmed
from assistant.evaluation.gold import Evidence, load_gold
from assistant.judging.verify import fold
from tests.evaluation.gold import ALL, SILENT, TRUST
from tests.fakes import small_library

LINE = {"id": "a", "question": "q?", "kind": "fact", "countries": ["EE"], "answerable": False, "null": "closest"}


def page_text(document: str, page: int) -> str | None:
    try:
        return small_library().page(document, page).text
    except KeyError:
        return None


def test_a_broken_line_is_named_by_its_number_and_the_rest_is_read(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    lines = [json.dumps(LINE), "{broken", "", json.dumps({"id": "b"}), json.dumps({**LINE, "id": "c"})]
    file.write_text("\n".join(lines))
    questions, problems = load_gold(file)
    assert [q.id for q in questions] == ["a", "c"]
    assert [p.split(":")[0] for p in problems] == ["gold.jsonl line 2", "gold.jsonl line 4"]


def test_one_null_or_two_and_whom_the_words_name(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    two = {**LINE, "id": "b", "null": ["closest", "nothing-near"], "asked": []}
    file.write_text("\n".join(map(json.dumps, (LINE, two))))
    (first, second), _ = load_gold(file)
    assert (first.null, first.asked) == (("closest",), None)
    assert (second.null, second.asked) == (("closest", "nothing-near"), ())


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="nowhere"):
        load_gold(tmp_path / "nowhere.jsonl")


def test_sound_questions_have_no_problem() -> None:
    assert check_gold(ALL, page_text, fold) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"evidence": (Evidence("ee", (1,), "no such words"),)}, "'no such words' does not stand on ee page (1,)"),
        ({"evidence": (Evidence("ee", (7,), "films"),), "facts": ()}, "ee has no page 7"),
        ({"evidence": (Evidence("nowhere", (1,), "films"),), "facts": ()}, "nowhere has no page 1"),
        ({"facts": (("200",),)}, "none of ('200',) stands in the evidence"),
        ({"evidence": (), "facts": ()}, "an answerable question needs evidence"),
        ({"null": ("closest",)}, "null must be of"),
    ],
)
def test_what_is_wrong_is_said(change: dict[str, object], problem: str) -> None:
    found = check_gold([replace(TRUST, **change)], page_text, fold)  # type: ignore[arg-type]
    assert any(problem in line and line.startswith("t1: ") for line in found)


def test_a_second_reader_must_find_the_anchor_where_it_can_read() -> None:
    assert unconfirmed(ALL, lambda document, page, words: document == "ee") == [
        "t2: a second reader does not find 'drafted a law on the genome centre' on fi page (1,)",
        "t4: a second reader does not find 'drafted a law on the genome centre' on fi page (1,)",
    ]
    assert unconfirmed(ALL, lambda document, page, words: None) == []


def test_an_id_used_twice_is_said() -> None:
    assert check_gold([SILENT, SILENT], page_text, fold) == ["t3: the id is used twice"]


def test_words_borrowed_from_the_document_are_measured() -> None:
    copied = replace(TRUST, question="Who won public trust through campaigns in films and soap operas?")
    own, borrowed = overlap_of(TRUST, page_text, fold), overlap_of(copied, page_text, fold)
    assert own and borrowed
    assert (own.run, borrowed.run) == (2, 10)
    assert own.share < borrowed.share == 1.0
    assert overlap_of(SILENT, page_text, fold) is None
    assert overlap_lines([own, borrowed])[1] == "t1: 10 words in a row are the document's own"


def test_common_run_by_hand() -> None:
    assert common_run(["a", "b", "c", "d"], ["x", "b", "c", "y", "b", "c", "d"]) == 3
    assert common_run([], ["a"]) == 0
