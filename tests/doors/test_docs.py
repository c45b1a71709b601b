"""The Python of the page on programs, and of the README, runs as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant import Library
from assistant.cli.commands import application

ROOT = Path(__file__).parents[2]


def blocks(text: str) -> list[str]:
    """Return the Python of a Markdown text, block by block."""
    return re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("file", ["docs/programs.md", "README.md"])
def test_the_python_of_the_docs_runs(file: str, library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    found = blocks((ROOT / file).read_text(encoding="utf-8"))
    assert found
    names: dict[str, object] = {}
    for block in found:
        exec(compile(block, file, "exec"), names)
    assert "films and soap operas" in capsys.readouterr().out


def test_the_docs_name_every_command_that_a_reader_runs() -> None:
    told = "".join((ROOT / file).read_text(encoding="utf-8") for file in ("README.md", "docs/programs.md"))
    names = {str(one.name or one.callback.__name__) for one in application.registered_commands if one.callback}
    assert {name for name in names if not re.search(rf"(assistant|make) {name}\b", told)} <= OF_THE_WORKSHOP


OF_THE_WORKSHOP = {"matrix-report", "bench-scale", "check-statements"}
"""Commands behind a target of the Makefile, which the docs name."""
