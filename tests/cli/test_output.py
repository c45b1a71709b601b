"""What the commands write: UTF-8 whatever the system says, and one sentence where something is wrong."""

from __future__ import annotations

import io
import sys

import pytest

from assistant.cli import speak_utf8
from assistant.cli.options import typed


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "utf-16"])
def test_output_is_utf8_always(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    speak_utf8()
    print("… Ελλάδα › “Łódź” \udcff", flush=True)
    assert raw.getvalue().decode("utf-8").split() == ["…", "Ελλάδα", "›", "“Łódź”", "?"]


def test_what_is_typed_is_whole() -> None:
    assert typed("Łódź \udcff") == "Łódź ?"
