"""Files that leave the tool: an answer or a matrix written where the reader asked for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.show import console, plain
from assistant.errors import SettingsError
from assistant.model import Answer

if TYPE_CHECKING:
    from assistant.wiring import OpenDesk


def save_answer(desk: OpenDesk, answer: Answer, output: Path) -> None:
    """Write an answer in the form that the file's ending names; raises SettingsError."""
    from assistant.wiring import ANSWER_FORMS, export_answer, form_of

    write_file(output, export_answer(desk, answer, form_of(output, ANSWER_FORMS), date.today()))
    console().print(plain(f"{output}: {answer.verdict}, {len(answer.citations)} references"), markup=False)


def write_file(output: Path, data: bytes) -> None:
    """Write bytes to a file, its folder made where it is missing; raises SettingsError."""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(data)
    except OSError as problem:
        raise SettingsError(f"--output {output}: {problem.strerror or problem}") from problem
