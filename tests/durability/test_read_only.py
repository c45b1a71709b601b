"""A folder that cannot be written still answers; a disk that fills while the encoder is made says so in a sentence."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import UnwritableLibrary
from assistant.indexing import export
from assistant.indexing.refresh import refresh
from assistant.indexing.snapshot import SnapshotHolder
from assistant.settings import Settings
from assistant.wiring import library as wiring
from tests.durability.test_damage import read_all
from tests.durability.torture import in_child
from tests.durability.worlds import BEFORE, lay_out, workers

NOBODY = 65534


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_a_library_in_a_read_only_folder_is_read(folder: Path) -> None:
    lay_out(folder / "corpus", BEFORE)
    refresh(folder / "corpus", folder / "index", workers())
    read_all(folder / "index")
    for place in (folder, folder / "corpus"):
        place.chmod(0o755)
    for file in (folder / "index").rglob("*"):
        file.chmod(0o555 if file.is_dir() else 0o444)
    (folder / "index").chmod(0o555)

    def nobody() -> None:
        if os.getuid() == 0:
            os.setuid(NOBODY)
        assert not os.access(folder / "index", os.W_OK)
        read_all(folder / "index")
        holder = SnapshotHolder(folder / "index")
        assert holder.current() is holder.current()
        with pytest.raises(UnwritableLibrary, match="cannot be written"):
            refresh(folder / "corpus", folder / "index", workers())

    wrong = in_child(nobody)
    (folder / "index").chmod(0o755)
    assert not wrong, wrong


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "is full: free some space"), (errno.EROFS, "cannot be written")]
)
def test_a_disk_that_fills_while_the_encoder_is_exported(tmp_path: Path, number: int, words: str) -> None:
    def fill(made: Path) -> dict[str, object]:
        (made / "model.onnx").write_bytes(b"half")
        raise OSError(number, os.strerror(number))

    with pytest.raises(UnwritableLibrary, match=words):
        export.install(tmp_path / "index" / "encoder", fill)
    assert list((tmp_path / "index").iterdir()) == []


def test_an_encoder_that_cannot_be_kept_is_made_elsewhere_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[Path] = []

    def load(settings: Settings, cache: Path) -> str:
        asked.append(cache)
        if cache.parent == tmp_path:
            raise UnwritableLibrary("read-only")
        return "the encoder"

    monkeypatch.setattr("assistant.indexing.encoder.load_encoder", load)
    writable: Callable[..., bool] = lambda *given: False  # noqa: E731
    monkeypatch.setattr(os, "access", writable)
    assert wiring.load_encoder(Settings(index=tmp_path)) == "the encoder"
    assert [cache.name for cache in asked] == ["encoder", "encoder"]
    assert "cannot be written: the encoder is not kept there" in caplog.text
