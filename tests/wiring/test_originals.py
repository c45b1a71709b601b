"""A file that was replaced under a running chat is not shown with the lines of the one before."""

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path

import httpx
import pytest

from assistant.chat.app import create_app
from assistant.errors import ChangedDocument, LibraryError
from assistant.model import Document
from assistant.wiring.originals import Originals
from tests.chat.conftest import served
from tests.desk import MemoryDesk


def document(file: str, data: bytes) -> Document:
    return Document("d", file, hashlib.sha256(data).hexdigest(), "D", "", "", (), "other", 2020, "en", "")


def test_only_what_was_read_is_given_out(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"one")
    os.utime(file, (1_600_000_000, 1_600_000_000))
    originals, known = Originals(tmp_path), document("a.pdf", b"one")
    assert originals.file_of(known) == file
    file.write_bytes(b"two")
    os.utime(file, (1_600_000_000, 1_600_000_000))
    with pytest.raises(ChangedDocument, match=r"a.pdf has changed .* assistant index"):
        originals.file_of(known)
    file.write_bytes(b"one")
    assert originals.file_of(known) == file
    file.unlink()
    with pytest.raises(LibraryError, match="no longer in the corpus folder"):
        originals.file_of(known)


def test_a_member_of_a_changed_archive_is_not_given_out(tmp_path: Path) -> None:
    def pack(data: bytes) -> None:
        with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
            archive.writestr("a.pdf", data)

    pack(b"two")
    originals, known = Originals(tmp_path), document("all.zip/a.pdf", b"one")
    with pytest.raises(ChangedDocument):
        originals.file_of(known)
    pack(b"one")
    assert originals.file_of(known).read_bytes() == b"one"


class Replaced(MemoryDesk):
    """A desk whose every file was replaced since it was read."""

    def file_of(self, document: str) -> Path:
        raise ChangedDocument("ee.pdf")

    def page_image(self, *given: object, **named: object) -> bytes:
        raise ChangedDocument("ee.pdf")


def test_the_screen_says_that_the_file_has_changed_and_shows_the_text_that_was_read() -> None:
    with served(create_app(Replaced())) as base:
        page = httpx.get(f"{base}/api/v1/page?document=ee&page=1&start=0&end=68").json()
        assert page["quote"] == page["text"][0:68]
        assert page["image"] is False
        assert "has changed" in page["note"] and "assistant index" in page["note"]
        for path in ("/page/ee/1.png", "/files/ee"):
            reply = httpx.get(base + path)
            assert (reply.status_code, "has changed" in reply.text) == (409, True)
