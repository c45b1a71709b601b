"""Answers and matrices as files: which writer makes which form. The desk gives addresses of documents and the stamp."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assistant.contract import answer_to_json
from assistant.errors import SettingsError
from assistant.evidence import Matrix
from assistant.model import Answer, Citation, Fingerprint
from assistant.ports import Desk

if TYPE_CHECKING:
    from assistant.exporting.frame import Stamp

T = TypeVar("T")
REFERENCE_FORMS = ("ris", "bib", "csl")
"""The sources alone: RIS, BibTeX, CSL-JSON."""
ANSWER_FORMS = ("md", "docx", "json", *REFERENCE_FORMS)
BRIEF_FORMS = ("docx", "html", "md", *REFERENCE_FORMS)
MATRIX_FORMS = ("html", "xlsx", "csv", "docx", "md", "json", *REFERENCE_FORMS)


def export_answer(desk: Desk, answer: Answer, form: str, day: date) -> bytes:
    """Return an answer as a file in one of `ANSWER_FORMS`; unsupported statements are left out."""
    from assistant.composing.wording import compose
    from assistant.exporting import references
    from assistant.exporting.text import answer_markdown, supported
    from assistant.exporting.word import answer_docx

    stamp = _stamp(desk, answer.fingerprint, day)
    if form == "json":
        statements, citations = supported(answer)
        text = compose(answer.headline, statements, citations, answer.remarks)
        kept = replace(answer, statements=tuple(statements), citations=tuple(citations), text=text)
        data = {**answer_to_json(kept), "exported": day.isoformat()}
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    if form in REFERENCE_FORMS:
        return _references(references.of_answer(answer), form, stamp)
    writers: dict[str, Callable[[Answer, Stamp], bytes]] = {"md": answer_markdown, "docx": answer_docx}
    return _written(writers[_known(form, ANSWER_FORMS)], answer, stamp)


def export_matrix(desk: Desk, matrix: Matrix, form: str, day: date) -> bytes:
    """Return a matrix as a file in one of `MATRIX_FORMS`. Same matrix, same day: same bytes."""
    from assistant.exporting import flat, page, references, text, word, workbook

    stamp = _stamp(desk, matrix.fingerprint, day)
    if form in REFERENCE_FORMS:
        return _references(references.of_matrix(matrix), form, stamp)
    writers: dict[str, Callable[[Matrix, Stamp], bytes]] = {
        "html": page.to_html,
        "xlsx": workbook.to_xlsx,
        "csv": flat.to_csv,
        "docx": word.matrix_docx,
        "md": text.matrix_markdown,
        "json": flat.to_json,
    }
    return _written(writers[_known(form, MATRIX_FORMS)], matrix, stamp)


def export_brief(desk: Desk, title: str, answers: Sequence[tuple[Answer, str]], form: str, day: date) -> bytes:
    """Return collected answers, each with the reader's comment, as a file in one of `BRIEF_FORMS`.

    The stamp is that of the newest state of the library among the answers.
    """
    from assistant.exporting import brief, brief_word, references

    newest = max((answer.fingerprint for answer, _ in answers), key=lambda f: f.revision)
    stamp = _stamp(desk, newest, day)
    if form in REFERENCE_FORMS:
        cited = [citation for answer, _ in answers for citation in references.of_answer(answer)]
        return _references(cited, form, stamp)
    writers = {"docx": brief_word.to_docx, "html": brief.to_html, "md": brief.to_markdown}
    write, pieces = writers[_known(form, BRIEF_FORMS)], [brief.Piece(answer, comment) for answer, comment in answers]
    return _written(lambda value, stamp: write(title, value, stamp), pieces, stamp)


def _references(citations: Sequence[Citation], form: str, stamp: Stamp) -> bytes:
    from assistant.exporting.references import to_bibtex, to_csl, to_ris

    return {"ris": to_ris, "bib": to_bibtex, "csl": to_csl}[form](citations, stamp)


def _written(write: Callable[[T, Stamp], bytes], value: T, stamp: Stamp) -> bytes:
    try:
        return write(value, stamp)
    except ImportError as problem:
        raise SettingsError(
            f"{problem.name} is not installed; add the extra: genomic-policy-assistant[office]"
        ) from problem


def form_of(file: Path, forms: tuple[str, ...]) -> str:
    """Return the form that a file's ending names; raises SettingsError."""
    return _known(file.suffix.lower().lstrip("."), forms, f"--output {file}: ")


def _known(form: str, forms: tuple[str, ...], where: str = "") -> str:
    if form not in forms:
        raise SettingsError(f"{where}wanted a file ending in {', '.join('.' + f for f in forms)}, got {form!r}")
    return form


def _stamp(desk: Desk, made_of: Fingerprint, day: date) -> Stamp:
    from assistant.exporting.frame import Stamp

    return Stamp(day, made_of, {d.id: d for d in desk.snapshot().documents()})
