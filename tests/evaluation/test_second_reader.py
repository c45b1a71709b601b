"""The second reader on a PDF made for the test: it confirms what is printed and nothing else."""

from __future__ import annotations

from pathlib import Path

from assistant.evaluation.second_reader import confirms, letters

CORPUS = Path(__file__).parents[2] / "corpus" / "documents"


def test_letters_forget_case_space_accents_and_ligatures() -> None:
    assert letters("Eﬃ\u00adcient — Pécs, 1.5 %") == "efficientpecs15"


def test_a_sentence_of_the_page_is_confirmed_there_and_only_there() -> None:
    file = CORPUS / "national-digest-at.pdf"
    assert confirms(file, 2, "Twenty volunteers had their genomes read") is True
    assert confirms(file, 3, "Twenty volunteers had their genomes read") is False
    assert confirms(file, 2, "Thirty volunteers had their genomes read") is False


def test_a_table_row_is_confirmed_cell_by_cell() -> None:
    file = CORPUS / "national-digest-at.pdf"
    assert confirms(file, 3, "2001–2012 · Programme GEN-AU") is True
    assert confirms(file, 3, "2001–2012 · Programme GEN-XX") is False


def test_what_is_no_pdf_is_not_judged(tmp_path: Path) -> None:
    assert confirms(tmp_path / "page.txt", 1, "words") is None
