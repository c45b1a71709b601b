"""Files that leave the tool: an answer or a matrix written where the reader asked for it."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.options import Format
from assistant.cli.show import console, plain
from assistant.contract import answer_to_json
from assistant.errors import SettingsError
from assistant.model import Answer

if TYPE_CHECKING:
    from assistant.wiring import OpenDesk


FORMS = {Format.MARKDOWN: "md", Format.JSON: "json", Format.RIS: "ris", Format.BIBTEX: "bib", Format.CSL: "csl"}
"""The form of an export by the name of a format; text is for reading only."""


def save_answer(desk: OpenDesk, answer: Answer, output: Path, form: Format | None = None) -> None:
    """Write an answer in the form asked for, else that of the file's ending; raises SettingsError."""
    from assistant.wiring import ANSWER_FORMS, export_answer, form_of

    if form is Format.TEXT:
        raise SettingsError("--format text is printed; give --output a file ending in .docx, .md, .json, .ris or .bib")
    wanted = FORMS[form] if form else form_of(output, ANSWER_FORMS)
    write_file(output, export_answer(desk, answer, wanted, date.today()))
    console().print(plain(f"{output}: {answer.verdict}, {len(answer.citations)} references"), markup=False)


def print_answer(desk: OpenDesk, answer: Answer, form: Format) -> None:
    """Print an answer in a form for another program; JSON is the object of the batch contract."""
    from assistant.wiring import export_answer

    if form is Format.JSON:
        print(json.dumps(answer_to_json(answer), ensure_ascii=False))
    else:
        sys.stdout.write(export_answer(desk, answer, FORMS[form], date.today()).decode().replace("\r\n", "\n"))


def write_file(output: Path, data: bytes) -> None:
    """Write bytes to a file, its folder made where it is missing; raises SettingsError."""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(data)
    except OSError as problem:
        raise SettingsError(f"--output {output}: {problem.strerror or problem}") from problem
