"""ZIP files as folders: a document inside one has a path of its own, "reports.zip/estonia.pdf".

The plan of a refresh, the reader and the page image all name such a document the same way. An archive is data from
outside, so everything about it is bounded: how many members, how large unpacked, how tight packed, one level deep; a
name that leads out of the archive makes the whole archive unusable. Nothing is ever unpacked to a name it chose.
"""

from __future__ import annotations

import contextlib
import re
import struct
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import UnreadableDocument

SUFFIX = ".zip"
MOST_MEMBERS = 2000
LARGEST_MEMBER = 200 * 2**20
LARGEST_TOTAL = 2**30
HIGHEST_RATIO = 200
"""Unpacked to packed size above which a member over one MiB is a bomb; text seldom packs tighter than 20."""
_END = b"PK\x05\x06"
_UNSAFE = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:|[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Member:
    """A document inside an archive: its path in it, its unpacked size in bytes and its checksum (CRC-32)."""

    name: str
    size: int
    checksum: int


def members(archive: Path, suffixes: Collection[str]) -> tuple[Member, ...]:
    """Return the members whose suffix (lower case, with its dot) is wanted, sorted by name.

    Raises UnreadableDocument where the archive is damaged, dangerous or holds no such member.
    """
    found: list[Member] = []
    with opened(archive) as file:
        names: set[str] = set()
        for info in file.infolist():
            name = _safe(archive, info, names)
            base = name.rsplit("/", 1)[-1]
            if info.is_dir() or base.startswith((".", "~$")) or name.startswith("__MACOSX/"):
                continue
            if Path(base).suffix.lower() in suffixes:
                found.append(Member(name, info.file_size, info.CRC))
    if not found:
        raise UnreadableDocument(archive.name, "the archive holds no document of a kind that is read")
    return tuple(sorted(found, key=lambda member: member.name))


def contents(archive: Path) -> list[str]:
    """Return the names of all files inside an archive; raises UnreadableDocument as `members` does."""
    names: set[str] = set()
    with opened(archive) as file:
        return [_safe(archive, info, names) for info in file.infolist() if not info.is_dir()]


def name_in(info: zipfile.ZipInfo) -> str:
    """Return the name of a member as whoever packed it saw it: with "/", and in UTF-8 where its bytes are that.

    Some programs write backslashes; some write UTF-8 without saying so, and it would be read as code page 437.
    """
    name = info.filename
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


def _safe(archive: Path, info: zipfile.ZipInfo, names: set[str]) -> str:
    """Return a member's name and note it; raises UnreadableDocument where it leads out or is there already."""
    name = name_in(info)
    if _UNSAFE.search(name):
        raise UnreadableDocument(archive.name, "a name in the archive leads out of it")
    if name in names:
        raise UnreadableDocument(archive.name, "two members of the archive have the same name")
    names.add(name)
    return name


def archive_of(path: Path) -> tuple[Path, str] | None:
    """Return (archive, name inside it) of a path such as reports.zip/a/b.pdf, None for any other path."""
    for parent in path.parents:
        if parent.suffix.lower() == SUFFIX and parent.is_file():
            return parent, path.relative_to(parent).as_posix()
    return None


def unpack(path: Path) -> bytes:
    """Return the bytes of a document inside an archive; raises UnreadableDocument."""
    place = archive_of(path)
    if place is None:
        raise UnreadableDocument(path.name, "the file cannot be opened (it is not in an archive)")
    archive, name = place
    if path.suffix.lower() == SUFFIX:
        raise UnreadableDocument(path.name, "archives inside archives are not opened")
    with opened(archive) as file:
        try:
            info = next((one for one in file.infolist() if name_in(one) == name), None) or file.getinfo(name)
            if info.flag_bits & 1:
                raise UnreadableDocument(path.name, "the archive needs a password")
            with file.open(info) as member:
                data = member.read(info.file_size + 1)
        except KeyError as problem:
            raise UnreadableDocument(path.name, "it is no longer in its archive") from problem
        except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError) as problem:
            raise UnreadableDocument(path.name, "its archive is damaged") from problem
    if len(data) != info.file_size:
        raise UnreadableDocument(path.name, "its archive is damaged")
    return data


def opened(archive: Path) -> zipfile.ZipFile:
    """Return an open archive within all bounds; raises UnreadableDocument.

    Its end is looked at first: a list of members that is too long is not even read.
    """
    try:
        _check_directory(archive)
        file = zipfile.ZipFile(archive)
    except (zipfile.BadZipFile, OSError, ValueError, struct.error) as problem:
        raise UnreadableDocument(archive.name, "the archive is damaged") from problem
    infos = file.infolist()
    if len(infos) > MOST_MEMBERS:
        file.close()
        raise UnreadableDocument(archive.name, f"the archive has more than {MOST_MEMBERS:,} members")
    total = sum(info.file_size for info in infos)
    tight = any(i.file_size > 2**20 and i.file_size > HIGHEST_RATIO * max(1, i.compress_size) for i in infos)
    if total > LARGEST_TOTAL or tight or any(info.file_size > LARGEST_MEMBER for info in infos):
        file.close()
        raise UnreadableDocument(archive.name, "the archive unpacks to far more than it is (a bomb, or too large)")
    return file


def _check_directory(archive: Path) -> None:
    """Raise UnreadableDocument where the list of members is far longer than wanted, ValueError where there is none."""
    with archive.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 65_557))
        tail = file.read()
    place = tail.rfind(_END)
    if place < 0:
        raise ValueError("no end record")
    count, length = struct.unpack_from("<HI", tail, place + 10)
    if count > MOST_MEMBERS or length > 1024 * MOST_MEMBERS:
        raise UnreadableDocument(archive.name, f"the archive has more than {MOST_MEMBERS:,} members")
