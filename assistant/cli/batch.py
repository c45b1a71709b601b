"""Questions from a file, answers to a file: a wrong line stops nothing, the encoder is loaded once."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from assistant.contract import Question, line_id, parse_question
from assistant.errors import AssistantError, SettingsError

Work = Callable[[Question], dict[str, Any]]


def run_batch(questions: Path, output: Path | None, work: Work) -> int:
    """Write one JSON line per question line, in order; return how many lines failed (blank lines do not count)."""
    failed = 0
    with _lines(questions) as lines, _out(output) as out:
        for line in lines:
            if not line.strip():
                continue
            try:
                result = work(parse_question(line))
            except AssistantError as error:
                result = {"id": line_id(line), "error": str(error)}
                failed += 1
            out.write(json.dumps(result, ensure_ascii=False) + "\n")
            out.flush()
    return failed


@contextmanager
def _lines(file: Path) -> Iterator[Iterator[str]]:
    if str(file) == "-":
        yield iter(sys.stdin)
        return
    try:
        handle = file.open("rb")
    except OSError as problem:
        raise SettingsError(f"--batch {file}: {problem.strerror or problem}") from problem
    with handle:
        yield (raw.decode("utf-8-sig", errors="replace").rstrip("\r\n") for raw in handle)


@contextmanager
def _out(file: Path | None) -> Iterator[IO[str]]:
    if file is None or str(file) == "-":
        yield sys.stdout
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = file.open("w", encoding="utf-8")
    except OSError as problem:
        raise SettingsError(f"--output {file}: {problem.strerror or problem}") from problem
    with handle:
        yield handle
