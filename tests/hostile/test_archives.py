"""ZIP files: every document inside has a path of its own; nothing leads out, nothing unpacks without bound."""

from __future__ import annotations

import hashlib
import struct
import zipfile
from pathlib import Path

import pytest

from assistant import archives
from assistant.errors import UnreadableDocument
from assistant.indexing.folder import files_below
from assistant.indexing.plan import state_of
from assistant.reading.guard import read_guarded
from assistant.reading.reader import SUFFIXES, read_document
from assistant.wiring.members import Members
from tests.reading.makers import FIRST, paragraph, write_pdf


def archive(folder: Path, members: dict[str, bytes], name: str = "reports.zip") -> Path:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as file:
        for inner, data in members.items():
            file.writestr(inner, data)
    return folder / name


def refused(path: Path) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        archives.members(path, SUFFIXES)
    with pytest.raises(UnreadableDocument) as again:
        read_document(path)
    assert again.value.reason == caught.value.reason
    return caught.value.reason


def test_members_are_documents_with_paths_of_their_own(tmp_path: Path) -> None:
    pdf = write_pdf(tmp_path / "a.pdf", [paragraph(FIRST, 60, 700)]).read_bytes()
    (tmp_path / "a.pdf").unlink()
    path = archive(tmp_path, {"ee/a.pdf": pdf, "b.txt": b"A fact.", "c.exe": b"MZ", "__MACOSX/._b.txt": b"x"})
    assert [file.relative_to(tmp_path).as_posix() for file in files_below(tmp_path, SUFFIXES)] == [
        "reports.zip/b.txt", "reports.zip/ee/a.pdf",
    ]  # fmt: skip
    assert read_guarded(path / "ee/a.pdf").pages[0].text == " ".join(FIRST)
    assert read_document(path / "b.txt").pages[0].text == "A fact."
    assert Members().file_of(path / "ee/a.pdf", hashlib.sha256(pdf).hexdigest()).read_bytes() == pdf
    assert list(tmp_path.iterdir()) == [path]


def test_the_state_of_a_member_is_its_content(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.txt": b"One.", "b.txt": b"Two."})
    before = {inner: state_of(path / inner, tmp_path, {}) for inner in ("a.txt", "b.txt")}
    archive(tmp_path, {"a.txt": b"One.", "b.txt": b"Two, changed."})
    after = {inner: state_of(path / inner, tmp_path, {}) for inner in ("a.txt", "b.txt")}
    assert [before[inner].sha256 == after[inner].sha256 for inner in before] == [True, False]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "name",
    [
        "../out.txt",
        "/etc/out.txt",
        "a/../../out.txt",
        "..\\out.txt",
        "\\out.txt",
        "a\\..\\..\\out.txt",
        "C:out.txt",
        "a\nb.txt",
        "a\x1b[2J.txt",
    ],
)
def test_a_name_that_leads_out_makes_the_archive_unusable(tmp_path: Path, name: str) -> None:
    path = archive(tmp_path, {"good.txt": b"A fact.", name: b"text"})
    assert "leads out of it" in refused(path)
    assert files_below(tmp_path, SUFFIXES) == [path]


def test_bombs_of_every_kind_are_refused_unread(tmp_path: Path) -> None:
    tight = archive(tmp_path, {"a.txt": b"a" * 50_000_000}, "tight.zip")
    assert "a bomb" in refused(tight)
    many = archive(tmp_path, {f"{n}.txt": b"x" for n in range(archives.MOST_MEMBERS + 1)}, "many.zip")
    assert "more than 2,000 members" in refused(many)
    endless = tmp_path / "endless.zip"
    endless.write_bytes(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0))
    assert "more than 2,000 members" in refused(endless)


def test_a_size_that_lies_is_found_out(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.txt": b"some words " * 3000})
    data = path.read_bytes()
    place = data.rindex(b"PK\x01\x02") + 24
    path.write_bytes(data[:place] + struct.pack("<I", 11) + data[place + 4 :])
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_document(path / "a.txt")


def test_an_archive_in_an_archive_and_a_locked_member(tmp_path: Path) -> None:
    inner = archive(tmp_path, {"a.txt": b"A fact."}, "inner.zip").read_bytes()
    outer = archive(tmp_path, {"inner.zip": inner}, "outer.zip")
    with pytest.raises(UnreadableDocument, match="archives inside archives"):
        read_document(outer / "inner.zip")
    locked = archive(tmp_path, {"a.txt": b"A fact."}, "locked.zip")
    data = bytearray(locked.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    locked.write_bytes(data)
    with pytest.raises(UnreadableDocument, match="needs a password"):
        read_document(locked / "a.txt")


def test_damaged_and_empty_archives(tmp_path: Path) -> None:
    whole = archive(tmp_path, {"a.txt": b"A fact. " * 50}).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:-30])
    (tmp_path / "none.zip").write_bytes(b"PK\x05\x06" + b"\x00" * 18)
    with pytest.raises(UnreadableDocument, match="the archive is damaged"):
        archives.members(tmp_path / "cut.zip", SUFFIXES)
    with pytest.raises(UnreadableDocument, match="the archive is damaged"):
        read_document(tmp_path / "cut.zip")
    assert refused(tmp_path / "none.zip") == "the archive holds no document of a kind that is read"
    with pytest.raises(UnreadableDocument, match="no longer in its archive"):
        read_document(tmp_path / "reports.zip" / "gone.txt")


def test_names_with_backslashes_and_utf8_without_its_flag_are_read_as_they_were_meant(tmp_path: Path) -> None:
    path = archive(tmp_path, {"ee\\visit.txt": b"One.", "fi.txt": b"Two."})
    raw = path.read_bytes().replace(b"fi.txt", "ü.txt".encode().ljust(6, b"x")[:6])
    path.write_bytes(raw)
    names = [member.name for member in archives.members(path, SUFFIXES)]
    assert names == ["ee/visit.txt", "ü.txt"]
    assert archives.unpack(path / "ee/visit.txt") == b"One."
    assert archives.unpack(path / "ü.txt") == b"Two."


def test_two_names_that_are_one_are_refused_for_what_they_are(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a/b.txt": b"One.", "a\\b.txt": b"Two."})
    assert refused(path) == "two members of the archive have the same name"
