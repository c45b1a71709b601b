"""A small library on disk, built once with the real encoder, in the folder the examples of the docs speak of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Library, open_library
from tests.cli.test_batch import ESTONIA, FINLAND


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds `corpus/` and `index/`."""
    root = tmp_path_factory.mktemp("doors")
    (root / "corpus" / "visits").mkdir(parents=True)
    (root / "corpus" / "visits" / "estonia-visit-2021.txt").write_text(ESTONIA, encoding="utf-8")
    (root / "corpus" / "visits" / "finland-visit-2021.txt").write_text(FINLAND, encoding="utf-8")
    assert [change.change for change in open_library(root / "corpus").refresh().changes] == ["added", "added"]
    return root


@pytest.fixture
def library(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """The library, opened from its own folder."""
    monkeypatch.chdir(place)
    yield open_library("corpus")
