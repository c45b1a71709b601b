"""The seal: a SHA-256 of every file of the library at rest, so that one flipped byte anywhere is noticed.

`library.seal` is written when a writer leaves and the write-ahead log is empty. It names the number of the last
transaction; a library whose number is another was left by a killed writer and is checked by its rows alone.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from assistant.indexing import schema
from assistant.indexing.faults import TEMPORARY, Fault, no_fault, write_whole

FILE = "library.seal"
CHANGES = "changes"


def sealed_files(index: Path) -> list[Path]:
    """Return the files that the seal covers: the library, what is derived beside it, and its change reports."""
    reports = sorted(p for p in (index / CHANGES).glob("*.md") if not p.name.startswith(TEMPORARY))
    return [index / schema.FILE, *sorted(index.glob("segment-*.bin")), *reports]


def _sum_of(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _render(values: dict[str, Any]) -> bytes:
    body = json.dumps(values, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return f"{body}\n{hashlib.sha256(body.encode()).hexdigest()}\n".encode()


def write_seal(index: Path, sequence: int, fault: Fault = no_fault) -> None:
    """Seal the library; the caller holds the write lock and the write-ahead log is empty."""
    files = {file.relative_to(index).as_posix(): _sum_of(file) for file in sealed_files(index)}
    write_whole(index / FILE, _render({"files": files, "sequence": sequence}), fault)


def read_seal(index: Path) -> dict[str, Any] | None:
    """Return the seal's values, None where there is no seal; raises ValueError when it is damaged."""
    try:
        data = (index / FILE).read_bytes()
    except FileNotFoundError:
        return None
    try:
        values = json.loads(data.split(b"\n")[0])
    except ValueError as problem:
        raise ValueError(f"{FILE} is damaged") from problem
    if not isinstance(values, dict) or _render(values) != data:
        raise ValueError(f"{FILE} is damaged")
    return values


def is_sealed(index: Path, sequence: int) -> bool:
    """Return whether the seal is of this transaction and of these files (names only, nothing is read)."""
    try:
        seal = read_seal(index)
    except ValueError:
        return False
    names = [file.relative_to(index).as_posix() for file in sealed_files(index)]
    return seal is not None and seal["sequence"] == sequence and sorted(seal["files"]) == sorted(names)


def is_kept(index: Path, sequence: int) -> bool:
    """Return whether the database is as it was sealed, True too where no seal speaks of this transaction."""
    try:
        seal = read_seal(index)
    except ValueError:
        return True
    wanted = seal["files"].get(schema.FILE) if seal is not None and seal["sequence"] == sequence else None
    return wanted is None or _sum_of(index / schema.FILE) == wanted


def broken_files(index: Path, seal: dict[str, Any]) -> list[str]:
    """Return the sealed files that are no longer what they were, and files that came without a seal."""
    found = []
    present = {file.relative_to(index).as_posix(): file for file in sealed_files(index)}
    for name, wanted in seal["files"].items():
        if name not in present or not present[name].is_file():
            found.append(f"{name} is gone")
        elif _sum_of(present[name]) != wanted:
            found.append(f"{name} is not as it was written (its SHA-256 differs from {FILE})")
    return found + [f"{name} was put there by something else" for name in present if name not in seal["files"]]
